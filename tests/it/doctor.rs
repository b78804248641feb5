//! `eastwest doctor`: what it finds, and that it changes nothing.

use std::fs;
use std::path::Path;

use eastwest::learner::IdMaker;
use eastwest::srs::Moment;
use serde_json::Value;

use crate::cli::{check, eastwest, home, text};
use crate::terminal::Terminal;

const PAST: Moment = Moment { ms: 1_763_800_000_000, offset: 60 };
/// In the year 2200.
const FUTURE: Moment = Moment { ms: 7_258_118_400_000, offset: 0 };

fn report(home: &Path, code: i32) -> Value {
    let output = eastwest(home, &["doctor", "--format", "json"]);
    check(&output, code);
    serde_json::from_slice(&output.stdout).unwrap()
}

fn found(report: &Value) -> Vec<String> {
    report["found"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

fn log(home: &Path, lines: &str) {
    fs::create_dir_all(home.join("reviews")).unwrap();
    fs::write(home.join("reviews/elsewhere.jsonl"), lines).unwrap();
}

fn private(home: &Path) {
    #[cfg(unix)]
    fs::set_permissions(home, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
}

fn line(at: Moment, nonce: u128) -> String {
    IdMaker::new("elsewhere", nonce).entry(at, super::store::review("a")).to_line()
}

#[test]
fn a_home_that_is_not_there_is_well_and_stays_away() {
    let home = home();
    let none = home.path().join("none");
    let report = report(&none, 0);
    assert_eq!((&report["schema"], &report["data"]["exists"]), (&Value::from(1), &Value::from(false)));
    assert!(!none.exists());
    let output = eastwest(&none, &["doctor"]);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(said.ends_with("nothing to mend\n") && said.contains("(by EASTWEST_HOME)"), "{said}");
}

#[test]
fn a_log_in_order_is_counted() {
    let home = home();
    private(home.path());
    log(home.path(), &format!("{}\n{}\n", line(PAST, 1), line(PAST.plus(1000), 2)));
    let report = report(home.path(), 0);
    let log = &report["data"]["logs"][0];
    assert_eq!((&log["lines"], &log["entries"], &log["reviews"]), (&2.into(), &2.into(), &2.into()));
    assert_eq!(log["latest"], "2025-11-22T09:26:41+01:00");
    assert_eq!(report["data"]["write_fault"], "");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "the try at writing leaves nothing");
}

#[test]
fn everything_that_is_not_as_it_should_be_is_found_with_its_line() {
    let home = home();
    private(home.path());
    let (past, future) = (line(PAST, 1), line(FUTURE, 2));
    let later = r#"{"v":7,"op":"review"}"#;
    let text = format!("{past}\nscribble\n\n{later}\n{future}\n{{\"v\":1,\"id\":\"x\"");
    log(home.path(), &text);
    let found = found(&report(home.path(), 1));
    let expected = [
        "reviews/elsewhere.jsonl: lines 2, 6 hold no entry; kept and passed over; a backup may have the original",
        "reviews/elsewhere.jsonl: line 4 comes from a later version of eastwest; kept, and counted by that version",
        "reviews/elsewhere.jsonl: the last line is not ended; it may be on its way still",
        "reviews/elsewhere.jsonl: 1 of 2 entries lie in the future, up to 2200-01-01T00:00:00+00:00; is the clock right, or was it wrong then?",
    ];
    assert_eq!(found, expected);
    assert_eq!(fs::read_to_string(home.path().join("reviews/elsewhere.jsonl")).unwrap(), text);
    let output = eastwest(home.path(), &["doctor"]);
    check(&output, 1);
    assert_eq!(crate::cli::text(&output.stdout).lines().filter(|line| line.starts_with("! ")).count(), 4);
}

#[test]
fn answers_to_cards_that_the_course_does_not_have_are_a_note() {
    let home = home();
    private(home.path());
    let mut ids = IdMaker::new("elsewhere", 1);
    let mut answered = |cards: &[&str]| {
        let line = |card: &&str| ids.entry(PAST, super::store::review(card)).to_line() + "\n";
        log(home.path(), &cards.iter().map(line).collect::<String>());
    };
    answered(&["e11.region-first"]);
    let before = report(home.path(), 0);
    assert_eq!(
        (&before["data"]["orphans"]["count"], before["notes"].as_array().unwrap().len()),
        (&0.into(), 0)
    );

    answered(&["e11.region-first", "x.1", "x.1", "x.2", "x.3", "x.4", "x.5", "x.6"]);
    let after = report(home.path(), 0);
    assert_eq!(after["data"]["orphans"]["count"], 6);
    assert_eq!(after["data"]["orphans"]["first"][5], "x.6");
    assert!(found(&after).is_empty());
    let output = eastwest(home.path(), &["doctor"]);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(
        said.ends_with(
            "nothing to mend\n- 6 cards that were answered are not in this course: x.1, x.2, x.3, x.4, x.5, …; their \
             answers are kept; `--course` names the course that has them, and an id that was changed can be changed back\n"
        ),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_home_that_others_can_read_is_found() {
    let home = home();
    fs::set_permissions(home.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let found = found(&report(home.path(), 1));
    assert!(found[0].ends_with("has the rights 0755; `chmod 700` keeps it to yourself"), "{found:?}");
}

#[test]
fn in_a_terminal_it_says_what_the_terminal_can_do_and_leaves_it_as_it_was() {
    let home = home();
    private(home.path());
    let mut terminal =
        Terminal::start(home.path(), 120, 60, &["doctor"], &[("COLORFGBG", "0;15"), ("NO_COLOR", "1")]);
    assert!(terminal.ended().success());
    let said = terminal.text();
    for fact in [
        "120x60",
        "none: NO_COLOR is set",
        "light: COLORFGBG says so",
        "UTF-8: the locale is UTF-8",
        "not known: the terminal was not asked",
    ] {
        assert!(said.contains(fact), "{fact}:\n{said}");
    }
    assert!(terminal.is_given_back());
}

#[test]
fn what_the_terminal_answers_is_told() {
    let home = home();
    private(home.path());
    let mut terminal = Terminal::start(home.path(), 120, 60, &["doctor"], &[]);
    terminal.until("the questions", vt100::Screen::alternate_screen);
    terminal.send("\u{1b}]11;rgb:ffff/ffff/eeee\u{1b}\\\u{1b}[1;2R\u{1b}[?62;52c");
    terminal.ended();
    let said = terminal.text();
    // A machine under load may be too slow to answer within a tenth of a second; then it was not asked for more.
    assert!(terminal.is_given_back());
    if said.contains("the terminal says so") {
        assert!(said.contains("1, as the terminal says") && said.contains("takes OSC 52"), "{said}");
    }
}
