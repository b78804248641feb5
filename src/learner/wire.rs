//! An entry as one line of JSON, and back.
//!
//! Reading never fails: a line of a later version, or of an operation that this version does not know, is told
//! apart from a line that is broken. Neither is ever lost, because log files are only appended to.

mod quick;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::entry::{Confidence, Entry, Event, Kind, Mode, Prediction, Pretest, Review, Round};
use super::id::{EntryId, TextHash};
use super::preferences::{Change, Deadline};
use crate::srs::{Day, Grade, Moment, Retention, Steps, Weights};

/// No clock on any wall is further from UTC: a day, in minutes.
const OFFSET_MAX: u32 = 24 * 60;
/// The last millisecond of the year 9999, since 1970.
const TIME_MAX_MS: i64 = 253_402_300_799_999;
/// The version that this program writes.
const VERSION: u32 = 1;

/// What a line turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Entry(Entry),
    /// From a later version, or an operation unknown to this one: kept and ignored.
    Unknown,
    /// No entry of any version.
    Broken,
}

/// All fields of all operations. Absent texts are empty.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Wire<'a> {
    v: u32,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    op: Cow<'a, str>,
    t: Option<i64>,
    off: i32,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    card: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    h: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u32>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    mode: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    of: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    said: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    was: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ok: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conf: Option<u8>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    kind: Cow<'a, str>,
    #[serde(borrow, rename = "ref", skip_serializing_if = "str::is_empty")]
    reference: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<Set>,
}

/// The settings of a `config` line; steps are in seconds.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Set {
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_s: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relearning_s: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_interval_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rollover_hour: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_per_day: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_box_minutes: Option<u32>,
    /// `2026-12-14`, or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<String>,
    /// The parameters of FSRS-6.
    #[serde(skip_serializing_if = "Option::is_none")]
    fsrs6: Option<Vec<f64>>,
}

/// Takes a deadline back.
const NO_DEADLINE: &str = "none";

/// Just enough of a line to see whose it is.
#[derive(Deserialize)]
struct Head {
    v: Option<u32>,
    op: Option<String>,
    kind: Option<String>,
    /// In a later version it may have another shape.
    #[serde(default, deserialize_with = "text_or_none")]
    id: Option<String>,
}

fn text_or_none<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Ok(serde_json::Value::deserialize(value)?.as_str().map(str::to_owned))
}

const OPS: [&str; 10] =
    ["review", "undo", "suspend", "bury", "reset", "config", "predict", "pretest", "mission", "finish"];
const MODES: [(Mode, &str); 4] =
    [(Mode::Type, "type"), (Mode::Choice, "choice"), (Mode::Reveal, "reveal"), (Mode::Order, "order")];
const KINDS: [(Kind, &str); 5] = [
    (Kind::New, "new"),
    (Kind::Review, "review"),
    (Kind::Relearn, "relearn"),
    (Kind::Pretest, "pretest"),
    (Kind::Cram, "cram"),
];

const ROUNDS: [(Round, &str); 2] = [(Round::Before, "before"), (Round::After, "after")];

impl Line {
    /// What the bytes of one line are, without its end.
    #[must_use]
    pub fn read(line: &[u8]) -> Self {
        // Some editors put a mark of UTF-8 before the first line.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let wire = quick::review(line).or_else(|| serde_json::from_slice(line).ok());
        let Some(wire) = wire else { return Self::of_head(line) };
        if wire.v != VERSION {
            return if wire.v > VERSION { Self::Unknown } else { Self::Broken };
        }
        let is_whole = !wire.id.is_empty() && wire.off.unsigned_abs() <= OFFSET_MAX;
        let (Some(ms @ 0..=TIME_MAX_MS), true) = (wire.t, is_whole) else { return Self::of_head(line) };
        match wire.event() {
            Some(event) => {
                Self::Entry(Entry { id: EntryId::new(&wire.id), at: Moment { ms, offset: wire.off }, event })
            }
            None => Self::of_head(line),
        }
    }

    /// A line that is no entry of this version is unknown if it says that it comes from another one.
    fn of_head(line: &[u8]) -> Self {
        match serde_json::from_slice::<Head>(line) {
            Ok(Head { v: Some(v), .. }) if v > VERSION => Self::Unknown,
            Ok(Head { v: Some(VERSION), op, kind, .. }) if is_later(op.as_deref(), kind.as_deref()) => {
                Self::Unknown
            }
            _ => Self::Broken,
        }
    }
}

