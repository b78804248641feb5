//! The cards of one session: one success each, and missed ones come back after others.

use std::collections::VecDeque;
use std::time::Duration;

/// A missed card comes back after this many other cards,
pub const OTHERS_BETWEEN: usize = 3;
/// or after this long.
pub const LONG_ENOUGH: Duration = Duration::from_secs(600);

/// What is still to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    waiting: VecDeque<String>,
    missed: Vec<Missed>,
    /// Answers given in this session.
    answered: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Missed {
    card: String,
    /// How many answers had been given when it was missed, that one among them.
    answers: usize,
    /// When it has waited long enough.
    ready: Duration,
}

impl Queue {
    #[must_use]
    pub fn new(cards: Vec<String>) -> Self {
        Self { waiting: cards.into(), ..Self::default() }
    }

    /// The next card: a missed one that has waited enough, else the next of the plan.
    pub fn next(&mut self, now: Duration) -> Option<String> {
        self.next_unlike(now, |_| false)
    }

    /// The same, but where there is a choice none that `is_alike` the card before.
    pub fn next_unlike(&mut self, now: Duration, is_alike: impl Fn(&str) -> bool) -> Option<String> {
        let has_waited =
            |missed: &Missed| self.answered >= missed.answers + OTHERS_BETWEEN || now >= missed.ready;
        let differs = |missed: &Missed| has_waited(missed) && !is_alike(&missed.card);
        if let Some(at) = self.missed.iter().position(differs) {
            return Some(self.missed.remove(at).card);
        }
        if let Some(at) = self.waiting.iter().position(|card| !is_alike(card)) {
            return self.waiting.remove(at);
        }
        match self.missed.iter().position(has_waited) {
            Some(at) => Some(self.missed.remove(at).card),
            None => self.waiting.pop_front(),
        }
    }

    /// A missed card that has not waited enough, when nothing else is left.
    pub fn next_early(&mut self) -> Option<String> {
        (!self.missed.is_empty()).then(|| self.missed.remove(0).card)
    }

    /// The card was answered; missed ones come back.
    pub fn answered(&mut self, card: &str, is_success: bool, now: Duration) {
        self.answered_ago(card, is_success, now, Duration::ZERO);
    }

    /// The same where that was `ago`.
    pub(super) fn answered_ago(&mut self, card: &str, is_success: bool, now: Duration, ago: Duration) {
        self.answered += 1;
        self.missed.retain(|missed| missed.card != card);
        if !is_success {
            self.missed.push(Missed {
                card: card.to_owned(),
                answers: self.answered,
                ready: now + LONG_ENOUGH.saturating_sub(ago),
            });
        }
    }

    /// The latest answer is taken back; the card is not among the missed any more.
    pub fn take_back(&mut self, card: &str) {
        self.answered = self.answered.saturating_sub(1);
        self.leave_out(card);
    }

    /// Asks this card next.
    pub fn put_first(&mut self, card: &str) {
        self.leave_out(card);
        self.waiting.push_front(card.to_owned());
    }

    /// Does not ask this card any more.
    pub fn leave_out(&mut self, card: &str) {
        self.waiting.retain(|other| other != card);
        self.missed.retain(|missed| missed.card != card);
    }

    /// Keeps only the missed cards that still have to come back.
    pub fn keep_missed(&mut self, comes_back: impl Fn(&str) -> bool) {
        self.missed.retain(|missed| comes_back(&missed.card));
    }

    /// Keeps only the planned cards that may still be asked.
    pub fn keep(&mut self, may_ask: impl Fn(&str) -> bool) {
        self.waiting.retain(|card| may_ask(card));
    }

    /// Plans these cards after those that are planned already.
    pub fn extend(&mut self, cards: Vec<String>) {
        for card in cards {
            let is_here =
                self.waiting.contains(&card) || self.missed.iter().any(|missed| missed.card == card);
            if !is_here {
                self.waiting.push_back(card);
            }
        }
    }

    /// The cards of the plan that were not asked yet, in order.
    pub fn waiting(&self) -> impl Iterator<Item = &String> {
        self.waiting.iter()
    }

    /// Cards that are still to be asked, missed ones among them.
    #[must_use]
    pub fn left(&self) -> usize {
        self.waiting.len() + self.missed.len()
    }

    /// Cards that were missed and come back.
    #[must_use]
    pub fn missed(&self) -> usize {
        self.missed.len()
    }

    /// Answers given in this session.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.answered
    }
}
