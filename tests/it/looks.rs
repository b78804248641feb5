//! The lab in mid-failure as others see it: themes, fewer glyphs, less motion, other keys.

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::keymap::{Change, Context, Keymap};
use eastwest::app::manner::{Manner, Motion, REDUCED_FRAME, SLOW_FRAME};
use eastwest::app::pacer::FRAME;
use eastwest::app::state::Go;
use eastwest::app::{Action, Msg};
use eastwest::mesh_view::MeshView;
use eastwest::palette::Palette;
use eastwest::ui::lab::edges::crossing;
use eastwest::ui::theme::{Depth, Ground, Theme};

use crate::lab_views::{all_down, gateways, half_down, healthy, moved};
use crate::screen;
use crate::sessions::Sitting;

/// Twelve seconds after half of payment began to answer 503, paused.
fn mid_failure(size: Size, motion: Motion) -> Sitting {
    let mut sitting = Sitting::with(size, Go::Lab(None), Manner { motion, ..Manner::default() });
    sitting.press("P");
    sitting.pass(Duration::from_secs(2));
    sitting.press("f");
    sitting.press("5");
    sitting.pass(Duration::from_secs(12));
    sitting.press("space");
    sitting
}

/// How long after the frame at `at` the next one is wanted.
fn next_after(sitting: &mut Sitting, at: Duration) -> Duration {
    sitting.pass(at.checked_sub(sitting.now().mono).unwrap());
    sitting.app.wants_frame().unwrap().checked_sub(at).unwrap()
}

fn of(name: &str) -> Ground {
    Ground::Of(Palette::shipped(name).unwrap())
}

#[test]
fn the_lab_in_mid_failure_in_every_theme() {
    let (wide, usual) = (Size::new(120, 40), Size::new(80, 24));
    let colors = |ground| Theme { depth: Depth::True, ground, ascii: false };
    for (name, theme, size) in [
        ("light", colors(Ground::Light), wide),
        ("light-256", Theme { depth: Depth::Indexed, ..colors(Ground::Light) }, usual),
        ("high-contrast", colors(of("high-contrast")), wide),
        ("high-contrast-light", colors(of("high-contrast-light")), usual),
        ("mono", colors(of("mono")), usual),
        ("no-color-ascii", Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true }, wide),
    ] {
        let sitting = mid_failure(size, Motion::Full);
        let picture = screen::picture_in(&sitting.app, theme, size.width, size.height);
        insta::assert_snapshot!(format!("mid-failure-{name}-{}x{}", size.width, size.height), picture);
    }
}

#[test]
fn less_motion_says_in_rates_what_dots_say() {
    for (width, height) in [(120, 40), (80, 24), (60, 20)] {
        let sitting = mid_failure(Size::new(width, height), Motion::Reduced);
        let picture = screen::picture(&sitting.app, width, height);
        insta::assert_snapshot!(format!("reduced-motion-{width}x{height}"), picture);
        assert!(!picture.contains('•'), "no dots");
    }
}

#[test]
fn the_rate_on_the_link_is_the_links_and_its_arrows_are_those_of_the_hops() {
    let crosses = |view: &MeshView, from: u8| {
        let region = |id: u16| view.places[usize::from(id)].region;
        view.hops.iter().any(|hop| region(hop.from) == from && region(hop.to) != from)
    };
    let mut seen = 0;
    for view in [healthy(), half_down(), all_down(), moved(), gateways()] {
        let Some(found) = crossing(&view) else {
            assert!(view.links[0].calls_per_second < 0.5);
            continue;
        };
        assert_eq!(found.rate, view.links[0].calls_per_second);
        assert_eq!(found.ways, (crosses(&view, 0), crosses(&view, 1)));
        seen += 1;
    }
    assert!(seen > 1, "there is something to compare");
}

#[test]
fn frames_come_as_often_as_motion_and_line_allow() {
    let apart = |manner: Manner| {
        let mut sitting = Sitting::with(Size::new(80, 24), Go::Lab(None), manner);
        sitting.pass(Duration::from_secs(3));
        let first = sitting.app.wants_frame().unwrap();
        next_after(&mut sitting, first)
    };
    let slow = Manner { every: SLOW_FRAME, ..Manner::default() };
    assert_eq!(apart(Manner::default()), FRAME);
    assert_eq!(apart(slow), SLOW_FRAME);
    assert_eq!(apart(Manner { motion: Motion::Reduced, ..slow }), REDUCED_FRAME);
    assert_eq!(apart(Manner { motion: Motion::None, ..slow }), Duration::from_secs(1));
}

#[test]
fn a_terminal_that_turns_slow_gets_fewer_frames_and_a_paused_one_none() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Lab(None));
    sitting.pass(Duration::from_secs(3));
    sitting.tell(Msg::FramesEvery(SLOW_FRAME));
    sitting.pass(Duration::from_secs(1));
    let at = sitting.app.wants_frame().unwrap();
    assert_eq!(next_after(&mut sitting, at), SLOW_FRAME);
    sitting.press("space");
    assert_eq!(sitting.app.wants_frame(), None);
}

#[test]
fn without_motion_the_lab_is_text_and_can_be_turned_to_a_picture() {
    let still = Manner { motion: Motion::None, ..Manner::default() };
    let mut sitting = Sitting::with(Size::new(80, 24), Go::Lab(None), still);
    assert!(screen::text(&sitting.app, 80, 24).contains("Lab, as text"));
    sitting.press("v");
    let picture = screen::text(&sitting.app, 80, 24);
    assert!(picture.contains("Metrics") && !picture.contains('•'), "{picture}");
}

#[test]
fn changed_keys_work_and_are_shown_in_footer_panel_text_and_help() {
    let changes = [
        Change { context: Context::Run, action: Action::BreakPrefix, keys: "Y".to_owned() },
        Change { context: Context::Run, action: Action::TogglePlay, keys: "Z".to_owned() },
    ];
    let manner = Manner { keys: Keymap::changed(&changes).unwrap(), ..Manner::default() };
    let mut sitting = Sitting::with(Size::new(120, 40), Go::Lab(None), manner);
    let picture = screen::text(&sitting.app, 120, 40);
    assert!(picture.contains("Z run / pause") && picture.contains("Y 5"), "{picture}");
    sitting.press("P");
    sitting.press("Y");
    sitting.press("5");
    sitting.pass(Duration::from_secs(1));
    assert!(screen::text(&sitting.app, 120, 40).contains("broken"));
    sitting.press("v");
    assert!(screen::text(&sitting.app, 120, 100).contains("Y 5: half of payment 503"));
    sitting.press("?");
    assert!(screen::text(&sitting.app, 120, 60).contains("Z  "), "{}", screen::text(&sitting.app, 120, 60));
    let other = Sitting::open(Size::new(120, 40), Go::Lab(None));
    assert!(screen::text(&other.app, 120, 40).contains("Space run / pause"), "others keep theirs");
}
