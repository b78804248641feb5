//! Planning for a day on which all of it should be known.

use eastwest::learner::{CardRef, Change, Deadline, Event, IdMaker, Learner, Line};
use eastwest::srs::{Day, Due, Grade, Moment};
use proptest::prelude::*;

use super::learner::{ids, review};

const DAY_MS: i64 = 86_400_000;
/// A Sunday at noon in Berlin.
const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

fn today() -> Day {
    NOON.day(4)
}

fn exam_in(days: u32) -> Event {
    let deadline = Some(Deadline::On(today().plus(days)));
    Event::Config(Change { deadline, ..Change::default() })
}

fn no_exam() -> Event {
    Event::Config(Change { deadline: Some(Deadline::None), ..Change::default() })
}

/// Cards, every third one of a family of three.
fn deck(names: &[String]) -> Vec<CardRef<'_>> {
    let family =
        |at: usize| at.is_multiple_of(3).then_some(if at.is_multiple_of(2) { "even" } else { "odd" });
    let card = |(at, id): (usize, &'_ String)| -> CardRef<'_> {
        CardRef {
            id: names[at].as_str(),
            objective: 1,
            section: 1 + id.len() % 2,
            family: family(at),
            pattern: None,
            earlier: false,
        }
    };
    names.iter().enumerate().map(card).collect()
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("c{at:02}")).collect()
}

/// A day at the desk: everything that is asked is answered, again and again until nothing is asked any more. Gives how
/// many cards were begun.
fn study(
    learner: &mut Learner,
    ids: &mut IdMaker,
    cards: &[CardRef<'_>],
    day: i64,
    grades: &mut impl FnMut() -> Grade,
) -> usize {
    let mut now = NOON.plus(day * DAY_MS);
    let begun = |learner: &Learner| cards.iter().filter(|card| learner.card(card.id).is_some()).count();
    let before = begun(learner);
    for _ in 0..1_000 {
        now = now.plus(60_000);
        let Some(card) = learner.agenda(cards, now).queue().first().copied() else { break };
        learner.apply(ids.entry(now, review(card, grades())));
    }
    begun(learner) - before
}

#[test]
fn no_button_leads_beyond_the_eve_until_the_eve_is_there() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    learner.apply(ids.entry(NOON, review("c", Grade::Easy)));
    learner.apply(ids.entry(NOON, exam_in(22)));
    let eve = today().plus(21);
    for day in 0..=21 {
        let buttons = learner.buttons("c", NOON.plus(day * DAY_MS));
        let days: Vec<Day> = buttons
            .all()
            .iter()
            .filter_map(|outcome| if let Due::On(day) = outcome.due { Some(day) } else { None })
            .collect();
        if day < 21 {
            assert!(days.is_sorted() && days.iter().all(|day| *day <= eve), "day {day}: {days:?}");
        } else {
            assert!(days.last() > Some(&eve.plus(1)), "on the eve the usual dates are back: {days:?}");
        }
    }
    let days_later = NOON.plus(15 * DAY_MS);
    assert_eq!(
        learner.buttons("c", days_later).of(Grade::Easy).due,
        Due::On(eve),
        "the very eve, without fuzz"
    );
}

#[test]
fn what_is_due_behind_the_eve_is_asked_on_the_eve_and_nothing_stored_moves() {
    let (mut learner, mut ids, names) = (Learner::default(), ids("deva"), names(1));
    let cards = deck(&names);
    for days_ago in [60, 50, 1] {
        learner.apply(ids.entry(NOON.plus(-days_ago * DAY_MS), review("c00", Grade::Easy)));
    }
    let before = learner.card("c00").cloned();
    let Some(Due::On(usual)) = before.as_ref().unwrap().due else { panic!() };
    assert!(usual > today().plus(30), "{usual}");
    learner.apply(ids.entry(NOON, exam_in(10)));
    assert_eq!(learner.card("c00").cloned(), before);
    assert_eq!(learner.due("c00", today()), Some(Due::On(today().plus(9))));
    assert!(learner.agenda(&cards, NOON.plus(8 * DAY_MS)).queue().is_empty());
    let eve = NOON.plus(9 * DAY_MS);
    assert_eq!(learner.agenda(&cards, eve).queue(), ["c00"]);
    assert_eq!(learner.outlook(&cards, eve).now, 1);
    let mut seen = learner.clone();
    seen.apply(ids.entry(eve, review("c00", Grade::Good)));
    assert!(seen.agenda(&cards, eve).queue().is_empty(), "once on the eve is enough");
    for (when, event) in [(10, None), (9, Some(no_exam()))] {
        let mut learner = learner.clone();
        let at = NOON.plus(when * DAY_MS);
        learner.apply(ids.entry(at, event.unwrap_or_else(|| review("other", Grade::Good))));
        assert_eq!(
            learner.due("c00", at.day(4)),
            Some(Due::On(usual)),
            "passed or taken back, it is forgotten"
        );
        assert_eq!(learner.countdown(&cards, at), None);
    }
}

