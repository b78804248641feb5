//! True retention, and the model's predictions against what came.
//!
//! True retention is Anki's (`rslib/src/stats/graphs/retention.rs`, and "True Retention" in its manual): answers
//! that affect the schedule, to cards with an interval of a day or more, the first of a card on a day; right is all
//! but Again; a card is mature from an interval of 21 days on.

use serde::Serialize;

use super::tally::{Count, Tally, rounded};
use super::walk::{Known, Seen};
use crate::srs::{Day, Grade};

/// From this interval on, in days, a card is mature (Anki's `MATURE_IVL`).
pub const MATURE_DAYS: u32 = 21;
/// The windows, in study days with today as the last; `None` is all.
const WINDOWS: [Option<u32>; 4] = [Some(7), Some(30), Some(90), None];
/// Where the bins of predicted recall begin, in percent. Most answers fall near the desired retention, so the bins
/// are finer there.
const BINS: [u8; 6] = [0, 50, 70, 80, 90, 95];

/// True retention over some days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Window {
    /// Study days with today as the last; `None` is all of them.
    pub days: Option<u32>,
    /// Intervals under [`MATURE_DAYS`].
    pub young: Tally,
    pub mature: Tally,
    pub all: Tally,
}

/// Answers for which the model predicted about the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RecallBin {
    /// Predicted recall from this share on,
    pub from: f64,
    /// to under this one; the last bin takes 1 in.
    pub to: f64,
    /// The mean prediction; `None` under [`super::LEAST`] answers.
    pub predicted: Option<f64>,
    /// What came; its share is `None` under [`super::LEAST`] answers.
    pub actual: Tally,
}

#[derive(Debug)]
pub(super) struct Counting {
    today: Day,
    /// Young, mature.
    windows: [[Count; 2]; WINDOWS.len()],
    /// What came, and the sum of predictions in millionths: whole numbers add up to the same in any order.
    bins: [(Count, u64); BINS.len()],
}

impl Counting {
    pub(super) fn new(today: Day) -> Self {
        Self { today, windows: Default::default(), bins: Default::default() }
    }

    pub(super) fn see(&mut self, seen: &Seen<'_>) {
        let Some(Known { recall, interval, is_first_of_day: true }) = seen.known else { return };
        let is_right = seen.answer.grade != Grade::Again;
        for (window, counts) in WINDOWS.iter().zip(&mut self.windows) {
            if window.is_none_or(|days| self.today.since(seen.day) < days) {
                counts[usize::from(interval >= MATURE_DAYS)].add(is_right);
            }
        }
        let bin = BINS.iter().rposition(|from| recall * 100.0 >= f32::from(*from)).unwrap_or(0);
        self.bins[bin].0.add(is_right);
        self.bins[bin].1 += (f64::from(recall) * 1e6).round() as u64;
    }

    pub(super) fn done(self) -> (Vec<Window>, Vec<RecallBin>) {
        let windows = WINDOWS.iter().zip(self.windows).map(|(days, [young, mature])| Window {
            days: *days,
            young: young.tally(),
            mature: mature.tally(),
            all: young.plus(mature).tally(),
        });
        let bins = self.bins.iter().enumerate().map(|(at, (count, sum))| {
            let actual = count.calibration();
            let mean = *sum as f64 / 1e6 / f64::from(actual.n.max(1));
            RecallBin {
                from: f64::from(BINS[at]) / 100.0,
                to: BINS.get(at + 1).map_or(1.0, |next| f64::from(*next) / 100.0),
                predicted: actual.share.map(|_| rounded(mean, 4)),
                actual,
            }
        });
        (windows.collect(), bins.collect())
    }
}
