//! Keeping time for a talk whose sections have a least and a most time.
//!
//! Pure: the moment is an argument, nothing is stored, no clock is read. Moments are milliseconds since the epoch
//! as a plain `u64`, because they are kept in a file and have to mean the same after a restart; spans are
//! [`Duration`]s, counted in whole milliseconds. Sections count from 0 here and from 1 in words.
//!
//! ```text
//!  Targets ──plan──► Plan            what each section should take (plan.rs)
//!     │                │
//!     ├── Clocks, now ─┴─► Pace      where the talk stands (clocks.rs, standing.rs), what to cut (advice.rs)
//!     │                     │
//!     │                     └──► one line (words.rs)
//!     ├── check                      whether the budgets add up, in sentences (check.rs)
//!     └── Rehearsals ──► Ghost       what it usually takes, and budgets to propose (rehearsal.rs, propose.rs)
//! ```

use std::time::Duration;

pub mod advice;
pub mod check;
pub mod clocks;
pub mod plan;
pub mod propose;
pub mod rehearsal;
pub mod standing;
pub mod words;

pub use advice::Advice;
pub use check::check;
pub use clocks::Clocks;
pub use plan::{Fit, Plan, plan};
pub use propose::{as_diff, propose};
pub use rehearsal::{Ghost, Rehearsal};
pub use standing::{Drift, Pace, pace};

/// Least and most time of one section. A `high` below its `low` counts as equal to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    pub low: Duration,
    pub high: Duration,
}

impl From<(Duration, Duration)> for Budget {
    fn from((low, high): (Duration, Duration)) -> Self {
        Self { low, high }
    }
}

/// What there is to keep to: the budgets in order, and the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    pub sections: Vec<Budget>,
    pub total: Duration,
    /// Sections, from 0, that are never proposed to be cut: the active recall, for one. Their times still shrink.
    pub kept: Vec<usize>,
}

impl Targets {
    pub fn new(sections: Vec<Budget>, total: Duration) -> Self {
        Self { sections, total, kept: Vec::new() }
    }

    /// The same, with sections that are never proposed to be cut.
    pub fn keeping(self, kept: &[usize]) -> Self {
        Self { kept: kept.to_vec(), ..self }
    }

    /// The same for a talk of another length: `--total 20m`.
    pub fn lasting(self, total: Duration) -> Self {
        Self { total, ..self }
    }

    /// Least time of each section, in milliseconds.
    fn lows(&self) -> Vec<u64> {
        self.sections.iter().map(|budget| millis(budget.low)).collect()
    }

    /// Most time of each section, in milliseconds; never below the least.
    fn highs(&self) -> Vec<u64> {
        self.sections.iter().map(|budget| millis(budget.high.max(budget.low))).collect()
    }

    /// Sections that may be cut, each with what is `least` to come of it, where anything is.
    fn cuttable(&self, least: &[u64]) -> Vec<(usize, u64)> {
        let sections = least.iter().copied().enumerate();
        sections.filter(|(section, saves)| *saves > 0 && !self.kept.contains(section)).collect()
    }
}

/// Whole milliseconds; what is longer than 584 million years is cut there.
fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

/// A sum that stops at the largest number instead of overflowing.
fn sum(values: &[u64]) -> u64 {
    values.iter().fold(0, |sum, value| sum.saturating_add(*value))
}

fn spans(millis: &[u64]) -> Vec<Duration> {
    millis.iter().map(|value| Duration::from_millis(*value)).collect()
}
