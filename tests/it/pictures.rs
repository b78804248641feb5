//! The README's picture, made from a run: `EASTWEST_BLESS=1 cargo test pictures` writes it anew.

use std::fs;
use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::state::Go;
use eastwest::ui;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::sessions::Sitting;
use crate::svg;

const PATH: &str = "docs/lab.svg";
const THEME: Theme = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
const SIZE: Size = Size::new(120, 40);
/// Frames of the picture, and how far apart.
const FRAMES: usize = 16;
const STEP: Duration = Duration::from_millis(133);

#[test]
fn the_picture_in_the_readme_is_what_the_lab_draws() {
    let mut sitting = Sitting::open(SIZE, Go::Lab(None));
    sitting.press("P");
    sitting.pass(Duration::from_secs(4));
    sitting.press("f");
    sitting.press("5");
    sitting.pass(Duration::from_secs(9));
    let frames: Vec<Buffer> = (0..FRAMES)
        .map(|_| {
            sitting.pass(STEP);
            frame(&sitting)
        })
        .collect();
    let picture = svg::animated(&frames, STEP.as_millis() as u32, &svg::DARK);
    if std::env::var_os("EASTWEST_BLESS").is_some() {
        fs::create_dir_all("docs").expect("docs");
        fs::write(PATH, &picture).expect(PATH);
    }
    let there = fs::read_to_string(PATH).unwrap_or_default();
    assert!(there == picture, "the lab draws something else by now: EASTWEST_BLESS=1 cargo test pictures");
}

fn frame(sitting: &Sitting) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a buffer");
    terminal.draw(|frame| ui::draw(&sitting.app, THEME, frame)).expect("a buffer");
    terminal.backend().buffer().clone()
}
