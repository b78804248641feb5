//! Learning and relearning steps: short waits before a card's interval is counted in days.
//!
//! The rules are py-fsrs's: Again goes back to the first step, Hard stays, Good goes on or graduates, Easy
//! graduates. Few and short steps are best: further successes on the same day do not last (Rawson 2013).

use super::memory::Grade;

/// Longest step allowed, a little under a day: longer waits are intervals.
const LONGEST_MS: i64 = 86_399_999;
/// Most steps allowed.
const MOST: usize = 10;

/// The waits, in milliseconds: each positive, longer than the one before, under a day. May be empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Steps(Vec<i64>);

/// What a grade does to a card that is being learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is asked again after a wait, in milliseconds.
    Wait { step: u8, ms: i64 },
    /// Its interval is counted in days from now on.
    Graduate,
}

impl Steps {
    /// Steps of these milliseconds; `None` unless they are at most ten, positive, increasing and under a day.
    #[must_use]
    pub fn new(waits_ms: &[i64]) -> Option<Self> {
        let increasing = waits_ms.windows(2).all(|pair| pair[0] < pair[1]);
        let in_range = waits_ms.iter().all(|ms| (1..=LONGEST_MS).contains(ms));
        (increasing && in_range && waits_ms.len() <= MOST).then(|| Self(waits_ms.to_vec()))
    }

    /// The waits in milliseconds.
    #[must_use]
    pub fn waits_ms(&self) -> &[i64] {
        &self.0
    }

    /// What a grade at a step leads to. A step beyond the last (the settings were changed) counts as the last done.
    #[must_use]
    pub fn next(&self, step: u8, grade: Grade) -> Next {
        let at = usize::from(step);
        let Some(&first) = self.0.first() else { return Next::Graduate };
        match grade {
            Grade::Again => Next::Wait { step: 0, ms: first },
            Grade::Easy => Next::Graduate,
            _ if at >= self.0.len() => Next::Graduate,
            Grade::Hard => Next::Wait { step, ms: self.hard_wait(at) },
            Grade::Good => match self.0.get(at + 1) {
                Some(&ms) => Next::Wait { step: step + 1, ms },
                None => Next::Graduate,
            },
        }
    }

    /// On the first step, between it and the next one, or half as long again where it is the only one.
    fn hard_wait(&self, at: usize) -> i64 {
        match (at, self.0.as_slice()) {
            (0, [only]) => (only * 3 / 2).min(LONGEST_MS),
            (0, [first, second, ..]) => i64::midpoint(*first, *second),
            (_, all) => all[at],
        }
    }
}

impl Default for Steps {
    /// One step of ten minutes.
    fn default() -> Self {
        Self(vec![600_000])
    }
}
