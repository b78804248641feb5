//! The lab's pictures: what stands where, in which look, at every size.

use eastwest::app::Failure;
use eastwest::app::geometry::{Area, Size, chrome};
use eastwest::app::lab::bet::{Bet, Verdict};
use eastwest::app::lab::failures::board::{Armed, Held, Listed, ListedRow};
use eastwest::app::lab::failures::{Board, Break};
use eastwest::app::lab::question::{Measure, Question};
use eastwest::app::lab::scene::{Front, Scene};
use eastwest::app::manner::Motion;
use eastwest::app::predict::Said;
use eastwest::learner::Confidence;
use eastwest::mesh_view::{HopOutcome, MeshView, Place};
use eastwest::sim::Scenario;
use eastwest::ui::lab;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;

use crate::lab_views::{SECOND, all_down, gateways, half_down, healthy, moved};
use crate::styled::{blank, styled, text};

const COLOR: Theme = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
const MONO_ASCII: Theme = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true };

pub fn scene<'a>(view: &'a MeshView, broken: &'a [Failure]) -> Scene<'a> {
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
        words: None,
        selected: None,
        number: None,
        slo: 9_990,
        front: Front::Picture,
        sheet: None,
        failures: Board::default(),
        rule: None,
        policy: "failover-priority · eject 100 %".to_owned(),
        log_until: None,
        motion: Motion::Full,
    }
}

/// The body of a terminal of that size.
fn draw(scene: &Scene<'_>, theme: Theme, size: Size) -> Buffer {
    let mut buf = blank(size.width, size.height);
    lab::draw_scene(scene, theme, chrome(size).body, &mut buf);
    buf
}

#[test]
fn the_whole_lab_at_three_sizes() {
    let views = [
        ("healthy", healthy()),
        ("half-down", half_down()),
        ("all-down", all_down()),
        ("moved", moved()),
        ("gateways", gateways()),
    ];
    for (name, view) in &views {
        for (width, height) in [(120, 40), (80, 24), (60, 20)] {
            let broken: &[Failure] = if *name == "healthy" { &[] } else { &[Failure::Answer503] };
            let buf = draw(&scene(view, broken), COLOR, Size::new(width, height));
            insta::assert_snapshot!(format!("lab-{name}-{width}x{height}"), styled(&buf, COLOR));
        }
    }
}

#[test]
fn without_color_and_line_drawing_shapes_still_say_it() {
    let view = half_down();
    let buf = draw(&scene(&view, &[Failure::Answer503]), MONO_ASCII, Size::new(80, 24));
    let drawn = text(&buf);
    assert!(drawn.is_ascii(), "{drawn}");
    insta::assert_snapshot!("lab-half-down-ascii-80x24", styled(&buf, MONO_ASCII));
}

#[test]
fn control_parts_and_data_are_said_at_every_size() {
    let view = moved();
    let wide = [
        "istiod ◐ secret lost",
        "CoreDNS ◔ slow",
        "Aurora ● writer",
        "DynamoDB ◔ lag 14 s",
        "217/s to us-west-2",
    ];
    let narrow = ["◐ istiod", "◔DNS", "217/s W"];
    let tiny = ["◐ istiod", "217/s W"];
    let sizes: [(Size, &[&str]); 3] =
        [(Size::new(120, 40), &wide), (Size::new(80, 24), &narrow), (Size::new(60, 20), &tiny)];
    for (size, wanted) in sizes {
        let drawn = text(&draw(&scene(&view, &[]), COLOR, size));
        for words in wanted {
            assert!(drawn.contains(words), "{words} at {size:?}\n{drawn}");
        }
        let mono = text(&draw(&scene(&view, &[]), MONO_ASCII, size));
        assert!(mono.is_ascii(), "{mono}");
    }
}

#[test]
fn beside_a_text_it_is_a_small_picture_or_a_line() {
    let view = half_down();
    for (width, height) in [(54, 36), (44, 12), (80, 5), (80, 4), (60, 3)] {
        let mut buf = blank(width, height);
        let mut scene = scene(&view, &[]);
        scene.caption = "Two of four answer 503";
        lab::draw_embedded_scene(&scene, COLOR, Area::from(Size::new(width, height)), &mut buf);
        insta::assert_snapshot!(format!("lab-embedded-{width}x{height}"), styled(&buf, COLOR));
    }
}

#[test]
fn the_question_leaves_the_mesh_in_sight() {
    let (view, bet) = (healthy(), question());
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut scene = scene(&view, &[]);
        scene.bet = Some(&bet);
        let buf = draw(&scene, COLOR, Size::new(width, height));
        insta::assert_snapshot!(format!("lab-question-{width}x{height}"), text(&buf));
    }
}

