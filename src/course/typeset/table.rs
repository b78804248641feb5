//! Tables that fit: columns as wide as they like while there is room, then narrowed and wrapped; where even the
//! longest words do not fit side by side, each row becomes a few lines of "head: cell".

use super::Frames;
use super::block::{Line, Setting, hang, recolor};
use super::width::line_width;
use super::wrap::{widest_word, wrap};
use crate::course::document::{Align, Role, Span};

/// Cells between two columns: a blank, a line, a blank.
const GAP: usize = 3;
/// No column asks for more than this before others have their words whole.
const WORD_MAX: usize = 20;

/// A table as the document holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    pub align: &'a [Align],
    pub head: &'a [Vec<Span>],
    pub rows: &'a [Vec<Vec<Span>>],
}

pub(super) fn lines(table: &Table<'_>, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let head = ink_row(table.head, setting);
    let rows: Vec<Vec<Vec<Span>>> = table.rows.iter().map(|row| ink_row(row, setting)).collect();
    let columns = if setting.frames() == Frames::Plain { None } else { columns(&head, &rows, width) };
    match columns {
        Some(columns) => {
            let grid = Grid { columns, align: table.align, frames: setting.frames() };
            grid.lines(&head, &rows)
        }
        None => stacked(&head, &rows, width, setting.frames()),
    }
}

fn ink_row(row: &[Vec<Span>], setting: &Setting<'_>) -> Vec<Vec<Span>> {
    row.iter().map(|cell| setting.inked(cell)).collect()
}

/// The width of each column, or `None` when they cannot stand side by side.
fn columns(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], width: usize) -> Option<Vec<usize>> {
    let room = width.checked_sub(GAP * head.len().saturating_sub(1))?;
    let cells = |column: usize| {
        std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).filter_map(move |row| row.get(column))
    };
    let widest = |measure: fn(&[Span]) -> usize| -> Vec<usize> {
        (0..head.len())
            .map(|column| cells(column).map(|cell| measure(cell)).max().unwrap_or(0).max(1))
            .collect()
    };
    let wanted = widest(|cell| wrap(cell, usize::MAX).iter().map(|line| line_width(line)).max().unwrap_or(0));
    let needed: Vec<usize> = widest(widest_word).into_iter().map(|word| word.min(WORD_MAX)).collect();
    let (wanted_sum, needed_sum): (usize, usize) = (wanted.iter().sum(), needed.iter().sum());
    if wanted_sum <= room {
        return Some(wanted);
    }
    let spare = room.checked_sub(needed_sum)?;
    Some(shared(&needed, &wanted, spare))
}

/// Each column gets what it needs, and of what is spare a share by what else it wants; what rounding leaves goes
/// to the first columns that want it.
fn shared(needed: &[usize], wanted: &[usize], spare: usize) -> Vec<usize> {
    let wish = |column: usize| wanted[column].saturating_sub(needed[column]);
    let wishes: usize = (0..needed.len()).map(wish).sum();
    let mut columns: Vec<usize> = needed
        .iter()
        .enumerate()
        .map(|(column, &need)| need + spare * wish(column) / wishes.max(1))
        .collect();
    let mut left = spare.saturating_sub(columns.iter().sum::<usize>() - needed.iter().sum::<usize>());
    for (column, width) in columns.iter_mut().enumerate() {
        let extra = left.min(wanted[column].saturating_sub(*width));
        *width += extra;
        left -= extra;
    }
    columns
}

/// A table side by side.
#[derive(Debug)]
struct Grid<'a> {
    columns: Vec<usize>,
    align: &'a [Align],
    frames: Frames,
}

impl Grid<'_> {
    fn lines(&self, head: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> Vec<Line> {
        let rows: Vec<Vec<Line>> = rows.iter().map(|row| self.row(row)).collect();
        // A row of several lines ends where a rule says so.
        let ruled = rows.iter().any(|row| row.len() > 1);
        let mut lines = recolor(self.row(head), Role::Strong);
        lines.push(self.rule("─┼─", "-+-"));
        for (number, row) in rows.into_iter().enumerate() {
            if ruled && number > 0 {
                lines.push(self.rule("─┼─", "-+-"));
            }
            lines.extend(row);
        }
        lines
    }

    fn row(&self, cells: &[Vec<Span>]) -> Vec<Line> {
        let wrapped: Vec<Vec<Line>> =
            cells.iter().zip(&self.columns).map(|(cell, &width)| wrap(cell, width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        (0..height).map(|number| self.line(&wrapped, number)).collect()
    }

    fn line(&self, wrapped: &[Vec<Line>], number: usize) -> Line {
        let mut line = Line::new();
        for (column, cell) in wrapped.iter().enumerate() {
            if column > 0 {
                line.push(self.frames.span(" │ ", " | "));
            }
            let content = cell.get(number).cloned().unwrap_or_default();
            let fill = self.columns[column].saturating_sub(line_width(&content));
            let before = match self.align[column] {
                Align::Left => 0,
                Align::Center => fill / 2,
                Align::Right => fill,
            };
            // Nothing trails after the last column.
            let after = if column + 1 < wrapped.len() { fill - before } else { 0 };
            line.push(Span::new(Role::Text, " ".repeat(before)));
            line.extend(content);
            line.push(Span::new(Role::Text, " ".repeat(after)));
        }
        line.retain(|span| !span.text.is_empty());
        line
    }

    fn rule(&self, lines: &str, ascii: &str) -> Line {
        let dash = self.frames.pick("─", "-");
        let parts: Vec<String> = self.columns.iter().map(|&width| dash.repeat(width)).collect();
        vec![Span::new(Role::Frame, parts.join(self.frames.pick(lines, ascii)))]
    }
}

/// Each row as "head: cell" lines, the first with a bullet.
fn stacked(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], width: usize, frames: Frames) -> Vec<Line> {
    let mut lines = Vec::new();
    for row in rows {
        let mut before = Span::new(Role::Frame, if frames == Frames::Lines { "• " } else { "- " });
        for (name, cell) in head.iter().zip(row) {
            if cell.is_empty() {
                continue;
            }
            let mut text: Vec<Span> = recolor(vec![name.clone()], Role::Strong).remove(0);
            if !text.is_empty() {
                text.push(Span::new(Role::Text, ": "));
            }
            text.extend(cell.iter().cloned());
            let blank = Span::new(Role::Text, "  ");
            lines.extend(hang(&[before], &blank, width, |width| wrap(&text, width)));
            before = blank;
        }
    }
    lines
}
