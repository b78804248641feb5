//! Every failure by its keys: listed, on the selection, for so long, armed and fired, asked about before and answered
//! afterwards.

use eastwest::app::Effect;
use eastwest::app::keymap::Context;
use eastwest::app::lab::failures::board::Listed;
use eastwest::app::lab::failures::card_for;
use eastwest::app::lab::open::Opening;
use eastwest::app::predict::Said;
use eastwest::app::state::Go;
use eastwest::app::{Notice, Screen};
use eastwest::course::Course;
use eastwest::course::quiz::{Card, CardId, CardKind};
use eastwest::learner::{Event, Learner};
use eastwest::sim::{SEED_DEFAULT, Scenario};
use eastwest::srs::Moment;

use crate::lab::Sitting;

const SECOND: u64 = 1_000_000_000;

fn list(sitting: &Sitting) -> Listed {
    sitting.scene().failures.list.expect("the list is open")
}

fn held(sitting: &Sitting) -> Vec<String> {
    sitting.scene().failures.held.iter().map(|held| held.words.clone()).collect()
}

fn marks(sitting: &Sitting) -> Vec<(u64, String)> {
    sitting.view().marks.clone()
}

/// Opens the list and goes to the row of these words.
fn stand_on(sitting: &mut Sitting, words: &str) {
    sitting.press("F home");
    for _ in 0..list(sitting).rows.len() {
        if list(sitting).words == words {
            return;
        }
        sitting.press("j");
    }
    panic!("no row does '{words}'");
}

fn told(sitting: &Sitting) -> String {
    match sitting.app.notice() {
        Some(Notice::Info(words) | Notice::Trouble(words)) => words.clone(),
        None => String::new(),
    }
}

#[test]
fn what_one_stands_on_is_broken_and_healed_with_its_value() {
    let mut sitting = Sitting::new(false);
    stand_on(&mut sitting, "us-east-1/payment errors=30/100");
    assert!(!list(&sitting).does.is_empty() && list(&sitting).seen.contains("istio_requests_total"));
    sitting.press("right");
    assert_eq!(list(&sitting).words, "us-east-1/payment errors=50/100");
    sitting.press("enter");
    assert_eq!(sitting.app.context(), Context::Lab, "what was broken is in sight");
    assert_eq!(held(&sitting), ["us-east-1/payment errors=50/100"]);
    sitting.press("F enter");
    assert!(held(&sitting).is_empty() && sitting.app.context() == Context::LabFailures);
    sitting.press("u").pass(500);
    assert_eq!(held(&sitting), ["us-east-1/payment errors=50/100"], "one deed is one undo");
    sitting.press("u").pass(500);
    assert!(held(&sitting).is_empty() && marks(&sitting).is_empty());
}

#[test]
fn a_target_is_turned_with_its_row_and_the_region_with_its_key() {
    let mut sitting = Sitting::new(false);
    stand_on(&mut sitting, "us-east-1/payment:2 503");
    sitting.press("k left");
    assert_eq!(sitting.scene().failures.list.unwrap().rows[list(&sitting).row].words, "us-east-1/payment:1");
    sitting.press("enter");
    assert!(told(&sitting).contains("rows below"), "{}", told(&sitting));
    sitting.press("o");
    assert!(list(&sitting).rows.iter().any(|row| row.words == "us-west-2/payment:2"));
}

#[test]
fn the_selection_is_broken_and_the_same_key_heals_it() {
    let mut sitting = Sitting::new(false);
    sitting.press("x");
    assert!(told(&sitting).contains("Tab first"), "{}", told(&sitting));
    let names = |sitting: &Sitting| {
        let scene = sitting.scene();
        scene.selected.map(|id| scene.view.places[usize::from(id)].name.clone())
    };
    let seek = |sitting: &mut Sitting, name: &str| {
        for _ in 0..40 {
            sitting.press("tab");
            if names(sitting).as_deref() == Some(name) {
                return;
            }
        }
        panic!("{name} cannot be selected");
    };
    seek(&mut sitting, "payment-3");
    sitting.press("x");
    assert_eq!(held(&sitting), ["us-east-1/payment-3 503"]);
    sitting.press("x");
    assert!(held(&sitting).is_empty());
    // What was last done to a pod is done to the next one.
    stand_on(&mut sitting, "us-east-1/payment-3 503");
    sitting.press("j j j enter x tab x");
    assert_eq!(held(&sitting), ["us-east-1/payment-4 refuse"]);
    sitting.press("x tab x");
    assert!(held(&sitting)[0].starts_with("aurora "), "{:?}", held(&sitting));
}

