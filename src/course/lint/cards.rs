//! Rules about cards that need the lesson beside them.

use super::{PATTERNS, at_card};
use crate::course::claim::Claim;
use crate::course::diagnostic::Diagnostic;
use crate::course::quiz::CardKind;
use crate::course::{Card, Course};

pub(super) fn lint(course: &Course) -> Vec<Diagnostic> {
    course.cards.iter().flat_map(|card| lint_card(course, card)).collect()
}

fn lint_card(course: &Course, card: &Card) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !course.lesson.objectives.iter().any(|objective| objective.id == card.objective) {
        found.push(at_card(card, format!("there is no objective {}", card.objective)));
    }
    if course.section(card.section).is_none() {
        found.push(at_card(card, format!("there is no section {}", card.section)));
    }
    if let Some(pattern) = card.pattern.as_deref().filter(|pattern| !PATTERNS.contains(pattern)) {
        let what = format!("there is no pattern '{pattern}'");
        found.push(at_card(card, what).with_help(format!("there are {}", PATTERNS.join(", "))));
    }
    if let Some(what) = unclaimed_number(card) {
        found.push(at_card(card, what));
    }
    if card.source.is_empty() {
        found.push(at_card(card, "this card names no source"));
    }
    found
}

/// A number that is to be typed, and no claim that comes to it although the card makes claims.
fn unclaimed_number(card: &Card) -> Option<String> {
    let CardKind::Number(number) = &card.kind else { return None };
    let comes_to = |claim: &Claim| (claim.expect - number.value).abs() <= claim.tolerance;
    let stands = card.claims.is_empty() || card.claims.iter().any(comes_to);
    (!stands).then(|| format!("number = {} is none of the numbers that this card claims", number.value))
}
