//! Statistics against cases worked out by hand, and that only the set of entries matters.

use super::learner::{ids, review};
use eastwest::learner::stats::{LEAST, Statistics, Workload};
use eastwest::learner::{
    CardRef, Change, Confidence, Deadline, Entry, Event, IdMaker, Kind, Learner, Mode, Prediction, Review,
};
use eastwest::srs::workload::{self, Start};
use eastwest::srs::{Day, Due, Grade, Memory, Model, Moment, Retention, Settings, weights};
use proptest::prelude::*;

const DAY_MS: i64 = 86_400_000;
/// A Sunday at noon in Berlin: 2026-11-22.
const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

fn card(id: &str) -> CardRef<'_> {
    CardRef { id, objective: 1, section: 3, family: None, pattern: None, earlier: false }
}

/// A learner's log, written by hand.
struct Log {
    learner: Learner,
    ids: IdMaker,
}

impl Log {
    fn new() -> Self {
        Self { learner: Learner::default(), ids: ids("deva") }
    }

    fn add(&mut self, days: i64, event: Event) -> Entry {
        self.add_at(NOON.plus(days * DAY_MS), event)
    }

    fn add_at(&mut self, at: Moment, event: Event) -> Entry {
        let entry = self.ids.entry(at, event);
        self.learner.apply(entry.clone());
        entry
    }

    fn sure(&mut self, days: i64, card: &str, grade: Grade, confidence: Confidence) {
        let Event::Review(review) = review(card, grade) else { unreachable!() };
        self.add(days, Event::Review(Review { confidence: Some(confidence), ..review }));
    }

