//! What a question asks, read back: each option's amount, its text, and the command that asks the same.

use std::fmt::Write as _;

use super::flow::WHOLE;
use super::impact::Check;
use super::model::Model;
use super::question::{PERCENT, Question, Volume};
use crate::sim::decimal::shown;
use crate::sim::reproduce::quoted;
use crate::sim::scenario::Pattern;
use crate::sim::time::SimSpan;

/// The scenario that `eastwest calc cost` starts from when it is told none.
const SCENARIO_DEFAULT: &str = "two-regions";

impl Question {
    /// Sets an option, or a price by its key, such as `pod.usd_per_hour`.
    pub fn put(&mut self, name: &str, value: &str) -> Result<(), String> {
        if is_price(name) { self.set("price", &format!("{name}={value}")) } else { self.set(name, value) }
    }

    /// Remembers what was set: the last of each.
    pub(super) fn note(&mut self, option: &str, value: &str) {
        let (name, value) = match value.split_once('=') {
            Some((key, usd)) if option == "price" => (key.trim(), usd.trim()),
            _ => (option, value),
        };
        self.given.retain(|(known, _)| known != name);
        self.given.push((name.to_owned(), value.to_owned()));
    }

    /// The amount of an option, or of a price by its key, in its smallest unit: a whole number, nanoseconds, shares of
    /// 10^9, micro-dollars. Where nothing was asked for, what it comes to; `None` if there is no such amount.
    pub fn amount(&self, name: &str) -> Option<u64> {
        if is_price(name) {
            return self.prices.all().into_iter().find(|(key, _)| *key == name).map(|(_, micro)| micro);
        }
        let pods = |question: &Self| question.pods();
        Some(match name {
            "rps" => self.rate_milli,
            "bytes" => match self.volume {
                Volume::Request(bytes) => bytes,
                _ => {
                    (self.request_bytes(Model::of(self.clone()).flow(Pattern::Mesh).bytes) / 1_000_000) as u64
                }
            },
            "remote-share" => {
                self.remote.unwrap_or_else(|| Model::of(self.clone()).flow(Pattern::Federation).remote)
            }
            "pods" => pods(self).0,
            "pod-cpu" => pods(self).1 / pods(self).0.max(1),
            "overhead" => self.overhead.unwrap_or_else(|| self.overhead_modeled()),
            "incidents" => self.incidents,
            "incident-lasts" => self.incident.nanos(),
            "check" => u64::from(self.check == Check::Deep),
            "outage-usd-hour" => self.outage_hour,
            "slo" => self.slo?,
            "standby" => u64::from(self.standby.warm),
            "warm-pods" => self.standby.kept,
            "scale-up" => self.standby.scale_up.nanos(),
            _ => return None,
        })
    }

    /// The share of the pods' cost that the model gives to sidecars.
    fn overhead_modeled(&self) -> u64 {
        let model = Model::of(Self { overhead: None, ..self.clone() });
        let bill = model.outcome(Pattern::Mesh, model.question.rate_milli).bill;
        (u128::from(bill.mesh) * u128::from(WHOLE)).checked_div(u128::from(bill.pods)).unwrap_or(0) as u64
    }

    /// The same as a text that could follow the option.
    pub fn value(&self, name: &str) -> Option<String> {
        let amount = self.amount(name)?;
        if is_price(name) {
            return Some(shown(amount, 6));
        }
        Some(match name {
            "rps" => shown(amount, 3),
            "remote-share" | "overhead" | "warm-pods" => {
                // To the tenth of a percent: a flat pool's half is not exactly half.
                let tenths = (amount + PERCENT / 20) / (PERCENT / 10);
                format!("{}%", shown(tenths, 1))
            }
            "pod-cpu" if amount.is_multiple_of(1000) => shown(amount, 3),
            "pod-cpu" => format!("{amount}m"),
            "incident-lasts" | "scale-up" => SimSpan::from_nanos(amount).to_string(),
            "check" => ["shallow", "deep"][usize::from(amount > 0)].to_owned(),
            "standby" => ["hot", "warm"][usize::from(amount > 0)].to_owned(),
            "outage-usd-hour" => shown(amount, 6),
            "slo" => shown(amount, 7),
            _ => amount.to_string(),
        })
    }

    /// The line that asks the same.
    pub fn command(&self) -> String {
        let mut line = "eastwest calc cost".to_owned();
        if self.scenario.name() != SCENARIO_DEFAULT {
            let _ = write!(line, " --scenario {}", quoted(self.scenario.name()));
        }
        for change in self.scenario.changes() {
            let _ = write!(line, " --set {}", quoted(change));
        }
        for (name, value) in &self.given {
            let _ = if is_price(name) {
                write!(line, " --price {}", quoted(&format!("{name}={value}")))
            } else {
                write!(line, " --{name} {}", quoted(value))
            };
        }
        line
    }
}

/// Prices have a section and a key; options have no dot.
fn is_price(name: &str) -> bool {
    name.contains('.')
}

#[cfg(test)]
mod tests {
    use super::super::question::OPTIONS;
    use super::*;
    use crate::sim::scenario::Scenario;

    fn question() -> Question {
        Question::new(Scenario::shipped(SCENARIO_DEFAULT).unwrap())
    }

    #[test]
    fn what_a_question_says_of_itself_asks_the_same() {
        for (name, example) in OPTIONS {
            if ["gb-month", "price"].contains(&name) {
                continue;
            }
            let mut asked = question();
            asked.set(name, example).unwrap();
            let told = asked.value(name).unwrap();
            let mut again = question();
            again.set(name, &told).unwrap();
            assert_eq!(again.amount(name), asked.amount(name), "{name} {told}");
        }
    }

    #[test]
    fn where_nothing_was_asked_for_it_says_what_is_assumed() {
        let value = |name: &str| question().value(name);
        assert_eq!(value("bytes").as_deref(), Some("50000"));
        assert_eq!(value("pods").as_deref(), Some("18"));
        assert_eq!(value("pod-cpu").as_deref(), Some("1"));
        assert_eq!(value("overhead").as_deref(), Some("10%"));
        assert_eq!(value("remote-share").as_deref(), Some("50%"));
        assert_eq!(value("scale-up").as_deref(), Some("25s"));
        assert_eq!(value("pod.usd_per_hour").as_deref(), Some("0.048"));
        assert_eq!((value("slo"), value("nothing")), (None, None));
    }

    #[test]
    fn the_command_has_the_last_of_each() {
        let mut asked = question();
        for (name, value) in
            [("rps", "1"), ("pod.usd_per_hour", "1"), ("rps", "720"), ("pod.usd_per_hour", "0.05")]
        {
            asked.put(name, value).unwrap();
        }
        assert!(asked.put("rps", "many").is_err());
        assert_eq!(asked.command(), "eastwest calc cost --rps 720 --price pod.usd_per_hour=0.05");
    }
}
