//! Spaced repetition: the memory of one card, study days, and what is due. Pure; time is an argument.

/// How well the learner knew a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    Again,
    Hard,
    Good,
    Easy,
}
