//! How many cards wait and until when: what is said of tomorrow is what tomorrow asks.

use eastwest::learner::stats::Statistics;
use eastwest::learner::{CardRef, Change, Deadline, Event, IdMaker, Learner};
use eastwest::srs::{Day, Grade, Moment};
use proptest::prelude::*;

use super::learner::{ids, review};

const DAY_MS: i64 = 86_400_000;
/// A Sunday at noon in Berlin.
const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };
const FAMILIES: [&str; 3] = ["drain", "outlier", "replica"];

fn today() -> Day {
    NOON.day(4)
}

fn card<'a>(id: &'a str, family: Option<&'a str>) -> CardRef<'a> {
    CardRef { id, objective: 1, section: 3, family, pattern: None, earlier: false }
}

/// Reviewed so long ago that they are due.
fn due_already(names: &[&str]) -> (Learner, IdMaker) {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    for name in names {
        learner.apply(ids.entry(NOON.plus(-60 * DAY_MS), review(name, Grade::Good)));
    }
    (learner, ids)
}

fn exam_in(days: u32) -> Event {
    let deadline = Some(Deadline::On(today().plus(days)));
    Event::Config(Change { deadline, ..Change::default() })
}

#[test]
fn siblings_that_are_due_come_on_one_day_after_another() {
    let (learner, _) = due_already(&["a", "b", "c", "d", "lone"]);
    let mut deck: Vec<CardRef> = ["a", "b", "c", "d"].map(|id| card(id, Some("drain"))).into();
    let outlook = learner.outlook(&deck, NOON);
    assert_eq!((outlook.now, outlook.tomorrow, outlook.week, outlook.later), (1, 1, 2, 0));
    deck.push(card("lone", None));
    let outlook = learner.outlook(&deck, NOON);
    assert_eq!((outlook.now, outlook.tomorrow, outlook.week), (2, 1, 2));
}

#[test]
fn what_is_buried_or_whose_sibling_was_asked_comes_tomorrow() {
    let (mut learner, mut ids) = due_already(&["buried", "asked", "sibling"]);
    learner.apply(ids.entry(NOON, Event::Bury { card: "buried".into() }));
    learner.apply(ids.entry(NOON, review("asked", Grade::Easy)));
    let deck = [card("buried", None), card("asked", Some("drain")), card("sibling", Some("drain"))];
    let outlook = learner.outlook(&deck, NOON);
    assert_eq!((outlook.now, outlook.tomorrow), (0, 2));
    assert_eq!(outlook.tomorrow + outlook.week + outlook.later, 3);
    assert_eq!(learner.outlook(&deck, NOON.plus(DAY_MS)).now, 2);
}

#[test]
fn a_sibling_on_a_step_tomorrow_holds_its_family() {
    let (mut learner, mut ids) = due_already(&["step", "sibling"]);
    // Five minutes before the rollover: the step ends on tomorrow's study day.
    let late = Moment { ms: today().plus(1).begins(60, 4) - 300_000, ..NOON };
    learner.apply(ids.entry(late, review("step", Grade::Again)));
    let deck = ["step", "sibling"].map(|id| card(id, Some("drain")));
    let outlook = learner.outlook(&deck, late);
    assert_eq!((outlook.now, outlook.later_today, outlook.tomorrow, outlook.week), (0, 0, 1, 1));
}

#[test]
fn new_cards_of_tomorrow_are_told_beside_what_is_due() {
    let names: Vec<String> = (0..30).map(|n| format!("c{n:02}")).collect();
    let deck: Vec<CardRef> = names.iter().map(|name| card(name, None)).collect();
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    assert_eq!(learner.outlook(&deck, NOON).tomorrow_in_words(), "12 new", "after the twelve of today");
    assert_eq!(learner.outlook(&deck[..15], NOON).tomorrow_new, 3);
    for name in &names[..12] {
        learner.apply(ids.entry(NOON, review(name, Grade::Easy)));
    }
    let outlook = learner.outlook(&deck, NOON);
    assert_eq!((outlook.now, outlook.tomorrow, outlook.tomorrow_new), (0, 0, 12));
    learner.apply(ids.entry(NOON, Event::Bury { card: "c20".into() }));
    assert_eq!(learner.outlook(&deck, NOON).tomorrow_new, 12, "what is buried today may be begun tomorrow");
    let siblings: Vec<CardRef> = names.iter().map(|name| card(name, Some("drain"))).collect();
    assert_eq!(learner.outlook(&siblings, NOON).tomorrow_new, 1);
    assert_eq!(learner.outlook(&deck[..12], NOON).tomorrow_in_words(), "0");
    learner.apply(ids.entry(NOON, exam_in(2)));
    assert_eq!(learner.outlook(&siblings, NOON).tomorrow_in_words(), "12 and 18 new", "on the eve all of it");
}

