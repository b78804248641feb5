//! Where a talk stands: drift, slack, the new plan, the projected end.

use std::time::Duration;

use eastwest::pace::{Budget, Clocks, Drift, Ghost, Pace, Rehearsal, Targets, pace, plan};
use proptest::prelude::*;

use super::{budgets, lesson, seconds, targets, total};

const PLANNED: [u64; 10] = [72, 30, 192, 192, 120, 72, 60, 60, 72, 30];

/// A talk that took so many seconds for each section so far and is that far into the next.
fn after(took: &[u64], into: u64) -> (Clocks, u64) {
    let mut clocks = Clocks::new(10);
    clocks.start(0, 0);
    let mut now = 0;
    for (section, took) in (1..).zip(took) {
        now += took * 1000;
        clocks.enter(now, section);
    }
    (clocks, now + into * 1000)
}

fn pace_of(clocks: &Clocks, now: u64) -> Pace {
    pace(&lesson(), clocks, now, None)
}

fn standing(took: &[u64], into: u64) -> Pace {
    let (clocks, now) = after(took, into);
    pace_of(&clocks, now)
}

#[test]
fn before_the_start_it_is_the_plan() {
    let pace = pace(&lesson(), &Clocks::new(10), 77, None);
    assert_eq!((pace.section, pace.elapsed, pace.drift), (0, Duration::ZERO, Drift::On));
    assert_eq!((pace.slack, pace.projected_end), (seconds(60), seconds(900)));
    assert_eq!((pace.replanned, pace.advice), (PLANNED.map(seconds).to_vec(), None));
}

#[test]
fn to_the_plan_it_stays_the_plan() {
    let pace = standing(&PLANNED[..3], 100);
    assert_eq!((pace.section, pace.section_spent, pace.section_planned), (3, seconds(100), seconds(192)));
    assert_eq!((pace.drift, pace.projected_end), (Drift::On, seconds(900)));
    assert_eq!(pace.replanned, PLANNED.map(seconds));
    assert_eq!(pace.slack, seconds(60 - 12 - 12), "what the first three took above their least is gone");
}

#[test]
fn a_section_within_its_time_does_not_move_the_drift_and_one_over_it_does() {
    let late = [85, 30, 192];
    assert_eq!(standing(&late, 10).drift, Drift::Behind(seconds(13)));
    assert_eq!(standing(&late, 192).drift, Drift::Behind(seconds(13)));
    assert_eq!(standing(&late, 200).drift, Drift::Behind(seconds(21)));
}

#[test]
fn closer_than_ten_seconds_is_on_time() {
    assert_eq!(standing(&[72 + 9], 0).drift, Drift::On);
    assert_eq!(standing(&[72 + 10], 0).drift, Drift::Behind(seconds(10)));
    assert_eq!(standing(&[72 - 9], 0).drift, Drift::On);
    assert_eq!(standing(&[72 - 10], 0).drift, Drift::Ahead(seconds(10)));
}

#[test]
fn late_the_rest_shrinks_towards_its_least_by_the_same_share() {
    // 24 s late before the sections that have leeway left of 12, 12, 12 and 12: each gives half of it.
    let pace = standing(&[72 + 24, 30], 0);
    assert_eq!(pace.replanned, [96, 30, 186, 186, 120, 66, 60, 60, 66, 30].map(seconds));
    assert_eq!((pace.slack, pace.advice), (seconds(24), None));
}

#[test]
fn early_the_rest_grows_towards_its_most() {
    let pace = standing(&[30, 18], 0);
    // 54 s early, and leeway up to the most of 48 in each of four.
    assert_eq!(pace.drift, Drift::Ahead(seconds(54)));
    let grown = |planned: f64| planned + 48.0 * 54.0 / 192.0;
    let expected =
        [30.0, 18.0, grown(192.0), grown(192.0), 120.0, grown(72.0), 60.0, 60.0, grown(72.0), 30.0];
    assert_eq!(pace.replanned, expected.map(Duration::from_secs_f64));
    assert_eq!(total(&standing(&[5, 5, 5, 5], 0).replanned), seconds(5 * 4 + 120 + 120 + 60 + 60 + 120 + 30));
}

#[test]
fn questions_cost_their_time_and_not_the_pace() {
    let (mut clocks, now) = after(&[72, 30, 192], 60);
    clocks.freeze(now);
    let frozen = pace_of(&clocks, now + 30_000);
    assert_eq!((frozen.frozen, frozen.asked, frozen.section_spent), (true, seconds(30), seconds(60)));
    assert_eq!((frozen.elapsed, frozen.drift), (seconds(384), Drift::Behind(seconds(30))));
    assert_eq!(frozen.projected_end, seconds(930), "the rest is still expected at its plan");
    assert_eq!(total(&frozen.replanned) + frozen.asked, seconds(900));
}

