//! An answer being given. Nothing of the card's own answer is in here.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::course::quiz::{Card, CardKind, Mark};
use crate::learner::Mode;
use crate::srs::fuzz;

/// Longest answer that is taken, in bytes; nobody says more than that from memory.
const TEXT_BYTES_MAX: usize = 4_000;

/// What the learner has put together so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attempt {
    /// Words. For a card to be said rather than typed they may stay empty.
    Text { text: String, typed: bool },
    /// `shown` holds the options' places in the card, in the order of the screen; `picked` is a place in `shown`.
    Choice { shown: Vec<usize>, picked: Option<usize> },
    /// `items` holds the items' places in the card, as the learner has put them; `at` is the chosen row.
    Order { items: Vec<usize>, at: usize },
    /// A manifest of so many lines; `at` is the one that is held to be wrong.
    Line { lines: usize, at: Option<usize> },
}

impl Attempt {
    /// An empty attempt. `seed` decides in which order options stand, so that places are not learned by heart; a choice
    /// that `is_known` is asked without its options.
    #[must_use]
    pub fn at(card: &Card, seed: u64, is_known: bool) -> Self {
        let text = |typed| Self::Text { text: String::new(), typed };
        match &card.kind {
            CardKind::Recall { .. } => text(false),
            CardKind::Typed { .. } | CardKind::Cloze { .. } | CardKind::Number(_) | CardKind::Run(_) => {
                text(true)
            }
            CardKind::Choice { accept, .. } if is_known => text(!accept.is_empty()),
            CardKind::Choice { options, .. } => {
                Self::Choice { shown: shuffled(options.len(), seed), picked: None }
            }
            CardKind::Order(items) => {
                let mut order = shuffled(items.len(), seed);
                if order.is_sorted() {
                    // Nobody is given the answer for pressing Enter.
                    order.rotate_left(1);
                }
                Self::Order { items: order, at: 0 }
            }
            CardKind::Fault(fault) => Self::Line { lines: fault.lines().count(), at: None },
        }
    }

    /// Where keys are looked up while it is being given.
    #[must_use]
    pub const fn context(&self) -> Context {
        match self {
            Self::Text { .. } => Context::ReviewTyping,
            Self::Choice { .. } | Self::Line { .. } => Context::ReviewChoosing,
            Self::Order { .. } => Context::ReviewOrdering,
        }
    }

    /// Changes the attempt.
    pub fn act(&mut self, action: Action) {
        match self {
            Self::Text { text, .. } => edit(text, action),
            Self::Choice { shown, picked } => pick(picked, shown.len(), action),
            Self::Line { lines, at } => pick(at, *lines, action),
            Self::Order { items, at } => {
                let last = items.len().saturating_sub(1);
                let to = match action {
                    Action::Down | Action::MoveDown => (*at + 1).min(last),
                    Action::Up | Action::MoveUp => at.saturating_sub(1),
                    _ => return,
                };
                if matches!(action, Action::MoveDown | Action::MoveUp) {
                    items.swap(*at, to);
                }
                *at = to;
            }
        }
    }

    /// It could have grown from `fresh`, the empty attempt at the card as it is now.
    #[must_use]
    pub fn fits(&self, fresh: &Self) -> bool {
        let is_in = |at: &Option<usize>, rows: usize| at.is_none_or(|at| at < rows);
        let sorted = |items: &[usize]| {
            let mut items = items.to_vec();
            items.sort_unstable();
            items
        };
        match (self, fresh) {
            (Self::Text { typed, .. }, Self::Text { typed: other, .. }) => typed == other,
            (Self::Choice { shown, picked }, Self::Choice { shown: other, .. }) => {
                shown == other && is_in(picked, other.len())
            }
            (Self::Order { items, at }, Self::Order { items: other, .. }) => {
                sorted(items) == sorted(other) && *at < other.len()
            }
            (Self::Line { lines, at }, Self::Line { lines: other, .. }) => {
                lines == other && is_in(at, *other)
            }
            _ => false,
        }
    }

    /// Nothing was written or picked yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text { text, .. } => text.trim().is_empty(),
            Self::Choice { picked, .. } => picked.is_none(),
            Self::Line { at, .. } => at.is_none(),
            Self::Order { .. } => false,
        }
    }

    /// Whether it is right; `None` where only the learner can tell. `came_out` is the number of a card's fresh run.
    #[must_use]
    pub fn mark(&self, card: &Card, came_out: Option<f64>) -> Option<Mark> {
        match (self, &card.kind) {
            (Self::Text { text, .. }, CardKind::Typed { .. } | CardKind::Cloze { .. }) => {
                Some(card.mark_typed(text))
            }
            (Self::Text { text, typed: true }, CardKind::Choice { .. }) => Some(card.mark_typed(text)),
            (Self::Text { text, .. }, CardKind::Number(number)) => Some(number.mark(text)),
            (Self::Text { text, .. }, CardKind::Run(run)) => Some(run.number(came_out?).mark(text)),
            (Self::Choice { shown, picked }, CardKind::Choice { .. }) => {
                let place = picked.and_then(|at| shown.get(at).copied());
                Some(place.map_or(Mark::Wrong, |place| card.mark_choice(place)))
            }
            (Self::Order { items, .. }, CardKind::Order(_)) => Some(card.mark_order(items)),
            (Self::Line { at, .. }, CardKind::Fault(_)) => {
                Some(at.map_or(Mark::Wrong, |line| card.mark_line(line)))
            }
            _ => None,
        }
    }

    /// Bytes of what was written.
    #[must_use]
    pub const fn length(&self) -> usize {
        match self {
            Self::Text { text, .. } => text.len(),
            Self::Choice { .. } | Self::Order { .. } | Self::Line { .. } => 0,
        }
    }

    /// The way it was given, as the log has it.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match self {
            Self::Text { typed: false, text } if text.trim().is_empty() => Mode::Reveal,
            Self::Text { .. } => Mode::Type,
            Self::Choice { .. } | Self::Line { .. } => Mode::Choice,
            Self::Order { .. } => Mode::Order,
        }
    }
}

/// Moves among so many rows, or to one by its number.
fn pick(picked: &mut Option<usize>, rows: usize, action: Action) {
    match action {
        Action::Choose(number) if usize::from(number) <= rows => *picked = usize::from(number).checked_sub(1),
        Action::Down => *picked = Some(picked.map_or(0, |at| (at + 1).min(rows.saturating_sub(1)))),
        Action::Up => *picked = Some(picked.map_or(0, |at| at.saturating_sub(1))),
        _ => {}
    }
}

fn edit(text: &mut String, action: Action) {
    match action {
        Action::Type(letter) if text.len() + letter.len_utf8() <= TEXT_BYTES_MAX => text.push(letter),
        Action::Erase => {
            let last = text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
            text.truncate(last);
        }
        Action::EraseWord => {
            // Blanks may be several bytes long, so the end is where a trimmed text ends.
            let before = text.trim_end().trim_end_matches(|c: char| !c.is_whitespace());
            text.truncate(before.len());
        }
        _ => {}
    }
}

/// The places 0 to `count`, in an order that `seed` decides.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by_key(|place| fuzz::mix(seed ^ fuzz::mix(*place as u64 + 1)));
    places
}