    fn of(&self, cards: &[CardRef<'_>], days: i64) -> Statistics {
        Statistics::of(&self.learner, cards, NOON.plus(days * DAY_MS))
    }

    /// The day on which a card is due, counted from [`NOON`]'s.
    fn due(&self, card: &str) -> i64 {
        let Some(Due::On(day)) = self.learner.card(card).unwrap().due else { panic!("{card} is on a step") };
        i64::from(day.0 - NOON.day(4).0)
    }
}

#[test]
fn a_new_learner_has_empty_statistics() {
    let figures = Log::new().of(&[card("a"), card("b")], 0);
    assert!(figures.is_empty());
    assert_eq!((figures.cards.unseen, figures.ahead.unseen, figures.ahead.next_30), (2, 2, 0));
    assert!(figures.retention.iter().all(|window| window.all.share.is_none()));
    assert_eq!(figures.objectives.len(), 1);
    assert_eq!(figures.objectives[0].recall, None);
    assert!(figures.hardest.is_empty() && figures.confident_errors.is_empty());
}

#[test]
fn true_retention_counts_the_first_answer_of_a_day_to_cards_with_an_interval() {
    let mut log = Log::new();
    // Easy graduates at once; the next answer is the first that can be retained. Learning does not count.
    log.add(0, review("a", Grade::Easy));
    let due = log.due("a");
    assert!((2..21).contains(&due), "a young interval: {due}");
    log.add(due, review("a", Grade::Again));
    log.add_at(NOON.plus(due * DAY_MS + 900_000), review("a", Grade::Good));
    log.add_at(NOON.plus(due * DAY_MS + 1_800_000), review("a", Grade::Again));
    log.add(0, review("b", Grade::Easy));
    log.add(log.due("b"), review("b", Grade::Hard));
    let all = log.of(&[], due + 1).retention[3];
    assert_eq!(all.days, None);
    assert_eq!((all.young.right, all.young.n, all.mature.n), (1, 2, 0), "Hard counts as right");
    assert_eq!(all.all.share, Some(0.5));
}

#[test]
fn windows_end_with_today_and_a_card_is_mature_from_21_days_on() {
    let mut log = Log::new();
    log.add(0, review("a", Grade::Easy));
    let mut last = 0;
    // Until the button gave 21 days or more; then once more.
    let (mut young, mut mature) = (0, 0);
    while mature == 0 {
        let due = log.due("a");
        if due - last >= 21 {
            mature += 1;
        } else {
            young += 1;
        }
        log.add(due, review("a", Grade::Good));
        last = due;
    }
    let windows = log.of(&[], last + 6).retention;
    let all: Vec<_> = windows.iter().map(|window| (window.days, window.young.n, window.mature.n)).collect();
    assert_eq!((all[0], all[3]), ((Some(7), 0, 1), (None, young, mature)), "the seventh day counts");
    assert_eq!(log.of(&[], last + 7).retention[0].all.n, 0, "the eighth does not");
}

#[test]
fn what_was_undone_practised_or_asked_before_reading_is_not_retained() {
    let mut log = Log::new();
    log.add(0, review("a", Grade::Easy));
    let due = log.due("a");
    let undone = log.add(due, review("a", Grade::Again));
    log.add(due, Event::Undo { of: undone.id });
    for kind in [Kind::Cram, Kind::Pretest] {
        let Event::Review(practice) = review("a", Grade::Again) else { unreachable!() };
        log.add(due, Event::Review(Review { kind, ..practice }));
    }
    let figures = log.of(&[card("a")], due);
    assert_eq!(figures.retention[3].all.n, 0);
    assert_eq!(figures.activity.answers, 3, "practice is work as well; what was undone is not");
    assert_eq!(figures.confidence[1].was.n, 1, "only what counts is calibrated");
}

#[test]
fn predicted_recall_is_set_against_what_came_from_ten_answers_on() {
    let mut log = Log::new();
    let model = Model::default();
    let names: Vec<String> = (0..LEAST).map(|n| format!("c{n}")).collect();
    for name in &names {
        log.add(0, review(name, Grade::Easy));
    }
    let Memory::Review { trace } = log.learner.card("c0").unwrap().memory else { panic!("Easy graduates") };
    let predicted = f64::from(model.recall(trace.strength, 8));
    assert!((0.90..0.95).contains(&predicted), "{predicted}");
    for (at, name) in names.iter().enumerate() {
        let bin = log.of(&[], 8).forgetting[4];
        assert_eq!((bin.actual.n, bin.actual.share, bin.predicted), (at as u32, None, None));
        log.add(8, review(name, if at < 3 { Grade::Again } else { Grade::Good }));
    }
    let bin = log.of(&[], 8).forgetting[4];
    assert_eq!((bin.from, bin.to, bin.actual.right, bin.actual.share), (0.9, 0.95, 7, Some(0.7)));
    assert!((bin.predicted.unwrap() - predicted).abs() < 1e-4, "{bin:?}");
}

#[test]
fn confidence_is_hidden_under_ten_answers_and_hard_counts_as_right() {
    let mut log = Log::new();
    for n in 0..10 {
        let grade = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy, Grade::Good][n % 5];
        let shown = log.of(&[], 0).confidence[2].was.share;
        assert_eq!(shown, None, "after {n} answers");
        log.sure(0, &format!("c{n}"), grade, Confidence::Certain);
    }
    log.sure(0, "g", Grade::Again, Confidence::Guess);
    let confidence = log.of(&[], 0).confidence;
    assert_eq!(confidence.iter().map(|it| it.was.n).collect::<Vec<_>>(), [1, 0, 10]);
    assert_eq!((confidence[2].was.right, confidence[2].was.share), (8, Some(0.8)));
    assert_eq!((confidence[0].was.right, confidence[0].was.share), (0, None));
}

#[test]
fn confident_errors_are_mended_by_a_right_answer_and_open_ones_come_first() {
    let mut log = Log::new();
    log.sure(0, "mended", Grade::Again, Confidence::Certain);
    log.sure(0, "open", Grade::Again, Confidence::Certain);
    log.sure(1, "open", Grade::Good, Confidence::Fairly);
    log.sure(1, "mended", Grade::Hard, Confidence::Guess);
    log.sure(2, "open", Grade::Again, Confidence::Certain);
    log.sure(2, "unsure", Grade::Again, Confidence::Fairly);
    let errors = log.of(&[], 3).confident_errors;
    let told: Vec<_> = errors.iter().map(|it| (it.card.as_str(), it.times, it.mended)).collect();
    assert_eq!(told, [("open", 2, false), ("mended", 1, true)]);
    assert_eq!(errors[0].day.to_string(), "2026-11-24");
}

