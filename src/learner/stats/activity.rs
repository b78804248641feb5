//! Answers and time by study day.
//!
//! Lines of `kind` `cram` are among them: this version writes none, since practice is written nowhere; another may have,
//! and then it was work as well. No schedule counts them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::walk::Seen;
use crate::srs::Day;

/// Weeks that the heat map shows, this one among them.
pub const HEAT_WEEKS: u32 = 26;
/// What one answer counts at most, in milliseconds: somebody who walks away is not learning. Anki's default is 60 s
/// for cards that are looked at; here answers are written and manifests read.
const ANSWER_MS_MAX: u32 = 120_000;

/// All that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// Answers ever given.
    pub answers: u32,
    /// The time they took, in seconds; one answer counts for at most two minutes.
    pub seconds: u64,
    /// Study days with at least one answer.
    pub days_studied: u32,
    /// The first day of the heat map: a Monday.
    pub from: Day,
    /// Days with answers from then to today, oldest first.
    pub days: Vec<DayOfStudy>,
}

/// One study day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DayOfStudy {
    pub day: Day,
    pub answers: u32,
    pub seconds: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counting {
    /// Answers and milliseconds.
    days: BTreeMap<Day, (u32, u64)>,
}

impl Counting {
    pub(super) fn see(&mut self, seen: &Seen<'_>) {
        let (answers, ms) = self.days.entry(seen.day).or_default();
        *answers += 1;
        *ms += u64::from(seen.answer.took_ms.min(ANSWER_MS_MAX));
    }

    pub(super) fn done(self, today: Day) -> Activity {
        let from = Day(today.monday().0.saturating_sub(7 * (HEAT_WEEKS as i32 - 1)));
        let of = |(day, (answers, ms)): (&Day, &(u32, u64))| DayOfStudy {
            day: *day,
            answers: *answers,
            seconds: seconds(*ms),
        };
        Activity {
            answers: self.days.values().map(|(answers, _)| answers).sum(),
            seconds: seconds(self.days.values().map(|(_, ms)| ms).sum()),
            days_studied: self.days.len() as u32,
            from,
            days: self.days.range(from..=today).map(of).collect(),
        }
    }
}

impl Activity {
    /// What was done on a day of the heat map.
    #[must_use]
    pub fn on(&self, day: Day) -> DayOfStudy {
        let at = self.days.binary_search_by_key(&day, |it| it.day);
        at.map_or(DayOfStudy { day, answers: 0, seconds: 0 }, |at| self.days[at])
    }

    /// The most answers of a day of the heat map, and the latest such day.
    #[must_use]
    pub fn busiest(&self) -> Option<DayOfStudy> {
        self.days.iter().copied().max_by_key(|it| (it.answers, it.day))
    }
}

/// Milliseconds as seconds, rounded.
const fn seconds(ms: u64) -> u64 {
    (ms + 500) / 1000
}
