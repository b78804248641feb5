//! Predictions and recalls in the text.

use eastwest::app::Effect;
use eastwest::app::keymap::Context;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::learner::{Confidence, Event, Learner};

use super::small::small;
use super::{Session, events, reading};

#[test]
fn a_wrong_prediction_is_set_beside_the_computed_number() {
    let mut session = reading((80, 30));
    session.press("right right c c enter").rest();
    let text = session.text();
    assert!(text.contains("Not so: you said 60 %, computed 70 %"), "{text}");
    assert!(text.contains("140 × 2 / 4 = 70.") && text.contains("card on this"), "{text}");
    let events = events(&session);
    let [Event::Predict(said)] = events[..] else { panic!("{events:?}") };
    assert_eq!(
        (said.of.as_str(), said.said.as_str(), said.was.as_str(), said.right),
        ("half", "60", "70", false)
    );
    assert_eq!(said.confidence, Some(Confidence::Fairly));
}

#[test]
fn a_right_prediction_may_be_typed() {
    let mut session = reading((80, 30));
    session.press("7 1 enter").rest();
    let text = session.text();
    assert!(text.contains("Right: you said 71 %, computed 70 %"), "{text}");
    assert!(!text.contains("card on this"), "{text}");
}

#[test]
fn a_choice_is_made_by_number_and_needs_one() {
    let mut session = reading((80, 40));
    session.press("s enter").rest();
    assert!(session.text().contains("choose an answer first: 1 to 2"), "{}", session.text());
    session.press("1").rest();
    assert!(session.text().contains("• 1  All stays"), "{}", session.text());
    session.press("enter").rest();
    let text = session.text();
    assert!(text.contains("Not so: computed 35"), "{text}");
    assert!(text.contains("The answer is 2: About a third stays"), "{text}");
}

#[test]
fn a_skipped_prediction_shows_its_answer_and_is_not_noted() {
    let mut session = reading((80, 30));
    session.press("s").rest();
    let text = session.text();
    assert!(text.contains("┃ Computed: 70 %") && !text.contains("you said"), "{text}");
    assert!(events(&session).is_empty(), "{:?}", events(&session));
}

#[test]
fn who_turned_predictions_off_is_shown_answers_on_a_key() {
    let mut session = reading((80, 30));
    session.press("P").rest();
    let text = session.text();
    assert!(text.contains("Enter works it out and shows the answer"), "{text}");
    assert!(!session.place().ask_first);
    session.press("enter").rest();
    assert!(session.text().contains("Computed: 70 %"), "{}", session.text());
    assert!(events(&session).is_empty());
}

#[test]
fn a_page_does_not_pass_a_question_unseen() {
    let mut session = reading((80, 22));
    session.press("space");
    assert!(session.top().contains("┃ predict"), "{}", session.text());
    assert_eq!(session.app.context(), Context::Predict);
}

#[test]
fn what_came_of_a_question_is_brought_onto_the_screen() {
    let mut session = reading((80, 22));
    session.press("n s home");
    while session.app.context() != Context::Predict {
        session.press("j");
    }
    assert!(session.text().contains("1–2 choose"), "{}", session.text());
    session.press("1 enter");
    assert!(session.text().contains("140 / 4 = 35."), "{}", session.text());
}

#[test]
fn what_a_failure_shows_is_not_said_before_the_prediction() {
    let mut session = reading((80, 40));
    assert!(!session.text().contains("Seventy stay."), "{}", session.text());
    session.press("s 1 enter").rest();
    assert!(session.text().contains("Seventy stay."), "{}", session.text());
}

#[test]
fn an_answer_of_another_day_still_stands() {
    let mut first = reading((80, 30));
    first.press("right right enter").rest();
    let entries = first.effects.iter().filter_map(|effect| match effect {
        Effect::Append(entry) => Some(entry.clone()),
        _ => None,
    });
    let learner = Learner::fold(entries);
    let again = Session::with(learner, small(), Place::first(), (80, 30), Go::Reader(Some(1)));
    assert!(again.text().contains("you said 60 %, computed 70 %"), "{}", again.text());
}

#[test]
fn a_recalled_card_shows_its_answer_on_a_key() {
    let mut session = reading((80, 24));
    session.press("s n n");
    assert!(session.text().contains("What is the factor?") && !session.text().contains("It is 1.4."));
    session.press("enter");
    let text = session.text();
    assert!(text.contains("It is 1.4.") && text.contains("· 140 percent"), "{text}");
}