#[test]
fn a_confident_error_is_the_same_in_the_review_and_in_the_statistics() {
    let mut log = Log::new();
    let mut marked = |days, card: &str, mode, right, grade| {
        let Event::Review(plain) = review(card, grade) else { unreachable!() };
        let confidence = Some(Confidence::Certain);
        log.add(days, Event::Review(Review { mode, right, confidence, ..plain }));
    };
    marked(0, "picked wrong, graded good", Mode::Choice, Some(false), Grade::Good);
    marked(0, "picked right, graded again", Mode::Choice, Some(true), Grade::Again);
    marked(0, "typed what marking does not know", Mode::Type, Some(false), Grade::Hard);
    marked(0, "typed wrong", Mode::Type, Some(false), Grade::Again);
    marked(0, "said to oneself", Mode::Reveal, None, Grade::Again);
    marked(1, "said to oneself", Mode::Reveal, None, Grade::Good);
    log.sure(0, "typed wrong", Grade::Good, Confidence::Fairly);
    let figures = log.of(&[], 1);
    let told: Vec<_> = figures.confident_errors.iter().map(|it| (it.card.as_str(), it.mended)).collect();
    let wrong = ["picked wrong, graded good", "typed wrong", "said to oneself"];
    assert_eq!(told, [(wrong[0], false), (wrong[1], false), (wrong[2], true)], "the same day is too soon");
    for (card, is_mended) in told {
        assert_eq!(log.learner.confident_error(card).is_none(), is_mended, "{card}");
    }
    let certain = figures.confidence[2].was;
    assert_eq!((certain.right, certain.n), (3, 6), "as many wrong as the list has");
}

#[test]
fn new_parameters_rewrite_nothing_that_was_foretold_before_them() {
    let mut log = Log::new();
    let names: Vec<String> = (0..LEAST).map(|n| format!("c{n}")).collect();
    for day in [0, 3, 12, 50] {
        for name in &names {
            log.add(day, review(name, Grade::Good));
        }
    }
    let before = log.of(&[], 50);
    assert!(before.forgetting.iter().filter(|bin| bin.predicted.is_some()).count() > 0);
    let weights = super::learner::weights(60.0);
    log.add(51, Event::Config(Change { weights: Some(weights), ..Change::default() }));
    let after = log.of(&[], 51);
    assert_eq!((after.forgetting, &after.retention[3]), (before.forgetting, &before.retention[3]));
}

#[test]
fn predictions_are_counted_and_percentages_compared() {
    let mut log = Log::new();
    let mut predict = |of: &str, said: &str, was: &str, right| {
        let (of, said, was) = (of.to_owned(), said.to_owned(), was.to_owned());
        let confidence = Some(Confidence::Certain);
        log.add(0, Event::Predict(Prediction { of, said, was, right, confidence }));
    };
    predict("half", "50 %", "30.5 %", false);
    predict("cut", "90", "100", false);
    predict("which", "the mesh", "2", true);
    let predictions = log.of(&[], 0).predictions;
    assert_eq!((predictions.all.right, predictions.all.n), (1, 3));
    assert_eq!(predictions.confidence[2].was.share, None, "three say nothing yet");
    let points = predictions.points.unwrap();
    // (19.5 + 10) / 2 and (19.5 - 10) / 2
    assert_eq!((points.n, points.mean_off, points.mean_lean), (2, 14.8, 4.8));
    assert_eq!((points.biggest.of.as_str(), points.biggest.said, points.biggest.was), ("half", 50.0, 30.5));
}

