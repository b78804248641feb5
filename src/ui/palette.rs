//! The list that one types to search, over a screen.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::overlay::{framed, label};
use super::text::{clipped, keys_in, line_at, rule, width};
use super::theme::{Glyph, Mark, Theme};
use crate::app::geometry::Area;
use crate::app::palette::{Entry, Kind, Palette};

const COLUMNS: u16 = 84;
/// Frame, what is typed, a rule.
const FIXED_ROWS: u16 = 4;
/// Rows of the list at most.
const ROWS_MAX: u16 = 18;

/// Draws it; its size is the same whatever is typed, so that nothing jumps.
pub fn draw(list: &Palette, theme: Theme, area: Area, buf: &mut Buffer) {
    let frame = frame(list, area);
    let (title, none) = match list.kind() {
        Kind::Commands => (" Command ", "No command has all of these words."),
        Kind::Content => (" Search ", "Nothing here or in the lesson has all of these words."),
        Kind::Outline => (" Outline ", "No section, beat or card has all of these words."),
        Kind::Parked => (" Which question was answered? ", "No question has all of these words."),
    };
    let mut rest = framed(frame, title, theme, buf);
    let found = list.found().len();
    let count = match list.kind() {
        Kind::Content => format!("{found} found"),
        Kind::Commands | Kind::Outline | Kind::Parked => format!("{found} of {}", list.total()),
    };
    label(&count, theme, frame, buf);
    let line = rest.cut_top(1);
    let at = line_at(buf, line, 0, 2, "> ", theme.mark(Mark::Key));
    // The end of what is typed stays in view.
    let room = usize::from(line.width.saturating_sub(at + 2));
    let letters: Vec<char> = list.query().chars().collect();
    let query: String = letters[letters.len().saturating_sub(room / 2).min(letters.len())..].iter().collect();
    let query = if width(list.query()) <= room { list.query() } else { &query };
    let at = line_at(buf, line, 0, at, query, theme.mark(Mark::Strong));
    line_at(buf, line, 0, at, " ", theme.mark(Mark::Selected));
    rule(buf, rest.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    for (row, area) in rows(list, area) {
        draw_row(&list.found()[row], row == list.selected(), theme, area, buf);
    }
    if found == 0 {
        line_at(buf, rest, 0, 4, none, theme.mark(Mark::Quiet));
    }
}

/// The rows in view: which of [`Palette::found`], and where.
#[must_use]
pub fn rows(list: &Palette, area: Area) -> Vec<(usize, Area)> {
    let mut rest = frame(list, area).inset(1, 1);
    rest.cut_top(2);
    let top = list.top(usize::from(rest.height));
    let end = list.found().len().min(top + usize::from(rest.height));
    (top..end).map(|row| (row, rest.cut_top(1))).collect()
}

fn frame(list: &Palette, area: Area) -> Area {
    let rows = (list.total() as u16).clamp(1, ROWS_MAX);
    area.centered(COLUMNS.min(area.width.saturating_sub(2)), rows + FIXED_ROWS)
}

/// `► Break: cut the link          f n`
fn draw_row(entry: &Entry, selected: bool, theme: Theme, row: Area, buf: &mut Buffer) {
    let style = |mark| if selected { theme.mark(Mark::Selected) } else { theme.mark(mark) };
    if selected {
        rule(buf, row, 0, " ", theme.mark(Mark::Selected));
        line_at(buf, row, 0, 2, theme.glyph(Glyph::Pointer), style(Mark::Plain));
    }
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let key = keys_in(&entry.key, theme);
    let key_at = row.width.saturating_sub(width(&key) as u16 + 2);
    let words = clipped(&entry.words, usize::from(key_at.saturating_sub(5)), ellipsis);
    line_at(buf, row, 0, 4, &words, if selected { style(Mark::Plain) } else { Style::new() });
    line_at(buf, row, 0, key_at, &key, style(Mark::Key));
}
