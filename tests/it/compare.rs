//! The three patterns side by side: they stand at one moment, and what is drawn is what their reports say.

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::lab::Lab;
use eastwest::app::lab::compare::Compare;
use eastwest::app::lab::open::Opening;
use eastwest::app::state::Go;
use eastwest::app::{Screen, keymap};
use eastwest::sim::{
    Budget, Intervention, Pattern, Progress, Report, SEED_DEFAULT, Scenario, Seed, Timeline,
};

use crate::screen;
use crate::sessions::Sitting;

fn lab(sitting: &Sitting) -> &Lab {
    match sitting.app.screen() {
        Screen::Lab(lab) => lab,
        other => panic!("{other:?}"),
    }
}

fn compare(sitting: &Sitting) -> &Compare {
    lab(sitting).compare().expect("the patterns are on show")
}

fn sitting() -> Sitting {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Lab(None));
    sitting.pass(Duration::from_secs(3));
    sitting.press("=");
    sitting
}

/// The same by itself, as `eastwest sim` has it.
fn alone(pattern: Pattern, compare: &Compare, log: &[Intervention]) -> Report {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    scenario.set_pattern(pattern);
    let mut run = Timeline::new(scenario, Seed(7), log.to_vec());
    assert_eq!(run.advance(compare.shown(), &mut Budget::endless()), Progress::Reached);
    run.report()
}

fn log(compare: &Compare) -> Vec<Intervention> {
    let marks = &compare.scene().view.marks;
    let done = marks.iter().map(|(at, words)| format!("{at}ns {words}").parse());
    done.collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_is_drawn_is_what_three_separate_runs_report() {
    let mut sitting = sitting();
    sitting.pass(Duration::from_secs(5));
    for key in ["f", "5"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(14));
    for key in ["f", "n"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(6));
    sitting.press("space");
    let compare = compare(&sitting);
    let drawn = screen::text(&sitting.app, 120, 40);
    let log = log(compare);
    assert_eq!(log.len(), 2);
    for lane in compare.lanes() {
        let report = alone(lane.pattern(), compare, &log);
        assert_eq!(lane.report().as_ref(), Some(&report), "{}", lane.pattern());
        assert_eq!(lane.view().at, compare.shown().nanos(), "all stand at one moment");
        let bill = drawn.lines().rfind(|line| {
            line.contains(lane.pattern().name()) && line.contains(" of ") && line.contains('$')
        });
        let bill = bill.expect("a row of the bill").replace(',', "");
        let cost = &report.cost_usd_per_hour;
        for part in [Some(cost.pods), Some(cost.mesh), Some(cost.control_plane), cost.dns, cost.transfer] {
            let figure = part.map_or_else(|| "-".to_owned(), |usd| format!("${usd:.3}"));
            assert!(bill.contains(&figure), "{figure} in {bill}");
        }
        assert!(bill.contains(&format!("${:.3}", cost.total)), "{bill}");
        let requests = &report.requests;
        assert!(
            bill.contains(&format!("{} of {}", requests.failed, requests.ok + requests.failed)),
            "{bill}"
        );
        let p99 = report.latency_ms.p99.unwrap();
        let p99 = format!("{p99:.*} ms", usize::from(p99 < 100.0));
        assert!(drawn.contains(&p99), "{p99}");
        let crossing = format!("{:.2}", report.cross_region.gb_per_hour.unwrap());
        assert!(drawn.contains(&crossing), "{crossing}");
    }
}

#[test]
fn nothing_runs_while_it_is_paused_and_one_frame_is_one_budget() {
    let mut sitting = sitting();
    sitting.pass(Duration::from_secs(2));
    sitting.press("space");
    assert_eq!(sitting.app.wants_frame(), None);
    let at = compare(&sitting).shown();
    sitting.pass(Duration::from_secs(60));
    assert_eq!(compare(&sitting).shown(), at);
}

#[test]
fn undo_takes_a_failure_from_all_and_redo_brings_it_to_one_that_was_left_out() {
    let mut sitting = sitting();
    for key in ["f", "a"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(4));
    for key in ["space", "u", "2", "d", "ctrl-r"] {
        sitting.press(key);
        sitting.pass(Duration::from_secs(1));
    }
    sitting.press("d");
    sitting.pass(Duration::from_secs(2));
    let compare = compare(&sitting);
    let log = log(compare);
    assert_eq!(log.len(), 1);
    for lane in compare.lanes() {
        assert_eq!(lane.report(), Some(alone(lane.pattern(), compare, &log)), "{}", lane.pattern());
    }
}

#[test]
fn the_lab_goes_on_with_what_was_done() {
    let mut sitting = sitting();
    for key in ["f", "5"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(3));
    for key in ["space", "esc"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(1));
    assert!(lab(&sitting).compare().is_none());
    let scene = lab(&sitting).scene(false);
    assert_eq!((scene.view.marks.len(), scene.view.pattern.as_str()), (1, "mesh"));
    assert!(!scene.playing, "it stands still as it did before");
    for key in ["=", "1", "enter"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(1));
    let scene = lab(&sitting).scene(false);
    assert_eq!((scene.view.marks.len(), scene.view.pattern.as_str()), (1, "dual"));
    assert_eq!(sitting.app.context(), keymap::Context::Lab);
}

#[test]
fn a_lab_opened_with_options_can_be_compared() {
    let mut sitting = Sitting::open(Size::new(120, 40), opened("federation", &[]));
    sitting.press("=");
    assert_eq!(sitting.app.context(), keymap::Context::Compare);
    assert_eq!(compare(&sitting).lanes()[compare(&sitting).column].pattern(), Pattern::Federation);
}

/// A lab as options open it.
pub fn opened(pattern: &str, set: &[&str]) -> Go {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    scenario.set_pattern(pattern.parse().unwrap());
    for assignment in set {
        scenario.set(assignment).unwrap();
    }
    let (seed, interventions) = (SEED_DEFAULT, Vec::new());
    Go::LabOf(Box::new(Opening { scenario, seed, interventions, stands: None, compares: false }))
}

/// All three on their way to a moment, and not there.
fn under_way() -> Sitting {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Lab(None));
    for _ in 0..8 {
        sitting.press("+");
    }
    sitting.pass(Duration::from_secs(60));
    sitting.press("=");
    assert!(compare(&sitting).is_behind(), "two runs begin from their start");
    sitting
}

#[test]
fn choosing_a_region_on_the_way_to_a_moment_draws_nothing_of_the_way() {
    let mut sitting = under_way();
    let before: Vec<u64> = compare(&sitting).lanes().iter().map(|lane| lane.view().at).collect();
    sitting.press("o");
    assert!(compare(&sitting).is_behind(), "they are still under way");
    let after: Vec<u64> = compare(&sitting).lanes().iter().map(|lane| lane.view().at).collect();
    assert_eq!(after, before);
}

#[test]
fn what_waits_to_be_done_is_not_lost_by_leaving() {
    let mut sitting = under_way();
    for key in ["f", "5", "esc"] {
        sitting.press(key);
    }
    assert_eq!(sitting.app.context(), keymap::Context::Compare, "it is told to wait");
    assert!(screen::text(&sitting.app, 120, 40).contains("still to be done"));
    sitting.pass(Duration::from_secs(30));
    sitting.press("esc");
    sitting.pass(Duration::from_secs(1));
    assert_eq!(sitting.app.context(), keymap::Context::Lab);
    assert_eq!(lab(&sitting).scene(false).view.marks.len(), 1);
}
