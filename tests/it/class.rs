//! Rounds of recall with a class: time to think, hands, and a log that is nobody's own.

use std::fs;
use std::time::Duration;

use eastwest::app::present::polls::{Round, poll_results};
use eastwest::app::state::Window::{Audience, Console};
use eastwest::app::{Effect, Notice};
use eastwest::learner::{Entry, IdMaker, Learner};
use eastwest::srs::Moment;
use eastwest::store::talk::TalkFiles;
use eastwest::store::{Home, Journal};
use tempfile::TempDir;

use crate::hall::Hall;
use crate::store::review;

const CARD: &str = "e11.q3-partition";

#[test]
fn a_class_thinks_for_thirty_seconds_and_the_screen_wakes_once_in_each() {
    let mut hall = Hall::at(CARD);
    assert!(hall.read().contains("30 s to think"), "{}", hall.read());
    // Predictions that were walked past are still worked at.
    while hall.talk(Audience).stage().is_working() {
        hall.pass(Duration::from_millis(100));
    }
    let mut left = hall.talk(Audience).stage().think_left().unwrap().div_ceil(1_000);
    assert!(left > 10, "{left}");
    while let Some(wanted) = hall.app(Audience).wants_frame() {
        hall.pass(wanted.saturating_sub(hall.now.mono));
        left = left.checked_sub(1).expect("it stops at 0");
        let words = format!("{left} s to think");
        assert_eq!(hall.read().contains(&words), left > 0, "{words}: {}", hall.read());
    }
    assert_eq!(left, 0, "once in each second");
    assert!(hall.read().contains("hands, please"));
    // Whoever joins later has as much left.
    hall.enter(Audience);
    assert!(hall.read().contains("hands, please"));
    assert_eq!(hall.app(Audience).wants_frame(), None);
    hall.press(Audience, "right");
    assert!(!hall.read().contains("hands, please"), "the answer is there");
}

#[test]
fn a_round_is_logged_once_when_it_is_left() {
    let mut hall = Hall::at(CARD);
    hall.press(Console, "1 1 2 1");
    hall.settle();
    hall.press(Console, "3");
    let why = "there are 2 options to count hands for".to_owned();
    assert_eq!(hall.app(Console).notice(), Some(&Notice::Info(why)));
    hall.press(Console, "right");
    assert_eq!(hall.rounds, [], "not before it is over");
    hall.press(Console, "right");
    let round = |at, hands, had| Round { at, card: "e11.q3-partition".to_owned(), hands, had };
    let at = hall.session().changed_ms;
    assert_eq!(hall.rounds, [round(at, 4, 3)]);
    hall.press(Console, "left right left right");
    assert_eq!(hall.rounds.len(), 1, "nothing was counted since");
    hall.press(Console, "left 2 right");
    assert_eq!(hall.rounds[1..], [round(hall.session().changed_ms, 5, 3)]);
    let tally = poll_results(hall.session(), hall.talk(Console).deck());
    assert_eq!(tally[0].words(), "60 % had beat 8.5");
}

#[test]
fn a_deed_that_has_to_be_done_twice_logs_its_round_once() {
    let mut hall = Hall::at(CARD);
    hall.press(Console, "1 right");
    // The audience's window has not heard of the hand that is counted meanwhile.
    hall.press_unheard(Console, "2");
    hall.press(Audience, "right");
    assert_eq!(hall.rounds.len(), 1);
    assert_eq!((hall.rounds[0].hands, hall.rounds[0].had), (2, 1), "on top of what was counted");
}

#[test]
fn a_talk_from_end_to_end_leaves_the_presenters_own_reviews_alone() {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path().join("home"));
    let (mut journal, _) = Journal::open(&home, "deva");
    let mut ids = IdMaker::new("deva", 1);
    journal
        .append(&ids.entry(Moment { ms: 1_795_345_200_000, offset: 60 }, review("e11.q3-partition")))
        .unwrap();
    let kept = |home: &Home| -> (Vec<u8>, usize, Vec<Entry>) {
        let files = fs::read_dir(home.reviews()).unwrap().count();
        (fs::read(home.reviews().join("deva.jsonl")).unwrap(), files, Journal::read(home).0)
    };
    let before = kept(&home);
    let files = TalkFiles::open(&home).unwrap();
    let mut hall = Hall::full();
    let learner = format!("{:?}", hall.app(Console).parts().learner);
    for _ in 0..200 {
        hall.press(Console, "1 2 right");
    }
    assert_eq!(hall.rounds.len(), 3, "three cards in section 8");
    for round in &hall.rounds {
        files.note_round(round).unwrap();
    }
    assert!(!hall.others.iter().any(|effect| matches!(effect, Effect::Append(_))), "{:?}", hall.others);
    assert_eq!(format!("{:?}", hall.app(Console).parts().learner), learner);
    let after = kept(&home);
    assert_eq!((&after.0, after.1), (&before.0, before.1));
    assert_eq!(format!("{:?}", Learner::fold(after.2)), format!("{:?}", Learner::fold(before.2)));
    let log = fs::read_to_string(files.folder().join("class.jsonl")).unwrap();
    let lines: Vec<Round> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, hall.rounds);
}

#[test]
fn a_torn_line_of_the_class_log_is_ended_before_the_next() {
    let folder = TempDir::new().unwrap();
    let files = TalkFiles::open(&Home::at(folder.path().join("home"))).unwrap();
    let path = files.folder().join("class.jsonl");
    fs::write(&path, "{\"at\":1,\"ca").unwrap();
    let round = Round { at: 2, card: "c".to_owned(), hands: 3, had: 1 };
    files.note_round(&round).unwrap();
    let log = fs::read_to_string(&path).unwrap();
    assert_eq!(serde_json::from_str::<Round>(log.lines().nth(1).unwrap()).unwrap(), round);
}

#[test]
fn waking_once_a_second_does_not_wait_for_the_clock_of_the_talk() {
    let mut hall = Hall::at(CARD);
    hall.pass(Duration::from_millis(2_500));
    assert!(hall.read().contains("28 s to think"), "{}", hall.read());
}
