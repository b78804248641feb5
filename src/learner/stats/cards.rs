//! Cards: how they stand, what of them would be recalled today, and which are hardest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::retained::MATURE_DAYS;
use super::tally::rounded;
use crate::learner::plan::CardRef;
use crate::learner::{CardState, Learner};
use crate::srs::{Day, Due, Memory, Moment};

/// How many of the hardest cards are listed.
pub const HARDEST: usize = 10;

/// Cards by how they stand. Each is in exactly one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardCounts {
    /// Never asked.
    pub unseen: u32,
    /// On a learning or relearning step.
    pub learning: u32,
    /// Due less than [`MATURE_DAYS`] after they were asked.
    pub young: u32,
    pub mature: u32,
    /// Taken out by the learner, whatever they were.
    pub suspended: u32,
}

/// What of an objective's cards would be recalled today.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Objective {
    pub objective: u32,
    pub cards: usize,
    /// Reviewed at least once.
    pub seen: usize,
    /// The mean chance of recall over those seen, 0 to 1; `None` where none was.
    pub recall: Option<f64>,
}

/// A card that gave trouble.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HardCard {
    pub card: String,
    /// How often it was forgotten once it was known.
    pub lapses: u32,
    /// 1 to 10.
    pub difficulty: f64,
    /// Days until its recall has fallen to 90 %.
    pub stability_days: f64,
    /// The chance of recalling it today, 0 to 1.
    pub recall: f64,
    /// Counted answers since it was last new.
    pub reviews: u32,
}

pub(super) fn counts(learner: &Learner, cards: &[CardRef<'_>], today: Day) -> CardCounts {
    let mut counts = CardCounts::default();
    let fresh = CardState::default();
    for card in cards {
        let state = learner.card(card.id).unwrap_or(&fresh);
        let place = match (state.suspended, state.memory) {
            (true, _) => &mut counts.suspended,
            (_, Memory::New) => &mut counts.unseen,
            (_, Memory::Learning { .. } | Memory::Relearning { .. }) => &mut counts.learning,
            (_, Memory::Review { .. }) if interval(state, today) >= MATURE_DAYS => &mut counts.mature,
            (_, Memory::Review { .. }) => &mut counts.young,
        };
        *place += 1;
    }
    counts
}

/// Days from the latest answer to when the card is due.
fn interval(state: &CardState, today: Day) -> u32 {
    match state.due {
        Some(Due::On(due)) => due.since(state.asked.unwrap_or(today)),
        _ => 0,
    }
}

pub(super) fn objectives(learner: &Learner, cards: &[CardRef<'_>], now: Moment) -> Vec<Objective> {
    let mut by_objective: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for card in cards {
        by_objective.entry(card.objective).or_default().push(card.id);
    }
    let of = |(objective, mut ids): (u32, Vec<&str>)| {
        ids.sort_unstable();
        let estimate = learner.estimate(ids, now);
        let recall = estimate.recall.map(|recall| rounded(f64::from(recall), 4));
        Objective { objective, cards: estimate.cards, seen: estimate.seen, recall }
    };
    by_objective.into_iter().map(of).collect()
}

pub(super) fn hardest(learner: &Learner, cards: &[CardRef<'_>], today: Day) -> Vec<HardCard> {
    let mut hard: Vec<HardCard> =
        cards.iter().filter_map(|card| hard_card(learner, card.id, today)).collect();
    hard.sort_by(|a, b| {
        let by_lapses = Reverse(a.lapses).cmp(&Reverse(b.lapses));
        by_lapses
            .then(b.difficulty.total_cmp(&a.difficulty))
            .then(a.stability_days.total_cmp(&b.stability_days))
            .then(a.card.cmp(&b.card))
    });
    hard.truncate(HARDEST);
    hard
}

fn hard_card(learner: &Learner, card: &str, today: Day) -> Option<HardCard> {
    let state = learner.card(card).filter(|state| !state.suspended)?;
    let strength = state.memory.trace()?.strength;
    let recall = state.memory.recall(&learner.model, today)?;
    Some(HardCard {
        card: card.to_owned(),
        lapses: state.lapses,
        difficulty: rounded(f64::from(strength.difficulty), 2),
        stability_days: rounded(f64::from(strength.stability), 1),
        recall: rounded(f64::from(recall), 4),
        reviews: state.reviews,
    })
}