#[test]
fn the_answer_stands_beside_the_prediction() {
    let view = half_down();
    let verdict = Verdict {
        name: "half-503".to_owned(),
        question: question().question,
        said: Said::Percent(50),
        sure: Confidence::Fairly,
        was: Some(70.4),
        came: "70.4 %".to_owned(),
        why: "2 of 4 are healthy, and Envoy counts each 1.4 times: 50 % × 1.4 = 70 %.".to_owned(),
        card: None,
    };
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let mut scene = scene(&view, &[]);
        scene.verdict = Some(&verdict);
        let drawn = text(&draw(&scene, COLOR, Size::new(width, height)));
        assert!(drawn.contains("You said 50 %, it is 70.4 %."), "{width}x{height}\n{drawn}");
    }
}

#[test]
fn dots_and_numbers_cannot_disagree() {
    for view in [healthy(), half_down(), all_down(), moved(), gateways()] {
        let calls: u32 = lab::flights::flying(&view).map(|(hop, _)| hop.weight).sum();
        let dots = lab::flights::flying(&view).count() as u32;
        assert!(dots > 40, "there is something to compare");
        for (width, height) in [(120, 40), (80, 24), (60, 20), (200, 60)] {
            let mut buf = blank(width, height);
            let area = chrome(Size::new(width, height)).body;
            let tally = lab::draw_scene(&scene(&view, &[]), COLOR, area, &mut buf);
            assert_eq!((tally.dots, tally.weight), (dots, calls), "{width}x{height}");
        }
    }
}

#[test]
fn a_failure_is_never_under_another_dot() {
    let view = half_down();
    let failed = lab::flights::flying(&view).filter(|(hop, _)| hop.outcome == HopOutcome::Failed).count();
    let drawn = text(&draw(&scene(&view, &[]), COLOR, Size::new(200, 60)));
    let mesh: String = drawn.lines().take_while(|line| !line.contains("Metrics")).collect();
    assert_eq!(mesh.matches('✕').count(), failed, "{drawn}");
}

#[test]
fn drawing_twice_gives_the_same_picture() {
    let view = half_down();
    let size = Size::new(120, 40);
    assert_eq!(draw(&scene(&view, &[]), COLOR, size), draw(&scene(&view, &[]), COLOR, size));
}

fn question() -> Bet {
    let failure = Break::read("us-east-1/payment:2 503", &Scenario::shipped("two-regions").unwrap()).unwrap();
    let question = Question {
        measure: Measure::Local { region: "us-east-1".to_owned(), service: "payment".to_owned() },
        deed: "2 of 4 payment pods in us-east-1 will answer 503 and stay ready.".to_owned(),
        ask: "How much of us-east-1's calls to payment stays local, 20 s later?".to_owned(),
        ..Question::default()
    };
    Bet::new(failure, question)
}

/// A list with a target and two of its effects, and some of everything that holds and is armed.
fn board() -> Board {
    let row = |words: &str, heading: &str| ListedRow {
        words: words.to_owned(),
        heading: heading.to_owned(),
        turns: true,
        ..ListedRow::default()
    };
    let held = |words: &str, left, row| Held { words: words.to_owned(), left, row };
    Board {
        held: vec![
            held("us-east-1/payment:2 503", Some(12 * SECOND), Some(Failure::Answer503)),
            held("us-west-2/istiod down", None, None),
        ],
        armed: vec![Armed { words: "us-east-1/dns slow=500ms for 20s".to_owned(), row: None }],
        lasts: Some("20 s".to_owned()),
        list: Some(Listed {
            rows: vec![
                row("us-east-1/dns", "CoreDNS"),
                ListedRow { armed: true, ..row("slow=500ms", "") },
                ListedRow { holds: Some(Some(3 * SECOND)), ..row("down", "") },
            ],
            row: 1,
            does: "Each name of the search list costs this much.".to_owned(),
            seen: "coredns_dns_request_duration_seconds rises.".to_owned(),
            words: "us-east-1/dns slow=500ms for 20s".to_owned(),
        }),
    }
}

#[test]
fn nothing_panics_at_any_size() {
    let (mid, down, empty, mut many) = (half_down(), all_down(), MeshView::default(), healthy());
    let (moved, gateways) = (moved(), gateways());
    for number in 5..500 {
        let pod = Place { name: format!("payment-{number}"), ..many.places[6].clone() };
        many.places.push(pod);
    }
    let bet = question();
    for view in [&mid, &down, &empty, &many, &moved, &gateways] {
        for width in (1..=130).step_by(3) {
            for height in (1..=45).step_by(2) {
                let mut scene = scene(view, &Failure::ALL);
                scene.row = 9;
                scene.bet = (height % 4 == 1).then_some(&bet);
                scene.failures = board();
                draw(&scene, COLOR, Size::new(width, height));
                let mut buf = blank(width, height);
                let area = Area { x: 0, y: 0, width, height };
                lab::draw_embedded_scene(&scene, MONO_ASCII, area, &mut buf);
            }
        }
    }
}
