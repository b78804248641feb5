//! Sheets over the lab: what stands in them is what the proxies know, at every size and without line drawing.

use std::time::Duration;

use eastwest::app::Screen;
use eastwest::app::geometry::Size;
use eastwest::app::lab::inspect::Content;
use eastwest::app::state::Go;

use crate::screen;
use crate::sessions::Sitting;

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

#[test]
fn sheets_and_brackets_fit_any_size() {
    let mut sitting = broken();
    for sheet in ["i", "w", "t"] {
        sitting.press(sheet);
        for (width, height) in
            (1..=130).step_by(7).flat_map(|width| [1, 2, 5, 12, 20, 41].map(|height| (width, height)))
        {
            let first = screen::buffer(&sitting.app, width, height);
            assert_eq!(first, screen::buffer(&sitting.app, width, height), "{sheet} at {width}x{height}");
        }
        for _ in 0..30 {
            sitting.press("tab");
            screen::buffer(&sitting.app, 80, 24);
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
