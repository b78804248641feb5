//! Failures that are armed, asked about, fired and told, in two windows.

use std::time::Duration;

use eastwest::app::Notice;
use eastwest::app::lab::inquiry::Inquiry;
use eastwest::app::lab::oracle::Answer;
use eastwest::app::present::asked::{Asked, Told, asked};
use eastwest::app::present::polls::poll_results;
use eastwest::app::state::Window::{self, Audience, Console};

use crate::hall::Hall;

const PARTITION: &str = "s7-partition";

/// What the audience is asked.
fn on_show(hall: &Hall) -> Option<Asked> {
    asked(hall.talk(Audience), hall.parts(Audience), hall.view())
}

fn answer(hall: &Hall, window: Window) -> Answer {
    hall.talk(window).stage().inquiry().and_then(Inquiry::answer).cloned().unwrap()
}

#[test]
fn what_is_armed_is_asked_at_once_and_strikes_only_on_the_key() {
    let mut hall = Hall::at(PARTITION);
    hall.settle();
    let own = on_show(&hall).unwrap();
    hall.press(Console, "f 5");
    hall.settle();
    let question = on_show(&hall).unwrap();
    assert_ne!(question, own);
    assert_eq!(question.deed, "2 of 4 payment pods in us-east-1 will answer 503 and stay ready.");
    assert_eq!((question.options.len(), question.told.as_ref()), (4, None));
    assert!(question.options.iter().all(|option| option.right.is_none()));
    assert!(hall.read().contains("A 85 to 100 % B 60 to 85 %"), "{}", hall.read());
    hall.pass(Duration::from_secs(30));
    assert!(hall.view().play.as_ref().unwrap().improvised.is_empty(), "never by itself");
    hall.press(Console, "esc");
    assert_eq!(hall.session().armed(), None);
    hall.settle();
    assert_eq!(on_show(&hall).unwrap(), own);
}

#[test]
fn a_round_is_asked_counted_fired_told_and_done_with() {
    let mut hall = Hall::at(PARTITION);
    hall.press(Console, "f 5 2 2 3 4 backspace");
    hall.pass(Duration::from_secs(1));
    hall.press(Console, "enter 2");
    let played = hall.view().play.clone().unwrap();
    assert_eq!(played.improvised.len(), 1);
    assert_eq!(on_show(&hall).unwrap().told, None, "fired, not told");
    hall.settle();
    assert!(!hall.read().contains("The run says"));
    hall.press(Audience, "space");
    let told = on_show(&hall).unwrap();
    let Some(Told::Came { came, why }) = &told.told else { panic!("{told:?}") };
    let right: Vec<_> = told.options.iter().map(|option| option.right == Some(true)).collect();
    assert_eq!(right, [false, true, false, false], "{came}: {why}");
    assert_eq!(told.options.iter().map(|option| option.hands).collect::<Vec<_>>(), [0, 3, 1, 0]);
    let tally = &poll_results(hall.session(), hall.talk(Console).deck())[0];
    assert_eq!((tally.hands, tally.right, tally.percent()), (4, Some(3), Some(75)));
    assert_eq!(tally.words(), "75 % right on beat 7.2 (us-east-1/payment:2 503)");
    hall.press(Audience, "space");
    assert_eq!(
        (hall.session().armed(), hall.view().step),
        (None, 0),
        "done with, and the beat is where it was"
    );
}

#[test]
fn a_window_that_joins_late_has_the_same_mesh_and_the_same_answer() {
    let mut hall = Hall::at(PARTITION);
    hall.pass(Duration::from_millis(4_321));
    hall.press(Console, "f k");
    hall.pass(Duration::from_secs(2));
    hall.press(Console, "enter");
    hall.pass(Duration::from_secs(7));
    hall.press(Console, "[");
    hall.pass(Duration::from_millis(150));
    hall.enter(Audience);
    hall.settle();
    assert_eq!(hall.mesh(Audience), hall.mesh(Console));
    assert_eq!(answer(&hall, Audience), answer(&hall, Console));
    assert_eq!(on_show(&hall).unwrap().told, None);
}

#[test]
fn numbers_of_rehearsal_and_talk_are_the_same() {
    let run = |waits: u64| {
        let mut hall = Hall::at(PARTITION);
        hall.pass(Duration::from_millis(waits));
        hall.press(Console, "enter");
        hall.pass(Duration::from_secs(12));
        hall.settle();
        (hall.mesh(Audience).clone(), hall.talk(Audience).stage().right().map(|(_, right)| right))
    };
    let (rehearsed, right) = run(700);
    assert_eq!(right, Some(0));
    assert_eq!(run(16_450), (rehearsed, right));
}

