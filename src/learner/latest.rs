//! The latest thing that was done to a card: what undo takes back.

use super::card::{Answer, CardLog, Deed};
use super::id::order;
use super::{EntryId, Learner};
use crate::srs::Moment;

/// Something done to a card that counts, and was not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest<'a> {
    pub card: &'a str,
    pub id: &'a EntryId,
    pub at: Moment,
    pub what: What,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Graded,
    Suspended,
    BroughtBack,
    Buried,
    Reset,
}

impl Learner {
    /// The latest thing that was done to a card on `device` and was not undone.
    #[must_use]
    pub fn latest(&self, device: &str) -> Option<Latest<'_>> {
        let all = self.cards.iter().filter_map(|(card, log)| self.latest_of(card, log, device));
        all.max_by(|a, b| order(a.at, a.id, b.at, b.id))
    }

    /// The answers that count for the schedule which `device` gave from that moment on, in milliseconds since 1970;
    /// oldest first, without those undone.
    #[must_use]
    pub fn answers_since(&self, device: &str, ms: i64) -> Vec<(&str, &Answer)> {
        let of_card = |log: &'_ CardLog| -> usize { log.answers.partition_point(|answer| answer.at.ms < ms) };
        let all = self
            .cards
            .iter()
            .flat_map(|(card, log)| log.answers[of_card(log)..].iter().map(move |answer| (card, answer)));
        let counts = |answer: &Answer| {
            answer.id.device() == device && answer.kind.counts() && !self.undone.contains(&answer.id)
        };
        let mut found: Vec<_> = all.filter(|(_, answer)| counts(answer)).collect();
        found.sort_by(|(_, a), (_, b)| a.order(b));
        found
    }

    fn latest_of<'a>(&'a self, card: &'a str, log: &'a CardLog, device: &str) -> Option<Latest<'a>> {
        let stands = |id: &EntryId| id.device() == device && !self.undone.contains(id);
        let answer = log.answers.iter().rfind(|answer| stands(&answer.id));
        let answer = answer.map(|it| Latest { card, id: &it.id, at: it.at, what: What::Graded });
        let mark = log.marks.iter().rfind(|mark| stands(&mark.id));
        let mark = mark.map(|it| Latest { card, id: &it.id, at: it.at, what: What::of(it.deed) });
        [answer, mark].into_iter().flatten().max_by(|a, b| order(a.at, a.id, b.at, b.id))
    }
}

impl What {
    const fn of(deed: Deed) -> Self {
        match deed {
            Deed::Suspend(true) => Self::Suspended,
            Deed::Suspend(false) => Self::BroughtBack,
            Deed::Bury => Self::Buried,
            Deed::Reset => Self::Reset,
        }
    }
}
