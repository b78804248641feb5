//! What falls due when, by the dates that cards have now: each card once, none that was never asked.

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
    /// Today's first, with all that is late; [`AHEAD_DAYS`] numbers.
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
    for card in cards {
        let state = learner.card(card.id);
        if state.is_some_and(|state| state.suspended) {
            continue;
        }
        let Some(due) = state.and_then(|state| state.due) else {
            ahead.unseen += 1;
            continue;
        };
        let day = due.day(now.offset, rollover);
        ahead.late += u32::from(day < today);
        match ahead.by_day.get_mut(day.since(today) as usize) {
            Some(count) => *count += 1,
            None => ahead.later += 1,
        }
    }
    ahead.next_14 = ahead.by_day[..FORTNIGHT].iter().sum();
    ahead.next_30 = ahead.by_day.iter().sum();
    ahead
}
