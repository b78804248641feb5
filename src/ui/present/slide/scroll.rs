//! Rows that may be more than there is room for.

use ratatui::buffer::Buffer;

use crate::app::geometry::Area;
use crate::course::Row;
use crate::ui::text::{line_at, row_at};
use crate::ui::theme::{Glyph, Mark, Theme};

/// The rows from `top` on; a mark says that there are more.
pub fn draw(rows: &[Row], top: u16, theme: Theme, area: Area, columns: u16, buf: &mut Buffer) -> usize {
    let reach = rows.len().saturating_sub(usize::from(area.height));
    let top = usize::from(top).min(reach);
    for (index, row) in rows.iter().skip(top).take(usize::from(area.height)).enumerate() {
        row_at(buf, area, index as u16, 0, row, theme);
    }
    let edge = columns.min(area.width.saturating_sub(1));
    if top > 0 {
        line_at(buf, area, 0, edge, theme.glyph(Glyph::Event), theme.mark(Mark::Key));
    }
    if top < reach {
        let more = format!("{} more", reach - top);
        let column = area.width.saturating_sub(more.len() as u16);
        line_at(buf, area, area.height.saturating_sub(1), column, &more, theme.mark(Mark::Key));
    }
    reach
}
