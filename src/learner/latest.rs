//! The latest thing that was done to a card: what undo takes back.

use super::card::{CardLog, Deed};
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
