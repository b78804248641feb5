//! The text's rows, what is marked in their margins, and how to go on at the end.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::reader::{Reader, View};
use crate::app::state::Parts;
use crate::ui::text::{clipped, line_at, row_at};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Columns left of the text; the question that takes keys is marked in them.
const MARGIN: u16 = 2;

pub fn draw(reader: &Reader, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let view = reader.view();
    let shown = reader.page().rows().iter().enumerate().skip(view.top).take(usize::from(area.height));
    for (index, row) in shown {
        row_at(buf, area, (index - view.top) as u16, MARGIN, row, theme);
    }
    if reader.section(parts).is_none() {
        line_at(buf, area, 0, MARGIN, "There is no lesson here.", theme.mark(Mark::Quiet));
    }
    draw_pointer(reader, theme, area, buf);
    draw_end(reader, parts, theme, area, buf);
}

/// Points at the question that takes keys.
fn draw_pointer(reader: &Reader, theme: Theme, area: Area, buf: &mut Buffer) {
    let Some(spot) = reader.active_spot() else { return };
    let row = spot.rows.start.saturating_sub(reader.view().top);
    line_at(buf, area, row as u16, 0, theme.glyph(Glyph::Pointer), theme.mark(Mark::Key));
}

/// Where the text has ended and there is room: what comes next.
fn draw_end(reader: &Reader, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let view = reader.view();
    let Some(section) = reader.section(parts) else { return };
    let row = view.rows.saturating_sub(view.top) + 1;
    if row >= usize::from(area.height) {
        return;
    }
    let next = parts.course.section(section.number + 1);
    let words = next.map_or_else(
        || "The episode ends here.".to_owned(),
        |next| format!("§{} {}", next.number, next.title),
    );
    let key = next.map_or_else(String::new, |_| keymap::shown(Context::Reader, Action::NextSection) + "  ");
    let room = usize::from(area.width.saturating_sub(MARGIN + 4));
    let at = line_at(buf, area, row as u16, MARGIN, &key, theme.mark(Mark::Key));
    let words = clipped(&words, room, theme.glyph(Glyph::Ellipsis));
    line_at(buf, area, row as u16, at, &words, theme.mark(Mark::Quiet));
}

/// The part of the section that is on the screen, as a stretch of the area's height.
pub fn draw_thumb(reader: &Reader, theme: Theme, area: Area, buf: &mut Buffer) {
    let (start, end) = thumb(reader.view(), usize::from(area.height));
    // It may stand on the line between the panes, which is dim.
    let looks = Style::reset().patch(theme.mark(Mark::Plain));
    for row in start..end {
        line_at(buf, area, row as u16, 0, theme.glyph(Glyph::HeavyBar), looks);
    }
}

/// Rows of a track that stand for what is on the screen; none where everything is.
fn thumb(view: View, track: usize) -> (usize, usize) {
    if view.rows <= view.height || track == 0 {
        return (0, 0);
    }
    let length = (track * view.height / view.rows).clamp(1, track);
    let start = (track - length) * view.top / view.top_max().max(1);
    (start, start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumb_stays_on_its_track_and_reaches_both_ends() {
        for rows in 1..60 {
            for height in 1..30 {
                for top in 0..=rows {
                    let view = View { top: top.min(rows - 1), height, rows };
                    let view = View { top: view.top.min(view.top_max()), ..view };
                    let (start, end) = thumb(view, 20);
                    assert!(start <= end && end <= 20, "{view:?}");
                    if rows > height {
                        assert_eq!(start == 0, view.top == 0 || start == 0, "{view:?}");
                        assert!(!view.is_at_end() || end == 20, "{view:?}");
                    }
                }
            }
        }
    }
}
