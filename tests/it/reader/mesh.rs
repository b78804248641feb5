//! The mesh beside the text.

use eastwest::app::keymap::Context;

use super::reading;

#[test]
fn a_mesh_waits_for_the_prediction_above_it_and_plays_when_it_is_locked_in() {
    let mut session = reading((60, 20));
    assert_eq!(session.caption(), "");
    session.press("n j j j j j j j j j j j j");
    assert!(session.caption().starts_with("Predict first"), "{}\n{}", session.caption(), session.text());
    session.press("p j j j");
    assert_eq!(session.caption(), "");
    session.press("s");
    assert_eq!(session.caption(), "Seventy stay.");
}

#[test]
fn the_mesh_follows_the_reading_and_comes_back_with_it() {
    let mut session = reading((60, 20));
    session.press("n j s");
    session.press("j j j j");
    assert_eq!(session.caption(), "Seventy stay.");
    session.press("home");
    assert_eq!(session.caption(), "");
    session.press("n n");
    assert_eq!(session.caption(), "Seventy stay.");
}

#[test]
fn a_mesh_that_was_touched_is_left_alone_until_it_is_given_back() {
    let mut session = reading((60, 20));
    session.press("n j s home tab . tab n n");
    assert_eq!(session.caption(), "", "{}", session.text());
    session.press("r");
    assert_eq!(session.caption(), "Seventy stay.");
}

#[test]
fn tab_goes_to_the_mesh_and_back() {
    let mut session = reading((60, 20));
    assert_eq!(session.app.context(), Context::Reader);
    session.press("tab");
    assert_eq!(session.app.context(), Context::Companion);
    session.press("esc");
    assert_eq!(session.app.context(), Context::Reader);
    assert!(session.text().contains("§1 Spill"));
}

#[test]
fn esc_closes_the_mesh_s_own_question_before_it_leaves_the_mesh() {
    let mut session = reading((60, 20));
    session.press("tab f r");
    assert_eq!(session.app.context(), Context::LabPredict);
    session.press("esc");
    assert_eq!(session.app.context(), Context::Companion, "{}", session.text());
    session.press("esc");
    assert_eq!(session.app.context(), Context::Reader);
}
