//! `eastwest review` with what may follow it, where that needs no screen.

use eastwest::app::geometry::Size;
use eastwest::app::review::Choice;
use eastwest::app::state::Go;
use eastwest::cli::calc::Format;
use eastwest::cli::{due, review};
use eastwest::course::Course;
use eastwest::learner::{IdMaker, Learner};
use eastwest::srs::Moment;
use eastwest::store::{Home, Journal};
use tempfile::TempDir;

use crate::cli::{check, eastwest, text};
use crate::screen;
use crate::sessions::Sitting;

const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

fn course() -> Course {
    crate::reader::course()
}

fn settle(home: &Home, wanted: &str) -> Result<String, String> {
    settle_at(home, wanted, NOON)
}

fn settle_at(home: &Home, wanted: &str, now: Moment) -> Result<String, String> {
    let mut out = Vec::new();
    review::settle(wanted, home, &course().cards, now, &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn a_deadline_is_kept_says_what_each_day_asks_and_is_taken_back() {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path());
    let said = settle(&home, "2026-12-14").unwrap();
    assert!(said.starts_with("exam on Mon 14 Dec 2026, in 22 days\n  today "), "{said}");
    let cards = course().cards.len();
    let eve = said.lines().find(|line| line.contains("Sun 13 Dec 2026")).unwrap_or_default().to_owned();
    let words: Vec<&str> = eve.split_whitespace().collect();
    assert_eq!(words[4..8], [&*cards.to_string(), "due", "0", "new"], "{said}");
    assert_eq!(settle(&home, "2026-12-14"), Ok(said), "said again, not written again");
    let (entries, _) = Journal::read(&home);
    assert_eq!(entries.len(), 1);
    let mut before_any_review = Vec::new();
    due::run(Format::Table, &home, &|_| Ok(course()), NOON, &mut before_any_review).unwrap();
    let said = String::from_utf8(before_any_review).unwrap();
    assert!(said.contains("new cards") && said.ends_with("; exam in 22 days\n"), "{said}");

    let (mut journal, _) = Journal::open(&home, "deva");
    let review = super::store::review(&course().cards[0].id.0);
    journal.append(&IdMaker::new("deva", 1).entry(NOON, review)).unwrap();
    let due = |format| {
        let mut out = Vec::new();
        due::run(format, &home, &|_| Ok(course()), NOON, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(due(Format::Table).ends_with("; exam in 22 days\n"), "{}", due(Format::Table));
    let json: serde_json::Value = serde_json::from_str(&due(Format::Json)).unwrap();
    assert_eq!(json["deadline"]["day"], "2026-12-14");
    let plan = json["deadline"]["plan"].as_array().unwrap();
    assert_eq!((plan.len(), &plan[21]["day"], &plan[21]["due"]), (22, &"2026-12-13".into(), &cards.into()));
    assert_eq!(plan[0]["new"], json["new"], "today's part is what is asked today");

    assert!(settle_at(&home, "none", NOON.plus(1000)).unwrap().starts_with("no deadline"));
    assert!(!due(Format::Table).contains("exam"));
    let learner = Learner::fold(Journal::read(&home).0);
    assert_eq!(learner.preferences().schedule.deadline, None);
}

#[test]
fn a_day_that_cannot_be_is_refused_with_what_would_be_right() {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path());
    for (wanted, said) in [
        ("2026-02-30", "'2026-02-30' is no day; write it as 2026-12-14, or none to have no deadline"),
        ("tomorrow", "'tomorrow' is no day"),
        ("2026-11-22", "Sun 22 Nov 2026 is not ahead: today is Sun 22 Nov 2026"),
        ("2029-01-01", "is more than 730 days away"),
    ] {
        let error = settle(&home, wanted).unwrap_err();
        assert!(error.contains(said), "{wanted}: {error}");
    }
    assert!(!home.exists() || Journal::read(&home).0.is_empty());
}

#[test]
fn what_cannot_be_practiced_is_said_without_a_terminal() {
    let home = TempDir::new().unwrap();
    for wanted in ["o9", "cobol"] {
        let output = eastwest(home.path(), &["review", "--cram", wanted]);
        check(&output, 2);
        let said = text(&output.stderr);
        assert!(said.contains("give an objective, o1 to o4, or a section, 1 to 10"), "{said}");
    }
    let both = eastwest(home.path(), &["review", "--cram", "--deadline", "none"]);
    check(&both, 2);
}

#[test]
fn practice_says_on_every_screen_that_nothing_is_scheduled() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let mut sitting = Sitting::open(Size::new(width, height), Go::Cram(Choice::Section(6)));
        let mut seen = 0;
        for key in ["1", "enter", "1", "2", "enter", "3"] {
            let picture = screen::picture(&sitting.app, width, height);
            assert!(picture.contains("PRACTICE") && picture.contains("not scheduled"), "{picture}");
            sitting.pass(std::time::Duration::from_secs(3));
            sitting.press(key);
            seen += usize::from(picture.contains("done"));
        }
        assert!(seen > 0, "a shown answer says what its grades do at {width}x{height}");
    }
}
