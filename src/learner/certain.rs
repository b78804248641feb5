//! What was said with certainty and was wrong: the errors that are corrected best, and come back unless they are met
//! again soon (Butterfield & Metcalfe 2001; Metcalfe & Miele 2014).

use super::Learner;
use super::card::{Answer, CardLog};
use super::entry::{Confidence, Kind, Mode};
use crate::srs::{Day, Grade, Moment};

/// The confident errors of one card.
pub(super) struct Errors {
    pub(super) times: u32,
    /// When the latest was made, and the study day of it.
    pub(super) at: Moment,
    pub(super) day: Day,
    /// The card was recalled on a later study day than that. The same day is too soon: what was read a minute ago is
    /// still in the ear.
    pub(super) mended: bool,
}

impl Answer {
    /// What marking took or the learner has graded as recalled, Hard among it.
    ///
    /// A typed answer that marking does not know may be right all the same, so there the grade decides.
    #[must_use]
    pub fn is_right(&self) -> bool {
        is_right(self.mode, self.right, self.grade)
    }

    /// Certain, and not right.
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
    confidence == Some(Confidence::Certain) && !is_right(mode, right, grade)
}

fn is_right(mode: Mode, right: Option<bool>, grade: Grade) -> bool {
    match right {
        Some(true) => true,
        Some(false) if mode != Mode::Type => false,
        _ => grade != Grade::Again,
    }
}

impl Learner {
    /// When a card was last answered with certainty and wrong, as long as that is not mended.
    #[must_use]
    pub fn confident_error(&self, card: &str) -> Option<Moment> {
        let errors = self.errors(self.cards.get(card)?)?;
        (!errors.mended).then_some(errors.at)
    }

    /// The confident errors of the card with this log; `None` where there are none.
    pub(super) fn errors(&self, log: &CardLog) -> Option<Errors> {
        let errors = log.standing(&self.undone).filter(|answer| answer.is_confident_error());
        let (times, latest) = errors.fold((0, None), |(times, _), error| (times + 1, Some(error)));
        let latest = latest?;
        let day = self.day_of(latest);
        let is_mended = |answer: &Answer| answer.grade != Grade::Again && self.day_of(answer) > day;
        let mended = log.standing(&self.undone).any(is_mended);
        Some(Errors { times, at: latest.at, day, mended })
    }

    /// The study day of an answer, by the rollover of its time.
    fn day_of(&self, answer: &Answer) -> Day {
        answer.at.day(self.timeline.at(answer.at, &answer.id).schedule.rollover_hour)
    }
}