#[test]
fn today_is_one_number_wherever_it_is_told() {
    let (mut learner, mut ids) = due_already(&["a", "b", "buried", "lone", "step"]);
    learner.apply(ids.entry(NOON, Event::Bury { card: "buried".into() }));
    learner.apply(ids.entry(NOON, exam_in(20)));
    let deck = [
        card("a", Some("drain")),
        card("b", Some("drain")),
        card("buried", None),
        card("lone", None),
        card("new", None),
    ];
    let outlook = learner.outlook(&deck, NOON);
    let plan = learner.countdown(&deck, NOON).unwrap();
    let ahead = Statistics::of(&learner, &deck, NOON).ahead;
    assert_eq!((outlook.now, outlook.fresh), (3, 1), "one of the family, the lone one, the new one");
    assert_eq!((plan.days[0].reviews, plan.days[0].fresh), (2, 1));
    assert_eq!((ahead.by_day[0], ahead.late), (2, 2));
    assert_eq!(
        (outlook.tomorrow, plan.days[1].reviews, ahead.by_day[1]),
        (2, 2, 2),
        "held back until tomorrow"
    );
    let day = today().plus(20);
    assert_eq!((plan.deadline, plan.days.len()), (day, 20));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Once today is done, what is said of tomorrow is what tomorrow asks, whatever is due, buried, related or missed.
    #[test]
    fn what_is_said_of_tomorrow_is_what_tomorrow_asks(
        known in prop::collection::vec((0..70_i64, 1..=4_u8, any::<bool>()), 1..40),
        families in prop::collection::vec(0..5_usize, 80),
        unseen in 0..40_usize,
        exam in prop::option::of(1..9_u32),
        grades in prop::collection::vec(1..=4_u8, 64),
    ) {
        let names: Vec<String> = (0..known.len() + unseen).map(|at| format!("c{at:02}")).collect();
        let deck: Vec<CardRef> =
            names.iter().zip(&families).map(|(id, family)| card(id, FAMILIES.get(*family).copied())).collect();
        let (mut learner, mut ids) = (Learner::default(), ids("deva"));
        for (name, (days_ago, grade, buried)) in names.iter().zip(&known) {
            let grade = Grade::from_number(*grade).unwrap();
            learner.apply(ids.entry(NOON.plus(-days_ago * DAY_MS), review(name, grade)));
            if *buried {
                learner.apply(ids.entry(NOON, Event::Bury { card: name.clone() }));
            }
        }
        if let Some(days) = exam {
            learner.apply(ids.entry(NOON, exam_in(days)));
        }
        let mut now = NOON;
        for turn in 0.. {
            now = now.plus(30_000);
            let Some(card) = learner.agenda(&deck, now).queue().first().copied() else { break };
            learner.apply(ids.entry(now, review(card, Grade::from_number(grades[turn % grades.len()]).unwrap())));
        }
        let said = learner.outlook(&deck, now);
        prop_assert_eq!((said.now, said.later_today), (0, 0));
        // Late in the evening, when every step is over.
        let came = learner.outlook(&deck, Moment { ms: today().plus(2).begins(60, 4) - 1, ..NOON });
        prop_assert_eq!((said.tomorrow, said.tomorrow_new), (came.now - came.fresh, came.fresh));
        let ahead = Statistics::of(&learner, &deck, now).ahead;
        prop_assert_eq!((ahead.by_day[0], ahead.by_day[1] as usize), (0, said.tomorrow));
    }
}
