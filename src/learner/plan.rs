//! What a learner should be asked, and what they would still know.

use std::collections::BTreeSet;

use super::Learner;
use crate::srs::agenda::apart;
use crate::srs::{Agenda, Candidate, Day, Due, Limits, Memory, Moment, Standing};

/// What planning needs to know of a card of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardRef<'a> {
    pub id: &'a str,
    pub objective: u32,
    pub section: usize,
    pub family: Option<&'a str>,
    pub pattern: Option<&'a str>,
    /// About what earlier episodes taught.
    pub earlier: bool,
}

/// What of some cards would be recalled at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    pub cards: usize,
    /// How many of them were reviewed at least once.
    pub seen: usize,
    /// Mean chance over those seen, 0 to 1; `None` where none was.
    pub recall: Option<f32>,
}

impl Learner {
    /// What to ask of these cards at `now`, within the usual time box.
    #[must_use]
    pub fn agenda<'a>(&self, cards: &[CardRef<'a>], now: Moment) -> Agenda<&'a str> {
        let today = self.today(now);
        let cards = &self.opening(cards, today)[..];
        let state = |card: &CardRef<'_>| self.card(card.id).cloned().unwrap_or_default();
        // The day before a deadline every card is asked, siblings too.
        let is_eve = self.is_eve(today);
        let asked: BTreeSet<&str> = cards
            .iter()
            .filter(|card| !is_eve && state(card).asked == Some(today))
            .filter_map(|card| card.family)
            .collect();
        let open = cards.iter().filter(|card| state(card).is_open(today));
        let candidates: Vec<_> = open
            .map(|card| Candidate {
                key: card.id,
                standing: self.standing(card.id, today),
                family: card.family.filter(|_| !is_eve),
                pattern: card.pattern,
            })
            .collect();
        Agenda::plan(&candidates, &asked, now, today, &self.limits_of(cards, today))
    }

    /// What of these cards the learner would recall at `now`.
    #[must_use]
    pub fn estimate<'a>(&self, cards: impl IntoIterator<Item = &'a str>, now: Moment) -> Estimate {
        let today = self.today(now);
        let mut estimate = Estimate::default();
        let mut sum = 0.0;
        for card in cards {
            estimate.cards += 1;
            let memory = self.card(card).map_or(Memory::New, |state| state.memory);
            if let Some(recall) = memory.recall(&self.model, today) {
                estimate.seen += 1;
                sum += recall;
            }
        }
        estimate.recall = (estimate.seen > 0).then(|| sum / estimate.seen as f32);
        estimate
    }

    /// These cards for practice: what would be recalled worst first, those never seen last. Suspended and buried ones
    /// are left out.
    #[must_use]
    pub fn weakest_first<'a>(&self, cards: &[CardRef<'a>], now: Moment) -> Vec<&'a str> {
        let today = self.today(now);
        let recall = |card: &CardRef<'_>| self.card(card.id)?.memory.recall(&self.model, today);
        let is_open = |card: &&CardRef<'_>| self.card(card.id).is_none_or(|state| state.is_open(today));
        let mut order: Vec<(f32, &CardRef<'a>)> = cards
            .iter()
            .filter(is_open)
            // A chance is at most 1.
            .map(|card| (recall(card).unwrap_or(2.0), card))
            .collect();
        order.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let candidates: Vec<_> = order
            .into_iter()
            .map(|(_, card)| Candidate {
                key: card.id,
                standing: Standing::New,
                family: card.family,
                pattern: card.pattern,
            })
            .collect();
        apart(&candidates)
    }

    /// How many minutes that many cards take, rounded up.
    #[must_use]
    pub fn minutes(&self, cards: usize) -> u64 {
        (cards as u64 * Limits::default().answer_ms.unsigned_abs()).div_ceil(60_000)
    }

    /// The study day of `now`, by the settings in force.
    #[must_use]
    pub fn today(&self, now: Moment) -> Day {
        now.day(self.preferences().schedule.rollover_hour)
    }

    /// How much may be asked today.
    #[must_use]
    pub fn limits(&self, today: Day) -> Limits {
        let preferences = self.preferences();
        let begun = self.cards.iter().filter(|(_, log)| log.state.begun == Some(today)).count();
        let new_left = preferences.new_per_day.saturating_sub(u32::try_from(begun).unwrap_or(u32::MAX));
        let time_box_ms = i64::from(preferences.time_box_minutes) * 60_000;
        Limits { new_left, time_box_ms, ..Limits::default() }
    }

    fn standing(&self, card: &str, today: Day) -> Standing {
        let Some((state, due)) = self.card(card).zip(self.due(card, today)) else { return Standing::New };
        match due {
            Due::At(due) => Standing::Learning { due },
            Due::On(due) => {
                let recall = state.memory.recall(&self.model, today).unwrap_or(0.0);
                Standing::Review { due, recall }
            }
        }
    }
}