#[test]
fn looking_elsewhere_during_questions_moves_nothing() {
    let (mut clocks, now) = after(&[72, 30, 192], 60);
    clocks.freeze(now);
    let before = pace_of(&clocks, now + 5000);
    clocks.enter(now + 1000, 8);
    assert_eq!(pace_of(&clocks, now + 5000), before);
}

#[test]
fn going_back_costs_what_it_takes_and_coming_again_finds_the_same_rest() {
    let (mut clocks, now) = after(&[72, 30, 192], 60);
    clocks.enter(now, 1);
    clocks.enter(now + 20_000, 3);
    let pace = pace_of(&clocks, now + 20_000);
    assert_eq!((pace.section_spent, pace.drift), (seconds(60), Drift::Behind(seconds(20))));
}

#[test]
fn a_leap_ahead_and_back_forgets_nothing() {
    let (mut clocks, now) = after(&[72], 0);
    clocks.enter(now, 6);
    clocks.enter(now + 15_000, 1);
    let pace = pace_of(&clocks, now + 15_000);
    // The 15 s belong to section 7, and it needs as many less later.
    assert_eq!((pace.drift, pace.replanned), (Drift::On, PLANNED.map(seconds).to_vec()));
}

#[test]
fn sections_left_out_give_their_time_to_the_rest() {
    let (mut clocks, now) = after(&[72 + 60, 30, 192, 192], 0);
    let before = pace_of(&clocks, now);
    clocks.cut(5);
    let after = pace_of(&clocks, now);
    assert_eq!((before.drift, after.drift), (Drift::Behind(seconds(60)), Drift::Ahead(seconds(12))));
    assert_eq!((before.slack, after.slack), (Duration::ZERO, seconds(60 - 36)), "36 s were missing");
    assert_eq!(after.replanned[5], Duration::ZERO);
    clocks.restore(5);
    assert_eq!(pace_of(&clocks, now), before);
}

#[test]
fn the_projected_end_goes_on_as_it_has_gone() {
    // Twice the plan for the first section: (72 × 2 + 180) ÷ (72 + 180) of the 828 s to come.
    let pace = standing(&[144], 0);
    assert_eq!(pace.projected_end, Duration::from_millis(144_000 + 828_000 * 324 / 252));
    // A running section counts once it has taken what it takes at this pace.
    assert_eq!(standing(&[144], 38).projected_end, pace.projected_end);
    assert_eq!(standing(&[144], 50).projected_end, seconds(144 + 50 + 798 * 324 / 252));
    // A bad beginning is not taken for a pace either: no slower than half as fast.
    assert_eq!(standing(&[720], 0).projected_end, seconds(720 + 828 * 2));
    // Leafing through is not taken for a pace: no faster than twice.
    let leafed = standing(&[1, 1, 1, 1, 1, 1], 0);
    assert_eq!(leafed.projected_end, seconds(6 + (60 + 60 + 72 + 30) / 2));
    // What was passed over says nothing about the pace.
    let (mut clocks, now) = after(&[72], 0);
    clocks.enter(now, 6);
    assert_eq!(pace_of(&clocks, now).projected_end, seconds(72 + 60 + 60 + 72 + 30));
}

#[test]
fn with_rehearsals_the_rest_is_expected_at_what_it_usually_takes() {
    let usual = Rehearsal { at_ms: 1, sections_ms: vec![72_000, 0, 220_000], beats_ms: vec![] };
    let ghost = Ghost::of(&[usual]);
    let (clocks, now) = after(&[72, 30], 0);
    let pace = pace(&lesson(), &clocks, now, ghost.as_ref());
    assert_eq!((pace.usual, pace.section_planned), (Some(seconds(220)), seconds(192)));
    assert_eq!(
        (pace.projected_end, pace.drift),
        (seconds(928), Drift::On),
        "the plan stays what one keeps to"
    );
}

#[test]
fn a_longer_talk_is_measured_by_its_stretched_plan() {
    let longer = lesson().lasting(seconds(1200));
    let fresh = pace(&longer, &Clocks::new(10), 0, None);
    assert_eq!((total(&fresh.replanned), fresh.drift), (seconds(1200), Drift::On));
    assert_eq!((fresh.replanned, fresh.slack), (plan(&longer).sections, seconds(360)));
}

