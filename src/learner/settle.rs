//! Entries whose id is known already.
//!
//! A file that was replaced is read again whole: nearly all of its entries are held, and telling that has to be quick.
//! Two different entries of one id are in a hand-edited log only; the lesser of them stands.

use super::card::CardLog;
use super::entry::{Entry, Event};
use super::id::{EntryId, order};
use super::{Answer, Learner};

impl Learner {
    /// Takes an entry whose id is known.
    pub(super) fn settle(&mut self, entry: Entry) {
        if self.holds(&entry) {
            return;
        }
        if let Some(card) = card_of(&entry.event)
            && let Some(log) = self.cards.get_mut(card)
            && let Some(known) = log.find(card, &entry.id)
        {
            if known.order(&entry).is_gt() {
                log.take_out(&entry.id);
                self.take(entry);
            }
            return;
        }
        let known = self.find(&entry.id);
        if known.is_some_and(|known| known.order(&entry).is_gt()) {
            *self = Self::fold(self.entries().into_iter().chain([entry]));
        }
    }

    /// This very entry is known.
    fn holds(&self, entry: &Entry) -> bool {
        let Some(card) = card_of(&entry.event) else {
            return self.others.binary_search_by(|other| other.order(entry)).is_ok();
        };
        let Some(log) = self.cards.get(card) else { return false };
        if matches!(entry.event, Event::Review(_)) {
            let at = log.answers.binary_search_by(|it| order(it.at, &it.id, entry.at, &entry.id));
            at.is_ok_and(|at| log.answers[at].event(card) == entry.event)
        } else {
            let at = log.marks.binary_search_by(|it| order(it.at, &it.id, entry.at, &entry.id));
            at.is_ok_and(|at| log.marks[at].event(card) == entry.event)
        }
    }

    /// The entry with that id, wherever it is.
    fn find(&self, id: &EntryId) -> Option<Entry> {
        let other = self.others.iter().find(|entry| entry.id == *id).cloned();
        other.or_else(|| self.cards.iter().find_map(|(card, log)| log.find(card, id)))
    }

    /// All entries, in no particular order.
    fn entries(&self) -> Vec<Entry> {
        let mut all = self.others.clone();
        for (card, log) in self.cards.iter() {
            all.extend(log.answers.iter().map(|it| it.entry(card)));
            all.extend(log.marks.iter().map(|it| it.entry(card)));
        }
        all
    }
}

impl CardLog {
    fn find(&self, card: &str, id: &EntryId) -> Option<Entry> {
        let answer = self.answers.iter().find(|it| it.id == *id).map(|it| it.entry(card));
        answer.or_else(|| self.marks.iter().find(|it| it.id == *id).map(|it| it.entry(card)))
    }

    fn take_out(&mut self, id: &EntryId) {
        self.answers.retain(|it| it.id != *id);
        self.marks.retain(|it| it.id != *id);
    }
}

impl Answer {
    fn entry(&self, card: &str) -> Entry {
        Entry { id: self.id.clone(), at: self.at, event: self.event(card) }
    }
}

impl super::card::Mark {
    fn entry(&self, card: &str) -> Entry {
        Entry { id: self.id.clone(), at: self.at, event: self.event(card) }
    }
}

/// The card in whose log such an event stands; the others stand in a list of their own.
fn card_of(event: &Event) -> Option<&str> {
    match event {
        Event::Review(review) => Some(&review.card),
        Event::Suspend { card, .. } | Event::Bury { card } | Event::Reset { card } => Some(card),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::{Change, IdMaker, Kind, Mode, Review};
    use crate::srs::{Grade, Moment};

    const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

    fn review(card: &str, grade: Grade) -> Event {
        let (card, kind, mode) = (card.to_owned(), Kind::Review, Mode::Reveal);
        let (hash, right, confidence) = (None, None, None);
        Event::Review(Review { card, hash, grade, took_ms: 1, mode, right, confidence, kind })
    }

    #[test]
    fn every_kind_of_entry_that_is_there_is_held_and_another_of_its_id_is_not() {
        let card = || "c".to_owned();
        let mut ids = IdMaker::new("deva", 7);
        let first = ids.entry(NOON, review("c", Grade::Good));
        let of = first.id.clone();
        let events = [
            Event::Suspend { card: card(), on: true },
            Event::Suspend { card: card(), on: false },
            Event::Bury { card: card() },
            Event::Reset { card: card() },
            Event::Undo { of },
            Event::Config(Change { new_per_day: Some(3), ..Change::default() }),
            Event::Finish { section: 2 },
        ];
        let mut entries: Vec<Entry> = events.map(|event| ids.entry(NOON, event)).into();
        entries.push(first);
        let learner = Learner::fold(entries.clone());
        for entry in &entries {
            assert!(learner.holds(entry), "{entry:?}");
            for event in [review("c", Grade::Hard), Event::Suspend { card: "d".to_owned(), on: true }] {
                assert!(!learner.holds(&Entry { event, ..entry.clone() }), "{entry:?}");
            }
        }
    }
}
