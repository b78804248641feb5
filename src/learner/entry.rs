//! One thing that happened, as the log holds it.

use std::cmp::Ordering;

use super::id::{EntryId, TextHash, order};
use super::preferences::Change;
use crate::srs::{Grade, Moment};

/// One event of the log. What follows from it is computed, never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    /// When it happened, and how far the local clock was from UTC then.
    pub at: Moment,
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A card was answered and graded.
    Review(Review),
    /// The entry with this id counts no more. An undo cannot be undone.
    Undo { of: EntryId },
    /// The card is not asked any more, or (`on` false) is asked again.
    Suspend { card: String, on: bool },
    /// The card is not asked again on this study day.
    Bury { card: String },
    /// The card is new again.
    Reset { card: String },
    /// Settings were changed.
    Config(Change),
    /// A prediction was locked in and then compared with a run.
    Predict(Prediction),
    /// A question was answered before its section was read, or once more at the end; nothing was shown or graded.
    Pretest(Pretest),
    /// A mission was tried.
    Mission { mission: String, won: bool },
    /// A section was read to its end.
    Finish { section: u8 },
}

/// One answer and its grade.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    pub card: String,
    /// The card's text at that time; `None` where it is not known.
    pub hash: Option<TextHash>,
    pub grade: Grade,
    /// From question to grade, in milliseconds.
    pub took_ms: u32,
    pub mode: Mode,
    /// What marking said; `None` where only the learner could tell.
    pub right: Option<bool>,
    pub confidence: Option<Confidence>,
    pub kind: Kind,
}

/// How it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    Type,
    Choice,
    Reveal,
    Order,
    /// A way that this version does not know.
    Other,
}

/// What sort of review it was. The first three count for the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    New,
    Review,
    Relearn,
    /// Asked before reading; a wrong guess is expected.
    Pretest,
    /// Practice beside the schedule. Read where another version wrote it, and counted for no schedule; this one writes
    /// none, since its practice is written nowhere.
    Cram,
}

/// How sure the learner said to be before seeing the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Guess,
    Fairly,
    Certain,
}

/// What a learner said would happen, and what did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prediction {
    /// The id of the `predict` directive, or the lab's name for the break.
    pub of: String,
    pub said: String,
    /// What the run gave.
    pub was: String,
    pub right: bool,
    pub confidence: Option<Confidence>,
}

/// What a learner said to a question that was neither shown the answer of nor graded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pretest {
    pub card: String,
    /// In the learner's words; empty where the question was left out.
    pub said: String,
    pub confidence: Option<Confidence>,
    pub round: Round,
}

/// When a question of the pretest was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// Before what answers it was read.
    Before,
    /// After that.
    After,
}

impl Entry {
    /// The order of the fold: by moment, then device, then the number the process gave it.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        order(self.at, &self.id, other.at, &other.id).then_with(|| self.event.cmp(&other.event))
    }
}

impl Kind {
    /// The schedule takes it into account.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::New | Self::Review | Self::Relearn)
    }
}

impl Confidence {
    /// The next of: guess, fairly, certain, and round again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Guess => Self::Fairly,
            Self::Fairly => Self::Certain,
            Self::Certain => Self::Guess,
        }
    }

    /// The word on the screen.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Fairly => "fairly sure",
            Self::Certain => "certain",
        }
    }
}
