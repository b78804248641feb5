//! A sheet over the lab: what a proxy knows, why a place is as it is, or one request hop by hop. It scrolls, and the
//! picture goes on behind it.

mod columns;
mod proxy;
mod trace;

use ratatui::buffer::Buffer;

use super::figures;
use super::log::{shown_as, wrapped};
use crate::app::geometry::Area;
use crate::app::lab::inspect::{Content, Sheet};
use crate::mesh_view::MeshView;
use crate::ui::overlay::framed;
use crate::ui::text::{clipped, line_at};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Longer lines are hard to read.
const COLUMNS_MAX: u16 = 118;
const PROSE_COLUMNS_MAX: u16 = 84;
/// Under the picture there must be room for this, or the sheet covers it.
const ROWS_MIN: usize = 10;

/// A line of a sheet: pieces with their looks.
type Line = Vec<(String, Mark)>;

/// Draws it into the first of these areas that holds it, or else into the last; gives how far it can be scrolled.
pub fn draw(sheet: &Sheet, view: &MeshView, theme: Theme, areas: [Area; 2], buf: &mut Buffer) -> usize {
    let (frame, lines) = laid_out(sheet, view, theme, areas);
    let inside = usize::from(frame.height.saturating_sub(2));
    let reach = lines.len().saturating_sub(inside);
    let scroll = sheet.scroll.min(reach);
    let title = shown_as(&title(sheet, scroll, inside, lines.len()), theme);
    let title = clipped(&title, usize::from(frame.width.saturating_sub(3)), theme.glyph(Glyph::Ellipsis));
    let inner = framed(frame, &title, theme, buf).inset(1, 0);
    for (row, line) in lines.iter().skip(scroll).take(inside).enumerate() {
        let mut at = 0;
        for (words, mark) in line {
            at = line_at(buf, inner, row as u16, at, words, theme.mark(*mark));
        }
    }
    reach
}

/// The cells that it covers.
#[must_use]
pub fn frame(sheet: &Sheet, view: &MeshView, theme: Theme, areas: [Area; 2]) -> Area {
    laid_out(sheet, view, theme, areas).0
}

fn laid_out(sheet: &Sheet, view: &MeshView, theme: Theme, areas: [Area; 2]) -> (Area, Vec<Line>) {
    let prose = matches!(sheet.content, Content::Why { .. } | Content::Nothing(_));
    let columns = if prose { PROSE_COLUMNS_MAX } else { COLUMNS_MAX }.min(areas[1].width);
    let room = usize::from(columns.saturating_sub(4)).max(8);
    let lines = lines(sheet, view, theme, room);
    let needed = lines.len() + 2;
    let fits = usize::from(areas[0].height) >= needed.min(ROWS_MIN + 2).max(needed.min(24));
    let area = if fits { areas[0] } else { areas[1] };
    let widest = lines.iter().map(line_width).max().unwrap_or(0) as u16 + 4;
    let wide = widest.max(44).min(columns);
    (area.centered(wide, (needed as u16).min(area.height)), lines)
}

fn line_width(line: &Line) -> usize {
    line.iter().map(|(words, _)| crate::ui::text::width(words)).sum()
}

fn title(sheet: &Sheet, scroll: usize, inside: usize, rows: usize) -> String {
    let what = match &sheet.content {
        Content::Proxy { number, of, .. } => format!("what it knows · {number} of {of} callers"),
        Content::Why { .. } => "as it is now".to_owned(),
        Content::Trace { trace, number, of } => {
            format!("request {} at {} · {number} of {of}", trace.request, figures::clock(trace.began))
        }
        Content::Nothing(_) => String::new(),
    };
    let scrolled = if rows > inside {
        format!(" · {}-{} of {rows}", scroll + 1, scroll + inside)
    } else {
        String::new()
    };
    let parts: Vec<&str> =
        [sheet.title.as_str(), what.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    format!(" {}{scrolled} ", parts.join(" · "))
}

fn lines(sheet: &Sheet, view: &MeshView, theme: Theme, room: usize) -> Vec<Line> {
    match &sheet.content {
        Content::Proxy { proxies, marked, .. } => {
            let mut lines = Vec::new();
            for proxy in proxies {
                if !lines.is_empty() {
                    lines.push(Line::new());
                }
                lines.extend(proxy::lines(proxy, *marked, view, theme, room));
            }
            lines
        }
        Content::Why { sentences, lines } => {
            let mut all: Vec<Line> =
                sentences.iter().flat_map(|said| prose(said, "", Mark::Plain, theme, room)).collect();
            if !lines.is_empty() {
                all.push(Line::new());
                all.push(vec![("What the log said of it last".to_owned(), Mark::Quiet)]);
            }
            for line in lines {
                let words = format!("{} {}", figures::clock(line.at), line.text);
                all.extend(prose(&words, "", Mark::Quiet, theme, room));
            }
            all
        }
        Content::Trace { trace, .. } => trace::lines(trace, theme, room),
        Content::Nothing(why) => prose(why, "", Mark::Plain, theme, room),
    }
}

/// A sentence in lines; those after the first are set in a little.
fn prose(words: &str, before: &str, mark: Mark, theme: Theme, room: usize) -> Vec<Line> {
    let rows = wrapped(&shown_as(words, theme), room.saturating_sub(2 + before.len()).max(8));
    let line = |(row, text): (usize, String)| {
        let lead = if row == 0 { before.to_owned() } else { " ".repeat(before.len() + 2) };
        vec![(lead, Mark::Quiet), (text, mark)]
    };
    rows.into_iter().enumerate().map(line).collect()
}