#[test]
fn a_timed_failure_says_what_is_left_and_ends_by_itself() {
    let mut sitting = Sitting::new(false);
    sitting.press("d d f 5").pass(3_000);
    assert_eq!(sitting.scene().failures.lasts.as_deref(), Some("20 s"));
    assert!(marks(&sitting)[0].1.ends_with("503 for 20s"), "{:?}", marks(&sitting));
    let left = sitting.scene().failures.held[0].left.unwrap();
    assert_eq!(marks(&sitting)[0].0 + 20 * SECOND, sitting.view().at + left);
    sitting.pass(21_000);
    assert!(held(&sitting).is_empty() && sitting.scene().broken.is_empty());
    sitting.press("d d");
    assert_eq!(sitting.scene().failures.lasts, None);
}

#[test]
fn a_crash_is_over_when_the_container_is_back() {
    let mut sitting = Sitting::new(false);
    sitting.press("f k").pass(1_000);
    assert!(sitting.scene().failures.held[0].left.is_some_and(|left| left < 10 * SECOND));
    sitting.pass(11_000);
    assert!(sitting.scene().broken.is_empty());
}

#[test]
fn what_is_armed_does_nothing_until_all_of_it_is_fired_at_once() {
    let mut sitting = Sitting::new(false);
    sitting.press("a j j a").pass(2_000);
    let armed = |sitting: &Sitting| sitting.scene().failures.armed.len();
    assert_eq!(armed(&sitting), 2);
    assert!(marks(&sitting).is_empty() && held(&sitting).is_empty());
    stand_on(&mut sitting, "us-east-1/dns down");
    sitting.press("a a a esc");
    assert_eq!(armed(&sitting), 3, "twice is not at all, and three times is once");
    sitting.press("A").pass(200);
    let fired = marks(&sitting);
    assert_eq!(fired.len(), 3);
    assert!(fired.iter().all(|(at, _)| *at == fired[0].0), "{fired:?}");
    assert_eq!((armed(&sitting), held(&sitting).len()), (0, 3));
    sitting.press("u").pass(300);
    assert_eq!(held(&sitting).len(), 2);
}

#[test]
fn escape_disarms_before_it_leaves() {
    let mut sitting = Sitting::new(false);
    sitting.press("a esc");
    assert!(sitting.scene().failures.armed.is_empty());
    sitting.press("A");
    assert!(told(&sitting).contains("nothing is armed"), "{}", told(&sitting));
    sitting.press("esc");
    assert!(matches!(sitting.app.screen(), Screen::Home(_)));
}

#[test]
fn one_alone_asks_when_it_is_fired() {
    let mut sitting = Sitting::new(true);
    sitting.press("a A");
    assert_eq!(sitting.app.context(), Context::LabPredict);
    sitting.press("esc");
    assert_eq!(sitting.scene().failures.armed.len(), 1, "it was not done");
    sitting.press("A s");
    assert!(sitting.scene().failures.armed.is_empty());
    assert_eq!(held(&sitting), ["us-east-1/payment:2 503"]);
}

/// The course with one card, which is about spill-over.
fn with_card() -> Course {
    let card = Card {
        id: CardId("e11.spill-two-of-four".to_owned()),
        kind: CardKind::Recall { points: Vec::new() },
        objective: 2,
        section: 4,
        family: None,
        pattern: None,
        question: "How much stays?".to_owned(),
        answer: "70 %".to_owned(),
        reason: String::new(),
        source: String::new(),
        earlier: false,
        claims: Vec::new(),
        shows: None,
        file: String::new(),
        line: 1,
    };
    Course { cards: vec![card], ..Course::default() }
}

