//! Which cards a session asks, and which of them is next: neighbors differ where that can be had.

use super::{Review, pause};
use crate::app::home::card_refs;
use crate::app::now::Now;
use crate::app::predict::forward;
use crate::app::state::Parts;

/// The cards of a session in the order of asking.
///
/// First the one that the learner asked for, then what was predicted wrong, then what one was certain of and wrong:
/// due or not, that is when it is learned. Then what is due, without those whose family is asked before.
pub(super) fn cards(parts: &Parts, now: Now, first: Option<&str>) -> Vec<String> {
    let mut cards: Vec<String> = first.into_iter().map(str::to_owned).collect();
    let wrong = forward(&parts.course, &parts.learner, now.moment()).into_iter().map(str::to_owned);
    let mut brought: Vec<String> = wrong.chain(pause::brought_back(parts, now)).collect();
    brought.retain(|card| first != Some(card));
    for card in brought {
        if !cards.contains(&card) {
            cards.push(card);
        }
    }
    let front = cards.len();
    let agenda = parts.learner.agenda(&card_refs(&parts.course.cards), now.moment());
    let is_step = |card: &str| agenda.learning.contains(&card) || agenda.ahead.contains(&card);
    for card in agenda.queue() {
        let has_sibling = || cards[..front].iter().any(|other| is_family(parts, other, card));
        if !cards.iter().any(|other| other == card) && (is_step(card) || !has_sibling()) {
            cards.push(card.to_owned());
        }
    }
    // The agenda itself is mixed already.
    for at in 1..=front.min(cards.len().saturating_sub(1)) {
        let differs = |card: &String| !are_alike(parts, &cards[at - 1], card);
        if let Some(next) = cards.iter().skip(at).position(differs) {
            cards[at..=at + next].rotate_right(1);
        }
    }
    cards
}

impl Review {
    /// The next card that may be asked, another family and pattern than the last one where there is such.
    pub(super) fn take_next(&mut self, parts: &Parts, now: Now) -> Option<String> {
        let last = self.answers.last().map(|answered| answered.card.clone());
        let is_alike = |card: &str| last.as_deref().is_some_and(|last| are_alike(parts, last, card));
        self.queue.next_unlike(now.mono, is_alike)
    }
}

/// Both are the same card, of one family, or of one pattern.
fn are_alike(parts: &Parts, one: &str, other: &str) -> bool {
    let pattern = |card| parts.course.card(card).and_then(|card| card.pattern.as_deref());
    let same_pattern = pattern(one).is_some() && pattern(one) == pattern(other);
    one == other || same_pattern || is_family(parts, one, other)
}

fn is_family(parts: &Parts, one: &str, other: &str) -> bool {
    let family = |card| parts.course.card(card).and_then(|card| card.family.as_deref());
    family(one).is_some() && family(one) == family(other)
}
