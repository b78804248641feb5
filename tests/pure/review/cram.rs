//! Practice beside the schedule.

use std::collections::BTreeMap;
use std::time::Duration;

use eastwest::app::action::Action;
use eastwest::app::review::{Attempt, Choice, Pause, Review, Stage, Why};
use eastwest::app::state::Go;
use eastwest::course::{Course, Section};
use eastwest::learner::{Event, IdMaker, Learner};
use eastwest::srs::Grade;

use super::{Desk, NOON, choice, fault, is_told, order, said, typed};
use crate::learner::review;

fn cards() -> Vec<eastwest::course::quiz::Card> {
    let mut cards = vec![said("a"), typed("b"), choice("c"), order("d"), fault("e")];
    cards[4].objective = 2;
    cards[3].section = 2;
    cards
}

/// A desk at which some cards were answered days ago, and which practices now.
fn cramming(choice: Choice) -> Desk {
    let mut ids = IdMaker::new("deva", 50);
    let days_ago = |days: i64| NOON.moment().plus(-days * 86_400_000);
    let log = [("a", Grade::Easy, 3), ("b", Grade::Good, 2), ("c", Grade::Again, 1)]
        .map(|(card, grade, days)| ids.entry(days_ago(days), review(card, grade)));
    let mut desk = Desk::after(cards(), &log, NOON);
    desk.review = Review::cram(&desk.parts, desk.now, choice);
    desk
}

fn attempt(desk: &mut Desk) {
    desk.wait(Duration::from_secs(5));
    desk.act(Action::Choose(1));
    desk.act(Action::Confirm);
    assert!(matches!(desk.review.stage, Stage::Revealed(_)), "{:?}", desk.review.stage);
}

#[test]
fn every_card_is_asked_until_it_was_right_once_and_the_fold_stays_bit_equal() {
    let mut desk = cramming(Choice::All);
    let before = desk.parts.learner.clone();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut turn = 0;
    while !desk.is_over() {
        attempt(&mut desk);
        let times = asked.entry(desk.open()).or_default();
        *times += 1;
        // Each card is missed once, every second one twice.
        let is_right = *times > 1 + turn % 2;
        turn += 1;
        let reply = desk.act(Action::Grade(if is_right { Grade::Good } else { Grade::Again }));
        assert!(reply.effects.is_empty(), "{:?}", reply.effects);
        assert!(turn < 40, "it ends");
    }
    assert_eq!(asked.len(), 5);
    assert!(asked.values().all(|times| *times > 1), "{asked:?}");
    let Stage::Over(over) = &desk.review.stage else { panic!() };
    assert_eq!((over.why, over.left, over.leeches.len()), (Why::Practiced, 0, 0));
    assert!(over.answers.iter().all(|(_, _, due)| due.is_none()), "nothing was scheduled");
    assert_eq!(desk.log.len(), 3);
    assert!(desk.parts.learner == before && Learner::fold(desk.log.iter().cloned()) == before);
    assert_eq!(desk.parts.place.session, None, "practice is not gone on with");
}

#[test]
fn what_is_known_worst_comes_first_and_what_was_never_seen_last() {
    let desk = cramming(Choice::All);
    let refs = eastwest::app::home::card_refs(&desk.parts.course.cards);
    assert_eq!(desk.parts.learner.weakest_first(&refs, NOON.moment())[..3], ["c", "b", "a"]);
    assert_eq!(desk.open(), "c");
}

#[test]
fn a_choice_of_cards_is_an_objective_or_a_section() {
    assert_eq!(cramming(Choice::Objective(2)).open(), "e");
    assert_eq!(cramming(Choice::Section(2)).open(), "d");
    assert_eq!(cramming(Choice::Objective(1)).review.progress(), (0, 4));
    let mut course = Course { cards: cards(), ..Course::default() };
    let section = |number, title: &str| Section { number, title: title.into(), ..Section::default() };
    course.lesson.sections = vec![section(1, "Overview"), section(2, "Patterns")];
    course.lesson.objectives =
        (1..=2).map(|id| eastwest::course::lesson::Objective { id, text: String::new() }).collect();
    let read = |text: &str| Choice::read(text, &course);
    assert_eq!(read("o2"), Ok(Choice::Objective(2)));
    assert_eq!((read("2"), read("patt")), (Ok(Choice::Section(2)), Ok(Choice::Section(2))));
    assert!(read("1").unwrap_err().contains("there are cards about sections 2, 4"));
    for none in ["o3", "nothing", "7"] {
        assert!(read(none).unwrap_err().contains("give an objective, o1 to o2"), "{none}");
    }
}