#[test]
fn new_cards_are_begun_in_time_and_no_slower_than_without_a_deadline() {
    let (names, mut ids) = (names(40), ids("deva"));
    let cards = deck(&names);
    for (exam, most) in [(180, 12), (12, 12), (5, 12), (3, 20), (2, 40), (1, 40)] {
        let mut learner = Learner::default();
        learner.apply(ids.entry(NOON, exam_in(exam)));
        let begun: Vec<usize> = (0..i64::from(exam))
            .map(|day| study(&mut learner, &mut ids, &cards, day, &mut || Grade::Good))
            .collect();
        assert_eq!(begun.iter().sum::<usize>(), 40, "{exam}: {begun:?}");
        assert!(begun.iter().all(|begun| *begun <= most), "{exam}: {begun:?}");
        // Two days before, the day before the eve, two families leave one each to it.
        assert!(begun[0] == most || exam == 2, "{exam}: {begun:?}");
        let plan = {
            let mut learner = Learner::default();
            learner.apply(ids.entry(NOON, exam_in(exam)));
            learner.countdown(&cards, NOON).unwrap()
        };
        let planned: Vec<usize> = plan.days.iter().map(|load| load.fresh).collect();
        assert_eq!((planned.iter().sum::<usize>(), plan.days_left), (40, exam), "{planned:?}");
        if exam > 2 {
            let eve = plan.eve().unwrap();
            assert_eq!(eve.reviews + eve.fresh, 40, "all of it on the eve");
        }
    }
}

#[test]
fn an_answer_under_a_deadline_leaves_the_date_that_it_would_have_left_without() {
    let (mut learner, mut plain, mut settings) = (Learner::default(), Learner::default(), ids("devb"));
    learner.apply(settings.entry(NOON.plus(-1), exam_in(5)));
    let answer = ids("deva").entry(NOON, review("c", Grade::Easy));
    learner.apply(answer.clone());
    plain.apply(answer);
    let eve = Some(Due::On(today().plus(4)));
    assert_eq!(learner.due("c", today()), eve);
    assert!(plain.due("c", today()).unwrap().day(60, 4) > today().plus(4));
    assert_eq!(learner.card("c"), plain.card("c"), "nothing that is stored knows the deadline");
    learner.apply(settings.entry(NOON.plus(1), no_exam()));
    assert_eq!(learner.due("c", today()), plain.due("c", today()));
}

#[test]
fn held_back_siblings_fall_on_the_days_after_today() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    let cards = ["a", "b", "c"].map(|id| CardRef {
        id,
        objective: 1,
        section: 1,
        family: Some("drain"),
        pattern: None,
        earlier: false,
    });
    for card in &cards {
        learner.apply(ids.entry(NOON.plus(-60 * DAY_MS), review(card.id, Grade::Good)));
    }
    learner.apply(ids.entry(NOON, exam_in(9)));
    let plan = learner.countdown(&cards, NOON).unwrap();
    let reviews: Vec<usize> = plan.days.iter().map(|load| load.reviews).collect();
    assert_eq!(reviews, [1, 1, 1, 0, 0, 0, 0, 0, 3]);
}

#[test]
fn a_deadline_years_away_plans_nothing_yet() {
    let (mut learner, mut ids, names) = (Learner::default(), ids("deva"), names(3));
    learner.apply(ids.entry(NOON, exam_in(100_000)));
    assert_eq!(learner.countdown(&deck(&names), NOON), None);
}

