//! The lab's pictures: what stands where, in which look, at every size.

use eastwest::app::Failure;
use eastwest::app::geometry::{Area, Size, chrome};
use eastwest::app::lab::bet::{Bet, Sureness, Verdict};
use eastwest::app::lab::scene::Scene;
use eastwest::mesh_view::MeshView;
use eastwest::ui::lab;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;

use crate::lab_views::{SECOND, all_down, half_down, healthy};
use crate::styled::{blank, styled, text};

const COLOR: Theme = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
const MONO_ASCII: Theme = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true };

fn scene<'a>(view: &'a MeshView, broken: &'a [Failure]) -> Scene<'a> {
    Scene {
        view,
        playing: true,
        speed: "1×".to_owned(),
        behind: false,
        newest: 80 * SECOND,
        region: 0,
        row: 0,
        broken,
        asks: true,
        bet: None,
        verdict: None,
        caption: "",
    }
}

/// The body of a terminal of that size.
fn draw(scene: &Scene<'_>, theme: Theme, size: Size) -> Buffer {
    let mut buf = blank(size.width, size.height);
    lab::draw_scene(scene, theme, chrome(size).body, &mut buf);
    buf
}

#[test]
#[ignore = "prints the pictures, for whoever works on them"]
fn pictures() {
    let verdict = Verdict {
        failure: Failure::Answer503,
        said: 50,
        was: Some(70.4),
        why: "2 of 4 are healthy, and Envoy counts each healthy pod 1.4 times: 50 % × 1.4 = 70 %.".to_owned(),
    };
    for (name, view) in [("healthy", healthy()), ("half down", half_down()), ("all down", all_down())] {
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12), (200, 60)] {
            let broken = [Failure::Answer503];
            let mut scene = scene(&view, if name == "healthy" { &[] } else { &broken });
            scene.verdict = (name == "half down").then_some(&verdict);
            let buf = draw(&scene, COLOR, Size::new(width, height));
            println!("== {name} {width}x{height}\n{}", text(&buf));
        }
    }
    let view = half_down();
    println!("{}", text(&draw(&scene(&view, &[]), MONO_ASCII, Size::new(80, 24))));
    for (width, height) in [(54, 36), (44, 12), (80, 5), (60, 3)] {
        let mut buf = blank(width, height);
        let area = Area { x: 0, y: 0, width, height };
        lab::draw_embedded_scene(&scene(&view, &[]), COLOR, area, &mut buf);
        println!("== embedded {width}x{height}\n{}", text(&buf));
    }
    let bet = question();
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut scene = scene(&view, &[]);
        scene.bet = Some(&bet);
        println!("{}", text(&draw(&scene, COLOR, Size::new(width, height))));
    }
}

fn question() -> Bet {
    Bet {
        failure: Failure::Answer503,
        deed: "Half of payment's pods in us-east-1 will answer 503 and stay ready.".to_owned(),
        ask: "How much of us-east-1's calls to payment stays local, 30 s later?".to_owned(),
        said: 60,
        sureness: Sureness::Fairly,
    }
}

#[test]
fn nothing_panics_at_any_size() {
    let (mid, down, empty) = (half_down(), all_down(), MeshView::default());
    let bet = question();
    for view in [&mid, &down, &empty] {
        for width in (1..=130).step_by(3) {
            for height in (1..=45).step_by(2) {
                let mut scene = scene(view, &Failure::ALL);
                scene.row = 9;
                scene.bet = Some(&bet);
                draw(&scene, COLOR, Size::new(width, height));
                let mut buf = blank(width, height);
                let area = Area { x: 0, y: 0, width, height };
                lab::draw_embedded_scene(&scene, MONO_ASCII, area, &mut buf);
            }
        }
    }
}
