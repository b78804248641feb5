//! Cards by name, found by a hash of it: a log of years names the same cards over and over.

use std::collections::BTreeMap;

use super::card::CardLog;
use crate::srs::fuzz;

/// What happened to every card that anything ever happened to.
#[derive(Clone, Debug, Default)]
pub(super) struct CardTable {
    index: BTreeMap<u64, usize>,
    cards: Vec<(Box<str>, CardLog)>,
}

impl PartialEq for CardTable {
    /// The same cards with the same logs, whichever came first.
    fn eq(&self, other: &Self) -> bool {
        self.cards.len() == other.cards.len() && self.iter().all(|(card, log)| other.get(card) == Some(log))
    }
}

impl CardTable {
    pub(super) fn get(&self, card: &str) -> Option<&CardLog> {
        Some(&self.cards[self.find(card).ok()?].1)
    }

    pub(super) fn get_mut(&mut self, card: &str) -> Option<&mut CardLog> {
        let at = self.find(card).ok()?;
        Some(&mut self.cards[at].1)
    }

    /// The card's log, empty at first.
    pub(super) fn entry(&mut self, card: &str) -> &mut CardLog {
        let at = self.find(card).unwrap_or_else(|free| {
            self.index.insert(free, self.cards.len());
            self.cards.push((card.into(), CardLog::default()));
            self.cards.len() - 1
        });
        &mut self.cards[at].1
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &CardLog)> {
        self.cards.iter().map(|(card, log)| (&**card, log))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut CardLog)> {
        self.cards.iter_mut().map(|(card, log)| (&**card, log))
    }

    /// Where the card is, or the number under which it would be kept: the next free one after its hash.
    fn find(&self, card: &str) -> Result<usize, u64> {
        let mut number = fuzz::seed(card, None);
        while let Some(&at) = self.index.get(&number) {
            if *self.cards[at].0 == *card {
                return Ok(at);
            }
            number = number.wrapping_add(1);
        }
        Err(number)
    }
}
