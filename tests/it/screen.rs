//! Pictures of the application: its text, and the runs of cells that do not look like plain text.

use std::fmt::Write as _;
use std::ops::Range;

use eastwest::app::App;
use eastwest::ui;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// The looks that snapshots are taken in.
pub const THEME: Theme = Theme { depth: Depth::Ansi, ground: Ground::Dark, ascii: false };

/// What is on the screen, cell by cell.
pub fn buffer(app: &App, width: u16, height: u16) -> Buffer {
    buffer_in(app, THEME, width, height)
}

fn buffer_in(app: &App, theme: Theme, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| ui::draw(app, theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The text of the screen, a line a row, without blanks at the ends of lines.
pub fn text(app: &App, width: u16, height: u16) -> String {
    let buffer = buffer(app, width, height);
    let mut text = String::new();
    for y in 0..height {
        let row: String = (0..width).map(|x| buffer[(x, y)].symbol()).collect();
        text += row.trim_end();
        text.push('\n');
    }
    text
}

/// The text, and under it where it is bold, dim or colored: `row: column+cells style`.
pub fn picture(app: &App, width: u16, height: u16) -> String {
    picture_of(app, width, height, Rect::new(0, 0, width, height))
}

/// A part of the picture alone.
pub fn picture_of(app: &App, width: u16, height: u16, part: Rect) -> String {
    picture_from(&buffer(app, width, height), part)
}

/// The whole picture in other looks.
pub fn picture_in(app: &App, theme: Theme, width: u16, height: u16) -> String {
    picture_from(&buffer_in(app, theme, width, height), Rect::new(0, 0, width, height))
}

fn picture_from(buffer: &Buffer, part: Rect) -> String {
    let mut picture = String::new();
    for y in part.top()..part.bottom() {
        let row: String = (part.left()..part.right()).map(|x| buffer[(x, y)].symbol()).collect();
        picture += row.trim_end();
        picture.push('\n');
    }
    picture += "-- styles\n";
    for y in part.top()..part.bottom() {
        let runs = runs(buffer, y, part.left()..part.right());
        if !runs.is_empty() {
            let _ = writeln!(picture, "{y}: {}", runs.join(", "));
        }
    }
    picture
}

fn runs(buffer: &Buffer, y: u16, columns: Range<u16>) -> Vec<String> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for x in columns {
        let looks = looks(&buffer[(x, y)]);
        match runs.last_mut() {
            Some((start, cells, same)) if *same == looks && *start + *cells == x => *cells += 1,
            _ if looks.is_empty() => {}
            _ => runs.push((x, 1, looks)),
        }
    }
    runs.into_iter().map(|(start, cells, looks)| format!("{start}+{cells} {looks}")).collect()
}

fn looks(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(format!("{}", cell.fg).to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg).to_lowercase());
    }
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ];
    words.extend(modifiers.iter().filter(|(m, _)| cell.modifier.contains(*m)).map(|(_, w)| (*w).to_owned()));
    words.join(" ")
}
