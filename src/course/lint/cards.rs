//! Rules about cards that need the lesson beside them.

use super::{PATTERNS, at_card};
use crate::course::diagnostic::Diagnostic;
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
    if card.source.is_empty() {
        found.push(at_card(card, "this card names no source"));
    }
    found
}
