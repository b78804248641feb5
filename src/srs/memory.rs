//! The memory of one card: how it stands, and what one review does to it.
//!
//! A memory says nothing about when the card is due: that also depends on fuzz and on the other buttons
//! ([`super::preview`]), and never feeds back into the memory.

use super::day::Day;
use super::preview::Settings;
use super::steps::Next;
use super::weights::{Model, Strength};

/// How well the learner knew it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Forgot.
    Again,
    /// Right, with difficulty.
    Hard,
    /// Right.
    Good,
    /// Right at once.
    Easy,
}

/// What is remembered of one card.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Memory {
    /// Never reviewed.
    #[default]
    New,
    /// On a learning step, counted from 0.
    Learning { trace: Trace, step: u8 },
    /// Known; intervals are days.
    Review { trace: Trace },
    /// Forgotten once known, and on a relearning step, counted from 0.
    Relearning { trace: Trace, step: u8 },
}

/// What reviews have left behind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace {
    pub strength: Strength,
    /// The study day of the latest review.
    pub day: Day,
}

/// How long until the next review, before fuzz and before the buttons are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Milliseconds.
    Wait(i64),
    /// Study days, at least 1.
    Days(u32),
}

impl Grade {
    /// All four, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// 1 to 4, as the log and the keys have it.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Again => 1,
            Self::Hard => 2,
            Self::Good => 3,
            Self::Easy => 4,
        }
    }

    /// The grade with that number; `None` unless it is 1 to 4.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }
}

impl Memory {
    /// The memory after a review on `day`, and the plain interval that follows from it.
    #[must_use]
    pub fn review(self, model: &Model, settings: &Settings, grade: Grade, day: Day) -> (Self, Interval) {
        let strength = model.step(self.strength(), grade, self.days_until(day));
        self.after(model, settings, grade, Trace { strength, day })
    }

    /// As [`Memory::review`] for each of the four grades, Again first.
    #[must_use]
    pub fn reviews(self, model: &Model, settings: &Settings, day: Day) -> [(Self, Interval); 4] {
        let strengths = model.steps(self.strength(), self.days_until(day));
        std::array::from_fn(|at| {
            let trace = Trace { strength: strengths[at], day };
            self.after(model, settings, Grade::ALL[at], trace)
        })
    }

    /// The chance of recalling it on that day, 0 to 1; `None` where it was never reviewed.
    #[must_use]
    pub fn recall(&self, model: &Model, day: Day) -> Option<f32> {
        Some(model.recall(self.strength()?, self.days_until(day)))
    }

    /// What reviews have left behind; `None` where there were none.
    #[must_use]
    pub fn trace(&self) -> Option<&Trace> {
        match self {
            Self::New => None,
            Self::Learning { trace, .. } | Self::Review { trace } | Self::Relearning { trace, .. } => {
                Some(trace)
            }
        }
    }

    /// The grade Again now would be a lapse: the card was known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Review { .. })
    }

    fn strength(&self) -> Option<Strength> {
        self.trace().map(|trace| trace.strength)
    }

    fn days_until(&self, day: Day) -> u32 {
        self.trace().map_or(0, |trace| day.since(trace.day))
    }

    fn after(self, model: &Model, settings: &Settings, grade: Grade, trace: Trace) -> (Self, Interval) {
        let (relearns, next) = match self {
            Self::New => (false, settings.learning.next(0, grade)),
            Self::Learning { step, .. } => (false, settings.learning.next(step, grade)),
            Self::Relearning { step, .. } => (true, settings.relearning.next(step, grade)),
            Self::Review { .. } if grade == Grade::Again => (true, settings.relearning.next(0, grade)),
            Self::Review { .. } => (true, Next::Graduate),
        };
        match next {
            Next::Wait { step, ms } if relearns => (Self::Relearning { trace, step }, Interval::Wait(ms)),
            Next::Wait { step, ms } => (Self::Learning { trace, step }, Interval::Wait(ms)),
            Next::Graduate => {
                // Python rounds halves to even, and the vectors come from there.
                let days = model.interval(trace.strength, settings.retention).round_ties_even();
                let days = (days as u32).clamp(1, settings.max_interval_days.max(1));
                (Self::Review { trace }, Interval::Days(days))
            }
        }
    }
}
