//! The latest thing that was done to a card: what undo takes back.

use super::card::{Answer, CardLog, Deed};
use super::id::{SMALL_CORRECTION_MS, order};
use super::{EntryId, IdMaker, Learner};
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
    /// The latest thing that was done to a card and was not undone: by the process of `ids`, in the order of doing, or
    /// else on its device. What the device has done under a clock that ran ahead of `now` comes after all else.
    #[must_use]
    pub fn latest(&self, ids: &IdMaker, now: Moment) -> Option<Latest<'_>> {
        let of_device = |it: &Latest<'_>| it.id.device() == ids.device();
        let all = || self.cards.iter().flat_map(|(card, log)| log.deeds(card));
        let stands = |it: &Latest<'_>| !self.undone.contains(it.id);
        let made_here = all().filter(|it| ids.made(it.id) && stands(it)).max_by_key(|it| it.id.seq());
        let is_ahead = |it: &Latest<'_>| it.at.ms > now.ms.saturating_add(SMALL_CORRECTION_MS);
        made_here.or_else(|| {
            all()
                .filter(|it| of_device(it) && stands(it))
                .max_by(|a, b| is_ahead(b).cmp(&is_ahead(a)).then_with(|| order(a.at, a.id, b.at, b.id)))
        })
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
}

impl CardLog {
    /// All that was ever done to `card`, whose log this is.
    fn deeds<'a>(&'a self, card: &'a str) -> impl Iterator<Item = Latest<'a>> {
        let answers =
            self.answers.iter().map(move |it| Latest { card, id: &it.id, at: it.at, what: What::Graded });
        let marks = self.marks.iter();
        answers.chain(marks.map(move |it| Latest { card, id: &it.id, at: it.at, what: What::of(it.deed) }))
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