#[test]
fn clocks_of_another_lesson_or_none_stop_nobody() {
    let (clocks, now) = after(&PLANNED[..9], 5);
    let shorter = pace(&targets(&[(60, 60), (60, 60)], 120), &clocks, now, None);
    assert_eq!((shorter.section, shorter.section_planned, shorter.replanned.len()), (1, seconds(60), 2));
    let longer = pace_of(&Clocks::new(0), 5);
    assert_eq!(longer.replanned, PLANNED.map(seconds));
    let none = pace(&Targets::default(), &Clocks::new(0), 5, None);
    assert_eq!((none.drift, none.slack), (Drift::On, Duration::ZERO));
    let endless = Budget { low: Duration::MAX, high: Duration::MAX };
    assert!(
        pace(&Targets::new(vec![endless; 2], Duration::MAX), &clocks, u64::MAX, None).replanned.len() == 2
    );
}

/// A talk through any budgets: times in milliseconds, questions, cuts.
fn talks() -> impl Strategy<Value = (Targets, Clocks, u64)> {
    let steps = prop::collection::vec((0..200_000u64, 0..60_000u64, any::<bool>()), 0..14);
    (budgets(), 0..4_000_000u64, steps, prop::option::of(0..14usize)).prop_map(
        |(sections, whole, steps, cut)| {
            let mut clocks = Clocks::new(sections.len());
            clocks.start(0, 0);
            let mut now = 0;
            for (section, (took, asked, again)) in (1..).zip(steps) {
                clocks.freeze(now);
                clocks.resume(now + asked);
                now += asked + took;
                clocks.enter(now, if again { section / 2 } else { section });
            }
            if let Some(cut) = cut {
                clocks.cut(cut);
            }
            (Targets::new(sections, Duration::from_millis(whole)), clocks, now)
        },
    )
}

proptest! {
    #[test]
    fn the_new_plan_ends_in_time_whenever_nothing_has_to_be_cut((targets, clocks, now) in talks()) {
        let pace = pace(&targets, &clocks, now, None);
        let whole = total(&pace.replanned) + pace.asked;
        if pace.slack > Duration::ZERO {
            prop_assert!(whole <= targets.total, "{whole:?} of {:?}", targets.total);
            prop_assert_eq!(&pace.advice, &None);
        }
        if let (Drift::Behind(_), true) = (pace.drift, pace.slack > Duration::ZERO) {
            prop_assert_eq!(whole, targets.total);
        }
        if let Some(advice) = pace.advice {
            prop_assert_eq!(whole, targets.total + advice.missing);
        }
    }

    #[test]
    fn nothing_to_come_is_planned_below_its_least_or_below_what_it_had((targets, clocks, now) in talks()) {
        let pace = pace(&targets, &clocks, now, None);
        for (index, replanned) in pace.replanned.iter().enumerate() {
            prop_assert!(*replanned >= clocks.spent(now)[index]);
            let to_come = index > pace.section && !clocks.is_done(index) && !clocks.is_cut(index);
            prop_assert!(!to_come || *replanned >= targets.sections[index].low, "{}: {replanned:?}", index);
        }
    }

    #[test]
    fn as_time_goes_on_nothing_gets_better((targets, clocks, now) in talks(), later in 1..300_000u64) {
        let (before, after) = (pace(&targets, &clocks, now, None), pace(&targets, &clocks, now + later, None));
        prop_assert!(after.slack <= before.slack);
        prop_assert!(after.projected_end >= before.projected_end);
        prop_assert!(before.advice.is_none() || after.advice.is_some());
        for index in before.section + 1..before.replanned.len() {
            let slower = before.replanned[index] + Duration::from_millis(1);
            prop_assert!(after.replanned[index] <= slower, "section {index}");
        }
    }

    #[test]
    fn drift_is_what_elapsed_and_what_the_plan_gives_to_the_rest((targets, clocks, now) in talks()) {
        let (pace, planned) = (pace(&targets, &clocks, now, None), plan(&targets).sections);
        let gone = |index: usize| index < pace.section || clocks.is_done(index) || clocks.is_cut(index);
        let spent = clocks.spent(now);
        let rest: Duration = (0..planned.len())
            .filter(|index| !gone(*index))
            .map(|index| planned[index].saturating_sub(spent[index]))
            .sum();
        let (end, whole) = (pace.elapsed + rest, targets.total);
        match pace.drift {
            Drift::Ahead(by) => prop_assert!(by >= seconds(10) && end + by == whole),
            Drift::On => prop_assert!(end.abs_diff(whole) < seconds(10)),
            Drift::Behind(by) => prop_assert!(by >= seconds(10) && end == whole + by),
        }
    }
}
