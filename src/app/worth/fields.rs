//! The figures one can change: options of `eastwest calc cost`, each with its words and its steps.

use crate::sim::cost::Question;

/// One figure.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The option of `eastwest calc cost`.
    pub name: &'static str,
    /// In few columns.
    pub label: &'static str,
    /// As one says it.
    pub spoken: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Where its value is from while the learner sets none.
    pub origin: &'static str,
    /// What a bare number that is typed means.
    pub unit: &'static str,
    steps: Steps,
}

/// What one key less or more leads to.
#[derive(Debug, PartialEq, Eq)]
enum Steps {
    /// One of these, in rising order.
    Of(&'static [&'static str]),
    /// Whole numbers up to this one, a few to a power of ten.
    Ladder(u64),
    /// 0 and the same from the second number up to the third, with so many decimals below one.
    Dollars,
}

/// Mantissas of a ladder: each step is a fifth to a half more.
const RUNGS: [u64; 9] = [10, 12, 15, 20, 25, 30, 40, 60, 80];
const SHARES: &[&str] = &["0%", "5%", "10%", "25%", "50%", "75%", "100%"];

const fn field(
    name: &'static str,
    (label, spoken): (&'static str, &'static str),
    about: &'static str,
    (origin, unit): (&'static str, &'static str),
    steps: Steps,
) -> Field {
    Field { name, label, spoken, about, origin, unit, steps }
}

/// All of them, in the order they are listed.
pub const FIELDS: [Field; 14] = [
    field(
        "standby",
        ("regions", "regions"),
        "hot: users come to every region. warm: to the first; the others stand by with fewer pods.",
        ("default", ""),
        Steps::Of(&["hot", "warm"]),
    ),
    field(
        "warm-pods",
        ("kept warm", "pods that a standby keeps"),
        "The share of its pods that a standby runs; 0 % takes over nothing.",
        ("default", "%"),
        Steps::Of(SHARES),
    ),
    field(
        "scale-up",
        ("scales up in", "time to scale up"),
        "How long a standby is short of pods after it took over.",
        ("default", "s"),
        Steps::Of(&["0s", "10s", "25s", "1m", "2m", "5m", "10m", "30m"]),
    ),
    field(
        "rps",
        ("requests/s", "requests a second"),
        "Users' requests a second, over all regions.",
        ("scenario", ""),
        Steps::Ladder(10_000_000),
    ),
    field(
        "bytes",
        ("bytes a request", "bytes a request"),
        "Bytes that the calls of one request move, answers included.",
        ("scenario", ""),
        Steps::Ladder(1_000_000_000),
    ),
    field(
        "remote-share",
        ("flat pool crosses", "share that crosses in a flat pool"),
        "The share of calls that crosses where nothing keeps them near.",
        ("modeled", "%"),
        Steps::Of(SHARES),
    ),
    field(
        "pods",
        ("pods", "pods"),
        "Pods over all services and regions, were all regions hot.",
        ("scenario", ""),
        Steps::Ladder(1_000_000),
    ),
    field(
        "pod-cpu",
        ("vCPUs a pod", "vCPUs a pod"),
        "The size of a pod: the sidecar's 100m are a share of this.",
        ("scenario", ""),
        Steps::Of(&["100m", "200m", "250m", "500m", "667m", "1", "2", "4", "8", "16"]),
    ),
    field(
        "overhead",
        ("sidecar overhead", "sidecar overhead"),
        "Sidecars as a share of the pods' cost, instead of what they reserve and use.",
        ("modeled", "%"),
        Steps::Of(&["0%", "5%", "10%", "15%", "18%", "20%", "25%", "30%", "50%", "100%"]),
    ),
    field(
        "incidents",
        ("incidents a month", "incidents a month"),
        "A service fails in a region that serves, while its front door looks well.",
        ("default", ""),
        Steps::Ladder(10_000),
    ),
    field(
        "incident-lasts",
        ("each lasts", "length of an incident"),
        "How long one lasts if nothing routes around it.",
        ("default", "m"),
        Steps::Of(&["30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "2h", "4h"]),
    ),
    field(
        "check",
        ("health check", "health check"),
        "shallow asks the front door alone; deep sends a request through all services.",
        ("default", ""),
        Steps::Of(&["shallow", "deep"]),
    ),
    field(
        "outage-usd-hour",
        ("outage hour, $", "dollars that an hour of outage costs"),
        "What an hour costs you in which every request fails.",
        ("default", ""),
        Steps::Ladder(100_000_000),
    ),
    field(
        "slo",
        ("SLO, %", "SLO in percent of time"),
        "The percent of time in which all must go well.",
        ("", ""),
        Steps::Of(&["99", "99.5", "99.9", "99.95", "99.99", "99.995", "99.999", "99.9999"]),
    ),
];

/// A price by its key in the asset file.
const PRICE: Field = field("", ("", ""), "", ("shipped", ""), Steps::Dollars);

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Figure(&'static Field),
    /// Opens and closes the rows of prices.
    Prices,
    Price(&'static str),
}

impl Row {
    /// The option, or the price's key; nothing for what has no value.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Figure(field) => Some(field.name),
            Self::Prices => None,
            Self::Price(key) => Some(key),
        }
    }

    /// In few columns.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Figure(field) => field.label.to_owned(),
            Self::Prices => "prices, $".to_owned(),
            Self::Price(key) => key.replace(".usd_per_", ": ").replace('_', " "),
        }
    }

    /// As one says it.
    #[must_use]
    pub fn spoken(self) -> String {
        match self {
            Self::Figure(field) => field.spoken.to_owned(),
            Self::Prices => "prices in dollars".to_owned(),
            Self::Price(key) => {
                format!("price of {}", key.replace(".usd_per_", ", dollars per ").replace('_', " "))
            }
        }
    }

    pub(super) const fn field(self) -> Option<&'static Field> {
        match self {
            Self::Figure(field) => Some(field),
            Self::Prices => None,
            Self::Price(_) => Some(&PRICE),
        }
    }
}

