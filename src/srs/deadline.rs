//! Planning for a day on which all of it should be known: an exam, a week on call, a talk.
//!
//! FSRS spaces reviews so that each is made when recall has sunk to the retention that is wanted; on a given day a card
//! may stand anywhere between that and certain. Before a deadline two rules are added.
//!
//! *Every card comes back on the eve.* What is due later is asked there; its own date is kept and holds again once the
//! deadline is gone. That is the shortest gap with a night in it: on the day itself recall is above 0.9 for every card whose stability is a day
//! or more, because that is what stability means. Reviews before the eve stay where FSRS puts them, spaced; cramming
//! all of it on the last days instead is what spacing is better than (Cepeda 2008).
//!
//! *New cards are begun in time*: each day at least an even share of those that are left, so that no day is heavier than
//! it has to be and each card is answered on two days at least. A deadline far away slows nobody: where that share is
//! smaller than the usual limit of a day, the usual limit holds.

use super::day::Day;

/// The last day for studying.
#[must_use]
pub const fn eve(deadline: Day) -> Day {
    Day(deadline.0.saturating_sub(1))
}

/// The longest interval from `today`, in days; `None` where nothing has to come back before the deadline any more:
/// it is the eve, or later.
#[must_use]
pub fn days_to_eve(deadline: Option<Day>, today: Day) -> Option<u32> {
    Some(eve(deadline?).since(today)).filter(|days| *days > 0)
}

/// New cards to begin at least on a day that begins with `unseen` of them, `days_left` days before the deadline.
#[must_use]
pub fn new_on(unseen: u32, days_left: u32) -> u32 {
    unseen.div_ceil(days_left.saturating_sub(1).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_cards_are_spread_over_the_days_before_the_eve_and_all_of_them_are_begun() {
        for (unseen, days) in [(71, 22), (12, 3), (5, 30), (40, 1), (0, 9), (71, 2)] {
            let (mut left, mut heaviest, mut lightest) = (unseen, 0, u32::MAX);
            for days_left in (1..=days).rev() {
                let today = new_on(left, days_left);
                (heaviest, lightest) = (heaviest.max(today), lightest.min(today));
                assert!(today <= left);
                left -= today;
                assert!(days_left > 2 || left == 0, "{unseen} in {days} days: none is left for the eve");
            }
            assert!(heaviest <= unseen.div_ceil(days.saturating_sub(1).max(1)));
        }
    }

    #[test]
    fn the_eve_and_what_comes_after_it_cap_nothing() {
        let deadline = Some(Day(100));
        let caps: Vec<_> = [90, 98, 99, 100, 101].map(|day| days_to_eve(deadline, Day(day))).to_vec();
        assert_eq!(caps, [Some(9), Some(1), None, None, None]);
        assert_eq!(days_to_eve(None, Day(5)), None);
    }
}
