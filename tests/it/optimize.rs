//! `eastwest optimize` on a home: refused with its figures, or written as an entry and never otherwise.

use std::fs;
use std::path::Path;

use eastwest::learner::{Event, IdMaker, Kind, Learner, Review};
use eastwest::srs::optimize::Repetition;
use eastwest::srs::{Moment, Weights};
use eastwest::store::{Home, Journal};
use serde_json::Value;

use super::simulated::{forgetter, histories};
use crate::cli::{check, eastwest, home, text};

/// A log of what a simulated learner has answered.
fn learned(home: &Path, cards: &[Vec<Repetition>]) {
    let mut lines = String::new();
    let answers =
        cards.iter().enumerate().flat_map(|(card, answers)| answers.iter().map(move |it| (card, it)));
    for (card, answer) in answers {
        let Event::Review(plain) = super::store::review(&format!("card {card}")) else { unreachable!() };
        let review = Review { grade: answer.grade, kind: Kind::Review, ..plain };
        // A maker of ids for each: one alone would take the next card's earlier moment for a clock set back.
        let mut ids = IdMaker::new("elsewhere", lines.len() as u128);
        lines += &ids.entry(Moment { ms: answer.ms, offset: 0 }, Event::Review(review)).to_line();
        lines.push('\n');
    }
    fs::create_dir_all(home.join("reviews")).unwrap();
    fs::write(home.join("reviews/elsewhere.jsonl"), lines).unwrap();
}

fn in_force(home: &Path) -> Weights {
    Learner::fold(Journal::read(&Home::at(home)).0).model().weights().clone()
}

fn logs(home: &Path) -> usize {
    fs::read_dir(home.join("reviews")).map_or(0, Iterator::count)
}

#[test]
fn too_few_answers_and_no_gain_are_said_with_their_figures_and_nothing_is_written() {
    let home = home();
    let output = eastwest(&home.path().join("none"), &["optimize"]);
    check(&output, 0);
    assert!(text(&output.stdout).starts_with("kept as they are: 0 counted reviews, and below 1000"));
    assert!(!home.path().join("none").exists());

    learned(home.path(), &histories(&Weights::default(), 60, 1));
    let output = eastwest(home.path(), &["optimize"]);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(said.contains("\nlog loss of parameters fitted to you: 0."), "{said}");
    assert!(said.contains("\nkept as they are: "), "{said}");
    assert_eq!((in_force(home.path()), logs(home.path())), (Weights::default(), 1));
}

#[test]
fn parameters_that_are_better_come_into_force_by_an_entry_and_can_be_taken_back() {
    let home = home();
    learned(home.path(), &histories(&forgetter(), 90, 3));
    let output = eastwest(home.path(), &["optimize", "--dry-run"]);
    check(&output, 0);
    assert!(
        text(&output.stdout).contains("these would be in force (nothing was written):"),
        "{}",
        text(&output.stdout)
    );
    assert_eq!((in_force(home.path()), logs(home.path())), (Weights::default(), 1));

    let output = eastwest(home.path(), &["optimize", "--json"]);
    check(&output, 0);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["verdict"], &report["written"]), (&"gain".into(), &true.into()));
    let parameters: Vec<f64> =
        report["parameters"].as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect();
    assert_eq!(in_force(home.path()), Weights::new(&parameters).unwrap());
    assert_ne!(in_force(home.path()), Weights::default());
    assert_eq!(logs(home.path()), 2, "this device's own log holds it");

    let output = eastwest(home.path(), &["optimize"]);
    assert!(text(&output.stdout).contains("kept as they are"), "{}", text(&output.stdout));
    let output = eastwest(home.path(), &["optimize", "--defaults"]);
    check(&output, 0);
    assert!(
        text(&output.stdout).starts_with("from now on these are in force again:\n0.212 "),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(in_force(home.path()), Weights::default());
    let output = eastwest(home.path(), &["optimize", "--defaults"]);
    assert_eq!(text(&output.stdout), "the default parameters are in force already\n");
}
