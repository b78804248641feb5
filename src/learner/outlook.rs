//! How many cards wait, and until when.
//!
//! No two cards of one family are asked on a day, so a card may be due and still have to wait. Here the days to come
//! are given out as they will be: each family gets one card a day, what is buried comes back tomorrow, and on the eve
//! of a deadline everything is asked.

use std::collections::BTreeSet;

use super::{CardRef, Learner};
use crate::srs::deadline::eve;
use crate::srs::{Agenda, Day, Due, Moment};

/// How many cards wait, and until when. Each is counted once, on the first day on which it can be asked; tomorrow is
/// reckoned as if all of today were answered and stayed away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Can be asked now: steps that are over, reviews, and new cards within the day's limit.
    pub now: usize,
    /// How many of those are new.
    pub fresh: usize,
    /// Later today: steps that are not over yet.
    pub later_today: usize,
    /// Tomorrow, of cards that were asked before: those due then, and those that are held back today.
    pub tomorrow: usize,
    /// New cards that may be begun tomorrow.
    pub tomorrow_new: usize,
    /// In the six days after tomorrow.
    pub week: usize,
    /// After that.
    pub later: usize,
    /// When the next step ends that is not over yet, in milliseconds since 1970.
    pub next_step: Option<i64>,
}

/// The day of each card that was asked before and is not suspended.
pub(super) struct Days<'a> {
    pub(super) cards: Vec<Dated<'a>>,
    /// Families of which a card is asked on a day after today.
    taken: BTreeSet<(&'a str, Day)>,
}

/// A card and the first day on which it can be asked.
#[derive(Clone, Copy)]
pub(super) struct Dated<'a> {
    pub(super) id: &'a str,
    /// When it is due, whatever holds it back.
    pub(super) due: Due,
    pub(super) day: Day,
}

impl Outlook {
    /// What comes tomorrow: `3`, `3 and 12 new`, `12 new`.
    #[must_use]
    pub fn tomorrow_in_words(&self) -> String {
        match (self.tomorrow, self.tomorrow_new) {
            (due, 0) => due.to_string(),
            (0, new) => format!("{new} new"),
            (due, new) => format!("{due} and {new} new"),
        }
    }
}

impl Learner {
    /// How many of these cards wait, and until when.
    #[must_use]
    pub fn outlook(&self, cards: &[CardRef<'_>], now: Moment) -> Outlook {
        let agenda = self.agenda(cards, now);
        let days = self.days(cards, now, &agenda);
        let (today, rollover) = (self.today(now), self.preferences().schedule.rollover_hour);
        let mut outlook = Outlook {
            now: agenda.due() + agenda.left_over,
            fresh: agenda.fresh.len(),
            tomorrow_new: self.new_tomorrow(cards, &agenda, &days, today.plus(1)),
            next_step: agenda.next_step,
            ..Outlook::default()
        };
        for card in &days.cards {
            match card.day.since(today) {
                0 if card.due.is_over(now, rollover) => {}
                0 => outlook.later_today += 1,
                1 => outlook.tomorrow += 1,
                2..8 => outlook.week += 1,
                _ => outlook.later += 1,
            }
        }
        outlook
    }

    /// The days of these cards; `agenda` is theirs of `now`.
    pub(super) fn days<'a>(&self, cards: &[CardRef<'a>], now: Moment, agenda: &Agenda<&str>) -> Days<'a> {
        let (today, rollover) = (self.today(now), self.preferences().schedule.rollover_hour);
        let day_of = |due: Due| due.day(now.offset, rollover);
        let mut days = Days { cards: Vec::with_capacity(cards.len()), taken: BTreeSet::new() };
        let mut waiting = Vec::new();
        for CardRef { id, family, .. } in cards {
            let Some(due) = self.due(id, today) else { continue };
            let Some(state) = self.card(id).filter(|state| !state.suspended) else { continue };
            let is_held = !state.is_open(today) || agenda.held.contains(id);
            let mut card = Dated { id, due, day: today };
            if is_held || day_of(due) > today {
                // By tomorrow the deadline that makes it due today may have passed.
                card.day = day_of(self.due(id, today.plus(1)).unwrap_or(due)).max(today.plus(1));
                match (due, family) {
                    (Due::On(_), Some(family)) => {
                        waiting.push((card, *family));
                        continue;
                    }
                    // A card on a step is asked whatever its family, and stands for it on that day.
                    (_, family) => days.taken.extend(family.map(|family| (family, card.day))),
                }
            }
            days.cards.push(card);
        }
        waiting.sort_by_key(|(card, family)| (card.day, *family, card.id));
        days.give(&waiting, self.deadline(today).map(eve));
        days
    }

    /// New cards that may be begun tomorrow, if those of today's agenda were.
    fn new_tomorrow(
        &self,
        cards: &[CardRef<'_>],
        agenda: &Agenda<&str>,
        days: &Days<'_>,
        tomorrow: Day,
    ) -> usize {
        let known = days.cards.iter().filter(|card| card.day == tomorrow);
        let (on_step, all) = known.fold((0, 0), |(on_step, all), card| {
            (on_step + usize::from(matches!(card.due, Due::At(_))), all + 1)
        });
        // Nothing new while there is more to review than fits.
        if self.limits(tomorrow).left_over(on_step, all - on_step) > 0 {
            return 0;
        }
        let is_left = |card: &&CardRef<'_>| self.is_unseen(card.id) && !agenda.fresh.contains(&card.id);
        let left: Vec<&CardRef<'_>> = cards.iter().filter(is_left).collect();
        let mut taken: BTreeSet<&str> =
            days.taken.iter().filter(|(_, day)| *day == tomorrow).map(|(family, _)| *family).collect();
        let is_eve = self.is_eve(tomorrow);
        let families = left.iter().map(|card| card.family);
        let open = families.filter(|family| is_eve || family.is_none_or(|it| taken.insert(it))).count();
        open.min(self.new_on_day(left.len(), tomorrow))
    }
}

impl<'a> Days<'a> {
    /// Gives each of these reviews, the first due first, the first day from its own on that no other of its family has.
    fn give(&mut self, waiting: &[(Dated<'a>, &'a str)], eve: Option<Day>) {
        // A family with so many days taken has none left to be put off to.
        let most = u32::try_from(waiting.len() + self.taken.len()).unwrap_or(u32::MAX);
        for (card, family) in waiting {
            let mut days = (0..=most).map(|ahead| card.day.plus(ahead));
            let free = days.find(|day| eve == Some(*day) || self.taken.insert((*family, *day)));
            self.cards.push(Dated { day: free.unwrap_or(card.day), ..*card });
        }
    }
}