#[test]
fn the_forecast_counts_each_card_on_its_day_and_what_is_late_today() {
    let mut log = Log::new();
    log.add(0, review("a", Grade::Easy));
    log.add(0, review("step", Grade::Again));
    let due = log.due("a");
    log.add(0, Event::Suspend { card: "gone".into(), on: true });
    let deck = ["a", "step", "new", "gone"].map(card);
    let ahead = log.of(&deck, 0).ahead;
    assert_eq!((ahead.by_day[0], ahead.by_day[due as usize], ahead.late), (1, 1, 0));
    assert_eq!((ahead.next_14, ahead.next_30, ahead.later, ahead.unseen), (2, 2, 0, 1));
    let exam = Deadline::On(NOON.day(4).plus(4));
    let undone = log.add(0, Event::Config(Change { deadline: Some(exam), ..Change::default() }));
    assert_eq!(log.of(&deck, 0).ahead.by_day[3], 1, "on the eve of a deadline");
    log.add(0, Event::Undo { of: undone.id });
    let later = log.of(&deck, due + 1).ahead;
    assert_eq!((later.by_day[0], later.late, later.by_day.iter().sum::<u32>()), (2, 2, 2));
}

#[test]
fn days_are_study_days_by_the_offset_of_each_answer() {
    let mut log = Log::new();
    // 03:30 in Berlin on Monday is still Sunday's study day; the same moment in Tokyo is Monday, 11:30.
    let night = Moment { ms: NOON.ms + 15 * 3_600_000 + 1_800_000, offset: 60 };
    log.add_at(night, review("a", Grade::Good));
    log.add_at(Moment { offset: 540, ..night.plus(1) }, review("b", Grade::Good));
    let activity = log.of(&[], 1).activity;
    let days: Vec<_> = activity.days.iter().map(|it| (it.day.to_string(), it.answers, it.seconds)).collect();
    assert_eq!(days, [("2026-11-22".into(), 1, 5), ("2026-11-23".into(), 1, 5)], "5.4 s each");
    assert_eq!((activity.answers, activity.seconds, activity.days_studied), (2, 11, 2));
    // Monday's week is the last of 26.
    assert_eq!(activity.from.to_string(), "2026-06-01");
    assert_eq!((activity.from.weekday(), activity.on(Day(0)).answers), ("Mon", 0));
}

#[test]
fn answers_of_the_far_future_are_counted_and_not_shown() {
    let mut log = Log::new();
    log.add(0, review("a", Grade::Good));
    log.add_at(Moment { ms: i64::MAX, offset: 60 }, review("b", Grade::Easy));
    let activity = log.of(&[card("a"), card("b")], 0).activity;
    assert_eq!((activity.answers, activity.days.len()), (2, 1));
    let late = Statistics::of(&log.learner, &[card("b")], Moment { ms: i64::MAX, offset: 0 });
    assert_eq!((late.activity.answers, late.ahead.unseen), (2, 0));
    let early = Statistics::of(&log.learner, &[card("b")], Moment { ms: i64::MIN, offset: 0 });
    assert!(early.activity.days.is_empty());
}

#[test]
fn an_answer_counts_for_at_most_two_minutes() {
    let mut log = Log::new();
    let Event::Review(walked_away) = review("a", Grade::Good) else { unreachable!() };
    log.add(0, Event::Review(Review { took_ms: u32::MAX, ..walked_away }));
    assert_eq!(log.of(&[], 0).activity.seconds, 120);
}

#[test]
fn the_hardest_cards_are_those_with_most_lapses_then_the_most_difficult() {
    let mut log = Log::new();
    for (name, grade) in [("easy", Grade::Easy), ("hard", Grade::Hard), ("lapsed", Grade::Easy)] {
        log.add(0, review(name, grade));
    }
    log.add(log.due("lapsed"), review("lapsed", Grade::Again));
    let deck = ["easy", "hard", "lapsed", "new"].map(card);
    let hardest = log.of(&deck, 20).hardest;
    let told: Vec<_> = hardest.iter().map(|it| (it.card.as_str(), it.lapses)).collect();
    assert_eq!(told, [("lapsed", 1), ("hard", 0), ("easy", 0)]);
    assert!(hardest[1].difficulty > hardest[2].difficulty);
    assert_eq!(hardest[0].reviews, 2);
    let cards = log.of(&deck, 20).cards;
    assert_eq!((cards.unseen, cards.learning, cards.young, cards.mature), (1, 2, 1, 0));
}

