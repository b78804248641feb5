//! Drawing: `&App` to cells, and no more.

pub mod help;
pub mod hits;
pub mod home;
pub mod lab;
pub mod letters;
pub mod overlay;
pub mod palette;
pub mod present;
pub mod pretest;
pub mod reader;
pub mod review;
pub mod stats;
pub mod text;
pub mod theme;
mod told;
pub mod worth;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::chord::Chord;
use crate::app::geometry::{self, Area, Size};
use crate::app::present::audience::Audience;
use crate::app::{App, Notice, Screen, keymap};
use text::{line_at, rule};
use theme::{Glyph, Mark, Theme};

/// The whole picture.
pub fn draw(app: &App, theme: Theme, frame: &mut Frame) {
    let area = frame.area();
    draw_in(app, theme, Size::new(area.width, area.height), frame.buffer_mut());
}

/// The same into a buffer of that size, for those who have no terminal.
pub fn draw_in(app: &App, theme: Theme, size: Size, buf: &mut Buffer) {
    keymap::with(app.parts().manner.keys, || draw_screen(app, theme, size, buf));
    if theme.ascii {
        in_ascii(buf);
    }
}

/// What any screen has written with other signs than ASCII's; letters of any language stay.
fn in_ascii(buf: &mut Buffer) {
    for cell in buf.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        let plain = text::in_ascii(cell.symbol());
        cell.set_symbol(&plain);
    }
}

fn draw_screen(app: &App, theme: Theme, size: Size, buf: &mut Buffer) {
    if size.is_too_small() {
        return draw_too_small(size, theme, buf);
    }
    if let Screen::Audience(audience) = app.screen() {
        return draw_audience(app, audience, theme, size, buf);
    }
    let chrome = geometry::chrome(size);
    draw_header(app, theme, chrome.header, buf);
    match app.screen() {
        Screen::Home(home) => home::draw(home, app.parts(), theme, chrome.body, buf),
        Screen::Reader(reader) => reader::draw(reader, app.parts(), theme, chrome.body, buf),
        Screen::Lab(lab) => lab::draw(lab, app.parts(), theme, chrome.body, buf),
        Screen::Review(review) => review::draw(review, app.parts(), theme, chrome.body, buf),
        Screen::Worth(worth) => worth::draw(worth, theme, chrome.body, buf),
        Screen::Console(console) => present::console::draw(console, app.parts(), theme, chrome.body, buf),
        Screen::Audience(_) => {}
        Screen::Stats(stats) => stats::draw(stats, app.parts(), theme, chrome.body, buf),
    }
    draw_footer(app, theme, chrome.footer, buf);
    if let Some(overlay) = app.overlay() {
        overlay::draw(overlay, theme, chrome.body, buf);
    }
}

/// How far the open sheet can be scrolled on a screen of that size; `None` without one.
#[must_use]
pub fn reach(app: &App, theme: Theme, size: Size) -> Option<usize> {
    let body = geometry::chrome(size).body;
    match app.screen() {
        Screen::Lab(lab) => lab::reach(lab, theme, body, false),
        Screen::Reader(reader) => lab::reach(reader.lab(), theme, reader::lab_area(reader, body), true),
        Screen::Audience(audience) => Some(present::audience::reach(audience, app.parts(), theme, size)),
        Screen::Console(console) => {
            let size = console.talk().peers().audience.unwrap_or(size);
            Some(present::reach(console.talk(), app.parts(), theme, size))
        }
        Screen::Home(_) | Screen::Review(_) | Screen::Worth(_) | Screen::Stats(_) => None,
    }
}

/// A rectangle of plain numbers as ratatui has it.
#[must_use]
pub fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

/// All cells are the audience's; a notice takes the last row, and nothing is said while the screen is blank.
fn draw_audience(app: &App, audience: &Audience, theme: Theme, size: Size, buf: &mut Buffer) {
    let area = Area::from(size);
    let session = audience.talk().session();
    let room = session.look.stage;
    let theme = theme.in_room(room);
    present::audience::draw(audience, app.parts(), theme, area, buf);
    if app.notice().is_some() && !session.blank {
        let last = Area { y: area.height - 1, height: 1, ..area };
        rule(buf, last, 0, " ", Style::reset());
        draw_footer(app, theme, last, buf);
    }
    if let Some(overlay) = app.overlay() {
        overlay::draw(overlay, theme, area, buf);
    }
    theme.paint_room(room, area, buf);
}

