//! Other terminals, other devices, clocks that were wrong: what counts once, and what undo takes back.

use std::time::Duration;

use eastwest::app::action::Action;
use eastwest::app::review::{Attempt, Review, Stage};
use eastwest::app::today;
use eastwest::learner::{Confidence, Entry, Event, IdMaker, Mode};
use eastwest::srs::Grade;

use super::{Desk, NOON, choice, is_told, said};
use crate::learner::review;

const HOUR: i64 = 3_600_000;

fn show_answer(desk: &mut Desk) {
    desk.wait(Duration::from_secs(5));
    desk.act(Action::Confirm);
    assert!(matches!(desk.review.stage, Stage::Revealed(_)));
}

/// Certain and wrong, three days ago and known again the same day: due on a later day.
fn errors(cards: &[&str]) -> Vec<Entry> {
    let mut ids = IdMaker::new("deva", 50);
    let begin = NOON.moment().plus(-30 * HOUR);
    let error = |card: &&str| {
        let Event::Review(review) = review(card, Grade::Again) else { panic!() };
        let confidence = Some(Confidence::Certain);
        ids.entry(
            begin,
            Event::Review(eastwest::learner::Review { confidence, mode: Mode::Reveal, ..review }),
        )
    };
    let mut log: Vec<Entry> = cards.iter().map(error).collect();
    let mut later = IdMaker::new("deva", 51);
    let easy = |card: &&str| later.entry(begin.plus(HOUR), review(card, Grade::Easy));
    log.extend(cards.iter().map(easy));
    log
}

#[test]
fn what_brings_itself_forward_is_asked_though_the_log_is_read_again_and_again() {
    let cards = || vec![said("a"), said("b"), said("c")];
    let mut desk = Desk::after(cards(), &errors(&["a", "b", "c"]), NOON);
    let asked_today = today::today(&desk.parts.course, &desk.parts.learner, NOON.moment(), None);
    assert_eq!(asked_today.len(), 3);
    let outlook = today::outlook(&desk.parts.course, &desk.parts.learner, NOON.moment());
    assert_eq!((outlook.now, outlook.fresh), (3, 0), "and it is counted");
    desk.act(Action::Confirm);
    let mut asked = Vec::new();
    while !desk.is_over() {
        asked.push(desk.answer(Grade::Good));
    }
    asked.sort();
    assert_eq!(asked, ["a", "b", "c"]);
    assert_eq!(today::outlook(&desk.parts.course, &desk.parts.learner, desk.now.moment()).now, 0);
}

#[test]
fn a_card_that_another_terminal_grades_while_its_answer_is_shown_is_graded_once() {
    let mut desk = Desk::new(vec![said("a"), said("b")]);
    let open = desk.open();
    show_answer(&mut desk);
    desk.elsewhere.push(IdMaker::new("deva", 99).entry(desk.now.moment(), review(&open, Grade::Good)));
    let reply = desk.act(Action::Grade(Grade::Again));
    assert!(is_told(&reply), "{reply:?}");
    assert!(desk.log.is_empty(), "{:?}", desk.log);
    assert_ne!(desk.open(), open);
    assert_eq!(desk.parts.learner.history(&open).count(), 1);
}

#[test]
fn a_card_that_is_put_aside_elsewhere_is_not_graded_here() {
    let mut desk = Desk::new(vec![said("a"), said("b")]);
    let open = desk.open();
    show_answer(&mut desk);
    let suspend = Event::Suspend { card: open.clone(), on: true };
    desk.elsewhere.push(IdMaker::new("other", 1).entry(desk.now.moment(), suspend));
    let reply = desk.act(Action::Grade(Grade::Good));
    assert!(format!("{:?}", reply.notice).contains("put aside in another terminal"), "{reply:?}");
    assert!(desk.log.is_empty() && desk.open() != open);
}

#[test]
fn a_missed_card_that_was_answered_elsewhere_does_not_come_back() {
    let mut desk = Desk::new(vec![said("a"), said("b"), said("c"), said("d"), said("e")]);
    let missed = desk.answer(Grade::Again);
    let now = desk.now.moment().plus(1000);
    desk.elsewhere.push(IdMaker::new("other", 1).entry(now, review(&missed, Grade::Easy)));
    while !desk.is_over() {
        assert_ne!(desk.answer(Grade::Good), missed);
    }
    assert_eq!(desk.review.progress(), (5, 5));
}