#[test]
fn nothing_can_be_put_aside_and_undo_stays_in_the_practice() {
    let mut desk = cramming(Choice::All);
    for action in [Action::Suspend, Action::Bury, Action::Reset, Action::Reset] {
        let reply = desk.act(action);
        assert!(is_told(&reply) && reply.effects.is_empty());
    }
    assert!(is_told(&desk.act(Action::Undo)), "earlier grades are no practice");
    let first = desk.open();
    attempt(&mut desk);
    desk.act(Action::Grade(Grade::Good));
    assert_ne!(desk.open(), first);
    desk.act(Action::Undo);
    assert_eq!((desk.open(), desk.review.progress()), (first, (0, 5)));
    assert!(matches!(desk.review.stage, Stage::Revealed(_)));
    assert_eq!(desk.log.len(), 3);
}

#[test]
fn certain_and_wrong_is_looked_at_in_practice_too_and_leads_to_the_text() {
    let mut desk = cramming(Choice::All);
    desk.parts.course.lesson.sections =
        (1..=4).map(|number| Section { number, ..Section::default() }).collect();
    let first = desk.open();
    let Stage::Asking(asked) = &desk.review.stage else { panic!() };
    let Attempt::Choice { shown, .. } = &asked.attempt else { panic!("{:?}", asked.attempt) };
    // The second option of the card is the right one.
    let wrong = shown.iter().position(|option| *option != 1).unwrap() as u8 + 1;
    for action in [Action::Confidence, Action::Choose(wrong), Action::Confirm] {
        desk.act(action);
    }
    desk.act(Action::Grade(Grade::Again));
    assert!(matches!(&desk.review.stage, Stage::Pause(Pause::Contrast(seen)) if seen.asked.card == first));
    assert_eq!(desk.act(Action::OpenSection).go, Some(Go::Source { section: 4, block: None }));
    desk.act(Action::Confirm);
    assert_ne!(desk.open(), first, "others come between");
    assert_eq!(desk.review.progress(), (1, 6), "and it comes back");
    assert_eq!(desk.log.len(), 3);
}

#[test]
fn it_has_no_time_box_and_leaves_suspended_cards_alone() {
    let mut desk = cramming(Choice::All);
    desk.parts
        .learner
        .apply(IdMaker::new("deva", 9).entry(NOON.moment(), Event::Suspend { card: "d".into(), on: true }));
    desk.review = Review::cram(&desk.parts, desk.now, Choice::All);
    assert_eq!(desk.review.progress(), (0, 4));
    desk.wait(Duration::from_secs(3600));
    attempt(&mut desk);
    desk.act(Action::Grade(Grade::Good));
    assert!(!desk.is_over());
}

#[test]
fn the_end_of_a_session_leads_to_practice_and_practice_to_what_is_due() {
    let mut desk = Desk::new(vec![said("a")]);
    desk.answer(Grade::Easy);
    assert_eq!(desk.act(Action::Cram).go, None, "the end came under a finger that graded");
    desk.wait(Duration::from_secs(1));
    assert_eq!(desk.act(Action::Cram).go, Some(Go::Cram(Choice::All)));
    assert_eq!(desk.act(Action::Choose(1)).go, Some(Go::Cram(Choice::Objective(1))));
    assert!(is_told(&desk.act(Action::Choose(3))), "no card is about that objective");
    let mut desk = cramming(Choice::Section(2));
    attempt(&mut desk);
    desk.act(Action::Grade(Grade::Easy));
    assert_eq!(desk.act(Action::Confirm).go, Some(Go::Review));
}

#[test]
fn the_run_of_a_practiced_card_is_not_the_one_that_the_next_review_asks_for() {
    let mut desk = cramming(Choice::All);
    let seed = |desk: &Desk| match &desk.review.stage {
        Stage::Asking(asked) => asked.seed(),
        stage => panic!("{stage:?}"),
    };
    let (practiced, card) = (seed(&desk), desk.open());
    desk.review = Review::open_with(&desk.parts, desk.now, Some(&card));
    assert_eq!(desk.open(), card);
    assert_ne!(seed(&desk), practiced);
}