#[test]
fn a_deadline_is_a_line_of_settings() {
    let entry = ids("deva").entry(NOON, exam_in(22));
    let line = entry.to_line();
    assert!(line.ends_with(r#""set":{"deadline":"2026-12-14"}}"#), "{line}");
    assert_eq!(Line::read(line.as_bytes()), Line::Entry(entry));
    let none = ids("deva").entry(NOON, no_exam());
    assert_eq!(Line::read(none.to_line().as_bytes()), Line::Entry(none));
    let wrong = line.replace("2026-12-14", "2026-02-30");
    assert_eq!(Line::read(wrong.as_bytes()), Line::Broken);
}

#[test]
fn days_read_as_they_print_and_no_other_way() {
    for day in (-200_000..200_000).step_by(97).map(Day) {
        let is_plain = (0..=9999).contains(&day.date().0);
        assert_eq!(Day::read(&day.to_string()), is_plain.then_some(day));
    }
    for wrong in ["2026-2-3", "2026-13-01", "2026-02-29", "2026-12-14x", "", "none", "+026-12-14", "2026-12"]
    {
        assert_eq!(Day::read(wrong), None, "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Deadlines come and go; the dates that are stored are those of somebody who never had one, and each button shows
    /// the day on which the card is asked.
    #[test]
    fn deadlines_leave_no_trace_and_buttons_show_the_day_of_asking(
        answers in proptest::collection::vec((0..3_usize, 1..=4_u8, 0..60_i64), 1..40),
        exams in proptest::collection::vec((0..400_i64, 0..60_u32), 0..6),
    ) {
        let (mut answering, mut settling) = (ids("deva"), ids("devb"));
        let mut at = NOON;
        let answers: Vec<_> = answers
            .into_iter()
            .map(|(card, grade, hours)| {
                at = at.plus(hours * 3_600_000);
                answering.entry(at, review(["a", "b", "c"][card], Grade::from_number(grade).unwrap()))
            })
            .collect();
        let exams = exams.into_iter().map(|(hours, days)| {
            settling.entry(NOON.plus(hours * 3_600_000), if days == 0 { no_exam() } else { exam_in(20 + days) })
        });
        let plain = Learner::fold(answers.clone());
        let mut learner = Learner::fold(answers.into_iter().chain(exams));
        for card in ["a", "b", "c"] {
            prop_assert_eq!(learner.card(card), plain.card(card));
            let buttons = learner.buttons(card, at);
            let from = |due: Due| match due {
                Due::At(ms) => Moment { ms, ..NOON }.day(4),
                Due::On(day) => day,
            };
            prop_assert!(buttons.all().map(|outcome| from(outcome.due)).is_sorted());
            for grade in Grade::ALL {
                let mut after = learner.clone();
                after.apply(answering.entry(at, review(card, grade)));
                prop_assert_eq!(after.due(card, at.day(4)), Some(buttons.of(grade).due));
            }
        }
        // After the last of them.
        learner.apply(settling.entry(at.plus(500 * 3_600_000), no_exam()));
        for card in ["a", "b", "c"] {
            prop_assert_eq!(learner.due(card, at.day(4)), plain.due(card, at.day(4)));
        }
    }

    /// Whatever is forgotten on the way: on the day itself every card was seen the day before, siblings too, and what
    /// was known then is known.
    #[test]
    fn on_the_day_every_card_was_seen_and_is_at_its_best(
        count in 1..40usize,
        exam in 1..25u32,
        known in proptest::collection::vec(0..40usize, 0..20),
        grades in proptest::collection::vec(1..=4u8, 64),
    ) {
        let (mut learner, mut ids, names) = (Learner::default(), ids("deva"), names(count));
        let cards = deck(&names);
        for at in known.into_iter().filter(|at| *at < count) {
            learner.apply(ids.entry(NOON.plus(-40 * DAY_MS), review(&names[at], Grade::Easy)));
        }
        learner.apply(ids.entry(NOON, exam_in(exam)));
        let mut turn = 0;
        for day in 0..i64::from(exam) {
            let mut grade = || {
                turn += 1;
                Grade::from_number(grades[turn % grades.len()]).unwrap_or(Grade::Good)
            };
            study(&mut learner, &mut ids, &cards, day, &mut grade);
        }
        let eve = today().plus(exam - 1);
        for card in &cards {
            let state = learner.card(card.id);
            prop_assert_eq!(state.and_then(|state| state.asked), Some(eve), "{}", card.id);
            // Stability is how many days it takes to sink to nine in ten.
            let trace = state.and_then(|state| state.memory.trace().copied());
            let lasts = trace.is_some_and(|trace| trace.strength.stability >= 1.0);
            let recall = learner.estimate([card.id], NOON.plus(i64::from(exam) * DAY_MS)).recall;
            prop_assert!(!lasts || recall > Some(0.899), "{}: {:?}", card.id, recall);
        }
    }
}
