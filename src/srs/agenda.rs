//! What to ask, and in which order: cards being learned, then reviews, then new ones.
//!
//! Reviews stand in an order that is drawn anew each study day and stays put while cards leave the queue. No
//! two cards of one family are asked on a day, and no two of one pattern follow each other where that can be
//! had: the learner has to find out each time which idea is meant.

use std::collections::{BTreeMap, BTreeSet};

use super::day::{Day, Moment};
use super::fuzz;

/// One card that might be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate<'a, K> {
    pub key: K,
    pub standing: Standing,
    /// Cards of a family give each other's answers away.
    pub family: Option<&'a str>,
    /// What the card is about, where neighbors should differ.
    pub pattern: Option<&'a str>,
}

/// How a card stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Never asked.
    New,
    /// On a learning step that ends at `due`, in milliseconds since 1970.
    Learning { due: i64 },
    /// Due on a day, with the chance of recalling it now: 0 to 1.
    Review { due: Day, recall: f32 },
}

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// New cards that may still be begun today.
    pub new_left: u32,
    /// How long a session should take, in milliseconds.
    pub time_box_ms: i64,
    /// How long one answer takes, in milliseconds.
    pub answer_ms: i64,
    /// How far ahead of their step cards may be asked when nothing else is due, in milliseconds.
    pub learn_ahead_ms: i64,
    /// Of more reviews than fit, the weakest are asked first. Over weeks the strongest first lose least (recall is
    /// gained where it is cheap); the day before a deadline each review gains what is missing to certain.
    pub weakest_first: bool,
}

/// Today's cards, each list in the order of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda<K> {
    /// Being learned, their step is over.
    pub learning: Vec<K>,
    /// Due for review, as many as fit the time box.
    pub reviews: Vec<K>,
    /// New ones, as many as today's limit leaves.
    pub fresh: Vec<K>,
    /// Being learned and almost over; asked when nothing else is left.
    pub ahead: Vec<K>,
    /// Reviews that are due and do not fit the time box.
    pub left_over: usize,
    /// Reviews that are due and wait for another day: a card of their family stands for it today.
    pub held: Vec<K>,
    /// When the next step ends that is not over yet, in milliseconds since 1970.
    pub next_step: Option<i64>,
}

/// New cards a day (Anki's default is 20, for decks of thousands).
pub const NEW_PER_DAY: u32 = 12;

impl Default for Limits {
    fn default() -> Self {
        Self {
            new_left: NEW_PER_DAY,
            time_box_ms: 480_000,
            answer_ms: 20_000,
            learn_ahead_ms: 1_200_000,
            weakest_first: false,
        }
    }
}

impl Limits {
    /// How many cards fit the time box, at least one.
    #[must_use]
    pub fn fits(&self) -> usize {
        usize::try_from(self.time_box_ms / self.answer_ms.max(1)).unwrap_or(0).max(1)
    }

    /// How many of so many reviews do not fit the time box beside `learning` cards on a step. While there are any,
    /// nothing new is begun.
    #[must_use]
    pub fn left_over(&self, learning: usize, reviews: usize) -> usize {
        reviews.saturating_sub(self.fits().saturating_sub(learning).max(1))
    }
}