#[test]
fn whatever_was_improvised_one_key_leads_back_to_what_was_planned() {
    let planned = {
        let mut hall = Hall::at(PARTITION);
        hall.press(Console, "enter");
        hall.pass(Duration::from_secs(9));
        hall.settle();
        hall.mesh(Audience).clone()
    };
    let mut hall = Hall::at(PARTITION);
    let opens = hall.view().play.as_ref().unwrap().at;
    for keys in ["f r enter", "f a enter space", "f 5", "O f x enter space space + s"] {
        hall.press(Console, keys);
        hall.pass(Duration::from_secs(3));
        hall.press(Console, "0");
        let view = hall.view();
        assert_eq!((view.step, view.armed.as_ref()), (0, None), "after {keys}");
        let play = view.play.as_ref().unwrap();
        assert_eq!((play.at, play.improvised.len(), play.speed), (opens, 0, 100), "after {keys}");
        for window in [Console, Audience] {
            assert_eq!(hall.mesh(window).at, opens * 1_000_000, "after {keys}: there in the same frame");
        }
    }
    hall.press(Console, "enter");
    hall.pass(Duration::from_secs(9));
    hall.settle();
    assert_eq!(*hall.mesh(Audience), planned);
}

#[test]
fn what_is_improvised_is_all_that_happens_until_the_beat_is_fired() {
    let mut hall = Hall::at(PARTITION);
    hall.press(Console, "f x enter");
    hall.pass(Duration::from_secs(15));
    hall.settle();
    assert!(hall.mesh(Audience).at > 21_000_000_000, "the beat's own failure is at 20 s");
    assert_eq!(hall.mesh(Audience).links[0].cut, (false, false));
    hall.press(Console, "space space enter");
    hall.pass(Duration::from_secs(3));
    hall.settle();
    assert_eq!(hall.mesh(Audience).links[0].cut, (true, true));
    assert!(hall.view().play.as_ref().unwrap().improvised.is_empty());
}

#[test]
fn rewinding_plays_what_was_done_once_more() {
    let mut hall = Hall::at(PARTITION);
    hall.pass(Duration::from_secs(3));
    hall.press(Console, "f a enter");
    hall.pass(Duration::from_secs(5));
    hall.settle();
    let (seen, done) = (hall.mesh(Audience).clone(), hall.view().play.clone().unwrap().improvised);
    hall.press(Audience, "[");
    hall.settle();
    assert_eq!(hall.mesh(Audience).at, seen.at.saturating_sub(10_000_000_000).max(3_000_000_000));
    assert_eq!(hall.view().play.as_ref().unwrap().improvised, done);
    let behind = seen.at - hall.mesh(Audience).at;
    hall.pass(Duration::from_nanos(behind));
    hall.settle();
    assert_eq!(*hall.mesh(Audience), seen);
}

#[test]
fn what_is_armed_can_be_taken_back_step_by_step() {
    let mut hall = Hall::at(PARTITION);
    hall.pass(Duration::from_secs(2));
    hall.press(Console, "f n");
    let before = hall.view().play.clone().unwrap();
    hall.press(Console, "enter right left");
    assert!(hall.view().armed.as_ref().unwrap().before.is_some(), "told no more, and still done");
    hall.press(Console, "left");
    let (play, armed) = (hall.view().play.clone().unwrap(), hall.view().armed.clone().unwrap());
    assert_eq!((play.improvised, play.until, armed.before), (before.improvised, before.until, None));
    hall.press(Console, "left");
    assert_eq!(hall.view().armed, None);
}

#[test]
fn where_nothing_can_be_broken_nothing_is_armed() {
    let mut hall = Hall::full();
    hall.press(Console, "f 5");
    let why = Notice::Info("this beat has no mesh that could be broken".to_owned());
    assert_eq!(hall.app(Console).notice(), Some(&why));
    assert_eq!(hall.session().armed(), None);
    hall.press(Console, "1 2");
    assert!(hall.session().polls.is_empty(), "nothing was asked");
}

#[test]
fn healing_is_armed_like_anything_else_and_asks_nothing() {
    let mut hall = Hall::at(PARTITION);
    hall.settle();
    let own = on_show(&hall);
    hall.press(Console, "f 0");
    hall.settle();
    assert_eq!(hall.session().armed().map(|armed| armed.what.as_str()), Some("all heal"));
    assert_eq!(on_show(&hall), own);
    hall.press(Console, "enter");
    assert_eq!(hall.session().armed(), None);
    assert!(hall.view().play.as_ref().unwrap().improvised[0].ends_with("all heal"));
}

#[test]
fn a_lab_that_breaks_by_itself_asks_before_it_does() {
    let mut hall = Hall::at("Pattern 1: dual single clusters");
    hall.press(Console, "a");
    assert_eq!(hall.beat().id, "3/s3-dual");
    hall.settle();
    let question = on_show(&hall).unwrap();
    assert_eq!(question.deed, "All 4 payment pods in us-east-1 will answer 503 and stay ready.");
    assert!(!hall.read().contains("its users fail"), "the caption gives it away");
    hall.press(Console, "enter 4 4 1");
    hall.settle();
    assert!(!hall.read().contains("its users fail"), "not before it is told");
    hall.press(Console, "right");
    assert!(hall.read().contains("its users fail"), "{}", hall.read());
    let told = on_show(&hall).unwrap();
    assert_eq!(told.options.iter().filter(|option| option.right == Some(true)).count(), 1, "{told:?}");
}
