//! `docs/recall.md`, held to what the program does.

use eastwest::app::Action;
use eastwest::app::keymap::{Context, shown};
use eastwest::app::review::{queue, turn};
use eastwest::learner::{Preferences, deadline};
use eastwest::srs::{Retention, Steps, leech};

#[test]
fn the_page_on_recall_has_the_numbers_that_hold() {
    let page = std::fs::read_to_string("docs/recall.md").expect("docs/recall.md");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let preferences = Preferences::default();
    let step = Steps::default().waits_ms()[0] / 60_000;
    assert_eq!(Steps::default().waits_ms().len(), 1);
    let numbers = [
        format!("say it to yourself for {} seconds", turn::THINKING_MIN.as_secs()),
        format!(
            "comes back after {} others or {} minutes",
            queue::OTHERS_BETWEEN,
            queue::LONG_ENOUGH.as_secs() / 60
        ),
        format!("A session takes {} minutes", preferences.time_box_minutes),
        format!("with a chance of {} %", (Retention::default().as_share() * 100.0).round()),
        format!("one step of {step} minutes"),
        format!("At most {} new cards a day", preferences.new_per_day),
        format!("begins at {} in the morning", preferences.schedule.rollover_hour),
        format!("forgotten {} times", leech::LAPSES),
        format!("after that every {} times", leech::AGAIN_EVERY),
        format!("up to {} days away", deadline::FARTHEST_DAYS),
    ];
    for number in numbers {
        assert!(page.contains(&number), "docs/recall.md does not say: {number}");
    }
}

#[test]
fn the_page_on_recall_has_the_keys_that_do_it() {
    let page = std::fs::read_to_string("docs/recall.md").expect("docs/recall.md");
    let done = Context::ReviewDone;
    let keys = [
        (Context::Home, Action::GoReview, "asks what is due"),
        (Context::ReviewTyping, Action::Confidence, "says how sure you are"),
        (Context::ReviewRevealed, Action::OpenSection, "opens the step of the lesson"),
        (Context::ReviewRevealed, Action::Suspend, "suspends the open card"),
        (Context::ReviewRevealed, Action::Bury, "not again before tomorrow"),
        (Context::ReviewRevealed, Action::Reset, "pressed twice"),
        (Context::ReviewRevealed, Action::Undo, "takes back the latest grade"),
        (done, Action::Cram, "practices all"),
        (done, Action::Suspend, "at the end of a session: the list"),
    ];
    for (context, action, words) in keys {
        let key = format!("`{}`", shown(context, action));
        let (before, _) = page.split_once(words).unwrap_or_else(|| panic!("the page does not say: {words}"));
        let line = before.lines().last().unwrap_or_default();
        assert!(line.contains(&key), "{action:?}: {key} does not stand before '{words}' in: {line}");
    }
}
