//! Three bills side by side, a column a pattern.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::{PATTERN_MARKS, headed_rule};
use crate::app::geometry::Area;
use crate::app::worth::Worth;
use crate::app::worth::sheet::{Line, LineKind, NAMES};
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// The patterns in few columns.
const SHORT_NAMES: [&str; 3] = ["dual", "fed.", "mesh"];

/// Rows of the whole of it, with its heading and the names.
#[must_use]
pub fn rows(worth: &Worth) -> u16 {
    worth.lines().len() as u16 + 2
}

pub fn draw(worth: &Worth, theme: Theme, area: Area, buf: &mut Buffer) {
    let lines = worth.lines();
    if lines.is_empty() {
        return;
    }
    let mut rest = area;
    if area.height >= 8 {
        headed_rule("Dollars an hour", theme, rest.cut_top(1), 0, buf);
    }
    let columns = Columns::of(rest.width);
    draw_names(worth, columns, theme, rest.cut_top(1), buf);
    let shown = fitting(&lines, usize::from(rest.height));
    let short = shown.iter().any(|line| width(line.label) > columns.label());
    for (row, line) in shown.into_iter().enumerate() {
        let label = if short { line.short } else { line.label };
        draw_line(line, label, columns, theme, (rest, row as u16), buf);
    }
}

/// The rows that there is room for: parts that nobody pays go first, then facts from the last, then the smallest parts; the
/// sum stays.
fn fitting(lines: &[Line], rows: usize) -> Vec<&Line> {
    let mut left: Vec<&Line> = lines.iter().collect();
    for kind in [LineKind::Nothing, LineKind::Fact, LineKind::Part] {
        while left.len() > rows {
            let of_kind = left.iter().enumerate().filter(|(_, line)| line.kind == kind).rev();
            let Some((least, _)) = of_kind.min_by_key(|(_, line)| line.most) else { break };
            left.remove(least);
        }
    }
    left
}

/// Where the columns end.
#[derive(Clone, Copy)]
struct Columns {
    each: u16,
    all: u16,
}

impl Columns {
    const fn of(width: u16) -> Self {
        let each = match width {
            64.. => 15,
            46.. => 11,
            _ => 7,
        };
        Self { each, all: width }
    }

    /// The column after the last one of a pattern's cell.
    const fn end(self, pattern: u16) -> u16 {
        self.all.saturating_sub(self.each * (2 - pattern) + 1)
    }

    /// Columns of a label.
    fn label(self) -> usize {
        usize::from(self.all.saturating_sub(3 * self.each + 2))
    }
}

/// The names; a tick before the cheapest that meets what is asked.
fn draw_names(worth: &Worth, columns: Columns, theme: Theme, area: Area, buf: &mut Buffer) {
    for (pattern, name) in NAMES.iter().enumerate() {
        let cheapest = worth.cheapest() == Some(pattern);
        let numbered = match columns.each {
            15.. => format!("{} {name}", pattern + 1),
            11.. => (*name).to_owned(),
            _ => SHORT_NAMES[pattern].to_owned(),
        };
        let room = usize::from(columns.each) - 1 - if cheapest { 2 } else { 0 };
        let name = clipped(&numbered, room, "");
        let end = columns.end(pattern as u16);
        let at = end.saturating_sub(width(&name) as u16);
        let style = theme.mark(PATTERN_MARKS[pattern]).patch(theme.mark(Mark::Strong));
        line_at(buf, area, 0, at, &name, style);
        if cheapest {
            line_at(buf, area, 0, at.saturating_sub(2), theme.glyph(Glyph::Done), theme.mark(Mark::Key));
        }
    }
}

fn draw_line(
    line: &Line,
    words: &str,
    columns: Columns,
    theme: Theme,
    (area, row): (Area, u16),
    buf: &mut Buffer,
) {
    let (label, cells) = match line.kind {
        LineKind::Total => (theme.mark(Mark::Strong), theme.mark(Mark::Strong)),
        LineKind::Nothing => (theme.mark(Mark::Quiet), theme.mark(Mark::Quiet)),
        LineKind::Part | LineKind::Fact => (Style::new(), Style::new()),
    };
    line_at(buf, area, row, 1, &clipped(words, columns.label(), theme.glyph(Glyph::Ellipsis)), label);
    for (pattern, cell) in line.cells.iter().enumerate() {
        let at = columns.end(pattern as u16).saturating_sub(width(cell) as u16);
        line_at(buf, area, row, at, cell, cells);
    }
}