/// Only a later version has such operations, or such kinds of one.
fn is_later(op: Option<&str>, kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or_default();
    let has_kind = !kind.is_empty();
    match op.unwrap_or_default() {
        "" | "review" => has_kind && KINDS.iter().all(|(_, word)| *word != kind),
        "pretest" => has_kind && ROUNDS.iter().all(|(_, word)| *word != kind),
        op => !OPS.contains(&op),
    }
}

/// The id on a line of whatever version; `None` where it has none.
pub(super) fn id(line: &[u8]) -> Option<String> {
    serde_json::from_slice::<Head>(line).ok()?.id
}

impl Entry {
    /// The entry as one line of JSON, without the line's end.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it cannot")]
    pub fn to_line(&self) -> String {
        let wire = Wire::of(self);
        serde_json::to_string(&wire).expect("texts, numbers and truth values always have a JSON form")
    }
}

impl<'a> Wire<'a> {
    /// `None` where a field is missing or out of range.
    fn event(&self) -> Option<Event> {
        let text = |text: &Cow<'_, str>| (!text.is_empty()).then(|| text.clone().into_owned());
        Some(match self.op.as_ref() {
            // The first logs had no operation on reviews.
            "review" | "" => Event::Review(self.review()?),
            "undo" => Event::Undo { of: EntryId::new(&text(&self.reference)?) },
            "suspend" => Event::Suspend { card: text(&self.card)?, on: self.on.unwrap_or(true) },
            "bury" => Event::Bury { card: text(&self.card)? },
            "reset" => Event::Reset { card: text(&self.card)? },
            "config" => Event::Config(self.set.as_ref()?.change()?),
            "predict" => Event::Predict(Prediction {
                of: text(&self.of)?,
                said: self.said.clone().into_owned(),
                was: self.was.clone().into_owned(),
                right: self.ok?,
                confidence: confidence(self.conf).ok()?,
            }),
            "pretest" => Event::Pretest(Pretest {
                card: text(&self.card)?,
                said: self.said.clone().into_owned(),
                confidence: confidence(self.conf).ok()?,
                round: ROUNDS.iter().find(|(_, word)| *word == self.kind).map(|(round, _)| *round)?,
            }),
            "mission" => Event::Mission { mission: text(&self.of)?, won: self.ok? },
            "finish" => Event::Finish { section: self.section? },
            _ => return None,
        })
    }

    fn review(&self) -> Option<Review> {
        let kind = if self.kind.is_empty() { "review" } else { self.kind.as_ref() };
        Some(Review {
            card: (!self.card.is_empty()).then(|| self.card.clone().into_owned())?,
            hash: TextHash::new(&self.h),
            grade: Grade::from_number(self.r?)?,
            took_ms: self.ms.unwrap_or(0),
            mode: MODES.iter().find(|(_, word)| *word == self.mode).map_or(Mode::Other, |(mode, _)| *mode),
            right: self.ok,
            confidence: confidence(self.conf).ok()?,
            kind: KINDS.iter().find(|(_, word)| *word == kind).map(|(kind, _)| *kind)?,
        })
    }

    fn of(entry: &'a Entry) -> Self {
        let mut wire = Self {
            v: VERSION,
            id: entry.id.to_string().into(),
            t: Some(entry.at.ms),
            off: entry.at.offset,
            ..Self::default()
        };
        wire.op = match &entry.event {
            Event::Review(review) => wire.set_review(review),
            Event::Undo { of } => {
                wire.reference = of.to_string().into();
                "undo"
            }
            Event::Suspend { card, on } => {
                (wire.card, wire.on) = (card.into(), Some(*on));
                "suspend"
            }
            Event::Bury { card } => {
                wire.card = card.into();
                "bury"
            }
            Event::Reset { card } => {
                wire.card = card.into();
                "reset"
            }
            Event::Config(change) => {
                wire.set = Some(Set::of(change));
                "config"
            }
            Event::Predict(prediction) => wire.set_prediction(prediction),
            Event::Pretest(pretest) => wire.set_pretest(pretest),
            Event::Mission { mission, won } => {
                (wire.of, wire.ok) = (mission.into(), Some(*won));
                "mission"
            }
            Event::Finish { section } => {
                wire.section = Some(*section);
                "finish"
            }
        }
        .into();
        wire
    }

