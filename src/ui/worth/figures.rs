//! The list of figures: what each is, its value, and where that is from.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::headed_rule;
use crate::app::geometry::Area;
use crate::app::worth::sheet::Figure;
use crate::app::worth::{Row, Worth};
use crate::ui::lab::log::wrapped;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Columns of the widest origin, with a blank before it.
const ORIGIN: u16 = 9;
/// Rows that keep room for a sentence on the selected figure below them.
const ROWS_MIN: u16 = 7;

pub fn draw(worth: &Worth, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    if area.height >= ROWS_MIN {
        headed_rule("Your figures", theme, rest.cut_top(1), 0, buf);
    }
    let figures = worth.figures();
    let about = wrapped(&worth.about(), usize::from(rest.width.saturating_sub(3)));
    let below = match rest.height {
        0..ROWS_MIN => 0,
        rows => {
            // A source is worth more rows than a sentence on what one sees.
            let least = if matches!(worth.selected(), Row::Price(_)) { 3 } else { 1 };
            (about.len() as u16).min(rows.saturating_sub(figures.len() as u16).clamp(least, 4))
        }
    };
    let mut foot = rest.cut_bottom(below);
    foot.cut_left(2);
    for (row, line) in about.iter().take(usize::from(below)).enumerate() {
        // What does not fit says so.
        let cut = row + 1 == usize::from(below) && about.len() > usize::from(below);
        let room = usize::from(foot.width.saturating_sub(2));
        let line = if cut { clipped(line, room, "") + theme.glyph(Glyph::Ellipsis) } else { line.clone() };
        line_at(buf, foot, row as u16, 0, &line, theme.mark(Mark::Quiet));
    }
    for (row, figure) in figures.iter().skip(first(worth.row(), figures.len(), rest.height)).enumerate() {
        draw_figure(figure, theme, rest, row as u16, buf);
    }
}

/// The first row on show: the selected one is in sight, with one after it where there is one.
fn first(selected: usize, rows: usize, height: u16) -> usize {
    let height = usize::from(height);
    let last = (selected + 2).min(rows);
    last.saturating_sub(height).min(selected)
}

fn draw_figure(figure: &Figure, theme: Theme, area: Area, row: u16, buf: &mut Buffer) {
    if row >= area.height {
        return;
    }
    let has_origin = area.width >= 34;
    let origin_at = if has_origin { area.width - ORIGIN } else { area.width };
    if figure.selected {
        line_at(buf, area, row, 0, theme.glyph(Glyph::Pointer), theme.mark(Mark::Key));
    }
    let value = if figure.typing { format!("{}_", figure.value) } else { figure.value.clone() };
    let value_at = origin_at.saturating_sub(width(&value) as u16 + 1);
    let label_at = if figure.inner { 4 } else { 2 };
    let room = usize::from(value_at.saturating_sub(label_at + 1));
    let label = clipped(&figure.label, room, theme.glyph(Glyph::Ellipsis));
    let style = if figure.selected { theme.mark(Mark::Strong) } else { Style::new() };
    line_at(buf, area, row, label_at, &label, style);
    let style = match (figure.typing, figure.selected, figure.is_yours()) {
        (true, ..) | (false, true, _) => theme.mark(Mark::Selected),
        (false, false, true) => theme.mark(Mark::Figure),
        (false, false, false) => Style::new(),
    };
    line_at(buf, area, row, value_at, &value, style);
    let mark = theme.mark(if figure.is_yours() { Mark::Figure } else { Mark::Quiet });
    if has_origin {
        line_at(buf, area, row, origin_at, figure.origin, mark);
    } else if figure.is_yours() {
        line_at(buf, area, row, 1, theme.glyph(Glyph::Request), mark);
    }
}
