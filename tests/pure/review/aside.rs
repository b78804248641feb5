//! Cards put aside in a session, and cards that do not stick.

use std::time::Duration;

use eastwest::app::action::Action;
use eastwest::app::effect::Effect;
use eastwest::app::review::{Leech, Stage};
use eastwest::app::state::Go;
use eastwest::course::Section;
use eastwest::learner::{Entry, Event, IdMaker};
use eastwest::srs::{Grade, Memory};

use super::{Desk, NOON, choice, is_told, said};
use crate::learner::review;

/// A log in which `card` was known `lapses` times and forgotten as often, and is known now; noon, day after day.
fn forgotten(card: &str, lapses: i64) -> Vec<Entry> {
    let mut ids = IdMaker::new("deva", 50);
    let grades = std::iter::once(Grade::Easy).chain((0..lapses).flat_map(|_| [Grade::Again, Grade::Good]));
    let days_ago = |at: usize| 400 - at as i64 * 30;
    let entry = |(at, grade)| ids.entry(NOON.moment().plus(-days_ago(at) * 86_400_000), review(card, grade));
    grades.enumerate().map(entry).collect()
}

fn with_sections(mut desk: Desk) -> Desk {
    let section = |number| Section { number, ..Section::default() };
    desk.parts.course.lesson.sections = (1..=4).map(section).collect();
    desk
}

#[test]
fn the_fourth_lapse_is_told_and_the_end_of_the_session_leads_to_the_text() {
    let cards = || vec![said("a"), said("b")];
    let mut third = Desk::after(cards(), &forgotten("a", 2), NOON);
    while third.open() != "a" {
        third.answer(Grade::Good);
    }
    third.wait(Duration::from_secs(5));
    third.act(Action::Confirm);
    assert!(!is_told(&third.act(Action::Grade(Grade::Again))), "three lapses are none too many");

    let mut desk = with_sections(Desk::after(cards(), &forgotten("a", 3), NOON));
    while desk.open() != "a" {
        desk.answer(Grade::Good);
    }
    desk.wait(Duration::from_secs(5));
    desk.act(Action::Confirm);
    let source = Some(Go::Source { section: 4, block: None });
    assert_eq!(desk.act(Action::OpenSection).go, source, "any shown answer leads to its text");
    let reply = desk.act(Action::Grade(Grade::Again));
    assert!(format!("{:?}", reply.notice).contains("forgotten 4 times"), "{:?}", reply.notice);
    while !desk.is_over() {
        desk.answer(Grade::Good);
    }
    let Stage::Over(over) = &desk.review.stage else { panic!() };
    assert_eq!(over.leeches, [Leech { card: "a".into(), lapses: 4 }]);
    assert_eq!(desk.act(Action::OpenSection).go, source);
}

#[test]
fn a_suspended_card_is_asked_no_more_until_undo_or_the_list_brings_it_back() {
    let mut desk = Desk::new(vec![choice("a"), choice("b")]);
    let (first, open) = (desk.open(), |desk: &Desk| desk.open());
    assert!(is_told(&desk.act(Action::Suspend)), "a question can be put aside as well as an answer");
    assert_ne!(open(&desk), first);
    assert_eq!(desk.review.progress(), (0, 1));
    desk.act(Action::Undo);
    assert_eq!((open(&desk), desk.review.progress()), (first.clone(), (0, 2)));
    desk.act(Action::Suspend);
    desk.act(Action::Choose(1));
    desk.act(Action::Confirm);
    desk.act(Action::Grade(Grade::Good));
    let Stage::Over(over) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!((over.suspended, over.left), (1, 0));

    desk.act(Action::Suspend);
    let Stage::Shelf(shelf) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!(shelf.cards, std::slice::from_ref(&first));
    desk.act(Action::Back);
    assert!(desk.is_over(), "looking changes nothing");
    desk.act(Action::Suspend);
    desk.act(Action::Confirm);
    let Stage::Over(over) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!((over.suspended, over.outlook.now), (0, 1));
    assert!(is_told(&desk.act(Action::Suspend)), "an empty list is not opened");
    desk.act(Action::Confirm);
    assert_eq!(open(&desk), first);
    let again = Desk::after(vec![choice("a"), choice("b")], &desk.log, NOON);
    assert_eq!(again.open(), first, "the log says the same");
}

#[test]
fn bringing_a_card_back_can_be_undone_too() {
    let mut desk = Desk::new(vec![choice("a")]);
    desk.act(Action::Suspend);
    desk.act(Action::Suspend);
    desk.act(Action::Confirm);
    assert!(!desk.parts.learner.card("a").unwrap().suspended);
    assert!(is_told(&desk.act(Action::Undo)));
    assert!(desk.is_over(), "a card that is suspended again is not asked");
    assert!(desk.parts.learner.card("a").unwrap().suspended);
}

#[test]
fn a_buried_card_waits_until_tomorrow() {
    let cards = || vec![said("a"), said("b")];
    let mut desk = Desk::new(cards());
    let first = desk.open();
    desk.wait(Duration::from_secs(5));
    desk.act(Action::Confirm);
    desk.act(Action::Bury);
    assert_ne!(desk.open(), first);
    desk.answer(Grade::Easy);
    assert!(desk.is_over());
    let mut tomorrow = NOON;
    tomorrow.wall_ms += 86_400_000;
    assert_eq!(Desk::after(cards(), &desk.log, tomorrow).open(), first);
    desk.act(Action::Undo);
    desk.act(Action::Undo);
    assert_eq!(desk.open(), first, "the grade first, then the burial");
}

#[test]
fn a_card_is_made_new_only_by_the_key_pressed_twice() {
    let log = forgotten("a", 1);
    let mut desk = Desk::after(vec![said("a")], &log, NOON);
    let before = desk.parts.learner.card("a").cloned();
    let appended = |effects: &[Effect]| effects.iter().filter(|it| matches!(it, Effect::Append(_))).count();
    for between in [Action::Down, Action::Confidence] {
        assert_eq!(appended(&desk.act(Action::Reset).effects), 0, "it asks first");
        desk.act(between);
    }
    assert!(is_told(&desk.act(Action::Reset)));
    let reply = desk.act(Action::Reset);
    assert_eq!(appended(&reply.effects), 1);
    assert!(matches!(desk.log.last().unwrap().event, Event::Reset { .. }));
    assert_eq!(desk.memory("a"), Memory::New);
    assert_eq!(desk.parts.learner.history("a").count(), 3, "its answers stay");
    desk.act(Action::Undo);
    assert_eq!(desk.parts.learner.card("a").cloned(), before, "to the bit");
    assert_eq!(desk.open(), "a");
}

#[test]
fn a_new_card_cannot_be_made_new() {
    let mut desk = Desk::new(vec![choice("a")]);
    for _ in 0..2 {
        assert!(is_told(&desk.act(Action::Reset)));
    }
    assert!(desk.log.is_empty());
}
