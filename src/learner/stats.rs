//! What a learner's history says of them, by study day and never by the machine's local time.
//!
//! Pure, and a function of the *set* of entries like [`Learner`] itself: sums are whole numbers, lists have a total
//! order. What was undone does not count. Days, minutes and retention are those of the whole log; recall, forecast
//! and hardest cards are those of the cards that are asked for.
//!
//! ```text
//!  Learner ──walk──► Seen: an answer, its day, what was known before it
//!                      ├─► retained, forgetting      right, against what the model said
//!                      ├─► sureness, confident       right, against what the learner said
//!                      └─► activity                  answers and minutes by day
//! ```

mod activity;
mod ahead;
mod cards;
mod predictions;
mod retained;
mod sureness;
mod tally;
mod walk;
mod workload;

use serde::Serialize;

pub use activity::{Activity, DayOfStudy, HEAT_WEEKS};
pub use ahead::{AHEAD_DAYS, Ahead};
pub use cards::{CardCounts, HardCard, Objective};
pub use predictions::{Miss, Points, Predictions};
pub use retained::{MATURE_DAYS, RecallBin, Window};
pub use sureness::{ConfidentError, Sureness};
pub use tally::{LEAST, Tally};
pub use workload::{Pace, Workload, WorkloadRow};

use super::Learner;
use super::entry::{Confidence, Event};
use super::id::EntryId;
use super::plan::CardRef;
use super::preferences::Change;
use crate::srs::{Day, Moment};

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statistics {
    /// The study day it is for.
    pub day: Day,
    /// The share of due cards that the learner wants to recall: 0.70 to 0.97.
    pub desired_retention: f64,
    pub cards: CardCounts,
    /// In the order of their numbers.
    pub objectives: Vec<Objective>,
    /// Over 7, 30 and 90 days, and over all.
    pub retention: Vec<Window>,
    /// What the model said of known cards before they were asked, against what came.
    pub forgetting: Vec<RecallBin>,
    /// Guess, fairly sure, certain, against what came.
    pub confidence: Vec<Sureness>,
    pub predictions: Predictions,
    pub ahead: Ahead,
    pub activity: Activity,
    /// At most ten, the hardest first.
    pub hardest: Vec<HardCard>,
    /// Cards that were answered wrong when the learner was certain; those not mended yet first, then the latest.
    pub confident_errors: Vec<ConfidentError>,
}

impl Statistics {
    /// The statistics of a learner and these cards at `now`.
    #[must_use]
    pub fn of(learner: &Learner, cards: &[CardRef<'_>], now: Moment) -> Self {
        let today = learner.today(now);
        let mut retained = retained::Counting::new(today);
        let mut sureness = sureness::Degrees::default();
        let mut activity = activity::Counting::default();
        learner.walk(&mut |seen| {
            retained.see(&seen);
            sureness::see(&mut sureness, &seen);
            activity.see(&seen);
        });
        let (retention, forgetting) = retained.done();
        Self {
            day: today,
            desired_retention: learner.preferences().schedule.retention.as_share(),
            cards: cards::counts(learner, cards, today),
            objectives: cards::objectives(learner, cards, now),
            retention,
            forgetting,
            confidence: sureness.done(),
            predictions: predictions::of(learner),
            ahead: ahead::of(learner, cards, now),
            activity: activity.done(today),
            hardest: cards::hardest(learner, cards, today),
            confident_errors: sureness::errors(learner),
        }
    }

    /// Nothing was answered and nothing predicted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.activity.answers == 0 && self.predictions.all.n == 0
    }
}

impl Learner {
    /// Entries known, those without effect among them: the same number, the same statistics.
    #[must_use]
    pub fn entry_count(&self) -> usize {
        self.ids.len()
    }

    /// The change that the desired retention in force comes from, if `device` made it and it changed nothing else:
    /// undoing it brings back what was in force before.
    #[must_use]
    pub fn last_retention_change(&self, device: &str) -> Option<&EntryId> {
        let changes = self.standing_others().filter_map(|entry| match &entry.event {
            Event::Config(change) if change.retention.is_some() => Some((&entry.id, change)),
            _ => None,
        });
        let (id, change) = changes.last()?;
        let is_alone = *change == Change { retention: change.retention, ..Change::default() };
        (is_alone && id.device() == device).then_some(id)
    }
}

impl Confidence {
    /// All three, the least sure first.
    pub const ALL: [Self; 3] = [Self::Guess, Self::Fairly, Self::Certain];
}
