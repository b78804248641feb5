//! How a total is divided among budgets.

use std::time::Duration;

use eastwest::pace::{Budget, Fit, Targets, plan};
use proptest::prelude::*;

use super::{LESSON, budgets, lesson, seconds, targets, total};

fn in_seconds(targets: &Targets) -> Vec<u64> {
    plan(targets).sections.iter().map(Duration::as_secs).collect()
}

#[test]
fn episode_11_ends_at_fifteen_minutes() {
    let plan = plan(&lesson());
    assert_eq!(plan.sections, [72, 30, 192, 192, 120, 72, 60, 60, 72, 30].map(seconds));
    assert_eq!((total(&plan.sections), plan.fits), (seconds(900), Fit::Exact));
}

#[test]
fn the_least_and_the_most_are_plans_themselves() {
    assert_eq!(in_seconds(&lesson().lasting(seconds(840))), LESSON.map(|(low, _)| low));
    assert_eq!(in_seconds(&lesson().lasting(seconds(1140))), LESSON.map(|(_, high)| high));
}

#[test]
fn a_talk_too_short_is_planned_at_its_least_and_says_by_how_much() {
    let plan = plan(&lesson().lasting(seconds(720)));
    assert_eq!(plan.sections, LESSON.map(|(low, _)| seconds(low)));
    assert_eq!(plan.fits, Fit::TooShort(seconds(120)));
}

#[test]
fn a_talk_too_long_stretches_every_section_by_the_same_factor() {
    let plan = plan(&lesson().lasting(seconds(1200)));
    assert_eq!(plan.fits, Fit::TooLong(seconds(60)));
    assert_eq!(total(&plan.sections), seconds(1200));
    for (section, (_, high)) in plan.sections.iter().zip(LESSON) {
        let expected = high as f64 * 1200.0 / 1140.0;
        assert!((section.as_secs_f64() - expected).abs() < 0.0011, "{section:?} is not {expected}");
    }
}

#[test]
fn milliseconds_that_do_not_divide_go_to_the_largest_remainders() {
    let thirds = |total| Targets {
        sections: vec![Budget { low: Duration::ZERO, high: Duration::from_millis(10) }; 3],
        total: Duration::from_millis(total),
        kept: vec![],
    };
    assert_eq!(plan(&thirds(10)).sections, [4, 3, 3].map(Duration::from_millis), "of equal ones the first");
    assert_eq!(plan(&thirds(11)).sections, [4, 4, 3].map(Duration::from_millis));
    let leeways = [1, 2, 4].map(|high| Budget { low: Duration::ZERO, high: Duration::from_millis(high) });
    let odd = Targets::new(leeways.to_vec(), Duration::from_millis(4));
    assert_eq!(plan(&odd).sections, [1, 1, 2].map(Duration::from_millis), "4/7, 8/7 and 16/7");
}

#[test]
fn budgets_that_make_no_sense_are_planned_all_the_same() {
    assert_eq!(plan(&Targets::default()).sections, []);
    assert_eq!(plan(&targets(&[], 60)).fits, Fit::TooLong(seconds(60)));
    assert_eq!(in_seconds(&targets(&[(0, 0), (0, 0)], 60)), [30, 30]);
    assert_eq!(
        in_seconds(&targets(&[(60, 30), (10, 20)], 75)),
        [60, 15],
        "a most below its least is the least"
    );
    let endless = Budget { low: Duration::MAX, high: Duration::MAX };
    assert_eq!(plan(&Targets::new(vec![endless; 3], Duration::MAX)).sections.len(), 3);
}

proptest! {
    #[test]
    fn a_plan_sums_to_the_total_within_the_budgets(sections in budgets(), share in 0.0..=1.0f64) {
        let (low, high) = (sections.iter().map(|b| b.low).sum::<Duration>(), sections.iter().map(|b| b.high).sum());
        let slack = Duration::saturating_sub(high, low);
        let whole = low + Duration::from_millis((slack.as_millis() as f64 * share) as u64);
        let plan = plan(&Targets::new(sections.clone(), whole));
        prop_assert_eq!(plan.fits, Fit::Exact);
        prop_assert_eq!(total(&plan.sections), whole);
        for (planned, budget) in plan.sections.iter().zip(&sections) {
            prop_assert!(budget.low <= *planned && *planned <= budget.high, "{planned:?} for {budget:?}");
        }
    }

    #[test]
    fn a_plan_is_never_below_the_least_and_lands_on_every_total_it_can(
        sections in budgets(),
        whole in 0..12_000_000u64,
    ) {
        let whole = Duration::from_millis(whole);
        let plan = plan(&Targets::new(sections.clone(), whole));
        for (planned, budget) in plan.sections.iter().zip(&sections) {
            prop_assert!(*planned >= budget.low, "{planned:?} for {budget:?}");
        }
        match plan.fits {
            Fit::TooShort(by) => prop_assert_eq!(total(&plan.sections), whole + by),
            Fit::Exact | Fit::TooLong(_) => prop_assert_eq!(total(&plan.sections), whole),
        }
    }

    #[test]
    fn more_time_takes_none_from_any_section(
        sections in budgets(),
        whole in 0..9_000_000u64,
        more in 0..600_000u64,
    ) {
        let at = |ms| plan(&Targets::new(sections.clone(), Duration::from_millis(ms)));
        // By largest remainder a longer total may cost a section a single millisecond.
        for (shorter, longer) in at(whole).sections.iter().zip(at(whole + more).sections) {
            prop_assert!(*shorter <= longer + Duration::from_millis(1), "{shorter:?} then {longer:?}");
        }
    }
}
