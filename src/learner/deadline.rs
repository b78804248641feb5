//! What a deadline asks of each day until it comes.
//!
//! A deadline moves nothing that is stored: the dates of the cards stay what their reviews made them, and what lies
//! behind the eve is asked on the eve. So a deadline that is taken back, or has passed, leaves no trace.

use std::collections::{BTreeMap, BTreeSet};

use super::{CardRef, Learner};
use crate::srs::deadline::{days_to_eve, eve, new_on};
use crate::srs::{Day, Due, Grade, Interval, Limits, Memory, Moment};

/// A deadline further away than this, in days, plans nothing yet: two years.
pub const FARTHEST_DAYS: u32 = 730;

/// The way to a deadline, day by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countdown {
    pub deadline: Day,
    /// From today until then, at least 1.
    pub days_left: u32,
    /// From today to the eve; today's is what [`Learner::outlook`] says can be asked now.
    pub days: Vec<Load>,
}

/// What one day asks, if every answer until then is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub day: Day,
    pub reviews: usize,
    pub fresh: usize,
    pub minutes: u64,
}

/// A card on its way through the days to come.
struct Walker<'a> {
    memory: Memory,
    due: Option<Day>,
    family: Option<&'a str>,
    /// Today's agenda begins it.
    begins: bool,
}

impl Learner {
    /// The deadline, as long as it lies ahead, and not too far.
    #[must_use]
    pub fn deadline(&self, today: Day) -> Option<Day> {
        let lies_ahead = |deadline: &Day| (1..=FARTHEST_DAYS).contains(&deadline.since(today));
        self.preferences().schedule.deadline.filter(lies_ahead)
    }

    /// When a card can be asked; `None` while it is new. What lies behind the eve of a deadline is asked on the eve,
    /// unless it was asked there already.
    #[must_use]
    pub fn due(&self, card: &str, today: Day) -> Option<Due> {
        let state = self.card(card)?;
        let due = state.due?;
        Some(self.eve_after(state.asked, today).map_or(due, |eve| due.no_later(eve)))
    }

    /// The eve on which a card comes back at the latest that was asked on that day; `None` without a deadline ahead, or
    /// where that was the eve already.
    pub(super) fn eve_after(&self, asked: Option<Day>, today: Day) -> Option<Day> {
        self.deadline(today).map(eve).filter(|eve| asked < Some(*eve))
    }

    /// It is the last day before a deadline: all cards are asked, those of one family too.
    #[must_use]
    pub fn is_eve(&self, today: Day) -> bool {
        self.deadline(today).is_some_and(|deadline| eve(deadline) <= today)
    }

