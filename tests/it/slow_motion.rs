//! The first ejection passes slowly, once, and says so.

use std::time::Duration;

use eastwest::app::Screen;
use eastwest::app::geometry::Size;
use eastwest::app::manner::{Manner, Motion};
use eastwest::app::state::Go;
use eastwest::mesh_view::LogKind;

use crate::screen;
use crate::sessions::Sitting;

const CAPTION: &str = "slow motion, the first ejection: us-east-1/payment-";

/// The moment on show in seconds, and ejections told of.
fn at(sitting: &Sitting) -> (f64, usize) {
    let Screen::Lab(lab) = sitting.app.screen() else { panic!("this is no lab") };
    let view = lab.scene(false).view;
    let ejections = view.log.iter().filter(|line| line.kind == LogKind::Ejection).count();
    (view.at as f64 / 1e9, ejections)
}

fn text(sitting: &Sitting) -> String {
    screen::text(&sitting.app, 120, 40)
}

/// Half of payment fails, and nothing has been ejected yet.
fn broken(start: Go, keys: &[&str]) -> Sitting {
    broken_with(start, Manner::default(), keys)
}

fn broken_with(start: Go, manner: Manner, keys: &[&str]) -> Sitting {
    let mut sitting = Sitting::with(Size::new(120, 40), start, manner);
    sitting.pass(Duration::from_secs(1));
    for key in keys.iter().chain(&["P", "f", "5"]) {
        sitting.press(key);
    }
    assert_eq!(at(&sitting).1, 0);
    sitting
}

fn until_ejected(sitting: &mut Sitting) {
    for _ in 0..1000 {
        if at(sitting).1 > 0 {
            return;
        }
        sitting.pass(Duration::from_millis(10));
    }
    panic!("nobody is ejected");
}

/// Simulated seconds in three of the wall clock, two of which may be slow.
fn three_seconds(sitting: &mut Sitting) -> f64 {
    let before = at(sitting).0;
    sitting.pass(Duration::from_secs(3));
    at(sitting).0 - before
}

#[test]
fn the_first_ejection_passes_slowly_and_the_second_does_not() {
    let mut sitting = broken(Go::Lab(None), &[]);
    until_ejected(&mut sitting);
    let shown = text(&sitting);
    assert!(shown.contains(CAPTION) && shown.contains("0.25×"), "{shown}");
    let passed = three_seconds(&mut sitting);
    assert!((1.4..1.6).contains(&passed), "{passed}");
    assert!(!text(&sitting).contains("slow motion"));
    sitting.press("r");
    sitting.pass(Duration::from_millis(500));
    assert!(at(&sitting).1 == 0);
    until_ejected(&mut sitting);
    assert!(!text(&sitting).contains("slow motion"));
    assert!((2.9..3.1).contains(&three_seconds(&mut sitting)));
}

#[test]
fn who_has_chosen_a_speed_keeps_it() {
    let mut sitting = broken(Go::Lab(None), &["+", "-"]);
    until_ejected(&mut sitting);
    assert!(!text(&sitting).contains("slow motion"));
    assert!((2.9..3.1).contains(&three_seconds(&mut sitting)));
}

#[test]
fn what_is_stepped_over_or_stands_still_is_not_slowed() {
    let mut sitting = broken(Go::Lab(None), &[]);
    for key in ["space", "L", "L", "L", "L", "L", "L"] {
        sitting.press(key);
    }
    assert!(at(&sitting).1 > 0);
    assert!(!text(&sitting).contains("slow motion"));
}

#[test]
fn without_motion_there_is_no_slow_one() {
    let mut sitting = broken_with(Go::Lab(None), Manner { motion: Motion::None, ..Manner::default() }, &[]);
    until_ejected(&mut sitting);
    let before = at(&sitting).0;
    sitting.pass(Duration::from_secs(4));
    assert!(at(&sitting).0 - before > 2.9);
}
