//! What is to be looked at between two questions: an error one was certain of, those of the session before, a manifest.

use super::{Answered, Revealed, Review, Stage, Why};
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::app::today::errors;
use crate::srs::Moment;

/// Something to look at; Enter goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Pause {
    /// Certain and wrong, and graded: what was said beside what is right.
    Contrast(Box<Revealed>),
    /// What one was certain of and wrong before this session, not asked yet today.
    Reminder(Vec<Reminded>),
    /// The manifest behind an answer; what it was opened from comes back.
    Manifest { text: String, from: Box<Stage> },
}

/// One of those errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    pub card: String,
    /// Study days since then; 0 for an earlier session of today.
    pub days_ago: u32,
}

impl Pause {
    /// The card it is about.
    #[must_use]
    pub fn revealed(&self) -> Option<&Revealed> {
        match self {
            Self::Contrast(revealed) => Some(revealed),
            Self::Reminder(_) => None,
            Self::Manifest { from, .. } => match &**from {
                Stage::Revealed(revealed) | Stage::Pause(Self::Contrast(revealed)) => Some(revealed),
                _ => None,
            },
        }
    }

    /// It waits for a grade, under what is looked at.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Manifest { from, .. } if matches!(**from, Stage::Revealed(_)))
    }

    /// Rows that it takes, or some more.
    pub(super) fn rows_about(&self, columns: usize) -> usize {
        match self {
            Self::Contrast(revealed) => revealed.asked.attempt.length() / columns.max(1),
            Self::Reminder(list) => list.len() * 4,
            Self::Manifest { text, .. } => text.lines().count(),
        }
    }
}

impl Review {
    /// The errors of certainty before this session, if there are any and there is something to ask.
    pub(super) fn remind(&mut self, parts: &Parts, now: Now) -> bool {
        let list = reminded(parts, now);
        let reminds = !list.is_empty() && self.queue.left() > 0;
        if reminds {
            self.stage = Stage::Pause(Pause::Reminder(list));
        }
        reminds
    }

    /// A grade is given, and on disk where it counts: what was certain and wrong is looked at before the next question.
    pub(super) fn after_grade(&mut self, parts: &Parts, now: Now) {
        let seen = |answered: &Answered| {
            answered.revealed.clone().filter(|revealed| revealed.is_error(answered.grade))
        };
        match self.answers.last().and_then(seen) {
            Some(revealed) => {
                self.top = 0;
                self.stage = Stage::Pause(Pause::Contrast(Box::new(revealed)));
            }
            None => self.ask_next(parts, now, self.why_over()),
        }
    }

    /// Why it will be over, once nothing is left to ask.
    const fn why_over(&self) -> Why {
        if self.practice.is_some() { Why::Practiced } else { Why::Done }
    }

    /// Enter, or whatever closes it.
    pub(super) fn go_past(&mut self, parts: &Parts, now: Now) -> Reply {
        self.top = 0;
        match std::mem::replace(&mut self.stage, Stage::Pause(Pause::Reminder(Vec::new()))) {
            Stage::Pause(Pause::Manifest { from, .. }) => self.stage = *from,
            Stage::Pause(Pause::Reminder(_)) => self.ask_next(parts, now, Why::NothingDue),
            _ => self.ask_next(parts, now, self.why_over()),
        }
        Reply::default()
    }
}

/// The errors of certainty that no later day has mended, the latest first.
fn reminded(parts: &Parts, now: Now) -> Vec<Reminded> {
    let (learner, moment) = (&parts.learner, now.moment());
    let today = learner.today(moment);
    let of = |(at, card): (Moment, &str)| Reminded {
        card: card.to_owned(),
        days_ago: today.since(learner.today(at)),
    };
    errors(&parts.course, learner, moment).into_iter().map(of).collect()
}
