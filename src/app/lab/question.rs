//! What is asked before a break: which number of the run, when, and between which answers.

use super::failures::{Break, Kind, deed, spaced};
use crate::app::predict::Said;
use crate::sim::{Effect, SimSpan, Target, Timeline};

/// One question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    pub measure: Measure,
    pub window: Window,
    /// What will be done, one sentence.
    pub deed: String,
    /// What is asked, one sentence.
    pub ask: String,
}

/// What is measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// The share of a region's calls to a service that stay in the region.
    Local { region: String, service: String },
    /// The share of users' requests that end that end well.
    #[default]
    Success,
    /// Of as many of users' requests as come, the share that ends well: a request that hangs counts against it.
    Answered,
    /// The share of a service's endpoints that a region's proxies still list.
    Listed { region: String, service: String },
    /// The share of users' requests that end that end badly, as a choice.
    Failing,
    /// The 99th percentile, in multiples of what it is without the break.
    Slower,
    /// Commits of Aurora that no longer count.
    Lost,
    /// Reads of old rows, in multiples of what they are without the break.
    Stale,
    /// Writes of `DynamoDB` that are not everywhere yet.
    Waiting,
}

/// Which seconds count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From the break to the first moment that counts.
    pub settles: SimSpan,
    /// From there to the last one.
    pub measured: SimSpan,
}

/// One answer of a choice: what it says, and the number that it is below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    pub words: &'static str,
    below: f64,
}

/// From a break to the seconds that count, unless it is over sooner. An ejection takes 30 s, so the second one is not in it.
const LATER: Window = Window { settles: SimSpan::from_seconds(15), measured: SimSpan::from_seconds(10) };
/// A promotion takes up to a minute.
const PROMOTION: Window = Window { settles: SimSpan::ZERO, measured: SimSpan::from_seconds(75) };

const FAILING: [Choice; 3] = [
    Choice { words: "nothing, under 0.1 %", below: 0.1 },
    Choice { words: "some, 0.1 to 5 %", below: 5.0 },
    Choice { words: "more than 5 %", below: f64::INFINITY },
];
const TIMES: [Choice; 3] = [
    Choice { words: "about the same, under 1.5 times", below: 1.5 },
    Choice { words: "1.5 to 4 times", below: 4.0 },
    Choice { words: "more than 4 times", below: f64::INFINITY },
];
const COUNT: [Choice; 3] = [
    Choice { words: "none", below: 0.5 },
    Choice { words: "1 to 9", below: 9.5 },
    Choice { words: "10 or more", below: f64::INFINITY },
];

impl Question {
    /// The question about a failure of this run.
    #[must_use]
    pub fn of(failure: &Break, run: &Timeline) -> Self {
        let measure = measure(failure, run);
        let window = window(failure);
        let ask = ask(&measure, failure, window);
        Self { measure, window, deed: deed(failure, run.scenario()), ask }
    }

    /// What one chooses between; nothing for a scale from 0 to 100.
    #[must_use]
    pub const fn choices(&self) -> &'static [Choice] {
        match self.measure {
            Measure::Failing => &FAILING,
            Measure::Slower | Measure::Stale => &TIMES,
            Measure::Lost | Measure::Waiting => &COUNT,
            _ => &[],
        }
    }

    /// The choice that a number falls into.
    #[must_use]
    pub fn choice_of(&self, number: f64) -> Option<usize> {
        // Many times nothing is more than any number.
        self.choices().iter().position(|choice| number < choice.below || choice.below.is_infinite())
    }

    /// An answer as the log and the screen have it.
    #[must_use]
    pub fn said_words(&self, said: Said) -> String {
        match said {
            Said::Percent(percent) => format!("{percent} %"),
            Said::Choice(at) => {
                self.choices().get(at).map_or_else(String::new, |choice| choice.words.to_owned())
            }
        }
    }
}

/// A failure that ends sooner is looked at in the second half of its time.
fn window(failure: &Break) -> Window {
    if matches!(failure.done.effect(), Effect::Promote(_)) {
        return PROMOTION;
    }
    match failure.done.lasts().map(|span| SimSpan::from_nanos(span.nanos() / 2)) {
        Some(half) if half + half < LATER.settles + LATER.measured => {
            Window { settles: half, measured: half }
        }
        _ => LATER,
    }
}