#[test]
fn what_was_known_before_an_answer_is_what_the_fold_had_then() {
    let mut log = Log::new();
    log.add(0, review("a", Grade::Easy));
    log.add(3, Event::Reset { card: "a".into() });
    log.add(3, review("a", Grade::Easy));
    let due = log.due("a");
    let before = log.learner.card("a").unwrap().memory;
    let recall = f64::from(before.recall(&Model::default(), NOON.plus(due * DAY_MS).day(4)).unwrap());
    log.add(due, review("a", Grade::Good));
    let figures = log.of(&[card("a")], due);
    let bins: Vec<_> = figures.forgetting.iter().filter(|bin| bin.actual.n > 0).collect();
    assert_eq!((bins.len(), bins[0].actual.n), (1, 1), "the answer before the reset was to a new card");
    assert!((bins[0].from..=bins[0].to).contains(&recall), "{recall} {bins:?}");
}

#[test]
fn the_latest_change_of_retention_can_be_found_and_taken_back() {
    let mut log = Log::new();
    let set =
        |share| Event::Config(Change { retention: Some(Retention::clamped(share)), ..Change::default() });
    assert_eq!(log.learner.last_retention_change("deva"), None);
    log.add(0, set(0.85));
    let second = log.add(0, set(0.95));
    assert_eq!(log.learner.last_retention_change("deva"), Some(&second.id));
    assert_eq!(log.learner.last_retention_change("other"), None);
    log.add(0, Event::Undo { of: second.id });
    assert_eq!(log.of(&[], 0).desired_retention, 0.85);
    let both = Change { new_per_day: Some(3), retention: Some(Retention::clamped(0.7)), ..Change::default() };
    log.add(0, Event::Config(both));
    assert_eq!(log.learner.last_retention_change("deva"), None, "undoing it would undo more");
}

#[test]
fn a_higher_retention_costs_more_answers_and_keeps_more() {
    let names: Vec<String> = (0..60).map(|n| format!("c{n}")).collect();
    let deck: Vec<CardRef> = names.iter().map(|name| card(name)).collect();
    let learner = Learner::default();
    let figures = Statistics::of(&learner, &deck, NOON);
    let mut table = Workload::new(&learner, &deck, &figures.activity, NOON);
    while table.step(&learner) {}
    let rows = table.rows(Retention::default());
    assert_eq!(rows.len(), table.choices().len());
    assert_eq!(rows.iter().filter(|row| row.current).map(|row| row.retention).collect::<Vec<_>>(), [0.9]);
    for pair in rows.windows(2) {
        assert!(pair[0].minutes < pair[1].minutes, "{pair:?}");
    }
    assert!(rows[0].remembered < rows[7].remembered && rows[7].remembered < 60.0, "{rows:?}");
    assert!(!table.pace.own && table.pace.seconds_per_answer == 20.0);
}

/// The `fsrs` crate's own simulator over the same deck of new cards, which the table has to agree with in the large.
#[test]
fn the_workload_agrees_with_the_crates_simulator() {
    let starts: Vec<_> =
        (0..60).map(|n| Start { seed: n, memory: Memory::New, due: Some(n as u32 / 12) }).collect();
    let (model, settings) = (Model::default(), Settings::default());
    for share in [0.8, 0.9, 0.95] {
        let retention = Retention::clamped(share);
        let ours = workload::cost(&starts, &model, &settings, retention, NOON.day(4));
        let config = fsrs::SimulatorConfig {
            deck_size: 60,
            learn_span: 90,
            learn_limit: 12,
            learning_step_count: 1,
            ..fsrs::SimulatorConfig::default()
        };
        let runs = 40;
        let (mut reviews, mut remembered) = (0.0, 0.0);
        for seed in 0..runs {
            let played = fsrs::simulate(&config, &weights::FSRS_6, share as f32, Some(seed), None);
            let played = played.unwrap();
            reviews += played.review_cnt_per_day.iter().sum::<usize>() as f64 / runs as f64;
            remembered += f64::from(*played.memorized_cnt_per_day.last().unwrap()) / runs as f64;
        }
        assert!((ours.reviews / reviews - 1.0).abs() < 0.10, "at {share}: {} and {reviews}", ours.reviews);
        assert!(
            (ours.remembered - remembered).abs() < 1.5,
            "at {share}: {} and {remembered}",
            ours.remembered
        );
    }
}