fn draw_too_small(size: Size, theme: Theme, buf: &mut Buffer) {
    let area = Area::from(size);
    let words = ["eastwest needs", "40x12 or more;", "eastwest read", "needs no size"];
    for (row, text) in words.iter().enumerate().take(usize::from(area.height)) {
        line_at(buf, area, row as u16, 0, text, theme.mark(Mark::Plain));
    }
}

fn draw_header(app: &App, theme: Theme, area: Area, buf: &mut Buffer) {
    let (left, right) = match app.screen() {
        Screen::Home(home) => home::title(home, app.parts()),
        Screen::Reader(reader) => reader::title(reader, app.parts()),
        Screen::Lab(lab) => lab::title(lab, app.parts(), theme),
        Screen::Review(review) => review::title(review, app.parts()),
        Screen::Worth(worth) => worth::title(worth),
        Screen::Console(console) => present::console::title(console, app.parts()),
        Screen::Audience(_) => (String::new(), String::new()),
        Screen::Stats(stats) => stats::title(stats, app.parts()),
    };
    line_at(buf, area, 0, 1, &left, theme.mark(Mark::Strong));
    let width = text::width(&right) as u16;
    let room = area.width.saturating_sub(text::width(&left) as u16 + 3);
    if width <= room {
        line_at(buf, area, 0, area.width.saturating_sub(width + 1), &right, theme.mark(Mark::Quiet));
    }
    if area.height > 1 && !is_text(app) {
        rule(buf, area, 1, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
        if let Screen::Reader(reader) = app.screen() {
            reader::draw_progress(reader, theme, area, 1, buf);
        }
    }
}

/// A text for those who hear it has no lines drawn around it.
fn is_text(app: &App) -> bool {
    match app.screen() {
        Screen::Lab(lab) => lab.is_text(),
        Screen::Worth(worth) => worth.is_text(),
        Screen::Console(console) => console.is_text(),
        Screen::Stats(stats) => stats.words.is_some(),
        _ => false,
    }
}

/// A notice, or the keys that fit.
fn draw_footer(app: &App, theme: Theme, area: Area, buf: &mut Buffer) {
    let row = area.height.saturating_sub(1);
    if area.height > 1 && !is_text(app) {
        rule(buf, area, 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    }
    let (notice, mark) = match app.notice() {
        Some(Notice::Info(words)) => (words, Mark::Strong),
        Some(Notice::Trouble(words)) => (words, Mark::Failure),
        None => return draw_keys(app, theme, area, row, buf),
    };
    let room = usize::from(area.width.saturating_sub(2));
    let words = text::clipped(notice, room, theme.glyph(Glyph::Ellipsis));
    line_at(buf, area, row, 1, &words, theme.mark(mark));
}

fn draw_keys(app: &App, theme: Theme, area: Area, row: u16, buf: &mut Buffer) {
    if let Some((key, words)) = worth::hint(app) {
        let x = line_at(buf, area, row, 1, &key, theme.mark(Mark::Key));
        line_at(buf, area, row, x + 1, words, Style::new());
    }
    for (chord, x, _, words) in footer_keys(app, theme, area) {
        let key = text::keys_in(&chord.shown(), theme);
        let x = line_at(buf, area, row, x, &key, theme.mark(Mark::Key));
        line_at(buf, area, row, x + 1, words, Style::new());
    }
}

/// The keys that there is room for: the key, its column, columns of key and words, and the words.
fn footer_keys(app: &App, theme: Theme, area: Area) -> Vec<(Chord, u16, u16, &'static str)> {
    let hint = worth::hint(app).map_or(0, |(key, words)| text::width(&key) + text::width(words) + 4);
    let mut x = 1 + hint as u16;
    let mut keys = Vec::new();
    for (chord, words) in keymap::footer(app.context()) {
        let wide = (text::width(&text::keys_in(&chord.shown(), theme)) + 1 + text::width(words)) as u16;
        if x + wide < area.width {
            keys.push((chord, x, wide, words));
            x += wide + 3;
        }
    }
    keys
}
