//! Sheets over the lab: what stands in them is what the proxies know, at every size and without line drawing.

use std::time::Duration;

use eastwest::app::Screen;
use eastwest::app::geometry::Size;
use eastwest::app::lab::inspect::Content;
use eastwest::app::state::Go;
use eastwest::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::screen;
use crate::sessions::Sitting;
use crate::styled::blank;

fn broken() -> Sitting {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Lab(None));
    sitting.pass(Duration::from_secs(2));
    for key in ["P", "f", "5"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(3));
    sitting
}

#[test]
fn a_table_on_the_screen_says_what_the_proxy_knows() {
    let mut sitting = broken();
    for key in ["space", "i"] {
        sitting.press(key);
    }
    for _ in 0..7 {
        let picture = screen::text(&sitting.app, 120, 40);
        let Screen::Lab(lab) = sitting.app.screen() else { panic!("this is no lab") };
        let scene = lab.scene(false);
        let Some(Content::Proxy { proxies, .. }) = scene.sheet.map(|sheet| &sheet.content) else {
            panic!("no table is open")
        };
        for proxy in proxies {
            for (priority, level) in proxy.levels.iter().enumerate() {
                let sum = format!("P{priority} {} of {} healthy", level.healthy, level.total);
                let line =
                    picture.lines().find(|line| line.contains(&sum)).unwrap_or_else(|| panic!("{sum}"));
                assert!(line.contains(&format!("→ {} %", level.load_percent)), "{line}");
            }
            for row in &proxy.endpoints {
                let name = &scene.view.places[usize::from(row.place)].name;
                let until = row.ejected_until.map_or(String::new(), |until| {
                    let tenths = until / 100_000_000;
                    format!("{:02}:{:02}.{} ×{}", tenths / 600, tenths / 10 % 60, tenths % 10, row.multiplier)
                });
                let line = picture.lines().find(|line| {
                    let words: Vec<&str> = line.split_whitespace().collect();
                    words.windows(3).any(|three| three == [name, &row.zone, &row.priority.to_string()])
                });
                let line = line.unwrap_or_else(|| panic!("{name} {}: {picture}", row.zone));
                assert!(line.contains(&until) && line.contains("ready"), "{line}");
                assert!(line.contains(&format!("{}/5", row.errors_in_a_row)), "{line}");
            }
        }
        sitting.press("]");
    }
}

/// The lab as it is drawn, without header and footer; with its sheet, or without.
fn drawn(sitting: &Sitting, (width, height): (u16, u16), sheet: bool) -> Buffer {
    let Screen::Lab(lab) = sitting.app.screen() else { panic!("this is no lab") };
    let mut scene = lab.scene(false);
    scene.sheet = scene.sheet.filter(|_| sheet);
    let mut buffer = blank(width, height);
    ui::lab::draw_scene(&scene, screen::THEME, Size::new(width, height).into(), &mut buffer);
    buffer
}

/// The smallest rectangle that holds all cells in which two pictures differ.
fn difference(one: &Buffer, other: &Buffer) -> Rect {
    let cells = one.area.positions().filter(|at| one[*at] != other[*at]);
    let cells = cells.map(|at| Rect::new(at.x, at.y, 1, 1));
    cells.reduce(Rect::union).unwrap_or_default()
}

fn row(buffer: &Buffer, part: Rect, y: u16) -> String {
    (part.left()..part.right()).map(|x| buffer[(x, y)].symbol()).collect()
}

/// A closed frame of line drawing, and nothing of the sheet outside of it. What stands inside, a line a row.
fn inside(sitting: &Sitting, size: (u16, u16)) -> Vec<String> {
    let with = drawn(sitting, size, true);
    let part = difference(&with, &drawn(sitting, size, false));
    let rows: Vec<String> = (part.top()..part.bottom()).map(|y| row(&with, part, y)).collect();
    let picture = rows.join("\n");
    let (first, last) = (rows.first().expect("a sheet"), rows.last().expect("a sheet"));
    assert!(first.starts_with('┏') && first.ends_with('┓'), "{size:?}\n{picture}");
    assert!(last.starts_with('┗') && last.ends_with('┛'), "{size:?}\n{picture}");
    assert_eq!(last.matches('━').count() + 2, usize::from(part.width), "{size:?}\n{picture}");
    let between = &rows[1..rows.len() - 1];
    assert!(!between.is_empty(), "{size:?}\n{picture}");
    let line = |row: &String| {
        let line = row.strip_prefix('┃').and_then(|row| row.strip_suffix('┃'));
        line.unwrap_or_else(|| panic!("{size:?}: '{row}'\n{picture}")).to_owned()
    };
    between.iter().map(line).collect()
}