#[test]
fn the_dice_of_the_workload_are_the_crates_averages() {
    let defaults = fsrs::SimulatorConfig::default();
    assert_eq!(workload::FIRST, defaults.first_rating_prob);
    assert_eq!(workload::RECALLED, defaults.review_rating_prob);
    assert_eq!(workload::LEARNING, defaults.learning_step_transitions);
    assert_eq!(workload::RELEARNING, defaults.relearning_step_transitions);
}

fn event() -> impl Strategy<Value = Event> {
    let name = (0..6_u8).prop_map(|n| format!("c{n}"));
    let grade = (1..=4_u8).prop_map(|number| Grade::from_number(number).unwrap());
    let sure = prop_oneof![Just(None), (0..3_usize).prop_map(|at| Some(Confidence::ALL[at]))];
    let kind = prop_oneof![4 => Just(Kind::Review), 1 => Just(Kind::Cram), 1 => Just(Kind::Pretest)];
    prop_oneof![
        8 => (name.clone(), grade, sure.clone(), kind, any::<u32>()).prop_map(|(card, grade, confidence, kind, took_ms)| {
            Event::Review(Review { card, hash: None, grade, took_ms, mode: Mode::Type, right: None, confidence, kind })
        }),
        1 => name.prop_map(|card| Event::Reset { card }),
        1 => (0..=100_u8, 0..=100_u8, any::<bool>(), sure).prop_map(|(said, was, right, confidence)| {
            Event::Predict(Prediction { of: "p".into(), said: said.to_string(), was: was.to_string(), right, confidence })
        }),
        1 => (0..2_usize).prop_map(|at| {
            let retention = Some(Retention::clamped([0.8, 0.95][at]));
            Event::Config(Change { retention, ..Change::default() })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Two devices' logs, each in order, told in any interleaving, some lines twice, folded at once or one by one.
    #[test]
    fn any_interleaving_of_the_logs_gives_the_same_statistics(
        events in prop::collection::vec((event(), 0..40_i64, any::<bool>()), 1..60),
        order in prop::collection::vec(any::<u16>(), 90),
        undo in any::<prop::sample::Index>(),
    ) {
        let (mut here, mut there) = (ids("here"), ids("there"));
        let mut entries: Vec<Entry> = Vec::new();
        let mut at = NOON;
        for (event, hours, is_here) in events {
            at = at.plus(hours * 3_600_000);
            entries.push(if is_here { &mut here } else { &mut there }.entry(at, event));
        }
        let of = undo.get(&entries).id.clone();
        entries.push(here.entry(at, Event::Undo { of }));

        let names: Vec<String> = (0..7).map(|n| format!("c{n}")).collect();
        let deck: Vec<CardRef> = names.iter().map(|name| card(name)).collect();
        let expected = Statistics::of(&Learner::fold(entries.clone()), &deck, at);

        // Every third line twice, all in another order.
        let twice: Vec<Entry> = entries.iter().step_by(3).cloned().collect();
        let mut told: Vec<(u16, Entry)> = order.into_iter().cycle().zip(entries.into_iter().chain(twice)).collect();
        told.sort_by_key(|(key, _)| *key);
        let told: Vec<Entry> = told.into_iter().map(|(_, entry)| entry).collect();
        prop_assert_eq!(&Statistics::of(&Learner::fold(told.clone()), &deck, at), &expected);
        let mut one_by_one = Learner::default();
        for entry in told {
            one_by_one.apply(entry);
        }
        prop_assert_eq!(&Statistics::of(&one_by_one, &deck, at), &expected);
    }
}
