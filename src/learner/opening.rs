//! What a day's new cards begin with: a little of what earlier episodes taught, while there is some.

use std::collections::BTreeSet;

use super::{CardRef, Learner};
use crate::srs::Day;

/// New cards of earlier episodes that a day begins with, at most: a reminder, not a second lesson.
pub const EARLIER_A_DAY: usize = 3;

impl Learner {
    /// The same cards in the order in which new ones are begun: up to three of earlier episodes come first, less those
    /// that were begun today; the others of that kind keep their place. Cards that would not be asked today, because
    /// they are put aside or one of their family was asked, take none of the three places.
    pub(super) fn opening<'a>(&self, cards: &[CardRef<'a>], today: Day) -> Vec<CardRef<'a>> {
        let is_asked = |card: &&CardRef<'_>| self.card(card.id).is_some_and(|it| it.asked == Some(today));
        let is_begun = |card: &&CardRef<'_>| self.card(card.id).is_some_and(|it| it.begun == Some(today));
        let begun = cards.iter().filter(|card| card.earlier).filter(is_begun).count();
        let asked = cards.iter().filter(is_asked);
        let mut families: BTreeSet<&str> = asked.filter_map(|card| card.family).collect();
        let mut places = EARLIER_A_DAY.saturating_sub(begun);
        let (mut first, mut others) = (Vec::new(), Vec::new());
        for card in cards {
            let may_open = card.earlier
                && places > 0
                && self.card(card.id).is_none_or(|state| state.is_open(today))
                && self.due(card.id, today).is_none();
            if may_open && card.family.is_none_or(|family| families.insert(family)) {
                places -= 1;
                first.push(*card);
            } else {
                others.push(*card);
            }
        }
        first.append(&mut others);
        first
    }
}
