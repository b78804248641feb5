//! A column for each pattern: what it does, its pods, how calls to them are split.

use ratatui::buffer::Buffer;

use super::words;
use crate::app::geometry::Area;
use crate::app::lab::compare::{Compare, Lane};
use crate::mesh_view::MeshView;
use crate::ui::lab::figures;
use crate::ui::overlay::boxed;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Shapes of pods in a row; more are counted.
const PODS: usize = 8;

pub fn draw(compare: &Compare, theme: Theme, area: Area, buf: &mut Buffer) {
    for (index, lane) in compare.lanes().iter().enumerate() {
        let frame = frame(area, index);
        let title = format!(" {} ", lane.name());
        let inside = boxed(frame, &title, compare.column == index, theme, buf).inset(1, 0);
        if !lane.is_on() {
            line_at(buf, inside, 1, 0, "left out; d brings it back", theme.mark(Mark::Quiet));
            continue;
        }
        draw_badge(compare, index, theme, frame, buf);
        draw_lane(lane, theme, inside, buf);
    }
}

/// The column of a pattern, counted from 0.
#[must_use]
pub fn frame(area: Area, index: usize) -> Area {
    let column = index as u16;
    let (from, to) = (area.width * column / 3, area.width * (column + 1) / 3);
    Area { x: area.x + from, width: to - from, ..area }
}

/// In the frame: whether it keeps what is asked.
fn draw_badge(compare: &Compare, index: usize, theme: Theme, frame: Area, buf: &mut Buffer) {
    let asked = words::objective(compare.slo());
    let (meets, mark, _) = words::meets(compare, index);
    let badge = match meets {
        "yes" => format!(" {} keeps {asked} ", theme.glyph(Glyph::Done)),
        _ => format!(" {} misses {asked} ", theme.glyph(Glyph::Failure)),
    };
    let at = frame.width.saturating_sub(width(&badge) as u16 + 2);
    line_at(buf, frame, 0, at, &badge, theme.mark(mark));
}

fn draw_lane(lane: &Lane, theme: Theme, mut rest: Area, buf: &mut Buffer) {
    let view = lane.view();
    let room = usize::from(rest.width);
    let fits = |text: &str| clipped(text, room, theme.glyph(Glyph::Ellipsis));
    line_at(buf, rest.cut_top(1), 0, 0, &fits(&words::character(lane)), theme.mark(Mark::Strong));
    if rest.height >= 6 {
        rest.cut_top(1);
    }
    let last = rest.cut_bottom(1);
    for index in 0..view.regions.len() {
        if index == 1 {
            draw_link(view, theme, rest.cut_top(1), buf);
        }
        draw_region(view, index, theme, rest.cut_top(1), buf);
    }
    draw_now(view, theme, last, buf);
}

/// `E payment ●●◐◐  70 % here, 30 % away`
fn draw_region(view: &MeshView, index: usize, theme: Theme, row: Area, buf: &mut Buffer) {
    let name = figures::initial(&view.regions[index].name);
    let at = line_at(buf, row, 0, 0, &name, theme.mark(Mark::Strong)) + 1;
    let service = clipped(&words::service(view), 8, "");
    let mut at = line_at(buf, row, 0, at, &service, theme.mark(Mark::Quiet)) + 1;
    for (text, mark) in words::pods(view, index, PODS, theme) {
        at = line_at(buf, row, 0, at, &text, theme.mark(mark));
    }
    let split = words::split(view, index);
    let room = row.width.saturating_sub(at + 2);
    let split = clipped(&split, usize::from(room), theme.glyph(Glyph::Ellipsis));
    let mark = if split.starts_with("100 %") || !split.contains('%') { Mark::Quiet } else { Mark::Crossing };
    line_at(buf, row, 0, at + 2, &split, theme.mark(mark));
}

/// `│ 70 ms, 66 calls/s cross`, or where it is cut.
fn draw_link(view: &MeshView, theme: Theme, row: Area, buf: &mut Buffer) {
    let Some(link) = view.links.first() else { return };
    let (glyph, mark) =
        if link.cut.0 || link.cut.1 { (Glyph::Cut, Mark::Failure) } else { (Glyph::Bar, Mark::Frame) };
    line_at(buf, row, 0, 0, theme.glyph(glyph), theme.mark(mark));
    let calls = link.calls_per_second;
    let (words, mark) = match (link.cut.0 || link.cut.1, calls > 0.0) {
        (true, _) => ("the link loses everything".to_owned(), Mark::Failure),
        (false, false) => (format!("{:.0} ms, no call crosses", link.rtt_ms), Mark::Quiet),
        (false, true) => {
            (format!("{:.0} ms, {} calls/s cross", link.rtt_ms, figures::rate(calls)), Mark::Crossing)
        }
    };
    line_at(buf, row, 0, 2, &words, theme.mark(mark));
}

/// The last second: what ended well, and how slow it was.
fn draw_now(view: &MeshView, theme: Theme, row: Area, buf: &mut Buffer) {
    let ok = figures::success(&view.now);
    let mark = if ok.is_some_and(|share| share < 100.0) { Mark::Failure } else { Mark::Plain };
    let at = line_at(buf, row, 0, 0, "now ", theme.mark(Mark::Quiet));
    let at = line_at(buf, row, 0, at, &words::percent(ok, 2), theme.mark(mark));
    let at = line_at(buf, row, 0, at, " ok, p99 ", theme.mark(Mark::Quiet));
    line_at(buf, row, 0, at, &words::millis(view.now.p99_ms), theme.mark(Mark::Plain));
}
