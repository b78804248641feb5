//! What a deadline asks of each day until it comes.
//!
//! A deadline moves nothing that is stored: the dates of the cards stay what their reviews made them, and what lies
//! behind the eve is asked on the eve. So a deadline that is taken back, or has passed, leaves no trace.

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
    /// From today to the eve.
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
struct Walker {
    memory: Memory,
    due: Option<Day>,
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
        match (state.due?, self.deadline(today).map(eve)) {
            (Due::On(day), Some(eve)) if state.asked < Some(eve) => Some(Due::On(day.min(eve))),
            (due, _) => Some(due),
        }
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
        let new_left = new_on(unseen + begun, deadline.since(today)).saturating_sub(begun);
        Limits { new_left, weakest_first: self.is_eve(today), ..limits }
    }

    /// What each day until the deadline asks of these cards; `None` without one that lies ahead.
    #[must_use]
    pub fn countdown(&self, cards: &[CardRef<'_>], now: Moment) -> Option<Countdown> {
        let today = self.today(now);
        let deadline = self.deadline(today)?;
        let mut walkers: Vec<Walker> = cards
            .iter()
            .filter(|card| self.card(card.id).is_none_or(|state| !state.suspended))
            .map(|card| self.walker(card.id, now, today))
            .collect();
        let (outlook, mut days) = (self.outlook(cards, now), Vec::new());
        for ahead in 0..deadline.since(today) {
            let day = today.plus(ahead);
            let left = walkers.iter().filter(|it| it.due.is_none()).count();
            let fresh = match ahead {
                0 => outlook.fresh,
                _ => new_on(u32::try_from(left).unwrap_or(u32::MAX), deadline.since(day)) as usize,
            };
            let reviews = self.pass_day(&mut walkers, day, fresh);
            days.push(Load { day, reviews, fresh, minutes: self.minutes(reviews + fresh) });
        }
        Some(Countdown { deadline, days_left: deadline.since(today), days })
    }

    /// Cards never seen that can be asked, and cards begun today.
    fn unseen(&self, cards: &[CardRef<'_>], today: Day) -> (u32, u32) {
        let state = |card: &CardRef<'_>| self.card(card.id).cloned().unwrap_or_default();
        let count = |takes: &dyn Fn(&CardRef<'_>) -> bool| {
            u32::try_from(cards.iter().filter(|card| takes(card)).count()).unwrap_or(u32::MAX)
        };
        let is_unseen = |card: &CardRef<'_>| state(card).due.is_none() && !state(card).suspended;
        (count(&is_unseen), count(&|card| state(card).begun == Some(today)))
    }

    fn walker(&self, card: &str, now: Moment, today: Day) -> Walker {
        let rollover = self.preferences().schedule.rollover_hour;
        let due = self.due(card, today).map(|due| due.day(now.offset, rollover));
        Walker { memory: self.card(card).map_or(Memory::New, |state| state.memory), due }
    }

    /// Lets one day pass: what is due is known, and so many new ones are begun. Gives how many were due.
    fn pass_day(&self, walkers: &mut [Walker], day: Day, fresh: usize) -> usize {
        let mut reviews = 0;
        for walker in walkers.iter_mut().filter(|it| it.due.is_some_and(|due| due <= day)) {
            reviews += 1;
            self.pass(walker, day);
        }
        for walker in walkers.iter_mut().filter(|it| it.due.is_none()).take(fresh) {
            self.pass(walker, day);
        }
        reviews
    }

    /// Right answers until the card's next one is on another day.
    fn pass(&self, walker: &mut Walker, day: Day) {
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
