//! `eastwest due`: the line, the JSON, and saying nothing.

use std::collections::BTreeMap;

use eastwest::cli::calc::Format;
use eastwest::cli::due;
use eastwest::course::Course;
use eastwest::course::quiz::{Card, CardId, CardKind};
use eastwest::learner::IdMaker;
use eastwest::srs::Moment;
use eastwest::store::library::Library;
use eastwest::store::{Home, Journal};
use tempfile::TempDir;

const DAY_MS: i64 = 86_400_000;
const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

fn card(id: &str) -> Card {
    Card {
        id: CardId(id.into()),
        kind: CardKind::Recall { points: vec![] },
        objective: 1,
        section: 4,
        family: None,
        pattern: None,
        question: "?".into(),
        answer: "!".into(),
        reason: "because".into(),
        source: String::new(),
        earlier: false,
        claims: vec![],
        shows: None,
        file: String::new(),
        line: 1,
    }
}

/// What `due` says `days` after each of `reviewed` was graded Good.
fn due(reviewed: &[&str], days: i64, json: bool) -> String {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path());
    let (mut journal, _) = Journal::open(&home, "deva");
    let mut ids = IdMaker::new("deva", 1);
    for id in reviewed {
        journal.append(&ids.entry(NOON, super::store::review(id))).unwrap();
    }
    let mut out = Vec::new();
    let cards = ["a", "b", "c"].map(card);
    let format = if json { Format::Json } else { Format::Table };
    due::run(
        format,
        &home,
        &|_| Ok(Course { cards: cards.to_vec(), ..Course::default() }),
        NOON.plus(days * DAY_MS),
        &mut out,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn it_says_nothing_before_the_first_review_and_when_nothing_waits() {
    assert_eq!(due(&[], 0, false), "");
    assert_eq!(due(&[], 0, true), "");
    assert_eq!(due(&["a", "b", "c"], 0, false), "");
}

#[test]
fn it_says_what_waits_and_how_long_that_takes() {
    assert_eq!(due(&["a", "b", "c"], 2, false), "3 cards due (about 1 min)\n");
    assert_eq!(due(&["a"], 2, false), "1 card due, 2 new (about 1 min)\n");
    assert_eq!(due(&["a", "b"], 0, false), "1 new card (about 1 min)\n");
}

#[test]
fn it_says_the_same_as_json() {
    let json: serde_json::Value = serde_json::from_str(&due(&["a", "b"], 1, true)).unwrap();
    let expected = serde_json::json!({
        "schema": 1, "due": 0, "new": 1, "minutes": 1, "later_today": 0, "tomorrow": 2, "tomorrow_new": 0, "week": 0, "later": 0,
        "next_step_ms": null, "deadline": null
    });
    assert_eq!(json, expected);
}

#[test]
fn it_writes_nothing_and_creates_no_home() {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path().join("none"));
    let mut out = Vec::new();
    due::run(
        Format::Json,
        &home,
        &|_| Ok(Course { cards: vec![card("a")], ..Course::default() }),
        NOON,
        &mut out,
    )
    .unwrap();
    assert!(out.is_empty() && !home.exists());
}

#[test]
fn its_cards_are_those_of_the_whole_course() {
    let files = Library::embedded().files;
    assert_eq!(Course::cards_of(&files), Course::build(&files).0.cards);
    assert!(Course::cards_of(&BTreeMap::new()).is_empty());
}
