//! What to cut when the least times do not fit any more.

use std::time::Duration;

use eastwest::pace::{Advice, Clocks, Targets, pace};
use proptest::prelude::*;

use super::{lesson, seconds, targets};

/// In the fourth section of episode 11, `late` seconds after the plan would have it begin.
fn in_four(targets: &Targets, late: u64, cut: &[usize]) -> Option<Advice> {
    let mut clocks = Clocks::new(10);
    clocks.start(0, 0);
    for (section, at) in [(1, 72), (2, 102), (3, 294 + late)] {
        clocks.enter(at * 1000, section);
    }
    for section in cut {
        clocks.cut(*section);
    }
    pace(targets, &clocks, (294 + late) * 1000, None).advice
}

fn cut(cut: &[usize], saves: u64, missing: u64) -> Advice {
    Advice { cut: cut.to_vec(), saves: seconds(saves), missing: seconds(missing) }
}

#[test]
fn as_long_as_the_least_times_fit_nothing_is_cut() {
    // The first three took 24 s of the slack; 36 are left.
    assert_eq!(in_four(&lesson(), 36, &[]), None);
    assert_eq!(in_four(&lesson(), 37, &[]), Some(cut(&[9], 30, 1)));
}

#[test]
fn the_least_that_is_enough_is_cut_and_of_equal_ones_the_fewest_and_then_the_first() {
    assert_eq!(in_four(&lesson(), 36 + 30, &[]), Some(cut(&[9], 30, 30)));
    assert_eq!(in_four(&lesson(), 36 + 31, &[]), Some(cut(&[5], 60, 31)));
    assert_eq!(in_four(&lesson(), 36 + 61, &[]), Some(cut(&[5, 9], 90, 61)));
    assert_eq!(in_four(&lesson(), 36 + 91, &[]), Some(cut(&[4], 120, 91)), "not two of a minute each");
}

#[test]
fn what_is_kept_and_what_is_cut_already_is_not_proposed() {
    assert_eq!(in_four(&lesson().keeping(&[5, 9]), 36 + 20, &[]), Some(cut(&[6], 60, 20)));
    assert_eq!(in_four(&lesson(), 36 + 30 + 20, &[9]), Some(cut(&[5], 60, 20)));
}

#[test]
fn when_all_is_not_enough_all_is_said_and_how_late_it_stays() {
    let found = in_four(&lesson().keeping(&[7]), 36 + 400, &[]).unwrap();
    assert_eq!(
        (&found.cut[..], found.saves, found.over()),
        (&[4, 5, 6, 8, 9][..], seconds(330), seconds(70))
    );
    let nothing = in_four(&lesson().keeping(&[4, 5, 6, 7, 8, 9]), 36 + 20, &[]);
    assert_eq!(nothing, Some(cut(&[], 0, 20)));
    let idle =
        pace(&targets(&[(60, 60), (0, 60), (30, 30)], 0).keeping(&[0]), &Clocks::new(3), 0, None).advice;
    assert_eq!(idle, Some(cut(&[2], 30, 90)), "the second would save nothing");
}

#[test]
fn a_talk_on_time_is_not_told_to_cut_for_a_second() {
    let tight = lesson().lasting(seconds(840));
    let mut clocks = Clocks::new(10);
    clocks.start(0, 0);
    assert_eq!(pace(&tight, &clocks, 69_000, None).advice, None);
    assert_eq!(pace(&tight, &clocks, 70_000, None).advice, Some(cut(&[1], 30, 10)));
}

#[test]
fn what_is_missing_counts_to_the_last_fraction_of_a_second() {
    let talk =
        Targets::new(targets(&[(60, 60), (30, 30), (31, 31)], 0).sections, Duration::from_millis(90_500));
    assert_eq!(pace(&talk, &Clocks::new(3), 0, None).advice.unwrap().cut, [2]);
}

#[test]
fn before_the_start_the_first_section_may_go_as_well() {
    let short = targets(&[(60, 60), (120, 120)], 120);
    assert_eq!(pace(&short, &Clocks::new(2), 0, None).advice, Some(cut(&[0], 60, 60)));
    let mut clocks = Clocks::new(2);
    clocks.start(0, 0);
    assert_eq!(pace(&short, &clocks, 0, None).advice, Some(cut(&[1], 120, 60)), "it has begun");
}

#[test]
fn many_sections_of_odd_times_are_searched_in_no_time() {
    let odd: Vec<(u64, u64)> = (0..60).map(|index| (36_000 + index * 7919 % 5000, 50_000)).collect();
    let mut clocks = Clocks::new(60);
    clocks.start(0, 0);
    let found = pace(&targets(&odd, 1_000_000), &clocks, 0, None).advice.unwrap();
    assert_eq!(found.over(), Duration::ZERO);
}

proptest! {
    /// Against every set there is.
    #[test]
    fn no_other_cut_gives_up_less(lows in prop::collection::vec(0..90u64, 2..9), share in 0.0..1.0f64) {
        let budgets: Vec<(u64, u64)> = lows.iter().map(|low| (*low, *low)).collect();
        let sum: u64 = lows.iter().sum();
        let targets = targets(&budgets, (sum as f64 * share) as u64).keeping(&[1]);
        let Some(found) = pace(&targets, &Clocks::new(lows.len()), 0, None).advice else {
            prop_assert!(sum < (sum as f64 * share) as u64 + 10);
            return Ok(());
        };
        let missing = found.missing.as_secs();
        let sets = (0..1usize << lows.len()).filter(|set| set & 2 == 0);
        let saves = |set: usize| (0..lows.len()).filter(|at| set >> at & 1 == 1).map(|at| lows[at]).sum::<u64>();
        match sets.map(saves).filter(|saves| *saves >= missing).min() {
            Some(least) => prop_assert_eq!(found.saves, seconds(least)),
            None => prop_assert!(found.over() > Duration::ZERO),
        }
        prop_assert!(!found.cut.contains(&1) && found.cut.is_sorted());
    }
}
