//! How sure the learner was, against how right ([`crate::learner::Answer::is_right`]). Hard counts as right: it was
//! recalled.

use std::cmp::Reverse;

use serde::Serialize;

use super::tally::{Count, Tally};
use super::walk::Seen;
use crate::learner::Learner;
use crate::learner::entry::Confidence;
use crate::srs::Day;

/// Answers that were given with one degree of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sureness {
    pub said: Confidence,
    /// Its share is `None` under [`super::LEAST`] answers.
    pub was: Tally,
}

/// A card that was answered wrong when the learner was certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfidentError {
    pub card: String,
    pub times: u32,
    /// The study day of the latest such answer.
    pub day: Day,
    /// It was recalled on a later study day.
    pub mended: bool,
}

/// Counts the degrees of confidence of one kind of question.
#[derive(Debug, Default)]
pub(super) struct Degrees([Count; 3]);

impl Degrees {
    pub(super) fn add(&mut self, said: Confidence, is_right: bool) {
        self.0[said as usize].add(is_right);
    }

    pub(super) fn done(&self) -> Vec<Sureness> {
        let degrees = Confidence::ALL.into_iter().zip(self.0);
        degrees.map(|(said, count)| Sureness { said, was: count.calibration() }).collect()
    }
}

/// Adds an answer to those of its degree of confidence, if it counts for the schedule.
pub(super) fn see(degrees: &mut Degrees, seen: &Seen<'_>) {
    if let Some(said) = seen.answer.confidence.filter(|_| seen.answer.kind.counts()) {
        degrees.add(said, seen.answer.is_right());
    }
}

/// The confident errors of all cards; those not mended yet first, then the latest.
pub(super) fn errors(learner: &Learner) -> Vec<ConfidentError> {
    let of = |(card, log)| -> Option<ConfidentError> {
        let (card, errors): (&str, _) = (card, learner.errors(log)?);
        let (times, day, mended) = (errors.times, errors.day, errors.mended);
        Some(ConfidentError { card: card.to_owned(), times, day, mended })
    };
    let mut errors: Vec<ConfidentError> = learner.cards.iter().filter_map(of).collect();
    errors.sort_by(|a, b| (a.mended, Reverse(a.day), &a.card).cmp(&(b.mended, Reverse(b.day), &b.card)));
    errors
}
