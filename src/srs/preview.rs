//! The four buttons: what each grade would do, with the real next date.
//!
//! What is shown is what happens: the log's fold schedules with this same function and the same seed. A deadline is not
//! known here. It moves no date that is stored; what lies behind its eve is asked on the eve ([`Due::no_later`]).

use super::day::{Day, Moment};
use super::fuzz;
use super::memory::{Grade, Interval, Memory};
use super::steps::Steps;
use super::weights::{Model, Retention};

/// How a learner wants cards to be scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub retention: Retention,
    pub learning: Steps,
    pub relearning: Steps,
    /// Longest interval, in days.
    pub max_interval_days: u32,
    /// The hour of the local clock at which a study day begins: 0 to 23.
    pub rollover_hour: u8,
    /// The day on which all of it should be known, if there is one. [`Buttons::preview`] does not look at it.
    pub deadline: Option<Day>,
}

/// When a card comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// At a moment, in milliseconds since 1970: it is being learned.
    At(i64),
    /// Any time from the beginning of that study day on.
    On(Day),
}

/// What a grade leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    pub memory: Memory,
    pub due: Due,
}

/// The outcomes of the four grades: Again ≤ Hard < Good < Easy, equal only at the longest interval and, once
/// [`Buttons::no_later`] was asked, on that day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Buttons([Outcome; 4]);

impl Default for Settings {
    fn default() -> Self {
        Self {
            retention: Retention::default(),
            learning: Steps::default(),
            relearning: Steps::default(),
            max_interval_days: 36_500,
            rollover_hour: 4,
            deadline: None,
        }
    }
}

impl Due {
    /// It can be asked now.
    #[must_use]
    pub fn is_over(self, now: Moment, rollover_hour: u8) -> bool {
        match self {
            Self::At(ms) => ms <= now.ms,
            Self::On(day) => day <= now.day(rollover_hour),
        }
    }

    /// The study day on which it can be asked.
    #[must_use]
    pub fn day(self, offset: i32, rollover_hour: u8) -> Day {
        match self {
            Self::At(ms) => Moment { ms, offset }.day(rollover_hour),
            Self::On(day) => day,
        }
    }

    /// The same, on `last` if it were a later day. Steps keep their moment.
    #[must_use]
    pub fn no_later(self, last: Day) -> Self {
        match self {
            Self::On(day) => Self::On(day.min(last)),
            Self::At(_) => self,
        }
    }
}

impl Buttons {
    /// What each grade would do to `memory` at `now`; `seed` is [`fuzz::seed`]'s.
    #[must_use]
    pub fn preview(memory: Memory, model: &Model, settings: &Settings, now: Moment, seed: u64) -> Self {
        let today = now.day(settings.rollover_hour);
        let plain = memory.reviews(model, settings, today);
        let most = settings.max_interval_days.max(1);
        let fuzzed = plain.map(|(_, interval)| match interval {
            Interval::Days(days) => Interval::Days(fuzz::fuzzed(days, most, seed)),
            wait @ Interval::Wait(_) => wait,
        });
        let in_order = in_order(fuzzed, most, |ms| now.plus(ms).day(settings.rollover_hour).since(today));
        let outcome = |at: usize| Outcome {
            memory: plain[at].0,
            due: match in_order[at] {
                Interval::Wait(ms) => Due::At(now.plus(ms).ms),
                Interval::Days(days) => Due::On(today.plus(days)),
            },
        };
        Self([outcome(0), outcome(1), outcome(2), outcome(3)])
    }

    /// The same, with no day after `last`.
    #[must_use]
    pub fn no_later(self, last: Day) -> Self {
        Self(self.0.map(|outcome| Outcome { due: outcome.due.no_later(last), ..outcome }))
    }

    /// What that grade would do.
    #[must_use]
    pub fn of(&self, grade: Grade) -> Outcome {
        self.0[usize::from(grade.number()) - 1]
    }

    /// All four, Again first.
    #[must_use]
    pub fn all(&self) -> &[Outcome; 4] {
        &self.0
    }
}

/// Lifts Good and Easy above the button before, and lowers Again to Hard.
///
/// `days_of_wait` is how many study days on a wait ends: just before the rollover a wait of minutes ends on the
/// next day, and "in one day" would be sooner.
fn in_order(buttons: [Interval; 4], most: u32, days_of_wait: impl Fn(i64) -> u32) -> [Interval; 4] {
    let [again, hard, good, easy] = buttons;
    // At the longest interval buttons may be equal, and a wait that ends after it is not undercut either.
    let lifted =
        |days: u32, least: u32| Interval::Days(days.max(least.saturating_add(1).min(most.max(least))));
    let above = |button: Interval, below: Interval| match (button, below) {
        (Interval::Days(days), Interval::Days(least)) => lifted(days, least),
        (Interval::Days(days), Interval::Wait(ms)) => {
            Interval::Days(days.max(days_of_wait(ms).saturating_add(1)))
        }
        (Interval::Wait(ms), Interval::Wait(least)) => Interval::Wait(ms.max(least.saturating_add(1))),
        // A wait after days does not come about: the steps either hold for Hard, Good and Easy in turn, or are over.
        (Interval::Wait(_), Interval::Days(_)) => button,
    };
    let hard = match (again, hard) {
        (Interval::Wait(_), Interval::Days(_)) => above(hard, again),
        _ => hard,
    };
    let again = match (again, hard) {
        (Interval::Days(days), Interval::Days(most)) => Interval::Days(days.min(most)),
        _ => again,
    };
    let good = above(good, hard);
    let easy = above(easy, good);
    [again, hard, good, easy]
}

#[cfg(test)]
mod tests {
    use super::*;
    use Interval::{Days, Wait};

    #[track_caller]
    fn check(given: [Interval; 4], most: u32, ordered: [Interval; 4]) {
        assert_eq!(in_order(given, most, |ms| u32::from(ms > 100)), ordered);
    }

    #[test]
    fn equal_or_turned_buttons_are_put_in_order() {
        check([Days(4), Days(3), Days(3), Days(3)], 99, [Days(3), Days(3), Days(4), Days(5)]);
        check([Days(1), Days(9), Days(8), Days(7)], 10, [Days(1), Days(9), Days(10), Days(10)]);
        check([Wait(9), Wait(9), Wait(9), Days(1)], 99, [Wait(9), Wait(9), Wait(10), Days(1)]);
        check([Wait(101), Days(1), Days(2), Days(9)], 99, [Wait(101), Days(2), Days(3), Days(9)]);
        check([Wait(101), Days(1), Days(1), Days(1)], 1, [Wait(101), Days(2), Days(2), Days(2)]);
    }
}
