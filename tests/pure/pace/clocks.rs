//! What was spent where: entering, going back, questions, cuts, and clocks that somebody set back.

use std::time::Duration;

use eastwest::pace::Clocks;
use proptest::prelude::*;

use super::seconds;

/// A Saturday in 2025, so that nothing depends on small numbers.
const START: u64 = 1_763_809_200_000;

fn at(seconds: u64) -> u64 {
    START + seconds * 1000
}

fn started() -> Clocks {
    let mut clocks = Clocks::new(4);
    clocks.start(at(0), 0);
    clocks
}

#[test]
fn nothing_runs_before_the_start() {
    let mut clocks = Clocks::new(2);
    clocks.start(at(0), 2);
    clocks.enter(at(0), 1);
    clocks.freeze(at(5));
    clocks.resume(at(6));
    clocks.reset(at(7));
    assert_eq!(
        (clocks.elapsed(at(60)), clocks.section(), clocks.is_started()),
        (Duration::ZERO, None, false)
    );
}

#[test]
fn each_section_has_a_clock_and_going_back_continues_it() {
    let mut clocks = started();
    clocks.enter(at(60), 1);
    clocks.enter(at(90), 0);
    clocks.enter(at(95), 1);
    assert_eq!(clocks.spent(at(100)), [65, 35, 0, 0].map(seconds));
    assert_eq!((clocks.elapsed(at(100)), clocks.section()), (seconds(100), Some(1)));
}

#[test]
fn entering_the_section_that_runs_changes_nothing() {
    let mut clocks = started();
    let before = clocks.clone();
    clocks.enter(at(10), 0);
    clocks.enter(at(20), 17);
    assert_eq!(clocks, before);
}

#[test]
fn questions_are_booked_apart_wherever_one_looks_meanwhile() {
    let mut clocks = started();
    clocks.freeze(at(30));
    clocks.enter(at(40), 3);
    assert_eq!(
        (clocks.section(), clocks.is_frozen()),
        (Some(0), true),
        "the talk stands where the question came"
    );
    clocks.freeze(at(45));
    clocks.enter(at(50), 0);
    clocks.resume(at(70));
    clocks.resume(at(75));
    assert_eq!(clocks.spent(at(80)), [40, 0, 0, 0].map(seconds));
    assert_eq!((clocks.asked(at(80)), clocks.elapsed(at(80))), (seconds(40), seconds(80)));
}

#[test]
fn the_talk_goes_on_at_what_is_shown_when_the_questions_end() {
    let mut clocks = started();
    clocks.freeze(at(30));
    clocks.enter(at(40), 1);
    clocks.resume(at(50));
    assert_eq!(clocks.spent(at(60)), [30, 10, 0, 0].map(seconds));
    assert!(clocks.is_done(0));
}

#[test]
fn a_section_is_done_when_the_next_one_follows_and_not_by_a_leap() {
    let mut clocks = started();
    clocks.enter(at(10), 2);
    assert!(!clocks.is_done(0), "a leap");
    clocks.enter(at(20), 0);
    clocks.cut(1);
    clocks.enter(at(30), 2);
    assert!(clocks.is_done(0), "the next one that is given");
    clocks.enter(at(40), 1);
    assert!(!clocks.is_done(2), "back");
    clocks.enter(at(50), 0);
    clocks.cut(3);
    clocks.enter(at(60), 2);
    clocks.enter(at(70), 3);
    assert!(clocks.is_done(2), "a cut one that is given all the same");
}

#[test]
fn starting_twice_does_not_lose_time() {
    let mut clocks = started();
    clocks.start(at(10), 1);
    assert_eq!(clocks.spent(at(15)), [10, 5, 0, 0].map(seconds));
}

#[test]
fn a_reset_goes_on_from_zero_where_one_is() {
    let mut clocks = started();
    clocks.cut(3);
    clocks.enter(at(10), 1);
    clocks.freeze(at(20));
    clocks.enter(at(25), 2);
    clocks.reset(at(30));
    let mut fresh = Clocks::new(4);
    fresh.start(at(30), 2);
    assert_eq!(clocks, fresh);
}

#[test]
fn a_clock_set_back_takes_nothing_away_once_booked() {
    let mut clocks = started();
    clocks.enter(at(60), 1);
    assert_eq!(clocks.spent(at(10)), [60, 0, 0, 0].map(seconds));
    clocks.freeze(at(5));
    assert_eq!(clocks.elapsed(0), seconds(60));
    clocks.resume(at(1));
    assert_eq!(clocks.spent(at(11)), [60, 10, 0, 0].map(seconds), "and goes on from there");
}

