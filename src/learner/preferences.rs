//! What the learner has set, and since when.

use super::id::{EntryId, order};
use crate::srs::{Day, Model, Moment, Retention, Settings, Steps, Weights, agenda::NEW_PER_DAY};

/// All that can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub schedule: Settings,
    /// New cards begun on one study day, at most.
    pub new_per_day: u32,
    /// How long a session should take, in minutes.
    pub time_box_minutes: u32,
}

/// One change of settings: what is `None` stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    pub retention: Option<Retention>,
    pub learning: Option<Steps>,
    pub relearning: Option<Steps>,
    /// At least 1.
    pub max_interval_days: Option<u32>,
    /// 0 to 23.
    pub rollover_hour: Option<u8>,
    pub new_per_day: Option<u32>,
    pub time_box_minutes: Option<u32>,
    pub deadline: Option<Deadline>,
    /// Parameters of FSRS-6, by which cards are reckoned from then on.
    pub weights: Option<Weights>,
}

/// What becomes of the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deadline {
    /// All of it should be known on this day.
    On(Day),
    /// On no day in particular.
    None,
}

/// The settings as they were at any moment, so that a replay schedules as it was scheduled then.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Timeline {
    first: Stretch,
    /// In the order of the fold; each with all settings from then on.
    since: Vec<(Moment, EntryId, Stretch)>,
}

/// What is in force between two changes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stretch {
    preferences: Preferences,
    model: Model,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { schedule: Settings::default(), new_per_day: NEW_PER_DAY, time_box_minutes: 8 }
    }
}

impl Preferences {
    /// These with a change on top; a change of the model's parameters is no matter of theirs.
    #[must_use]
    pub fn changed(&self, change: &Change) -> Self {
        let was = &self.schedule;
        Self {
            schedule: Settings {
                retention: change.retention.unwrap_or(was.retention),
                learning: change.learning.as_ref().unwrap_or(&was.learning).clone(),
                relearning: change.relearning.as_ref().unwrap_or(&was.relearning).clone(),
                max_interval_days: change.max_interval_days.unwrap_or(was.max_interval_days),
                rollover_hour: change.rollover_hour.unwrap_or(was.rollover_hour),
                deadline: match change.deadline {
                    Some(Deadline::On(day)) => Some(day),
                    Some(Deadline::None) => None,
                    None => was.deadline,
                },
            },
            new_per_day: change.new_per_day.unwrap_or(self.new_per_day),
            time_box_minutes: change.time_box_minutes.unwrap_or(self.time_box_minutes),
        }
    }
}

impl Timeline {
    /// The timeline of these changes, which stand in the order of the fold.
    pub(super) fn of<'a>(changes: impl Iterator<Item = (Moment, &'a EntryId, &'a Change)>) -> Self {
        let first = Stretch::default();
        let mut since: Vec<(Moment, EntryId, Stretch)> = Vec::new();
        for (at, id, change) in changes {
            let before = since.last().map_or(&first, |(.., stretch)| stretch);
            let model =
                change.weights.as_ref().map_or_else(|| before.model.clone(), |it| Model::new(it.clone()));
            let after = Stretch { preferences: before.preferences.changed(change), model };
            since.push((at, id.clone(), after));
        }
        Self { first, since }
    }

    /// The settings that an entry of that moment and id was made under.
    pub(super) fn at(&self, at: Moment, id: &EntryId) -> &Preferences {
        &self.stretch(at, id).preferences
    }

    /// The model that an entry of that moment and id was reckoned by.
    pub(super) fn model_at(&self, at: Moment, id: &EntryId) -> &Model {
        &self.stretch(at, id).model
    }

    /// The settings in force.
    pub(super) fn now(&self) -> &Preferences {
        &self.last().preferences
    }

    /// The model in force.
    pub(super) fn model(&self) -> &Model {
        &self.last().model
    }

    fn stretch(&self, at: Moment, id: &EntryId) -> &Stretch {
        let later = self.since.partition_point(|(since, by, _)| order(*since, by, at, id).is_le());
        later.checked_sub(1).map_or(&self.first, |index| &self.since[index].2)
    }

    fn last(&self) -> &Stretch {
        self.since.last().map_or(&self.first, |(.., stretch)| stretch)
    }
}
