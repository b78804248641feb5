//! Cards that were answered and that the course does not have.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::course::quiz::Card;

/// So many are named in a sentence.
const NAMED_MAX: usize = 5;
/// So many are named in JSON.
const FIRST_MAX: usize = 20;

/// How many there are, and the first of them by name.
#[derive(Serialize)]
pub(super) struct Orphans {
    count: usize,
    first: Vec<String>,
}

impl Orphans {
    pub(super) fn of(answered: &BTreeSet<String>, cards: &[Card]) -> Self {
        let known: BTreeSet<&str> = cards.iter().map(|card| card.id.as_str()).collect();
        let mut orphans = answered.iter().filter(|id| !known.contains(id.as_str()));
        let first: Vec<String> = orphans.by_ref().take(FIRST_MAX).cloned().collect();
        Self { count: first.len() + orphans.count(), first }
    }

    /// What they are and what can be done; nothing where there are none.
    pub(super) fn words(&self) -> Option<String> {
        let named: Vec<&str> = self.first.iter().take(NAMED_MAX).map(String::as_str).collect();
        let more = if self.count > named.len() { ", …" } else { "" };
        let (what, whose) = match self.count {
            0 => return None,
            1 => ("1 card that was answered is".to_owned(), "its"),
            count => (format!("{count} cards that were answered are"), "their"),
        };
        Some(format!(
            "{what} not in this course: {}{more}; {whose} answers are kept; `--course` names the course that has {}, \
             and an id that was changed can be changed back",
            named.join(", "),
            if self.count == 1 { "it" } else { "them" },
        ))
    }
}
