//! A line of a panel: runs of text, each with what it means.

use ratatui::buffer::Buffer;

use crate::app::geometry::Area;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Runs from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    runs: Vec<(String, Mark)>,
    columns: usize,
    /// One stands on it.
    focus: bool,
}

impl Line {
    pub(super) fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self::default().with(mark, text)
    }

    pub(super) fn quiet(text: impl Into<String>) -> Self {
        Self::new(Mark::Quiet, text)
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(Mark::Plain, text)
    }

    /// And this after it.
    pub(super) fn with(mut self, mark: Mark, text: impl Into<String>) -> Self {
        let text = text.into();
        self.columns += width(&text);
        self.runs.push((text, mark));
        self
    }

    /// And blanks up to this column.
    pub(super) fn to(self, column: usize) -> Self {
        let blanks = column.saturating_sub(self.columns);
        self.with(Mark::Plain, " ".repeat(blanks))
    }

    /// And this so that it ends before this column; right after what there is where that is not possible.
    pub(super) fn up_to(self, column: usize, mark: Mark, text: impl Into<String>) -> Self {
        let text = text.into();
        let start = column.saturating_sub(width(&text));
        self.to(start).with(mark, text)
    }

    /// And a bar of so many cells, filled by that share of 1.
    pub(super) fn bar(self, share: f64, cells: usize, theme: Theme) -> Self {
        let full = ((share * cells as f64).round() as usize).min(cells);
        // Not the whole height of a row: bars under one another would run into one block.
        let filled = if theme.ascii { "#" } else { "▆" };
        self.with(Mark::Local, filled.repeat(full))
            .with(Mark::Quiet, theme.glyph(Glyph::Dot).repeat(cells - full))
    }

    /// The line one stands on.
    pub(super) const fn focused(mut self, focus: bool) -> Self {
        self.focus = focus;
        self
    }

    pub(super) const fn has_focus(&self) -> bool {
        self.focus
    }
}

/// Text in as many lines as it needs.
pub(super) fn paragraph(mark: Mark, text: &str, columns: usize) -> Vec<Line> {
    let rows = crate::app::lab::words::wrapped(text, columns);
    rows.into_iter().map(|row| Line::new(mark, row.trim_start())).collect()
}

/// The text cut to what is left of the columns.
pub(super) fn cut(text: &str, columns: usize, theme: Theme) -> String {
    clipped(text, columns, theme.glyph(Glyph::Ellipsis))
}

/// Draws the lines from `top` on, as many as there is room for.
pub(super) fn draw(lines: &[Line], top: usize, theme: Theme, area: Area, buf: &mut Buffer) {
    for (row, line) in lines.iter().skip(top).take(usize::from(area.height)).enumerate() {
        let mut at = 0;
        for (text, mark) in &line.runs {
            at = line_at(buf, area, row as u16, at, text, theme.mark(*mark));
        }
    }
}
