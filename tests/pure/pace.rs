//! Time for a talk: the plan, the clocks, where it stands, what to cut, rehearsals and the words for all of it.

mod advice;
mod clocks;
mod plan;
mod rehearsal;
mod standing;
mod words;

use std::time::Duration;

use eastwest::pace::{Budget, Targets};
use proptest::prelude::*;

pub const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The budgets of episode 11 in seconds.
pub const LESSON: [(u64, u64); 10] = [
    (60, 120),
    (30, 30),
    (180, 240),
    (180, 240),
    (120, 120),
    (60, 120),
    (60, 60),
    (60, 60),
    (60, 120),
    (30, 30),
];

/// Budgets in seconds for a talk of so many seconds.
pub fn targets(budgets: &[(u64, u64)], total: u64) -> Targets {
    let sections = budgets.iter().map(|(low, high)| Budget::from((seconds(*low), seconds(*high)))).collect();
    Targets::new(sections, seconds(total))
}

/// Episode 11 in its fifteen minutes.
pub fn lesson() -> Targets {
    targets(&LESSON, 900)
}

pub fn total(spans: &[Duration]) -> Duration {
    spans.iter().sum()
}

/// Budgets that nobody would write as well: odd milliseconds, empty ones, a most below its least.
pub fn budgets() -> impl Strategy<Value = Vec<Budget>> {
    let span = prop_oneof![Just(0u64), 0..600_000u64, (0..120u64).prop_map(|fives| fives * 5000)];
    let budget = (span.clone(), span).prop_map(|(low, leeway)| Budget {
        low: Duration::from_millis(low),
        high: Duration::from_millis(low + leeway),
    });
    prop::collection::vec(budget, 1..14)
}