    /// How much of these cards may be asked today.
    pub(super) fn limits_of(&self, cards: &[CardRef<'_>], today: Day) -> Limits {
        let limits = self.limits(today);
        let Some(deadline) = self.deadline(today) else { return limits };
        let (unseen, begun) = self.unseen(cards, today);
        let share = new_on(unseen + begun, deadline.since(today)).saturating_sub(begun);
        Limits { new_left: limits.new_left.max(share), weakest_first: self.is_eve(today), ..limits }
    }

    /// New cards that a day ahead takes, where so many are left then: the usual limit, or the deadline's share where that
    /// is more.
    pub(super) fn new_on_day(&self, left: usize, day: Day) -> usize {
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        let share = self.deadline(day).map_or(0, |deadline| new_on(left, deadline.since(day)));
        self.preferences().new_per_day.max(share) as usize
    }

    /// Never asked since it was last new, and not suspended.
    pub(super) fn is_unseen(&self, card: &str) -> bool {
        self.card(card).is_none_or(|state| state.due.is_none() && !state.suspended)
    }

    /// What each day until the deadline asks of these cards; `None` without one that lies ahead.
    #[must_use]
    pub fn countdown(&self, cards: &[CardRef<'_>], now: Moment) -> Option<Countdown> {
        let today = self.today(now);
        let deadline = self.deadline(today)?;
        let outlook = self.outlook(cards, now);
        let mut walkers = self.walkers(cards, now);
        let reviews = outlook.now - outlook.fresh;
        let mut days =
            vec![Load { day: today, reviews, fresh: outlook.fresh, minutes: self.minutes(outlook.now) }];
        // Steps that end later today are over tonight as well.
        for walker in walkers.iter_mut().filter(|it| it.begins || it.due == Some(today)) {
            self.pass(walker, today);
        }
        for ahead in 1..deadline.since(today) {
            days.push(self.pass_day(&mut walkers, today.plus(ahead)));
        }
        Some(Countdown { deadline, days_left: deadline.since(today), days })
    }

    /// Cards never seen that can be asked, and cards begun today.
    fn unseen(&self, cards: &[CardRef<'_>], today: Day) -> (u32, u32) {
        let count = |takes: &dyn Fn(&str) -> bool| {
            u32::try_from(cards.iter().filter(|card| takes(card.id)).count()).unwrap_or(u32::MAX)
        };
        let is_begun = |card: &str| self.card(card).is_some_and(|state| state.begun == Some(today));
        (count(&|card| self.is_unseen(card)), count(&is_begun))
    }

    /// All cards but the suspended ones, as they stand at `now`: what is held back today waits for its day.
    fn walkers<'a>(&self, cards: &[CardRef<'a>], now: Moment) -> Vec<Walker<'a>> {
        let agenda = self.agenda(cards, now);
        let days = self.days(cards, now, &agenda).cards;
        let days: BTreeMap<&str, Day> = days.into_iter().map(|card| (card.id, card.day)).collect();
        let of = |card: &CardRef<'a>| Walker {
            memory: self.card(card.id).map_or(Memory::New, |state| state.memory),
            due: days.get(card.id).copied(),
            family: card.family,
            begins: agenda.fresh.contains(&card.id),
        };
        let is_in = |card: &&CardRef<'_>| days.contains_key(card.id) || self.is_unseen(card.id);
        cards.iter().filter(is_in).map(of).collect()
    }

    /// Lets a day pass: what is due is known, new cards are begun, and before the eve one of each family.
    fn pass_day(&self, walkers: &mut [Walker<'_>], day: Day) -> Load {
        let (is_eve, mut taken) = (self.is_eve(day), BTreeSet::new());
        let mut is_free = |family: Option<_>| is_eve || family.is_none_or(|family| taken.insert(family));
        let left = walkers.iter().filter(|it| it.due.is_none()).count();
        let (mut reviews, mut fresh) = (0, 0);
        for walker in walkers.iter_mut().filter(|it| it.due.is_some_and(|due| due <= day)) {
            if is_free(walker.family) {
                self.pass(walker, day);
                reviews += 1;
            }
        }
        let most = self.new_on_day(left, day);
        for walker in walkers.iter_mut().filter(|it| it.due.is_none()) {
            if fresh < most && is_free(walker.family) {
                self.pass(walker, day);
                fresh += 1;
            }
        }
        Load { day, reviews, fresh, minutes: self.minutes(reviews + fresh) }
    }

    /// Right answers until the card's next one is on another day.
    fn pass(&self, walker: &mut Walker<'_>, day: Day) {
        let settings = &self.preferences().schedule;
        // There are at most ten steps.
        for _ in 0..=10 {
            let (memory, interval) = walker.memory.review(&self.model, settings, Grade::Good, day);
            walker.memory = memory;
            if let Interval::Days(days) = interval {
                let cap = days_to_eve(settings.deadline, day).unwrap_or(u32::MAX);
                walker.due = Some(day.plus(days.min(cap)));
                return;
            }
        }
        walker.due = Some(day.plus(1));
    }
}

impl Countdown {
    /// What today asks.
    #[must_use]
    pub fn today(&self) -> Option<&Load> {
        self.days.first()
    }

    /// What the last day asks, where that is not today.
    #[must_use]
    pub fn eve(&self) -> Option<&Load> {
        self.days.last().filter(|_| self.days.len() > 1)
    }

    /// `in 22 days`, `tomorrow`.
    #[must_use]
    pub fn span(&self) -> String {
        if self.days_left == 1 { "tomorrow".to_owned() } else { format!("in {} days", self.days_left) }
    }
}