#[test]
fn a_wrong_prediction_offers_a_card_and_a_right_one_does_not() {
    for (said, offers) in [("5 0", true), ("7 0", false)] {
        let mut sitting = Sitting::of(with_card(), Go::Lab(None), true);
        sitting.pass(3_000).press("f 5").press(said).press("enter").pass(8_000);
        let verdict = sitting.scene().verdict.unwrap().clone();
        assert_eq!(verdict.card.is_some(), offers, "{verdict:?}");
        let before = sitting.effects.len();
        sitting.press("c");
        match sitting.app.screen() {
            Screen::Review(review) => {
                assert!(offers);
                assert_eq!(review.card(sitting.app.parts()).unwrap().id.as_str(), "e11.spill-two-of-four");
                let graded =
                    sitting.effects[before..].iter().any(|effect| matches!(effect, Effect::Append(_)));
                assert!(!graded, "opening a card is no answer");
            }
            _ => assert!(!offers),
        }
    }
}

/// The cards that come with the program.
fn shipped() -> Course {
    let folder = std::fs::read_dir("quizzes/11-multi-region-kubernetes").unwrap();
    let read =
        |path: std::path::PathBuf| (path.display().to_string(), std::fs::read_to_string(path).unwrap());
    let lesson = ("lessons/11-multi-region-kubernetes/lesson.toml".to_owned(), String::new());
    Course::build(&folder.map(|file| read(file.unwrap().path())).chain([lesson]).collect()).0
}

/// Every failure that the list of this lab holds, with its row.
fn all(sitting: &mut Sitting) -> Vec<(usize, String)> {
    sitting.press("F home");
    let rows = list(sitting).rows.len();
    let mut all = Vec::new();
    for row in 0..rows {
        let words = list(sitting).words;
        if !words.is_empty() {
            all.push((row, words));
        }
        sitting.press("j");
    }
    all
}

fn gateways() -> Go {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    scenario.set("mesh.network=gateways").unwrap();
    let seed = SEED_DEFAULT;
    let opening = Opening { scenario, seed, interventions: vec![], stands: None, compares: false };
    Go::LabOf(Box::new(opening))
}

#[test]
fn every_failure_is_asked_about_and_answered_with_a_reason() {
    let failures = all(&mut Sitting::of(Course::default(), gateways(), true));
    assert!(failures.len() > 45, "{failures:?}");
    let mut names = std::collections::BTreeSet::new();
    let course = shipped();
    for (row, words) in failures {
        let mut sitting = Sitting::of(Course::default(), gateways(), true);
        sitting.pass(4_000).press("F home");
        for _ in 0..row {
            sitting.press("j");
        }
        sitting.press("enter");
        assert_eq!(sitting.app.context(), Context::LabPredict, "{words}");
        let bet = sitting.scene().bet.unwrap().clone();
        assert!(bet.question.deed.ends_with('.') && bet.question.ask.ends_with('?'), "{bet:?}");
        if bet.said.is_none() {
            sitting.press("enter");
            assert!(told(&sitting).contains("choose"), "{words}");
            sitting.press("2");
        }
        sitting.press("enter").pass(9_000);
        let verdict = sitting.scene().verdict.unwrap().clone();
        let was = verdict.was.unwrap_or_else(|| panic!("{words}: no answer"));
        assert!(!verdict.came.is_empty() && !verdict.why.is_empty(), "{words}: {verdict:?}");
        if let Said::Percent(_) = verdict.said {
            assert!((0.0..=100.0).contains(&was), "{words}: {was}");
        }
        let logged = sitting.effects.iter().any(|effect| match effect {
            Effect::Append(entry) => {
                matches!(&entry.event, Event::Predict(p) if p.of == format!("lab/{}", verdict.name))
            }
            _ => false,
        });
        assert!(logged, "{words}");
        let has_card = card_for(&verdict.name, &course, &Learner::default(), Moment::default()).is_some();
        assert!(has_card, "{words}: no card fits");
        assert!(names.insert(verdict.name), "{words} shares its name with another");
    }
}
