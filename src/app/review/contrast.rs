//! What was said and what is right, in words that can stand beside one another.

use super::{Attempt, Revealed};
use crate::course::markdown::inline;
use crate::course::quiz::{Card, CardKind, CardOption};
use crate::course::{Role, Span};

/// What was said, a paragraph a line; nothing where nothing was written or picked.
#[must_use]
pub fn said(attempt: &Attempt, card: &Card) -> Vec<Vec<Span>> {
    match (attempt, &card.kind) {
        (Attempt::Text { text, .. }, _) if text.trim().is_empty() => plain("(in your head)"),
        (Attempt::Text { text, .. }, _) => plain(text.trim()),
        (Attempt::Choice { .. }, _) => {
            picked(attempt, card).map(|option| vec![inline(&option.text)]).unwrap_or_default()
        }
        (Attempt::Order { items, .. }, CardKind::Order(texts)) => {
            numbered(items.iter().filter_map(|&item| texts.get(item)))
        }
        (Attempt::Line { at, .. }, CardKind::Fault(fault)) => {
            let line = at.and_then(|at| Some((at, fault.lines().nth(at)?)));
            line.map(|(at, text)| vec![line_of(at, text)]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// What is right, a paragraph a line.
#[must_use]
pub fn right(revealed: &Revealed, card: &Card) -> Vec<Vec<Span>> {
    let mut lines = match &card.kind {
        CardKind::Choice { options, .. } => {
            let right = options.iter().filter(|option| option.right);
            return right.map(|option| inline(&option.text)).collect();
        }
        CardKind::Order(items) => return numbered(items.iter()),
        CardKind::Number(number) => plain(&number.words()),
        CardKind::Run(run) => match &revealed.came_out {
            Some(Ok(number)) => plain(&run.number(*number).words()),
            _ => Vec::new(),
        },
        CardKind::Fault(fault) => {
            let lines = fault.lines().enumerate().filter(|(at, _)| fault.wrong.contains(at));
            lines.map(|(at, text)| line_of(at, text)).collect()
        }
        CardKind::Recall { .. } | CardKind::Typed { .. } | CardKind::Cloze { .. } => Vec::new(),
    };
    if !card.answer.is_empty() {
        lines.push(inline(&card.answer));
    }
    lines
}

/// The option that was picked.
#[must_use]
pub fn picked<'a>(attempt: &Attempt, card: &'a Card) -> Option<&'a CardOption> {
    let (Attempt::Choice { shown, picked }, CardKind::Choice { options, .. }) = (attempt, &card.kind) else {
        return None;
    };
    options.get(*shown.get((*picked)?)?)
}

fn plain(text: &str) -> Vec<Vec<Span>> {
    vec![vec![Span::new(Role::Text, text)]]
}

fn numbered<'a>(items: impl Iterator<Item = &'a String>) -> Vec<Vec<Span>> {
    let item = |(number, text): (usize, &String)| {
        vec![Span::new(Role::Key, number.to_string()), Span::new(Role::Text, format!(" {text}"))]
    };
    (1..).zip(items).map(item).collect()
}

/// A line of a manifest, which an author and a reader count from 1.
fn line_of(at: usize, text: &str) -> Vec<Span> {
    vec![Span::new(Role::Quiet, format!("line {}: ", at + 1)), Span::new(Role::Code, text.trim())]
}
