//! Seeing what is behind an answer, and every card of the deck with its answer shown.

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::keymap::Context;
use eastwest::app::review::see::opening;
use eastwest::app::review::{Attempt, Stage};
use eastwest::app::state::Go;
use eastwest::app::{App, Screen};
use eastwest::course::CardKind;
use eastwest::course::quiz::See;

use crate::screen;
use crate::sessions::Sitting;

const SIZE: Size = Size { width: 100, height: 70 };

/// A review of that card, with something said and the answer shown.
fn revealed(card: &str) -> Sitting {
    let mut sitting = Sitting::open(SIZE, Go::ReviewOf(card.to_owned()));
    sitting.pass(Duration::from_secs(3));
    match sitting.app.context() {
        Context::ReviewTyping => sitting.press("a"),
        Context::ReviewChoosing => sitting.press("1"),
        _ => {}
    }
    sitting.press("enter");
    assert!(matches!(stage(&sitting.app), Some(Stage::Revealed(_))), "{card}");
    sitting
}

fn stage(app: &App) -> Option<&Stage> {
    if let Screen::Review(review) = app.screen() { Some(&review.stage) } else { None }
}

/// Its text, a blank between words.
fn seen(sitting: &Sitting) -> String {
    let text = screen::text(&sitting.app, SIZE.width, SIZE.height);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_answer_plays_in_the_lab_and_esc_brings_the_very_card_back() {
    let mut sitting = revealed("e11.q3-partition");
    sitting.press("x");
    sitting.press("j");
    let (before, reviews) = (stage(&sitting.app).cloned(), sitting.app.parts().learner.has_reviewed());
    assert!(seen(&sitting).contains("v see it in the lab"), "{}", seen(&sitting));
    sitting.press("v");
    assert!(matches!(sitting.app.screen(), Screen::Lab(_)));
    assert!(seen(&sitting).contains("brings the card back"), "{}", seen(&sitting));
    sitting.pass(Duration::from_secs(5));
    assert!(seen(&sitting).contains("us-east-1"), "{}", seen(&sitting));
    // What the lab has opened itself it closes first.
    sitting.press("w");
    sitting.press("esc");
    assert!(matches!(sitting.app.screen(), Screen::Lab(_)));
    sitting.press("esc");
    let Some(Stage::Revealed(after)) = stage(&sitting.app) else { panic!("{:?}", stage(&sitting.app)) };
    let Some(Stage::Revealed(before)) = before else { panic!("{before:?}") };
    assert_eq!(
        (&after.points, after.at_point, &after.buttons),
        (&before.points, before.at_point, &before.buttons)
    );
    assert_eq!(
        (&after.asked.attempt, after.asked.confidence),
        (&before.asked.attempt, before.asked.confidence)
    );
    assert_eq!(sitting.app.parts().learner.has_reviewed(), reviews, "nothing was graded meanwhile");
    sitting.press("3");
    assert!(sitting.app.parts().learner.card("e11.q3-partition").is_some_and(|state| state.reviews == 1));
}

#[test]
fn the_lab_that_one_has_left_is_not_lost_and_home_is_home() {
    let mut sitting = Sitting::open(SIZE, Go::Lab(None));
    sitting.press("2");
    sitting.press("g");
    sitting.press("h");
    let pattern = |sitting: &Sitting| match sitting.app.screen() {
        Screen::Lab(lab) => lab.scenario().pattern(),
        other => panic!("{other:?}"),
    };
    sitting.press("g");
    sitting.press("l");
    let own = pattern(&sitting);
    sitting.press("g");
    sitting.press("r");
    // On to the first card that has something to see.
    while matches!(sitting.app.screen(), Screen::Review(_)) {
        sitting.pass(Duration::from_secs(3));
        sitting.press(if sitting.app.context() == Context::ReviewTyping { "a" } else { "1" });
        sitting.press("enter");
        sitting.press("v");
        if matches!(sitting.app.screen(), Screen::Review(_)) {
            sitting.press("3");
        }
        assert!(!matches!(stage(&sitting.app), Some(Stage::Over(_))));
    }
    assert!(matches!(sitting.app.screen(), Screen::Lab(_)));
    sitting.press("esc");
    assert!(matches!(stage(&sitting.app), Some(Stage::Revealed(_))));
    sitting.press("g");
    sitting.press("l");
    assert_eq!(pattern(&sitting), own);
    sitting.press("esc");
    assert!(matches!(sitting.app.screen(), Screen::Home(_)), "no card waits behind one's own lab");
}

#[test]
fn every_card_gives_a_reason_with_its_answer_and_what_it_shows_opens() {
    let course = crate::reader::course();
    for card in &course.cards {
        let sitting = revealed(card.id.as_str());
        let page = seen(&sitting);
        let first = |text: &str| {
            let plain: String =
                eastwest::course::markdown::inline(text).into_iter().map(|span| span.text).collect();
            plain.split_whitespace().take(5).collect::<Vec<_>>().join(" ")
        };
        assert!(page.contains(&first(&card.reason)), "{}: {page}", card.id);
        if let (CardKind::Choice { options, .. }, Some(Stage::Revealed(revealed))) =
            (&card.kind, stage(&sitting.app))
        {
            let Attempt::Choice { shown, picked: Some(at) } = &revealed.asked.attempt else {
                panic!("{}", card.id)
            };
            assert!(page.contains(&first(&options[shown[*at]].why)), "{}: {page}", card.id);
        }
        assert_eq!(page.contains("v see "), card.see().is_some(), "{}", card.id);
        if let Some(See::Run(run)) = card.see() {
            let opened = opening(card, &run, 7, sitting.app.parts());
            assert!(opened.is_ok(), "{}: {opened:?}", card.id);
        }
    }
}

#[test]
fn a_third_of_the_application_cards_has_something_to_see() {
    let course = crate::reader::course();
    // What is to be decided, found, put in order or worked out, rather than recited.
    let applied: Vec<_> = course
        .cards
        .iter()
        .filter(|card| !matches!(card.kind, CardKind::Recall { .. } | CardKind::Cloze { .. }))
        .collect();
    let with = applied.iter().filter(|card| card.see().is_some()).count();
    assert!(with * 3 >= applied.len(), "{with} of {}", applied.len());
    let runs = applied.iter().filter(|card| matches!(card.see(), Some(See::Run(_)))).count();
    assert!(runs * 3 >= applied.len(), "{runs} of {} play in the lab", applied.len());
}
