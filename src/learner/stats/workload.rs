//! What each desired retention would cost this learner with these cards.

use serde::Serialize;

use super::activity::Activity;
use super::tally::rounded;
use crate::learner::plan::CardRef;
use crate::learner::{CardState, Learner};
use crate::srs::workload::{CHOICES, Cost, HORIZON_DAYS, Start, cost};
use crate::srs::{Day, Limits, Moment, Retention, Settings, fuzz};

/// From so many answers on the learner's own pace is taken.
const OWN_PACE_FROM: u32 = 30;

/// How long one answer takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pace {
    pub seconds_per_answer: f64,
    /// The learner's own mean; else what the agenda plans with.
    pub own: bool,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WorkloadRow {
    /// 0.70 to 0.97.
    pub retention: f64,
    /// The one in force.
    pub current: bool,
    /// Answers a day, on average, steps among them.
    pub answers_per_day: f64,
    /// Minutes a day, on average.
    pub minutes_per_day: f64,
    /// Minutes over all days.
    pub minutes: f64,
    /// Cards that would be recalled at the end.
    pub remembered: f64,
}

/// A table being worked out: a row at a time, because each takes a while.
#[derive(Clone, Debug)]
pub struct Workload {
    today: Day,
    starts: Vec<Start>,
    settings: Settings,
    pub pace: Pace,
    choices: Vec<Retention>,
    costs: Vec<Cost>,
}

impl Workload {
    /// The days that it looks ahead.
    pub const DAYS: u32 = HORIZON_DAYS;

    /// The table of these cards from `now` on, with no row worked out yet.
    #[must_use]
    pub fn new(learner: &Learner, cards: &[CardRef<'_>], activity: &Activity, now: Moment) -> Self {
        let settings = learner.preferences().schedule.clone();
        let mut choices: Vec<Retention> =
            CHOICES.iter().map(|thousandths| Retention::clamped(f64::from(*thousandths) / 1000.0)).collect();
        choices.push(settings.retention);
        choices.sort_unstable();
        choices.dedup();
        Self {
            today: learner.today(now),
            starts: starts(learner, cards, now),
            settings,
            pace: Pace::of(activity),
            choices,
            costs: Vec::new(),
        }
    }

    /// Works out one more row; false where there is none left.
    pub fn step(&mut self, learner: &Learner) -> bool {
        let Some(retention) = self.choices.get(self.costs.len()) else { return false };
        self.costs.push(cost(&self.starts, &learner.model, &self.settings, *retention, self.today));
        true
    }

    /// Every row is there.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.costs.len() == self.choices.len()
    }

    /// Cards that are simulated: all but the suspended ones.
    #[must_use]
    pub fn cards(&self) -> usize {
        self.starts.len()
    }

    /// The retentions, the lowest first; also of rows that are not worked out yet.
    #[must_use]
    pub fn choices(&self) -> &[Retention] {
        &self.choices
    }

    /// The rows so far, where `current` is in force.
    #[must_use]
    pub fn rows(&self, current: Retention) -> Vec<WorkloadRow> {
        let of = |cost: &Cost| {
            let minutes = cost.answers * self.pace.seconds_per_answer / 60.0;
            WorkloadRow {
                retention: cost.retention.as_share(),
                current: cost.retention == current,
                answers_per_day: rounded(cost.answers / f64::from(HORIZON_DAYS), 1),
                minutes_per_day: rounded(minutes / f64::from(HORIZON_DAYS), 1),
                minutes: rounded(minutes, 0),
                remembered: rounded(cost.remembered, 1),
            }
        };
        self.costs.iter().map(of).collect()
    }
}

impl Pace {
    fn of(activity: &Activity) -> Self {
        let own = activity.answers >= OWN_PACE_FROM;
        let planned = Limits::default().answer_ms as f64 / 1000.0;
        let mean = activity.seconds as f64 / f64::from(activity.answers.max(1));
        Self { seconds_per_answer: rounded(if own { mean.max(1.0) } else { planned }, 1), own }
    }
}

/// The cards as they stand; new ones begin in their order, as many a day as the learner has set.
fn starts(learner: &Learner, cards: &[CardRef<'_>], now: Moment) -> Vec<Start> {
    let (today, preferences) = (learner.today(now), learner.preferences());
    let new_left = learner.limits(today).new_left;
    let fresh = CardState::default();
    let mut begun = 0;
    let mut starts = Vec::with_capacity(cards.len());
    for card in cards {
        let state = learner.card(card.id).unwrap_or(&fresh);
        if state.suspended {
            continue;
        }
        let due = if let Some(due) = learner.due(card.id, today) {
            Some(due.day(now.offset, preferences.schedule.rollover_hour).since(today))
        } else {
            begun += 1;
            begins(begun - 1, new_left, preferences.new_per_day)
        };
        starts.push(Start { seed: fuzz::seed(card.id, None), memory: state.memory, due });
    }
    starts
}

/// The day on which the new card in that place is begun; `None` where none ever is.
fn begins(place: u32, today: u32, a_day: u32) -> Option<u32> {
    match place.checked_sub(today) {
        None => Some(0),
        Some(later) => later.checked_div(a_day).map(|days| days + 1),
    }
}