impl Field {
    /// Its value is one of two names.
    pub(super) const fn is_switch(&self) -> bool {
        matches!(self.steps, Steps::Of(names) if names.len() == 2)
    }

    /// The nearest step above or below what is asked now; `None` at an end.
    pub(super) fn step(&self, name: &str, up: bool, question: &Question) -> Option<String> {
        // Where nothing is asked for, everything is more.
        let now = question.amount(name).unwrap_or(0);
        let mut scratch = question.clone();
        let mut steps = self.texts().into_iter().filter(|text| {
            let there = scratch.put(name, text).is_ok().then(|| scratch.amount(name)).flatten();
            there.is_some_and(|there| if up { there > now } else { there < now })
        });
        if up { steps.next() } else { steps.last() }
    }

    /// Every step, in rising order.
    fn texts(&self) -> Vec<String> {
        match self.steps {
            Steps::Of(texts) => texts.iter().map(|&text| text.to_owned()).collect(),
            Steps::Ladder(most) => rungs(most).iter().map(u64::to_string).collect(),
            // Thousandths of a dollar up to ten dollars.
            Steps::Dollars => rungs(10_000)
                .iter()
                .map(|thousandths| format!("{}.{:03}", thousandths / 1000, thousandths % 1000))
                .collect(),
        }
    }
}

/// 0 to 10 one by one, then the rungs of each power of ten, up to a number.
fn rungs(most: u64) -> Vec<u64> {
    let tens = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let above = tens
        .take_while(|&power| power <= most)
        .flat_map(|power| RUNGS.map(|rung| rung.saturating_mul(power)));
    (0..10).chain(above).filter(|&rung| rung <= most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Scenario;

    fn question() -> Question {
        Question::new(Scenario::shipped("two-regions").unwrap())
    }

    #[test]
    fn every_step_of_every_figure_is_taken_and_they_rise() {
        for field in &FIELDS {
            let mut question = question();
            let mut last = None;
            for text in field.texts() {
                if question.put(field.name, &text).is_err() {
                    assert!(field.name == "pods" && text == "0", "{} {text}", field.name);
                    continue;
                }
                let amount = question.amount(field.name);
                assert!(amount.is_some() && amount > last || last.is_none(), "{} {text}", field.name);
                last = amount;
            }
        }
    }

    #[test]
    fn a_step_is_the_next_one_from_wherever_one_is() {
        let field = FIELDS.iter().find(|field| field.name == "rps").unwrap();
        let mut question = question();
        assert_eq!(field.step("rps", true, &question).as_deref(), Some("400"));
        assert_eq!(field.step("rps", false, &question).as_deref(), Some("300"));
        question.put("rps", "0").unwrap();
        assert_eq!(field.step("rps", false, &question), None);
        assert_eq!(field.step("rps", true, &question).as_deref(), Some("1"));
        let price = PRICE.step("pod.usd_per_hour", true, &question);
        assert_eq!(price.as_deref(), Some("0.060"));
    }
}