/// The number that says most about a failure.
fn measure(failure: &Break, run: &Timeline) -> Measure {
    let effect = failure.done.effect();
    let (region, service) = place(failure, run);
    let calls = run.report().calls;
    let is_called = calls.get(&service).is_some_and(|callers| callers.contains_key(&region));
    match (failure.kind, effect) {
        (_, Effect::Blackhole) => Measure::Answered,
        (Kind::Service | Kind::Users, Effect::Scale(_) | Effect::Surge(_)) => Measure::Slower,
        // Slow pods stay local altogether: that nothing is sent away is the point of asking.
        (Kind::Service, Effect::Slow(_)) if is_called => Measure::Local { region, service },
        (_, Effect::Slow(_)) if failure.kind != Kind::Istiod => Measure::Slower,
        // With all of a service gone its callers fail too, and are left out before they call anything.
        (Kind::Service, Effect::Unavailable | Effect::Crash | Effect::Refuse) => Measure::Success,
        (Kind::Service | Kind::FirstPods | Kind::Pod | Kind::Zone, _) if is_called => {
            Measure::Local { region, service }
        }
        (Kind::Istiod, _) => Measure::Listed { region, service },
        (Kind::Aurora, Effect::Promote(_)) => Measure::Lost,
        (Kind::Aurora, Effect::Lag(_)) => Measure::Stale,
        (Kind::DynamoDb, _) => Measure::Waiting,
        (Kind::OneWay | Kind::Gateway | Kind::Aurora, _) | (Kind::Region, Effect::Isolate) => {
            Measure::Failing
        }
        (Kind::Link, Effect::Loss(_)) => Measure::Failing,
        _ => Measure::Success,
    }
}

/// The region whose callers are looked at, and the service that they call: the one that is broken, or else the last.
fn place(failure: &Break, run: &Timeline) -> (String, String) {
    let scenario = run.scenario();
    let last = || scenario.services().last().unwrap_or_default().to_owned();
    match failure.done.target() {
        Target::Service { region, service }
        | Target::FirstPods { region, service, .. }
        | Target::Pod { region, service, .. } => (region.clone(), service.clone()),
        Target::Part { region, .. } | Target::Users { region } => (region.clone(), last()),
        Target::Place(name) => {
            let of = scenario.regions().find(|region| scenario.zones(region).any(|zone| zone == name));
            (of.unwrap_or(name).to_owned(), last())
        }
        Target::Link { one: region, .. } | Target::OneWay { from: region, .. } => (region.clone(), last()),
        Target::Aurora | Target::DynamoDb | Target::All => {
            (scenario.regions().next().unwrap_or_default().to_owned(), last())
        }
    }
}

fn ask(measure: &Measure, failure: &Break, window: Window) -> String {
    let when = if failure.done.lasts().is_some() && window != LATER {
        "while it lasts".to_owned()
    } else {
        let middle = SimSpan::from_nanos(window.settles.nanos() + window.measured.nanos() / 2);
        format!("{} later", spaced(middle))
    };
    match measure {
        Measure::Local { region, service } => {
            format!("How much of {region}'s calls to {service} stays local, {when}?")
        }
        Measure::Success => format!("How much of all users' requests ends well, {when}?"),
        Measure::Answered => {
            format!("For 100 requests of users that come, how many are answered well, {when}?")
        }
        Measure::Listed { region, service } => {
            format!("How much of the list of {service} endpoints do {region}'s proxies still have, {when}?")
        }
        Measure::Failing => format!("How much of all users' requests fails, {when}?"),
        Measure::Slower => {
            format!("The slowest 1 % of users' requests (p99): how slow {when}, next to a run without it?")
        }
        Measure::Lost => {
            format!(
                "How many committed writes are lost within {} s?",
                window.measured.nanos() / 1_000_000_000
            )
        }
        Measure::Stale => {
            format!("Reads of Aurora that meet an old row: how many {when}, next to a run without it?")
        }
        Measure::Waiting => format!("How many writes have not come to the other region, {when}?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Scenario, Seed};

    fn question(words: &str) -> Question {
        let scenario = Scenario::shipped("two-regions").unwrap();
        let failure = Break::read(words, &scenario).unwrap();
        Question::of(&failure, &Timeline::new(scenario, Seed(7), Vec::new()))
    }

    #[test]
    fn what_ends_sooner_is_looked_at_while_it_lasts() {
        assert!(question("us-east-1/payment 503").ask.ends_with("20 s later?"));
        assert!(question("us-east-1/payment 503 for 60s").ask.ends_with("20 s later?"));
        let short = question("us-east-1/payment 503 for 5s");
        assert!(short.ask.ends_with("while it lasts?"), "{}", short.ask);
        assert_eq!(short.window.settles, short.window.measured);
        assert!(question("aurora promote=us-west-2").ask.contains("within 75 s"));
    }

    #[test]
    fn a_number_falls_into_one_choice() {
        let times = question("us-east-1/users surge=3");
        let of = |number| times.choice_of(number);
        assert_eq!([of(1.0), of(1.5), of(4.0)], [Some(0), Some(1), Some(2)]);
        assert_eq!(question("us-east-1/payment 503").choice_of(3.0), None);
    }
}