impl<K: Clone + AsRef<str>> Agenda<K> {
    /// Plans `today` at `now`, leaving out the families that were asked already. New cards keep the order of `candidates`.
    #[must_use]
    pub fn plan(
        candidates: &[Candidate<'_, K>],
        asked: &BTreeSet<&str>,
        now: Moment,
        today: Day,
        limits: &Limits,
    ) -> Self {
        let (mut learning, mut ahead, mut reviews, mut fresh) = (vec![], vec![], vec![], vec![]);
        for candidate in candidates {
            match candidate.standing {
                Standing::Learning { due } if due <= now.ms => learning.push((due, candidate)),
                Standing::Learning { due } => ahead.push((due, candidate)),
                Standing::Review { due, recall } if due <= today => reviews.push((recall, candidate)),
                Standing::Review { .. } => {}
                Standing::New => fresh.push(candidate),
            }
        }
        learning.sort_by_key(|(due, candidate)| (*due, place_on(today, candidate)));
        ahead.sort_by_key(|(due, candidate)| (*due, place_on(today, candidate)));

        // A card on a step is asked whatever its family; it then stands for that family today.
        let steps = learning.iter().chain(&ahead).filter_map(|(_, candidate)| candidate.family);
        let mut taken: BTreeSet<&str> = asked.iter().copied().chain(steps).collect();
        reviews.sort_by(|(a, left), (b, right)| {
            let order = if limits.weakest_first { a.total_cmp(b) } else { b.total_cmp(a) };
            order.then_with(|| place_on(today, left).cmp(&place_on(today, right)))
        });
        let (mut reviews, held): (Vec<_>, Vec<_>) = reviews
            .into_iter()
            .partition(|(_, candidate)| candidate.family.is_none_or(|family| taken.insert(family)));
        let left_over = limits.left_over(learning.len(), reviews.len());
        reviews.truncate(reviews.len() - left_over);
        reviews.sort_by_key(|(_, candidate)| place_on(today, candidate));

        fresh.retain(|candidate| candidate.family.is_none_or(|family| taken.insert(family)));
        fresh.truncate(if left_over > 0 { 0 } else { limits.new_left as usize });

        let next_step = ahead.first().map(|(due, _)| *due);
        ahead.retain(|(due, _)| *due <= now.ms.saturating_add(limits.learn_ahead_ms));
        let mut last = None;
        Self {
            learning: spread(learning.into_iter().map(|(_, c)| c).collect(), &mut last),
            reviews: spread(reviews.into_iter().map(|(_, c)| c).collect(), &mut last),
            fresh: spread(fresh, &mut last),
            ahead: ahead.into_iter().map(|(_, c)| c.key.clone()).collect(),
            left_over,
            held: held.into_iter().map(|(_, c)| c.key.clone()).collect(),
            next_step,
        }
    }

    /// What to ask now, in order: where nothing else is due, the cards whose step is almost over.
    #[must_use]
    pub fn queue(&self) -> Vec<K> {
        let due: Vec<K> =
            [&self.learning, &self.reviews, &self.fresh].into_iter().flatten().cloned().collect();
        if due.is_empty() { self.ahead.clone() } else { due }
    }

    /// Cards to ask now, the almost-over steps not counted.
    #[must_use]
    pub fn due(&self) -> usize {
        self.learning.len() + self.reviews.len() + self.fresh.len()
    }
}

/// These cards, each once, in their order as far as neighbors differ in family and pattern.
#[must_use]
pub fn apart<K: Clone>(cards: &[Candidate<'_, K>]) -> Vec<K> {
    spread(cards.iter().collect(), &mut None)
}

/// Where a card stands in that day's order; other cards do not matter.
fn place_on<K: AsRef<str>>(today: Day, candidate: &Candidate<'_, K>) -> u64 {
    fuzz::mix(fuzz::seed(candidate.key.as_ref(), None) ^ fuzz::mix(today.0 as u64))
}

/// Keeps the order as far as it can while neighbors differ in family and pattern.
///
/// A pattern that makes up more than half of what is left has to be asked now, or it would end in a row.
fn spread<'a, K: Clone>(mut rest: Vec<&Candidate<'a, K>>, last: &mut Option<Candidate<'a, K>>) -> Vec<K> {
    let mut order = Vec::with_capacity(rest.len());
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for pattern in rest.iter().filter_map(|candidate| candidate.pattern) {
        *left.entry(pattern).or_default() += 1;
    }
    while !rest.is_empty() {
        let crowded = left.iter().find(|(_, count)| **count * 2 > rest.len()).map(|(pattern, _)| *pattern);
        let alike =
            |candidate: &Candidate<'_, K>| last.as_ref().is_some_and(|last| are_alike(last, candidate));
        let at = rest
            .iter()
            .position(|candidate| !alike(candidate) && crowded.is_none_or(|it| candidate.pattern == Some(it)))
            .or_else(|| rest.iter().position(|candidate| !alike(candidate)))
            .unwrap_or(0);
        let next = rest.remove(at);
        if let Some(count) = next.pattern.and_then(|pattern| left.get_mut(pattern)) {
            *count -= 1;
        }
        order.push(next.key.clone());
        *last = Some(next.clone());
    }
    order
}

fn are_alike<K>(a: &Candidate<'_, K>, b: &Candidate<'_, K>) -> bool {
    let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
    same(a.family, b.family) || same(a.pattern, b.pattern)
}