#[test]
fn a_resumed_session_asks_nothing_that_another_device_has_answered() {
    let cards = || vec![said("a"), said("b"), said("c")];
    let mut desk = Desk::new(cards());
    let first = desk.answer(Grade::Good);
    let (next, place) = (desk.open(), desk.parts.place.clone());
    assert!(place.session.is_some(), "a shown answer is kept");
    let mut log = desk.log.clone();
    log.push(IdMaker::new("other", 1).entry(desk.now.moment(), review(&next, Grade::Good)));
    let mut again = Desk::after(cards(), &log, desk.now);
    again.parts.place = place;
    again.review = Review::open(&again.parts, again.now);
    let open = again.open();
    assert!(open != next && open != first, "{open}");
}

#[test]
fn undo_takes_back_what_was_done_last_whatever_the_clock_said() {
    let cards = || vec![said("a"), said("b"), said("c")];
    let mut desk = Desk::new(cards());
    desk.now.wall_ms += 5 * HOUR;
    let ahead = desk.answer(Grade::Good);
    desk.now.wall_ms -= 5 * HOUR;
    let right = desk.answer(Grade::Good);
    desk.act(Action::Undo);
    assert_eq!(desk.parts.learner.history(&right).count(), 0, "the last one, not the latest by the clock");
    assert_eq!(desk.parts.learner.history(&ahead).count(), 1);

    let mut desk = Desk::new(cards());
    desk.now.wall_ms += 5 * HOUR;
    let ahead = desk.answer(Grade::Good);
    let mut log = desk.log.clone();
    let second = if ahead == "a" { "b" } else { "a" };
    log.push(IdMaker::new("deva", 77).entry(NOON.moment(), review(second, Grade::Good)));
    let mut again = Desk::after(cards(), &log, NOON);
    again.act(Action::Undo);
    assert_eq!(again.parts.learner.history(second).count(), 0, "after a restart what lies ahead comes last");
    assert_eq!(again.parts.learner.history(&ahead).count(), 1);
}

#[test]
fn undo_is_of_this_terminal_first() {
    let mut desk = Desk::new(vec![said("a"), said("b"), said("c")]);
    let here = desk.answer(Grade::Good);
    let open = desk.open();
    let there = ["a", "b", "c"].into_iter().find(|id| *id != here && *id != open).unwrap();
    let later = desk.now.moment().plus(1000);
    desk.parts.learner.apply(IdMaker::new("deva", 99).entry(later, review(there, Grade::Good)));
    desk.act(Action::Undo);
    assert_eq!((desk.open(), desk.parts.learner.history(there).count()), (here, 1));
}

#[test]
fn undo_stands_before_the_card_though_the_time_is_over() {
    let cards = || vec![said("a"), said("b"), said("c")];
    let mut desk = Desk::new(cards());
    let first = desk.answer(Grade::Good);
    let mut again = Desk::after(cards(), &desk.log, desk.now);
    again.wait(Duration::from_secs(600));
    again.act(Action::Undo);
    assert_eq!(again.open(), first);
    assert!(matches!(again.review.stage, Stage::Asking(_)));
}

#[test]
fn a_missed_choice_comes_back_without_its_options() {
    let mut desk = Desk::new(vec![choice("c"), said("a"), said("b"), said("d")]);
    let mut seen = Vec::new();
    while !desk.is_over() {
        if desk.open() == "c" {
            let Stage::Asking(asked) = &desk.review.stage else { panic!() };
            seen.push(asked.attempt.clone());
            desk.wait(Duration::from_secs(5));
            desk.act(Action::Choose(1));
            desk.act(Action::Type('x'));
            desk.act(Action::Confirm);
            let grade = if seen.len() == 1 { Grade::Again } else { Grade::Good };
            desk.act(Action::Grade(grade));
        } else {
            desk.answer(Grade::Good);
        }
        if desk.is_over() && seen.len() == 1 {
            desk.act(Action::Confirm);
        }
    }
    assert!(
        matches!(&seen[..], [Attempt::Choice { .. }, Attempt::Text { typed: true, .. }]),
        "what was wrong is said, not picked from what is left: {seen:?}"
    );
}

#[test]
fn enter_at_the_end_goes_on_with_what_brought_itself_forward_meanwhile() {
    let mut desk = Desk::after(vec![said("a"), said("x")], &errors(&["x"])[1..], NOON);
    assert_eq!(desk.answer(Grade::Easy), "a");
    assert!(desk.is_over(), "the other is not due");
    desk.parts.learner.apply(errors(&["x"]).swap_remove(0));
    desk.act(Action::Confirm);
    assert_eq!(desk.open(), "x");
}