#[test]
fn sheets_are_closed_frames_at_any_size_and_say_all_where_there_is_room() {
    let mut sitting = broken();
    let sizes = (20..=130).step_by(10).flat_map(|width| [5, 12, 20, 41].map(|height| (width, height)));
    let sizes: Vec<(u16, u16)> = sizes.collect();
    for key in ["i", "w", "t"] {
        sitting.press(key);
        for tab in 0..4 {
            for &size in &sizes {
                let lines = inside(&sitting, size);
                let said = lines.join(" ");
                let said: Vec<&str> = said.split_whitespace().collect();
                let said = said.join(" ");
                match sheet(&sitting) {
                    Some((_, Content::Why { sentences, .. })) if size.1 > 40 && size.0 > 30 => {
                        for sentence in sentences {
                            assert!(said.contains(&sentence), "{key} {tab} {size:?} '{sentence}'\n{said}");
                        }
                    }
                    Some((_, Content::Trace { trace, .. })) if size.1 > 40 && size.0 > 80 => {
                        for leg in trace.legs {
                            assert!(said.contains(&leg.way), "{key} {tab} {size:?} {leg:?}\n{said}");
                        }
                        assert!(said.contains(&trace.conclusion), "{said}");
                    }
                    Some(_) => assert!(!said.is_empty(), "{key} {tab} {size:?}"),
                    None => panic!("{key} shows nothing"),
                }
            }
            sitting.press("tab");
        }
        // What is smaller than a frame is drawn as far as it goes.
        for size in [(1, 1), (2, 2), (3, 1), (1, 9), (9, 3)] {
            drawn(&sitting, size, true);
        }
    }
}

#[test]
fn keys_that_look_leave_the_run_alone_and_close_again() {
    let mut sitting = broken();
    let at = |sitting: &Sitting| match sitting.app.screen() {
        Screen::Lab(lab) => (lab.scene(false).view.at, lab.scene(false).sheet.is_some()),
        other => panic!("this is no lab: {other:?}"),
    };
    for (open, close) in [("i", "i"), ("w", "w"), ("t", "t"), ("i", "esc"), ("w", "q"), ("t", "esc")] {
        let before = at(&sitting).0;
        sitting.press(open);
        assert!(at(&sitting).1, "{open} opens");
        sitting.pass(Duration::from_secs(1));
        assert!(at(&sitting).0 > before, "it goes on under {open}");
        sitting.press(close);
        assert!(!at(&sitting).1, "{close} closes");
    }
}

/// The open sheet's title, and what it shows.
fn sheet(sitting: &Sitting) -> Option<(String, Content)> {
    let Screen::Lab(lab) = sitting.app.screen() else { panic!("this is no lab") };
    lab.scene(false).sheet.map(|sheet| (sheet.title.clone(), sheet.content.clone()))
}

#[test]
fn the_title_of_a_request_is_a_place_that_it_comes_by() {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Lab(None));
    for key in ["P", "f", "r"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(20));
    sitting.press("t");
    let (mut refused, mut seen) = (0, Vec::new());
    // As far as the other region's checkout: after all places come the numbers, which have no request.
    for key in ["tab"; 16].into_iter().chain(["[", "[", "]", "tab", "[", "["]) {
        sitting.press(key);
        let Some((title, Content::Trace { trace, .. })) = sheet(&sitting) else { panic!("no request") };
        let Some((_, name)) = title.split_once('/') else { panic!("'{title}' is no place") };
        assert!(trace.legs.iter().any(|leg| leg.way.contains(name)), "'{title}': {trace:?}");
        if key == "tab" {
            seen.push((title, trace.request));
        } else {
            let this = (title, trace.request);
            assert!(key == "]" || seen.contains(&this), "{key} shows {this:?}, which was none of {seen:?}");
        }
        refused += usize::from(screen::text(&sitting.app, 120, 40).contains("no request of us-"));
    }
    assert!(refused > 0, "nothing comes by the pods of a region that is down");
}

#[test]
fn a_sheet_stays_as_it_is_when_no_request_can_be_followed() {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Lab(None));
    for key in ["P", "f", "k"] {
        sitting.press(key);
    }
    sitting.pass(Duration::from_secs(1));
    sitting.press("w");
    while sheet(&sitting).is_none_or(|(title, _)| title != "us-east-1/payment-1") {
        sitting.press("tab");
    }
    sitting.press("t");
    let Some((title, Content::Why { .. })) = sheet(&sitting) else { panic!("{:?}", sheet(&sitting)) };
    assert_eq!(title, "us-east-1/payment-1");
}

#[test]
fn a_sheet_scrolled_past_its_end_goes_back_at_once() {
    let mut sitting = Sitting::open(Size::new(60, 16), Go::Lab(None));
    sitting.pass(Duration::from_secs(2));
    for key in ["space", "w"] {
        sitting.press(key);
    }
    let shown = |sitting: &Sitting| screen::text(&sitting.app, 60, 16);
    let mut seen = vec![shown(&sitting)];
    for _ in 0..60 {
        sitting.press("j");
        seen.push(shown(&sitting));
    }
    seen.dedup();
    assert!((3..50).contains(&seen.len()), "{} rows are scrolled", seen.len());
    sitting.press("k");
    assert_eq!(shown(&sitting), seen[seen.len() - 2], "one row back");
    sitting.press("page-down");
    sitting.press("k");
    assert_eq!(shown(&sitting), seen[seen.len() - 2]);
}
