//! Rooms, large letters, the blank screen, notes in the only window, and plain lines.

use std::time::Duration;

use eastwest::app::manner::Motion;
use eastwest::app::present::session::Stage;
use eastwest::app::{Effect, Msg};
use eastwest::ui;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::{open, place, press, talk, text};
use crate::screen;
use crate::sessions::Sitting;

fn drawn(sitting: &Sitting, theme: Theme) -> Buffer {
    let size = sitting.size();
    let mut buf = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    ui::draw_in(&sitting.app, theme, size, &mut buf);
    buf
}

#[test]
fn a_room_paints_every_cell_and_a_window_as_started_none() {
    for depth in [Depth::True, Depth::Indexed, Depth::Ansi] {
        let theme = Theme { depth, ground: Ground::Light, ascii: false };
        let mut sitting = open((80, 24), 4, Motion::Full);
        assert!(drawn(&sitting, theme).content().iter().all(|cell| cell.bg == Color::Reset));
        for room in [Stage::DarkRoom, Stage::BrightRoom, Stage::HighContrast] {
            press(&mut sitting, "T");
            assert_eq!(talk(&sitting).session().look.stage, room);
            let buf = drawn(&sitting, theme);
            let painted = |cell: &ratatui::buffer::Cell| cell.bg != Color::Reset && cell.fg != Color::Reset;
            assert!(buf.content().iter().all(painted), "{room:?} in {depth:?}");
            let ground = buf[(0, 0)].bg;
            let black = [Color::Black, Color::Rgb(0, 0, 0), Color::Indexed(16)].contains(&ground);
            assert_eq!(black, room != Stage::BrightRoom, "{room:?} in {depth:?}: {ground:?}");
        }
    }
}

#[test]
fn who_wants_no_color_has_none_in_any_room() {
    let mono = eastwest::palette::Palette::shipped("mono").unwrap();
    let mut sitting = open((80, 24), 4, Motion::Full);
    for _ in 0..4 {
        press(&mut sitting, "T");
        for theme in [
            Theme { depth: Depth::Mono, ..screen::THEME },
            Theme { depth: Depth::True, ground: Ground::Of(mono), ascii: false },
        ] {
            let buf = drawn(&sitting, theme);
            let bare = |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset);
            assert!(buf.content().iter().all(bare), "{theme:?}");
        }
    }
}

#[test]
fn short_text_is_large_and_long_text_is_as_it_was() {
    let mut sitting = open((120, 40), 1, Motion::Full);
    press(&mut sitting, "L");
    let large = text(&sitting);
    assert!(large.contains('█') && !large.contains("Data, network"), "{large}");
    let ascii = drawn(&sitting, Theme { ascii: true, ..screen::THEME });
    assert!(ascii.content().iter().all(|cell| cell.symbol().is_ascii()), "in ASCII it is drawn in ASCII");
    let mut small = open((40, 12), 1, Motion::Full);
    press(&mut small, "L");
    assert!(text(&small).contains("span two"), "{}", text(&small));
}

#[test]
fn a_blank_screen_is_blank_and_sleeps() {
    let mut sitting = open((80, 24), 1, Motion::Full);
    press(&mut sitting, "space space space space space space space space space");
    assert!(sitting.app.wants_frame().is_some(), "a mesh runs");
    press(&mut sitting, "b");
    assert_eq!(text(&sitting).trim(), "·");
    assert_eq!(sitting.app.wants_frame(), None);
    // What is said to the presenter is not said to everybody.
    press(&mut sitting, "q");
    assert_eq!(text(&sitting).trim(), "·");
    press(&mut sitting, ".");
    assert!(text(&sitting).contains("How to read the mesh"));
}

#[test]
fn a_screen_that_loses_its_mesh_is_cleared_but_not_in_a_room() {
    for (room, clears) in [("", true), ("T", false)] {
        let mut sitting = open((120, 40), 1, Motion::Full);
        press(&mut sitting, room);
        let mut cleared = Vec::new();
        while place(&sitting).0 < 5 {
            let now = sitting.now();
            let effects = sitting.app.update(now, Msg::Key("space".parse().unwrap()));
            if effects.contains(&Effect::Redraw) {
                cleared.push(talk(&sitting).session().view.beat);
            }
        }
        // The fourth beat is a mesh.
        assert_eq!(cleared, if clears { vec![4] } else { Vec::new() });
    }
}

#[test]
fn a_mesh_that_would_give_the_answer_away_waits_for_it() {
    for motion in [Motion::Full, Motion::None] {
        let mut sitting = open((120, 40), 4, motion);
        press(&mut sitting, "space space");
        sitting.pass(Duration::from_secs(6));
        let asked = text(&sitting);
        assert!(asked.contains("B  Half") && !asked.contains("healthy:"), "{asked}");
        assert!(!asked.contains("success") && !asked.contains("64."), "{asked}");
        press(&mut sitting, "space");
        let told = text(&sitting);
        assert!(told.contains("The run says 64.63 % local") && told.contains("success"), "{told}");
    }
}

#[test]
fn notes_are_turned_page_by_page_and_hidden_again() {
    for size in [(120, 40), (80, 24), (60, 15), (40, 12)] {
        let mut sitting = open(size, 4, Motion::Full);
        let before = text(&sitting);
        let mut seen = String::new();
        press(&mut sitting, "ctrl-n");
        while text(&sitting) != before {
            let page = text(&sitting);
            let at = page.find("Notes, seen by everybody").unwrap_or_else(|| panic!("{page}"));
            seen += &page[at..];
            press(&mut sitting, "ctrl-n");
            assert!(seen.len() < 20_000, "it ends");
        }
        for word in ["one idea", "71.4", "Leave 95/5 to the", "reader."] {
            let squeezed = super::squeezed(&seen);
            assert!(squeezed.contains(&super::squeezed(word)), "{size:?} lacks '{word}'\n{seen}");
        }
    }
}

#[test]
fn notes_of_another_section_begin_at_their_beginning() {
    let mut sitting = open((40, 12), 1, Motion::Full);
    press(&mut sitting, "ctrl-n ctrl-n");
    while place(&sitting).0 == 0 {
        press(&mut sitting, "space");
    }
    assert!(text(&sitting).contains("Say: ten episodes"), "{}", text(&sitting));
}

#[test]
fn without_motion_it_is_plain_lines_and_a_screen_at_rest_sleeps() {
    let mut sitting = open((80, 24), 4, Motion::None);
    assert_eq!(sitting.app.wants_frame(), None, "points stand still");
    press(&mut sitting, "space space space");
    sitting.pass(Duration::from_secs(1));
    let lines = text(&sitting);
    for part in
        ["Section 4 of 10, beat 2 of", "A  All of it", "The run says", "The mesh, running, at 00:", " more"]
    {
        assert!(lines.contains(part), "{part}\n{lines}");
    }
    let drawn = |c: char| "│┃─━┌┐└┘═╧◆●▇█".contains(c);
    assert!(!lines.contains(drawn), "{lines}");
}
