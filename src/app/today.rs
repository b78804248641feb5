//! What is asked today, in which order, and how much that is.
//!
//! What is due by date is the learner's to say. Before it comes what brings itself forward: what was predicted wrong,
//! and what somebody was certain of and wrong.

use super::home::card_refs;
use super::predict::forward;
use crate::course::Course;
use crate::learner::{Learner, Outlook};
use crate::srs::{Agenda, Moment};

/// The cards of a session in the order of asking: first the one that the learner asked for, then what brings itself
/// forward, then what is due without those whose family is asked before.
#[must_use]
pub fn today(course: &Course, learner: &Learner, now: Moment, first: Option<&str>) -> Vec<String> {
    let agenda = learner.agenda(&card_refs(&course.cards), now);
    let cards = in_order(course, &agenda, brought(course, learner, now), first);
    cards.into_iter().map(str::to_owned).collect()
}

fn in_order<'a>(
    course: &Course,
    agenda: &Agenda<&'a str>,
    brought: Vec<&'a str>,
    first: Option<&'a str>,
) -> Vec<&'a str> {
    let mut cards: Vec<&str> = first.into_iter().collect();
    for card in brought {
        if !cards.contains(&card) {
            cards.push(card);
        }
    }
    let front = cards.len();
    let is_step = |card: &str| agenda.learning.contains(&card) || agenda.ahead.contains(&card);
    for card in agenda.queue() {
        let has_sibling = || cards[..front].iter().any(|other| is_family(course, other, card));
        if !cards.contains(&card) && (is_step(card) || !has_sibling()) {
            cards.push(card);
        }
    }
    // The agenda itself is mixed already.
    for at in 1..=front.min(cards.len().saturating_sub(1)) {
        let differs = |card: &&str| !are_alike(course, cards[at - 1], card);
        if let Some(next) = cards.iter().skip(at).position(differs) {
            cards[at..=at + next].rotate_right(1);
        }
    }
    cards
}

/// How many cards wait, those that bring themselves forward among them.
#[must_use]
pub fn outlook(course: &Course, learner: &Learner, now: Moment) -> Outlook {
    let refs = card_refs(&course.cards);
    let outlook = learner.outlook(&refs, now);
    let agenda = learner.agenda(&refs, now);
    let asked = in_order(course, &agenda, brought(course, learner, now), None);
    let fresh = asked.iter().filter(|card| agenda.fresh.contains(card)).count();
    let more = (outlook.now + asked.len()).saturating_sub(agenda.queue().len());
    Outlook { now: more, fresh, ..outlook }
}

/// The cards that are asked although they are not due, or before what is: those of predictions that were wrong, then
/// those of errors of certainty that were not asked yet today.
#[must_use]
pub fn brought<'a>(course: &'a Course, learner: &Learner, now: Moment) -> Vec<&'a str> {
    let today = learner.today(now);
    let was_asked = |card: &str| learner.card(card).is_some_and(|state| state.asked == Some(today));
    let errors = errors(course, learner, now).into_iter().map(|(_, card)| card);
    forward(course, learner, now).into_iter().chain(errors.filter(|card| !was_asked(card))).collect()
}

/// The errors of certainty that no later day has mended and that may be asked, the latest first, and when they were
/// made.
#[must_use]
pub fn errors<'a>(course: &'a Course, learner: &Learner, now: Moment) -> Vec<(Moment, &'a str)> {
    let today = learner.today(now);
    let mut errors: Vec<(Moment, &str)> = course
        .cards
        .iter()
        .filter(|card| learner.card(card.id.as_str()).is_none_or(|state| state.is_open(today)))
        .filter_map(|card| Some((learner.confident_error(card.id.as_str())?, card.id.as_str())))
        .collect();
    errors.sort_by_key(|(at, _)| std::cmp::Reverse(at.ms));
    errors
}

/// Both are the same card, of one family, or of one pattern.
#[must_use]
pub fn are_alike(course: &Course, one: &str, other: &str) -> bool {
    let pattern = |card| course.card(card).and_then(|card| card.pattern.as_deref());
    let same_pattern = pattern(one).is_some() && pattern(one) == pattern(other);
    one == other || same_pattern || is_family(course, one, other)
}

fn is_family(course: &Course, one: &str, other: &str) -> bool {
    let family = |card| course.card(card).and_then(|card| card.family.as_deref());
    family(one).is_some() && family(one) == family(other)
}