#[test]
fn what_was_kept_is_what_goes_on() {
    let mut clocks = started();
    clocks.enter(at(10), 1);
    clocks.cut(2);
    clocks.freeze(at(20));
    clocks.enter(at(25), 3);
    let kept = serde_json::to_string(&clocks).unwrap();
    assert_eq!(serde_json::from_str::<Clocks>(&kept).unwrap(), clocks, "{kept}");
}

#[test]
fn a_file_that_names_a_section_too_many_stops_nobody() {
    let kept = r#"{"sections":[],"asked_ms":0,"run":{"is":"asked","section":7,"shown":9,"since_ms":5}}"#;
    let mut clocks: Clocks = serde_json::from_str(kept).unwrap();
    clocks.resume(10);
    clocks.freeze(20);
    clocks.reset(u64::MAX);
    assert_eq!(clocks.elapsed(u64::MAX), Duration::ZERO);
}

/// One thing that happens to a talk, and how long after the one before, in milliseconds.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Enter(usize),
    Freeze,
    Resume,
    Cut(usize),
    Restore(usize),
}

fn deeds() -> impl Strategy<Value = Vec<(u64, Deed)>> {
    let deed = prop_oneof![
        4 => (0..6usize).prop_map(Deed::Enter),
        2 => Just(Deed::Freeze),
        2 => Just(Deed::Resume),
        1 => (0..6usize).prop_map(Deed::Cut),
        1 => (0..6usize).prop_map(Deed::Restore),
    ];
    prop::collection::vec((0..90_000u64, deed), 0..40)
}

fn apply(clocks: &mut Clocks, now: u64, deed: Deed) {
    match deed {
        Deed::Enter(section) => clocks.enter(now, section),
        Deed::Freeze => clocks.freeze(now),
        Deed::Resume => clocks.resume(now),
        Deed::Cut(section) => clocks.cut(section),
        Deed::Restore(section) => clocks.restore(section),
    }
}

fn sum(clocks: &Clocks, now: u64) -> Duration {
    clocks.spent(now).iter().sum::<Duration>() + clocks.asked(now)
}

proptest! {
    #[test]
    fn every_moment_since_the_start_is_booked_once(deeds in deeds()) {
        let (mut clocks, mut now) = (Clocks::new(5), START);
        clocks.start(now, 0);
        for (gap, deed) in deeds {
            now += gap;
            apply(&mut clocks, now, deed);
            let since = Duration::from_millis(now - START);
            prop_assert_eq!((sum(&clocks, now), clocks.elapsed(now)), (since, since), "after {:?}", deed);
        }
    }

    /// A ledger kept by hand: each gap goes to whoever runs.
    #[test]
    fn every_gap_goes_to_what_ran(deeds in deeds()) {
        let (mut clocks, mut now) = (Clocks::new(6), START);
        clocks.start(now, 0);
        let (mut ledger, mut asked, mut section, mut frozen) = ([0; 6], 0, 0, false);
        for (gap, deed) in deeds {
            now += gap;
            *if frozen { &mut asked } else { &mut ledger[section] } += gap;
            apply(&mut clocks, now, deed);
            match deed {
                Deed::Enter(entered) => section = entered,
                Deed::Freeze => frozen = true,
                Deed::Resume => frozen = false,
                Deed::Cut(_) | Deed::Restore(_) => {}
            }
            prop_assert_eq!(clocks.spent(now), ledger.map(Duration::from_millis).to_vec());
            prop_assert_eq!(clocks.asked(now), Duration::from_millis(asked));
            prop_assert_eq!(clocks.is_frozen(), frozen);
        }
    }

    #[test]
    fn restoring_takes_a_cut_back_and_time_does_not_mind_either(deeds in deeds(), section in 0..5usize) {
        let (mut clocks, mut now) = (Clocks::new(5), START);
        clocks.start(now, 0);
        for (gap, deed) in deeds {
            now += gap;
            apply(&mut clocks, now, deed);
        }
        clocks.restore(section);
        let before = clocks.clone();
        clocks.cut(section);
        prop_assert!(clocks.is_cut(section));
        prop_assert_eq!(clocks.elapsed(now + 7), before.elapsed(now + 7));
        clocks.restore(section);
        prop_assert_eq!(clocks, before);
    }

    #[test]
    fn no_clock_however_set_goes_negative(deeds in prop::collection::vec((any::<u64>(), 0..6usize, 0..4u8), 0..40)) {
        let mut clocks = Clocks::new(5);
        clocks.start(START, 0);
        for (now, section, which) in deeds {
            let booked = clocks.elapsed(0);
            match which {
                0 => clocks.freeze(now),
                1 => clocks.resume(now),
                _ => clocks.enter(now, section),
            }
            prop_assert!(clocks.elapsed(0) >= booked, "booked time is gone");
            prop_assert!(clocks.elapsed(now) >= clocks.elapsed(0));
        }
    }
}
