//! Worth it? The screen's numbers are those of `eastwest calc cost`, and all of them are in its text.

use clap::Parser;
use eastwest::app::geometry::{Area, Size};
use eastwest::app::state::Go;
use eastwest::app::worth::Worth;
use eastwest::app::{App, Screen};
use eastwest::cli::calc;
use eastwest::ui::theme::{Depth, Ground, Theme};
use eastwest::ui::worth;
use serde_json::Value;

use crate::compare::opened;
use crate::screen;
use crate::sessions::Sitting;
use crate::styled::{blank, styled, text};

/// Key after key on the screen, from the lesson's scenario.
fn pressed(keys: &str) -> Sitting {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Worth);
    keys.split_whitespace().for_each(|key| sitting.press(key));
    sitting
}

#[track_caller]
fn of(app: &App) -> &Worth {
    match app.screen() {
        Screen::Worth(worth) => worth,
        other => panic!("{other:?} is another screen"),
    }
}

#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    calc: calc::CalcArgs,
}

/// What `eastwest calc …` prints as JSON.
fn printed(command: &str) -> Value {
    let words = command.strip_prefix("eastwest ").unwrap().split(' ').chain(["--json"]);
    let args = Line::try_parse_from(words).unwrap();
    let mut out = Vec::new();
    calc::run(&args.calc, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn the_screen_has_the_numbers_of_the_command_it_copies() {
    let cases = [
        ("", "eastwest calc cost"),
        ("j l l", "eastwest calc cost --rps 600"),
        ("l j 0 enter", "eastwest calc cost --standby warm --warm-pods 0%"),
        ("j j j 5 enter", "eastwest calc cost --remote-share 5%"),
        (
            "G k 9 9 . 9 enter k 4 0 0 0 enter k l k 1 enter k 3 enter",
            "eastwest calc cost --incidents 3 --incident-lasts 1m --check deep --outage-usd-hour 4000 --slo 99.9",
        ),
        ("G enter j j j 0 enter", "eastwest calc cost --price transit_gateway.usd_per_gb=0"),
    ];
    for (keys, command) in cases {
        let sitting = pressed(keys);
        let worth = of(&sitting.app);
        assert_eq!(worth.command(), command, "{keys}");
        let json = worth.answer().unwrap().to_json();
        assert_eq!(json, printed(command), "{keys}");
        // And what is drawn is what is in there.
        let drawn = screen::text(&sitting.app, 120, 40);
        for (at, line) in worth.lines().iter().enumerate() {
            for (pattern, cell) in ["dual", "federation", "mesh"].iter().zip(&line.cells) {
                assert!(drawn.contains(cell), "{keys}: {} {cell}\n{drawn}", line.label);
                let parts = ["pods", "mesh", "control_plane", "attachments", "dns", "transfer", "zones"];
                let Some(part) = parts.into_iter().chain(["outages", "total"]).nth(at) else { continue };
                let number = json["bills"][pattern][part].as_f64().unwrap();
                assert_eq!(format!("{number:.3}"), *cell, "{keys}: {pattern} {part}");
            }
        }
    }
}

#[test]
fn from_the_lab_it_starts_with_what_the_lab_runs() {
    let set = ["mesh.locality=distribute", "users.us-east-1.rps=1000"];
    let mut sitting = Sitting::open(Size::new(120, 40), opened("mesh", &set));
    sitting.press("g");
    sitting.press("w");
    let worth = of(&sitting.app);
    let command = "eastwest calc cost --set mesh.locality=distribute --set users.us-east-1.rps=1000";
    assert_eq!(worth.command(), command);
    assert_eq!(worth.answer().unwrap().to_json(), printed(command));
    assert!(screen::text(&sitting.app, 120, 40).contains("1140 scenario"));
}

#[test]
fn esc_leads_back_to_where_one_was_and_the_figures_are_kept() {
    for (start, is_there) in [
        (Go::Lab(None), (|screen| matches!(screen, Screen::Lab(_))) as fn(&Screen) -> bool),
        (Go::Reader(Some(6)), |screen| matches!(screen, Screen::Reader(_))),
        (Go::Review, |screen| matches!(screen, Screen::Review(_))),
        (Go::Home, |screen| matches!(screen, Screen::Home(_))),
    ] {
        let mut sitting = Sitting::open(Size::new(80, 24), start);
        // Where an answer is typed, letters are letters.
        if sitting.app.context() == eastwest::app::keymap::Context::ReviewTyping {
            continue;
        }
        "g w j l".split(' ').for_each(|key| sitting.press(key));
        assert_eq!(of(&sitting.app).command(), "eastwest calc cost --rps 400");
        sitting.press("esc");
        assert!(is_there(sitting.app.screen()));
        sitting.press("g");
        sitting.press("w");
        assert_eq!(of(&sitting.app).command(), "eastwest calc cost --rps 400");
        sitting.press("esc");
        assert!(is_there(sitting.app.screen()));
    }
}

#[test]
fn a_figure_that_cannot_be_says_so_and_changes_nothing() {
    let sitting = pressed("j j j 1 0 1 enter");
    let drawn = screen::text(&sitting.app, 120, 40);
    assert!(drawn.contains("'101%' is not a share from 0 to 1"), "{drawn}");
    assert_eq!(of(&sitting.app).command(), "eastwest calc cost");
    // More hours of incidents than a month has: the figures stand, and there is no bill.
    let sitting = pressed("G k k k k k 9 9 9 9 enter");
    let worth = of(&sitting.app);
    assert!(worth.findings()[0].ends_with("there can be 4380."), "{:?}", worth.findings());
    assert!(worth.lines().is_empty() && worth.curve(10).is_none());
    assert!(screen::text(&sitting.app, 120, 40).contains("9999 incidents of 10m are longer"));
}

#[test]
fn everything_of_the_picture_is_in_the_text() {
    for keys in ["", "l", "j j 0 enter", "G enter", "G k l k 5 0 0 enter"] {
        let sitting = pressed(keys);
        let worth = of(&sitting.app);
        let all = worth.words().join("\n");
        for line in worth.lines() {
            for cell in &line.cells {
                assert!(all.contains(&format!("{} {cell}", line.label)), "{keys}: {}\n{all}", line.label);
            }
        }
        for text in worth.findings().iter().chain(&worth.incident()) {
            assert!(all.contains(text), "{keys}: {text}\n{all}");
        }
        for (figure, row) in worth.figures().iter().zip(worth.rows()) {
            assert!(
                all.contains(&format!("{}: {}", row.spoken(), figure.value)),
                "{keys}: {figure:?}\n{all}"
            );
        }
        assert!(all.contains(&worth.command()));
    }
}

#[test]
fn only_sections_that_work_out_bills_say_which_keys_lead_here() {
    for (section, says) in [(6, true), (3, true), (4, false)] {
        let mut sitting = Sitting::open(Size::new(80, 24), Go::Reader(Some(section)));
        if section == 3 {
            // What is asked before it is left out.
            sitting.press("esc");
            sitting.press("j");
        }
        let drawn = screen::text(&sitting.app, 80, 24);
        assert_eq!(drawn.contains("g w worth it?"), says, "{section}\n{drawn}");
    }
}

fn theme(ground: Ground, depth: Depth, ascii: bool) -> Theme {
    Theme { depth, ground, ascii }
}

#[test]
fn light_mono_and_ascii_say_the_same_at_three_sizes() {
    let sitting = pressed("j l G k k 2 0 0 0 enter");
    let worth = of(&sitting.app);
    for (width, height) in [(120, 36), (80, 20), (60, 16)] {
        let draw = |theme| {
            let mut buf = blank(width, height);
            worth::draw(worth, theme, Area::from(Size::new(width, height)), &mut buf);
            buf
        };
        let dark = draw(theme(Ground::Dark, Depth::True, false));
        let light = theme(Ground::Light, Depth::True, false);
        insta::assert_snapshot!(format!("worth-light-{width}x{height}"), styled(&draw(light), light));
        assert_eq!(text(&dark), text(&draw(light)));
        let mono = draw(theme(Ground::Dark, Depth::Mono, false));
        assert_eq!(text(&dark), text(&mono));
        assert!(mono.content.iter().all(|cell| cell.fg == ratatui::style::Color::Reset));
        let ascii = theme(Ground::Dark, Depth::Mono, true);
        let drawn = draw(ascii);
        assert!(text(&drawn).is_ascii(), "{}", text(&drawn));
        insta::assert_snapshot!(format!("worth-ascii-{width}x{height}"), styled(&drawn, ascii));
    }
}
