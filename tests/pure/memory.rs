//! The memory of a card against py-fsrs's histories, and the rules around it.

use eastwest::srs::steps::Next;
use eastwest::srs::{Day, Grade, Interval, Memory, Model, Retention, Settings, Steps};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Vectors {
    configs: BTreeMap<String, Config>,
    histories: Vec<History>,
}

#[derive(Deserialize)]
struct Config {
    learning_steps_s: Vec<i64>,
    relearning_steps_s: Vec<i64>,
}

#[derive(Deserialize)]
struct History {
    id: u32,
    config: String,
    desired_retention: f64,
    maximum_interval: u32,
    reviews: Vec<Review>,
}

#[derive(Deserialize)]
struct Review {
    elapsed_s: i64,
    rating: u8,
    retrievability_before: Option<f64>,
    stability: f64,
    difficulty: f64,
    state: String,
    step: Option<u8>,
    due_s: i64,
    interval_days: Option<u32>,
}

/// What was compared, so that a vector file cut short or a rule that skips too much is noticed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Compared {
    reviews: usize,
    stabilities: usize,
    retrievabilities: usize,
    intervals: usize,
}

/// py-fsrs lets stability grow without end; the crate stops here, and so do we. From the review at which
/// py-fsrs passes it on, only what cannot depend on it is compared.
const STABILITY_MOST: f64 = 36_500.0;
/// Below this the f32 of the crate loses the digits that f64 has.
const STABILITY_COARSE: f64 = 0.01;

fn steps(seconds: &[i64]) -> Steps {
    Steps::new(&seconds.iter().map(|s| s * 1000).collect::<Vec<_>>()).unwrap()
}

fn state_of(memory: &Memory) -> (&'static str, Option<u8>) {
    match memory {
        Memory::New => ("New", None),
        Memory::Learning { step, .. } => ("Learning", Some(*step)),
        Memory::Review { .. } => ("Review", None),
        Memory::Relearning { step, .. } => ("Relearning", Some(*step)),
    }
}

fn check(history: &History, config: &Config, compared: &mut Compared) {
    let model = Model::default();
    let settings = Settings {
        retention: Retention::clamped(history.desired_retention),
        learning: steps(&config.learning_steps_s),
        relearning: steps(&config.relearning_steps_s),
        max_interval_days: history.maximum_interval,
        ..Settings::default()
    };
    let (mut memory, mut day, mut beyond) = (Memory::New, Day(0), false);
    for (at, review) in history.reviews.iter().enumerate() {
        let place = format!("history {} review {at}", history.id);
        // py-fsrs counts whole periods of 24 hours since the review before; our days are given to it as such.
        day = day.plus(u32::try_from(review.elapsed_s.div_euclid(86_400)).unwrap());
        if let (Some(expected), false) = (review.retrievability_before, beyond) {
            let recall = f64::from(memory.recall(&model, day).unwrap());
            assert!((recall - expected).abs() < 1e-4, "{place}: recall {recall}, not {expected}");
            compared.retrievabilities += 1;
        }
        let grade = Grade::from_number(review.rating).unwrap();
        let (after, interval) = memory.review(&model, &settings, grade, day);
        let trace = after.trace().unwrap();

        assert_eq!(state_of(&after), (review.state.as_str(), review.step), "{place}");
        let difficulty = f64::from(trace.strength.difficulty);
        assert!((difficulty - review.difficulty).abs() < 1e-4, "{place}: difficulty {difficulty}");
        beyond |= review.stability > STABILITY_MOST;
        let stability = f64::from(trace.strength.stability);
        if beyond {
            assert!(stability <= STABILITY_MOST, "{place}: stability {stability}");
        } else {
            let tolerance = if review.stability < STABILITY_COARSE { 1e-3 } else { 1e-4 };
            let off = (stability / review.stability - 1.0).abs();
            assert!(off < tolerance, "{place}: stability {stability}, not {}", review.stability);
            compared.stabilities += 1;
        }
        match interval {
            Interval::Wait(ms) => assert_eq!(ms, review.due_s * 1000, "{place}"),
            Interval::Days(days) if !beyond => assert_eq!(Some(days), review.interval_days, "{place}"),
            Interval::Days(days) => assert!(days <= history.maximum_interval, "{place}: {days} days"),
        }
        compared.intervals += usize::from(!beyond);
        compared.reviews += 1;
        memory = after;
    }
}

