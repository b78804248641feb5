//! Lines from the top down, on a sheet that may be longer than the screen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::{Action, chord::Chord};
use crate::course::{Role, Span, typeset};
use crate::ui::text::{line_at, rule, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Rows of a sheet; more than any card takes on the narrowest screen.
const SHEET_ROWS: u16 = 160;
/// From this height on there are empty rows between the parts.
const ROOMY_ROWS: u16 = 18;

pub(in crate::ui) struct Page<'a> {
    pub area: Area,
    pub row: u16,
    pub theme: Theme,
    pub buf: &'a mut Buffer,
    /// Empty rows stand between the parts.
    pub roomy: bool,
    /// Rows that have to be in view: what the learner is at.
    pub focus: Range<u16>,
}

impl Page<'_> {
    /// Wrapped under a hanging indent.
    pub fn spans(&mut self, indent: u16, spans: &[Span]) {
        let room = self.area.width.saturating_sub(indent);
        for line in typeset::wrap_spans(spans, room) {
            let mut at = indent;
            for span in line {
                at = line_at(self.buf, self.area, self.row, at, &span.text, self.theme.role(span.role));
            }
            self.row += 1;
        }
    }

    pub fn text(&mut self, indent: u16, role: Role, text: &str) {
        self.spans(indent, &[Span::new(role, text)]);
    }

    /// A word at the left of what comes next.
    pub fn label(&mut self, role: Role, text: &str) {
        line_at(self.buf, self.area, self.row, 0, text, self.theme.role(role));
    }

    /// An empty row, where there is room for such.
    pub fn gap(&mut self) {
        if self.roomy {
            self.row += 1;
        }
    }

    pub fn rule(&mut self, label: &str) {
        rule(self.buf, self.area, self.row, self.theme.glyph(Glyph::Rule), self.theme.mark(Mark::Frame));
        line_at(self.buf, self.area, self.row, 2, &format!(" {label} "), self.theme.mark(Mark::Strong));
        self.row += 1;
    }
}

/// Writes a page and shows the part of it that fits: without empty rows where that helps, else from row `top` on.
pub(in crate::ui) fn draw(
    area: Area,
    top: u16,
    theme: Theme,
    buf: &mut Buffer,
    write: impl Fn(&mut Page<'_>),
) {
    if area.height == 0 || area.width == 0 {
        return;
    }
    let sheet = Rect::new(0, 0, area.width, SHEET_ROWS);
    for roomy in [area.height >= ROOMY_ROWS, false] {
        let mut cells = Buffer::empty(sheet);
        let whole = Area { x: 0, y: 0, width: sheet.width, height: sheet.height };
        let mut page = Page { area: whole, row: 0, theme, buf: &mut cells, roomy, focus: 0..0 };
        write(&mut page);
        let (rows, focus) = (page.row.min(SHEET_ROWS), page.focus);
        if rows > area.height && roomy {
            continue;
        }
        let last = rows.saturating_sub(area.height);
        let top = top.max(focus.end.saturating_sub(area.height)).min(last);
        for row in 0..area.height.min(SHEET_ROWS - top) {
            for column in 0..area.width {
                buf[(area.x + column, area.y + row)] = cells[(column, top + row)].clone();
            }
        }
        if top < last {
            draw_more(area, theme, buf);
        }
        return;
    }
}

/// There is more below.
fn draw_more(area: Area, theme: Theme, buf: &mut Buffer) {
    let key =
        keymap::key_for(Context::ReviewRevealed, Action::PageDown).map_or_else(String::new, Chord::shown);
    let words = format!(" {} {key} ", theme.glyph(Glyph::Ellipsis));
    let column = area.width.saturating_sub(width(&words) as u16);
    line_at(buf, area, area.height - 1, column, &words, theme.mark(Mark::Key));
}