    fn set_review(&mut self, review: &'a Review) -> &'static str {
        self.card = review.card.as_str().into();
        self.h = review.hash.as_ref().map(TextHash::to_string).unwrap_or_default().into();
        self.r = Some(review.grade.number());
        self.ms = Some(review.took_ms);
        self.mode = MODES.iter().find(|(mode, _)| *mode == review.mode).map_or("", |(_, word)| word).into();
        self.ok = review.right;
        self.conf = Some(confidence_number(review.confidence));
        self.kind = KINDS.iter().find(|(kind, _)| *kind == review.kind).map_or("", |(_, word)| word).into();
        "review"
    }

    fn set_prediction(&mut self, prediction: &'a Prediction) -> &'static str {
        self.of = prediction.of.as_str().into();
        self.said = prediction.said.as_str().into();
        self.was = prediction.was.as_str().into();
        self.ok = Some(prediction.right);
        self.conf = Some(confidence_number(prediction.confidence));
        "predict"
    }

    fn set_pretest(&mut self, pretest: &'a Pretest) -> &'static str {
        self.card = pretest.card.as_str().into();
        self.said = pretest.said.as_str().into();
        self.conf = Some(confidence_number(pretest.confidence));
        self.kind =
            ROUNDS.iter().find(|(round, _)| *round == pretest.round).map_or("", |(_, word)| word).into();
        "pretest"
    }
}

impl Set {
    /// `None` where a value makes no sense. Retention alone is brought into its range.
    fn change(&self) -> Option<Change> {
        let steps = |seconds: &Option<Vec<i64>>| match seconds {
            None => Some(None),
            Some(seconds) => {
                let waits: Vec<i64> = seconds.iter().map(|s| s.saturating_mul(1000)).collect();
                Steps::new(&waits).map(Some)
            }
        };
        let deadline = match self.deadline.as_deref() {
            None => None,
            Some(NO_DEADLINE) => Some(Deadline::None),
            Some(day) => Some(Deadline::On(Day::read(day)?)),
        };
        let weights = match &self.fsrs6 {
            None => None,
            Some(values) => Some(Weights::new(values)?),
        };
        let sane = self.rollover_hour.is_none_or(|hour| hour < 24)
            && self.max_interval_days.is_none_or(|days| days > 0)
            && self.time_box_minutes.is_none_or(|minutes| minutes > 0);
        sane.then_some(Change {
            retention: self.retention.map(Retention::clamped),
            learning: steps(&self.learning_s)?,
            relearning: steps(&self.relearning_s)?,
            max_interval_days: self.max_interval_days,
            rollover_hour: self.rollover_hour,
            new_per_day: self.new_per_day,
            time_box_minutes: self.time_box_minutes,
            deadline,
            weights,
        })
    }

    fn of(change: &Change) -> Self {
        let seconds = |steps: &Option<Steps>| {
            steps.as_ref().map(|steps| steps.waits_ms().iter().map(|ms| ms / 1000).collect())
        };
        Self {
            retention: change.retention.map(Retention::as_share),
            learning_s: seconds(&change.learning),
            relearning_s: seconds(&change.relearning),
            max_interval_days: change.max_interval_days,
            rollover_hour: change.rollover_hour,
            new_per_day: change.new_per_day,
            time_box_minutes: change.time_box_minutes,
            deadline: change.deadline.map(|deadline| match deadline {
                Deadline::On(day) => day.to_string(),
                Deadline::None => NO_DEADLINE.to_owned(),
            }),
            fsrs6: change.weights.as_ref().map(|weights| weights.values().to_vec()),
        }
    }
}

/// 0 is "not said"; an error where the number means nothing.
fn confidence(number: Option<u8>) -> Result<Option<Confidence>, NoConfidence> {
    match number.unwrap_or(0) {
        0 => Ok(None),
        1 => Ok(Some(Confidence::Guess)),
        2 => Ok(Some(Confidence::Fairly)),
        3 => Ok(Some(Confidence::Certain)),
        _ => Err(NoConfidence),
    }
}

/// A number beyond certainty.
struct NoConfidence;

fn confidence_number(confidence: Option<Confidence>) -> u8 {
    confidence.map_or(0, |confidence| confidence as u8 + 1)
}