#[test]
fn every_shared_history_is_remembered_as_py_fsrs_does() {
    let vectors: Vectors = serde_json::from_str(include_str!("../vectors/fsrs.json")).unwrap();
    assert_eq!(vectors.histories.len(), 239);
    let mut compared = Compared::default();
    for history in &vectors.histories {
        check(history, &vectors.configs[&history.config], &mut compared);
    }
    let expected = Compared { reviews: 2051, stabilities: 2013, retrievabilities: 1778, intervals: 2013 };
    assert_eq!(compared, expected);
}

#[test]
fn a_daily_learner_who_comes_ten_minutes_earlier_each_day_makes_progress() {
    let (model, settings) = (Model::default(), Settings::default());
    let mut memory = Memory::New;
    for day in 0..8 {
        let ms = 1_763_830_800_000 + day * (86_400_000 - 600_000);
        let today = eastwest::srs::study_day(ms, 60, 4);
        memory = memory.review(&model, &settings, Grade::Good, today).0;
    }
    let stability = memory.trace().unwrap().strength.stability;
    assert!((stability - 32.7).abs() < 0.1, "{stability}");
}

#[test]
fn previewing_and_replaying_a_review_give_the_same_bits() {
    let (model, settings) = (Model::default(), Settings::default());
    let mut memory = Memory::New;
    for (at, gap) in [0u32, 0, 1, 3, 0, 200, 40_000].into_iter().enumerate() {
        let day = memory.trace().map_or(Day(20_000), |trace| trace.day).plus(gap);
        let four = memory.reviews(&model, &settings, day);
        for grade in Grade::ALL {
            assert_eq!(memory.review(&model, &settings, grade, day), four[usize::from(grade.number()) - 1]);
        }
        memory = four[at % 4].0;
    }
}

#[test]
fn steps_follow_the_four_grades() {
    let two = Steps::new(&[60_000, 600_000]).unwrap();
    assert_eq!(two.next(1, Grade::Again), Next::Wait { step: 0, ms: 60_000 });
    assert_eq!(two.next(0, Grade::Hard), Next::Wait { step: 0, ms: 330_000 });
    assert_eq!(two.next(0, Grade::Good), Next::Wait { step: 1, ms: 600_000 });
    assert_eq!(two.next(1, Grade::Good), Next::Graduate);
    assert_eq!(two.next(0, Grade::Easy), Next::Graduate);
    assert_eq!(Steps::default().next(0, Grade::Hard), Next::Wait { step: 0, ms: 900_000 });
    assert_eq!(two.next(7, Grade::Hard), Next::Graduate, "the settings had more steps before");
    assert_eq!(two.next(7, Grade::Again), Next::Wait { step: 0, ms: 60_000 });
    assert_eq!(Steps::new(&[]).unwrap().next(0, Grade::Again), Next::Graduate);
}

#[test]
fn steps_that_make_no_sense_are_refused() {
    for wrong in [&[0][..], &[-5], &[600_000, 60_000], &[60_000, 60_000], &[86_400_000], &[i64::MAX]] {
        assert_eq!(Steps::new(wrong), None, "{wrong:?}");
    }
}

#[test]
fn desired_retention_stays_within_reason() {
    let share = |value| f64::from(Retention::clamped(value).share());
    for (given, kept) in
        [(0.9, 0.9), (0.5, 0.7), (1.0, 0.97), (f64::INFINITY, 0.97), (f64::NAN, 0.9), (0.85, 0.85)]
    {
        assert!((share(given) - kept).abs() < 1e-6, "{given} became {}", share(given));
    }
}
