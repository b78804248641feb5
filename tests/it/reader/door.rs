//! The questions before a section: offered once, answered in the dark, asked again and compared.

use eastwest::app::Screen;
use eastwest::app::keymap::Context;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::course::Course;
use eastwest::learner::{Confidence, Event, Learner, Pretest, Round};

use super::{Session, course, entries, events};

const OFFER: &str = "Before you read";
const AGAIN: &str = "Once more, before you look";

fn at(section: u8, learner: Learner, place: Place) -> Session {
    Session::with(learner, course(), place, (80, 40), Go::Reader(Some(section)))
}

fn said(session: &Session) -> Vec<Pretest> {
    let of = |event| if let Event::Pretest(said) = event { Some(said) } else { None };
    events(session).into_iter().filter_map(of).collect()
}

/// Answers all three with a word each.
fn answer(session: &mut Session) {
    session.press("enter o n e enter t w o tab enter s i x enter");
}

/// Somebody who has answered all three before reading.
fn answered() -> Learner {
    let mut session = at(3, Learner::default(), Place::first());
    answer(&mut session);
    Learner::fold(entries(&session))
}

#[test]
fn three_questions_are_offered_before_section_3_and_kept_without_a_grade() {
    let mut session = at(3, Learner::default(), Place::first());
    assert!(
        session.text().contains(OFFER) && !session.text().contains("Judge each pattern"),
        "{}",
        session.text()
    );
    session.press("enter");
    assert_eq!(session.app.context(), Context::PretestTyping);
    let course = course();
    for id in &course.lesson.pretest.as_ref().unwrap().cards {
        let card = course.card(id).unwrap();
        let words = |text: &str| text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let text = session.text();
        assert!(text.contains(&words(&card.question)), "{text}");
        assert!(!text.contains(&words(&card.answer)) && !text.contains(&words(&card.reason)), "{text}");
        session.press("enter");
        assert!(session.text().contains("first write what you think"), "{}", session.text());
        session.press("m y ctrl-w s o tab enter");
    }
    assert!(session.text().contains("Judge each pattern"), "{}", session.text());
    assert!(session.text().contains("kept as you said it"), "{}", session.text());
    let said = said(&session);
    let wanted = |(said, card): (&Pretest, &String)| {
        let so = Pretest {
            card: card.clone(),
            said: "so".into(),
            confidence: Some(Confidence::Certain),
            round: Round::Before,
        };
        assert_eq!(*said, so);
    };
    assert_eq!(said.len(), 3);
    said.iter().zip(&course.lesson.pretest.as_ref().unwrap().cards).for_each(wanted);
    let learner = Learner::fold(entries(&session));
    assert!(!learner.has_reviewed());
    assert!(said.iter().all(|said| learner.card(&said.card).is_none()), "no schedule has moved");
    session.press("[ ]");
    assert!(session.text().contains("Judge each pattern"), "never again: {}", session.text());
    assert!(!at(3, learner, Place::first()).text().contains(OFFER));
}

#[test]
fn it_is_an_offer_and_leaving_it_out_is_final() {
    let mut session = at(2, Learner::default(), Place::first());
    session.press("]");
    assert!(session.text().contains(OFFER), "{}", session.text());
    session.press("esc");
    assert!(session.text().contains("Judge each pattern"), "{}", session.text());
    let said = said(&session);
    assert!(said.len() == 3 && said.iter().all(|said| said.said.is_empty()), "{said:?}");
    let learner = Learner::fold(entries(&session));
    assert!(!at(3, learner.clone(), Place::first()).text().contains(OFFER));
    assert!(!at(8, learner, Place::first()).text().contains(AGAIN), "there is nothing to compare with");
}

#[test]
fn whoever_left_in_the_middle_is_asked_the_rest() {
    let mut session = at(3, Learner::default(), Place::first());
    session.press("enter o n e enter g");
    let session = at(3, Learner::fold(entries(&session)), Place::first());
    assert!(
        session.text().contains("Two questions") && session.text().contains("skip them"),
        "{}",
        session.text()
    );
}

#[test]
fn it_is_not_for_those_who_have_read_or_do_not_want_to_be_asked_first() {
    let read = Place { done: vec![3], ..Place::first() };
    let unasked = Place { ask_first: false, ..Place::first() };
    for place in [read, unasked] {
        assert!(!at(3, Learner::default(), place).text().contains(OFFER));
    }
    let mut middle = at(3, Learner::default(), Place::first());
    middle.press("esc space space g h");
    let place = middle.place();
    let back = Session::with(Learner::default(), course(), place, (80, 40), Go::Reader(None));
    assert!(!back.text().contains(OFFER), "in the middle of it nothing stands before it: {}", back.text());
    let mut plain: Course = course();
    plain.lesson.pretest = None;
    let session = Session::of(plain, Place::first(), (80, 40), Go::Reader(Some(3)));
    assert!(!session.text().contains(OFFER));
}

#[test]
fn the_same_three_are_asked_again_before_section_8_and_stand_beside_the_answers() {
    let mut session = at(8, answered(), Place::first());
    assert!(session.text().contains(AGAIN), "{}", session.text());
    session.press("enter t e n tab enter");
    assert_eq!(session.app.context(), Context::PretestTyping);
    session.press("esc");
    let text = session.text();
    for words in [
        "then   fairly sure · one",
        "now    certain · ten",
        "now    not answered",
        "right  When both regions",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(text.contains("then   certain · two"), "{text}");
    session.press("G enter");
    let rounds: Vec<(String, Round)> = said(&session).into_iter().map(|it| (it.said, it.round)).collect();
    let after = |said: &str| (said.to_owned(), Round::After);
    assert_eq!(rounds, [after("ten"), after(""), after("")]);
    session.press("space space");
    assert!(!session.text().contains("Answer it in your head"), "{}", session.text());
    session.press("[ ]");
    assert!(!session.text().contains(AGAIN), "{}", session.text());
}

#[test]
fn after_the_last_section_it_is_offered_to_those_who_never_came_to_the_other_place() {
    let mut session = at(10, answered(), Place::first());
    assert!(!session.text().contains(AGAIN));
    session.press("G space");
    assert!(session.text().contains(AGAIN), "{}", session.text());
    session.press("esc");
    assert!(session.text().contains("§10"), "{}", session.text());
    session.press("]");
    assert!(session.text().contains("this is the last section"), "{}", session.text());
}

#[test]
fn whoever_goes_elsewhere_finds_the_offer_again_and_no_section_counts_as_read() {
    let mut session = at(3, Learner::default(), Place::first());
    session.press("g h g c");
    assert!(session.text().contains(OFFER), "{}", session.text());
    assert!(events(&session).is_empty());
    let at = |session: &Session| match session.app.screen() {
        Screen::Reader(reader) => reader.lab().scene(false).view.at,
        other => panic!("{other:?}"),
    };
    let before = at(&session);
    session.rest();
    assert_eq!(at(&session), before, "a mesh that nobody sees stands still");
}
