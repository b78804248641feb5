//! The keys over a screen, in as many columns as fit.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::overlay::{framed, label};
use super::text::{keys_in, line_at, width};
use super::theme::{Mark, Theme};
use crate::app::geometry::Area;
use crate::app::help::{Group, Help, columns, lines};

/// Between two columns.
const GAP: u16 = 3;
const COLUMNS_MAX: u16 = 3;

/// The keys of the context one came from, then those of its parents.
pub fn draw(help: &Help, theme: Theme, area: Area, buf: &mut Buffer) {
    // The size is that of the whole list, whatever is typed, so that nothing jumps.
    let shown = |help: &Help| {
        let mut groups = help.groups();
        for (keys, _) in groups.iter_mut().flat_map(|group| &mut group.rows) {
            *keys = keys_in(keys, theme);
        }
        groups
    };
    let all = shown(&Help::new(help.of()));
    let (keys, words) = widest(&all);
    let column = keys + 2 + words;
    let count = ((area.width.saturating_sub(4) + GAP) / (column + GAP)).clamp(1, COLUMNS_MAX);
    let needed = height(&columns(all, usize::from(count)));
    let frame = area.centered(((column + GAP) * count - GAP).max(44) + 4, needed as u16 + 2);
    let title = format!(" Keys: {} ", help.of().title());
    let inner = framed(frame, &title, theme, buf).inset(1, 0);
    let said = match help.filter() {
        "" => "type to filter · ? or Esc closes".to_owned(),
        filter => format!("> {filter}"),
    };
    if width(&title) + width(&said) + 6 <= usize::from(frame.width) {
        label(&said, theme, frame, buf);
    }
    let columns = columns(shown(help), usize::from(count));
    let (rows, inside) = (height(&columns), usize::from(inner.height));
    let scroll = help.scroll().min(rows.saturating_sub(inside));
    if rows > inside {
        let foot = Area { y: frame.y + frame.height.saturating_sub(1), height: 1, ..frame };
        label(&format!("{}-{} of {rows}", scroll + 1, scroll + inside), theme, foot, buf);
    }
    for (index, groups) in (0..).zip(&columns) {
        let mut cells = inner;
        cells.cut_left(index * (column + GAP));
        draw_column(groups, scroll, keys, theme, cells, buf);
    }
    if columns.is_empty() {
        line_at(buf, inner, 0, 0, "No key has all of these words.", theme.mark(Mark::Quiet));
    }
}

fn height(columns: &[Vec<Group>]) -> usize {
    columns.iter().map(|groups| lines(groups)).max().unwrap_or(0)
}

/// The widest keys, and the widest words.
fn widest(groups: &[Group]) -> (u16, u16) {
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let keys = rows().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let words = rows().map(|(_, words)| width(words)).max().unwrap_or(0);
    (keys as u16, words as u16)
}

/// Rows above `scroll` are not drawn.
fn draw_column(groups: &[Group], scroll: usize, keys: u16, theme: Theme, area: Area, buf: &mut Buffer) {
    let (heading, key, plain) = (theme.mark(Mark::Strong), theme.mark(Mark::Key), Style::new());
    let mut rows: Vec<[(u16, &str, Style); 2]> = Vec::new();
    for group in groups {
        if !rows.is_empty() {
            rows.push([(0, "", plain), (0, "", plain)]);
        }
        rows.push([(0, group.title, heading), (0, "", plain)]);
        rows.extend(
            group.rows.iter().map(|(chords, words)| [(0, chords.as_str(), key), (keys + 2, *words, plain)]),
        );
    }
    for (at, row) in rows.iter().skip(scroll).take(usize::from(area.height)).enumerate() {
        for (column, words, style) in row {
            line_at(buf, area, at as u16, *column, words, *style);
        }
    }
}
