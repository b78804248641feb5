//! What was said with certainty and was wrong: the errors that are corrected best, and come back unless they are met
//! again soon (Butterfield & Metcalfe 2001; Metcalfe & Miele 2014).

use super::Learner;
use super::card::Answer;
use super::entry::{Confidence, Kind, Mode};
use crate::srs::{Grade, Moment};

impl Answer {
    /// Certain, and not right: what marking refused, or what the learner has graded as forgotten.
    ///
    /// A typed answer that marking does not know may be right all the same, so there the grade decides.
    #[must_use]
    pub fn is_confident_error(&self) -> bool {
        self.kind != Kind::Pretest && is_confident_error(self.confidence, self.mode, self.right, self.grade)
    }
}

/// The same of an answer that no log has; `right` is what marking said. What it calls right is no error, whatever the
/// grade.
#[must_use]
pub fn is_confident_error(
    confidence: Option<Confidence>,
    mode: Mode,
    right: Option<bool>,
    grade: Grade,
) -> bool {
    let is_wrong = match right {
        Some(true) => false,
        Some(false) if mode != Mode::Type => true,
        _ => grade == Grade::Again,
    };
    confidence == Some(Confidence::Certain) && is_wrong
}

impl Learner {
    /// When a card was last answered with certainty and wrong, as long as no answer of a later study day was right.
    #[must_use]
    pub fn confident_error(&self, card: &str) -> Option<Moment> {
        let error = self.history(card).rev().find(|answer| answer.is_confident_error())?;
        let day = self.today(error.at);
        let is_mended = |answer: &Answer| answer.grade != Grade::Again && self.today(answer.at) > day;
        (!self.history(card).any(is_mended)).then_some(error.at)
    }
}
