//! How sure the learner was, against how right. Hard counts as right: it was recalled.

use std::collections::BTreeMap;

use serde::Serialize;

use super::tally::{Count, Tally};
use super::walk::Seen;
use crate::learner::Answer;
use crate::learner::entry::Confidence;
use crate::learner::id::order;
use crate::srs::{Day, Grade};

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
    /// It was answered right since.
    pub mended: bool,
}

/// Counts the degrees of confidence of one kind of question.
#[derive(Debug, Default)]
pub(super) struct Degrees([Count; 3]);

/// What is known of one card's confident errors so far.
#[derive(Debug)]
struct Wrong<'a> {
    times: u32,
    day: Day,
    latest: &'a Answer,
    mended: bool,
}

#[derive(Debug, Default)]
pub(super) struct Counting<'a> {
    degrees: Degrees,
    wrong: BTreeMap<&'a str, Wrong<'a>>,
}

impl Degrees {
    pub(super) fn add(&mut self, said: Confidence, is_right: bool) {
        self.0[said as usize].add(is_right);
    }

    pub(super) fn done(&self) -> Vec<Sureness> {
        let degrees = Confidence::ALL.into_iter().zip(self.0);
        degrees.map(|(said, count)| Sureness { said, was: count.calibration() }).collect()
    }
}

impl<'a> Counting<'a> {
    pub(super) fn see(&mut self, seen: &Seen<'a>) {
        let answer = seen.answer;
        if !answer.kind.counts() {
            return;
        }
        let is_right = answer.grade != Grade::Again;
        if let Some(said) = answer.confidence {
            self.degrees.add(said, is_right);
        }
        if answer.confidence == Some(Confidence::Certain) && !is_right {
            let times = self.wrong.get(seen.card).map_or(0, |wrong| wrong.times);
            let wrong = Wrong { times: times + 1, day: seen.day, latest: answer, mended: false };
            self.wrong.insert(seen.card, wrong);
        } else if is_right && let Some(wrong) = self.wrong.get_mut(seen.card) {
            wrong.mended |= order(wrong.latest.at, &wrong.latest.id, answer.at, &answer.id).is_lt();
        }
    }

    pub(super) fn done(self) -> (Vec<Sureness>, Vec<ConfidentError>) {
        let mut errors: Vec<ConfidentError> = self
            .wrong
            .into_iter()
            .map(|(card, wrong)| ConfidentError {
                card: card.to_owned(),
                times: wrong.times,
                day: wrong.day,
                mended: wrong.mended,
            })
            .collect();
        errors.sort_by(|a, b| {
            (a.mended, std::cmp::Reverse(a.day), &a.card).cmp(&(b.mended, std::cmp::Reverse(b.day), &b.card))
        });
        (self.degrees.done(), errors)
    }
}
