//! What falls due when, as things stand: each card once, on the first day on which it can be asked (what is held back
//! today is on a later one, and nothing is behind the eve of a deadline), and none that was never asked.

use serde::Serialize;

use crate::learner::Learner;
use crate::learner::plan::CardRef;
use crate::srs::Moment;

/// Days of the forecast, today among them.
pub const AHEAD_DAYS: usize = 30;
/// The shorter look, in days.
const FORTNIGHT: usize = 14;

/// Cards by the day on which they are due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ahead {
    /// Today's first, with all that is late and steps that are not over yet; [`AHEAD_DAYS`] numbers.
    pub by_day: Vec<u32>,
    /// How many of today's were due on an earlier day.
    pub late: u32,
    /// In 14 days, today among them.
    pub next_14: u32,
    /// In 30 days, today among them.
    pub next_30: u32,
    /// After those.
    pub later: u32,
    /// Never asked, so without a date.
    pub unseen: u32,
}

pub(super) fn of(learner: &Learner, cards: &[CardRef<'_>], now: Moment) -> Ahead {
    let (today, rollover) = (learner.today(now), learner.preferences().schedule.rollover_hour);
    let mut ahead =
        Ahead { by_day: vec![0; AHEAD_DAYS], late: 0, next_14: 0, next_30: 0, later: 0, unseen: 0 };
    let agenda = learner.agenda(cards, now);
    for card in learner.days(cards, now, &agenda).cards {
        let is_late = card.day == today && card.due.day(now.offset, rollover) < today;
        ahead.late += u32::from(is_late);
        match ahead.by_day.get_mut(card.day.since(today) as usize) {
            Some(count) => *count += 1,
            None => ahead.later += 1,
        }
    }
    ahead.unseen = cards.iter().filter(|card| learner.is_unseen(card.id)).count() as u32;
    ahead.next_14 = ahead.by_day[..FORTNIGHT].iter().sum();
    ahead.next_30 = ahead.by_day.iter().sum();
    ahead
}
