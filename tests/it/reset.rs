//! `eastwest reset`: one card, or everything, and what stays.

use std::fs;
use std::path::Path;

use eastwest::learner::Learner;
use eastwest::store::{Home, Journal};

use crate::cli::{check, eastwest, home, text};
use crate::terminal::Terminal;

const CARD: &str = "e11.region-first";

fn fold(home: &Path) -> Learner {
    Learner::fold(Journal::read(&Home::at(home)).0)
}

/// One answer to a card, on a device of another name.
fn learned(home: &Path) {
    let mut ids = eastwest::learner::IdMaker::new("elsewhere", 7);
    let noon = eastwest::srs::Moment { ms: 1_763_800_000_000, offset: 0 };
    fs::create_dir_all(home.join("reviews")).unwrap();
    let line = ids.entry(noon, super::store::review(CARD)).to_line();
    fs::write(home.join("reviews/elsewhere.jsonl"), line + "\n").unwrap();
}

#[test]
fn a_card_is_new_again_and_its_answers_stay() {
    let home = home();
    learned(home.path());
    let output = eastwest(home.path(), &["reset", CARD]);
    check(&output, 0);
    assert_eq!(text(&output.stdout), format!("{CARD} is new again; its 1 answer stays in the log\n"));
    let learner = fold(home.path());
    assert_eq!(learner.card(CARD).unwrap().reviews, 0);
    assert_eq!(learner.history(CARD).count(), 1);
    let output = eastwest(home.path(), &["reset", CARD]);
    assert_eq!(text(&output.stdout), format!("{CARD} is new already\n"));
}

#[test]
fn a_card_that_there_is_not_gets_the_nearest_name_and_makes_nothing() {
    let home = home();
    let output = eastwest(&home.path().join("none"), &["reset", "e11.region-frist"]);
    check(&output, 2);
    assert_eq!(
        text(&output.stderr),
        format!("eastwest: there is no card 'e11.region-frist'; did you mean '{CARD}'?\n")
    );
    assert!(!home.path().join("none").exists());
}

#[test]
fn everything_asks_first_and_without_a_terminal_it_wants_to_be_told() {
    let home = home();
    learned(home.path());
    let output = eastwest(home.path(), &["reset", "--all"]);
    check(&output, 2);
    assert!(text(&output.stdout).contains("reviews/elsewhere.jsonl: 1 reviews"), "{}", text(&output.stdout));
    assert!(
        text(&output.stderr).contains("`eastwest reset --all --yes` does it"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(fold(home.path()).history(CARD).count(), 1);
    for args in [&["reset"][..], &["reset", CARD, "--all"], &["reset", CARD, "--yes"]] {
        check(&eastwest(home.path(), args), 2);
    }

    let mut terminal = Terminal::start(home.path(), 120, 40, &["reset", "--all"], &[]);
    terminal.until_text("Type yes to do that:");
    terminal.send("no\r");
    assert!(terminal.ended().success());
    assert!(terminal.text().contains("nothing was changed"), "{}", terminal.text());
    assert_eq!(fold(home.path()).history(CARD).count(), 1);
}

#[test]
fn everything_is_put_aside_and_can_be_had_back() {
    let home = home();
    learned(home.path());
    let before = fold(home.path());
    let mut terminal = Terminal::start(home.path(), 160, 40, &["reset", "--all"], &[]);
    terminal.until_text("Type yes to do that:");
    terminal.send("yes\r");
    assert!(terminal.ended().success());
    assert!(fold(home.path()).is_empty());
    let aside = fs::read_dir(home.path().join("set-aside")).unwrap().next().unwrap().unwrap().path();
    let log = aside.join("reviews/elsewhere.jsonl");
    check(&eastwest(home.path(), &["import", "json", log.to_str().unwrap()]), 0);
    assert_eq!(fold(home.path()), before);
    check(&eastwest(home.path(), &["reset", "--all", "--yes"]), 0);
    assert_eq!(
        fs::read_dir(home.path().join("set-aside")).unwrap().count(),
        2,
        "nothing set aside is replaced"
    );
}

#[test]
fn a_place_is_put_aside_without_a_log_and_talks_stay() {
    let home = home();
    fs::create_dir_all(home.path().join("present")).unwrap();
    fs::write(home.path().join("present/class.jsonl"), "{}\n").unwrap();
    let output = eastwest(home.path(), &["reset", "--all", "--yes"]);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(
        said.starts_with("nothing is kept in ")
            && said.ends_with(", but for what belongs to talks, which stays\n"),
        "{said}"
    );
    assert!(!home.path().join("set-aside").exists());

    fs::create_dir_all(home.path().join("place")).unwrap();
    fs::write(home.path().join("place/deva.json"), "{}\n").unwrap();
    let output = eastwest(home.path(), &["reset", "--all", "--yes"]);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(said.contains("0 reviews in 0 bytes and 1 place, would be put aside"), "{said}");
    assert!(
        said.contains("The folder present stays: the talk, what talks took, and rounds with a class."),
        "{said}"
    );
    assert!(!home.path().join("place").exists());
    let aside = fs::read_dir(home.path().join("set-aside")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read_to_string(aside.join("place/deva.json")).unwrap(), "{}\n");
    assert_eq!(fs::read_to_string(home.path().join("present/class.jsonl")).unwrap(), "{}\n");
}
