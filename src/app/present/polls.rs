//! Shows of hands: which question they are counted for, what came of them, and a class's rounds of recall.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::deck::{Deck, Slide};
use super::session::{Front, Poll, Session, View};
use crate::course::beats::Shows;

/// How long a class thinks about a card before hands are raised, in milliseconds. It is shown, and nothing follows.
pub const THINK_MS: u64 = 30_000;

/// What came of one show of hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Index of the beat.
    pub beat: usize,
    /// Section and beat as the audience's foot has them, from 1: `7.2`.
    pub number: String,
    /// What the presenter set up, where it was not the beat's own question: `--do` words.
    pub what: Option<String>,
    /// It was a card: hands are those who had it and those who had not.
    pub is_card: bool,
    pub hands: usize,
    /// Hands for what turned out right; `None` until that was told.
    pub right: Option<usize>,
}

/// What a class did with a card: a line of its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Milliseconds since 1970 at its end.
    pub at: u64,
    /// The card's id.
    pub card: String,
    /// Hands that were counted.
    pub hands: usize,
    /// Those who had it.
    pub had: usize,
}

impl Poll {
    /// Hands for what turned out right.
    fn right_hands(&self) -> Option<usize> {
        self.right.map(|right| self.count(usize::from(right)))
    }
}

impl Tally {
    /// The share that was right, in whole percent.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        (100 * self.right? + self.hands / 2).checked_div(self.hands)
    }

    /// `60 % right on beat 7.2`.
    #[must_use]
    pub fn words(&self) -> String {
        let on = self.what.as_ref().map_or_else(String::new, |what| format!(" ({what})"));
        match self.percent() {
            Some(percent) if self.is_card => format!("{percent} % had beat {}", self.number),
            Some(percent) => format!("{percent} % right on beat {}{on}", self.number),
            None => format!("{} hands on beat {}{on}", self.hands, self.number),
        }
    }
}

/// What came of each show of hands, in the order of the beats; a beat's own question before what was set up on it.
#[must_use]
pub fn poll_results(session: &Session, deck: &Deck) -> Vec<Tally> {
    let of_slide = |(beat, slide): (usize, &Slide)| {
        let own = format!("{} ", slide.beat.id);
        let improvised = session.polls.range(own.clone()..).take_while(|(key, _)| key.starts_with(&own));
        let improvised = improvised.map(|(key, poll)| (Some(key[own.len()..].to_owned()), poll));
        let beats = session.polls.get(&slide.beat.id).map(|poll| (None, poll));
        let all: Vec<_> = beats.into_iter().chain(improvised.collect::<Vec<_>>()).collect();
        all.into_iter().filter_map(|(what, poll)| tally(beat, slide, what, poll)).collect::<Vec<_>>()
    };
    deck.slides().iter().enumerate().flat_map(of_slide).collect()
}

fn tally(beat: usize, slide: &Slide, what: Option<String>, poll: &Poll) -> Option<Tally> {
    let is_card = what.is_none() && matches!(slide.beat.shows, Shows::Card(_));
    let counted = Tally {
        beat,
        number: format!("{}.{}", slide.beat.section + 1, slide.beat.number),
        what,
        is_card,
        hands: poll.hands.len(),
        // Who had it says so himself.
        right: if is_card { Some(poll.count(0)) } else { poll.right_hands() },
    };
    (counted.hands > 0).then_some(counted)
}

/// The name under which hands of a view are counted; `None` where nothing is asked.
#[must_use]
pub fn key(slide: &Slide, view: &View) -> Option<String> {
    if view.front != Front::Beat {
        return None;
    }
    match view.asked_of_armed() {
        Some(armed) => Some(armed_key(slide, &armed.what)),
        None => slide.reveals_at().map(|_| slide.beat.id.clone()),
    }
}

/// The same of something that the presenter sets up on a beat. No id has a blank.
#[must_use]
pub fn armed_key(slide: &Slide, what: &str) -> String {
    format!("{} {what}", slide.beat.id)
}

/// What came of the question of a view is on show.
#[must_use]
pub fn is_told(slide: &Slide, view: &View) -> bool {
    match view.asked_of_armed() {
        Some(armed) => armed.told,
        None => slide.reveals_at().is_some_and(|at| view.step >= at),
    }
}

/// What is left of the time to think about a card, in milliseconds; `None` where nobody has to, or the answer is there.
#[must_use]
pub fn think_left(slide: &Slide, view: &View, now_ms: u64) -> Option<u64> {
    let asks = matches!(slide.beat.shows, Shows::Card(_)) && view.front == Front::Beat;
    (asks && !is_told(slide, view)).then(|| THINK_MS.saturating_sub(now_ms.saturating_sub(view.since_ms)))
}

/// The rounds that ended between two states of the polls.
#[must_use]
pub fn ended(before: &BTreeMap<String, Poll>, session: &Session, deck: &Deck) -> Vec<Round> {
    let closed = |polls: &BTreeMap<String, Poll>, beat: &str| polls.get(beat).is_some_and(|poll| poll.closed);
    let round = |slide: &Slide| {
        let Shows::Card(card) = &slide.beat.shows else { return None };
        let poll = session.polls.get(&slide.beat.id)?;
        let ends = poll.closed && !closed(before, &slide.beat.id);
        ends.then(|| Round {
            at: session.changed_ms,
            card: card.clone(),
            hands: poll.hands.len(),
            had: poll.count(0),
        })
    };
    deck.slides().iter().filter_map(round).collect()
}

impl Session {
    /// The presenter left a view: a round of recall whose answer was told is over.
    pub(super) fn close_round(&mut self, deck: &Deck, left: &View) {
        let Some(slide) = deck.slide(left.beat) else { return };
        let is_round = matches!(slide.beat.shows, Shows::Card(_)) && is_told(slide, left);
        if let (true, Some(poll)) = (is_round, self.polls.get_mut(&slide.beat.id)) {
            poll.closed = !poll.hands.is_empty();
        }
    }

    /// What hands are counted for.
    fn asking(&self, deck: &Deck) -> Option<String> {
        key(deck.slide(self.view.beat)?, &self.view)
    }

    pub(super) fn hand(&mut self, deck: &Deck, option: u8) {
        if let Some(key) = self.asking(deck) {
            let poll = self.polls.entry(key).or_default();
            poll.hands.push(option);
            poll.closed = false;
        }
    }

    pub(super) fn take_back_hand(&mut self, deck: &Deck) {
        if let Some(poll) = self.asking(deck).and_then(|key| self.polls.get_mut(&key)) {
            poll.hands.pop();
            poll.closed = false;
        }
    }
}
