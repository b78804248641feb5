//! Six numbers with their last minute, and three more in their heading: retries, ejections, the error budget.

mod readings;

use ratatui::buffer::Buffer;

pub use readings::{Gauge, of};

use super::figures;
use super::log::shown_as;
use super::scale::Scale;
use crate::app::geometry::Area;
use crate::app::lab::scene::Scene;
use crate::mesh_view::budget::{Budget, slo_words};
use crate::mesh_view::{MeshView, Metric};
use crate::ui::lab::panel;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme, heights};

/// Seconds that the strip speaks of.
pub const WINDOW: usize = 60;
/// Columns a gauge needs to stand beside others, with a sparkline in the same row.
const INLINE_COLUMNS: u16 = 26;
/// Columns from which on six figures and their notes stand side by side uncut.
const WIDE_COLUMNS: u16 = 114;

/// The full block is left out: rows of gauges would run into each other.
const TOP: f64 = 6.0;

/// As many as fit: six in a row with notes below, or two or three in a row with the past beside them.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let gauges = || {
        let first = Metric::ALL.into_iter().take(Metric::GAUGES);
        first.map(|metric| of(metric, scene.view, scene.slo, WINDOW)).enumerate()
    };
    if area.width >= WIDE_COLUMNS && area.height >= 3 {
        let count = Metric::GAUGES as u16;
        for (index, gauge) in gauges() {
            let index = index as u16;
            let (from, to) = (area.width * index / count, area.width * (index + 1) / count);
            let cell = Area { x: area.x + from + 1, width: (to - from).saturating_sub(2), ..area };
            draw_wide(&gauge, scene, theme, cell, buf);
        }
        return;
    }
    let columns = (area.width / INLINE_COLUMNS).clamp(1, 3);
    let columns = if area.width >= 36 { columns.max(2) } else { columns };
    for (index, gauge) in gauges() {
        let (row, column) = (index as u16 / columns, index as u16 % columns);
        if row >= area.height {
            break;
        }
        let (from, to) = (area.width * column / columns, area.width * (column + 1) / columns);
        let cell = Area { x: area.x + from, y: area.y + row, width: to - from, height: 1 };
        draw_inline(&gauge, scene, theme, cell, buf);
    }
}

/// The heading of the numbers, and at its end those that have no gauge, as far as they fit.
pub fn draw_heading(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    const WORDS: &str = "Metrics, last 60 s";
    let mut rest = area;
    let room = area.width.saturating_sub(width(WORDS) as u16 + 7);
    let found = heading_forms(scene, theme).into_iter().find(|parts| parts_width(parts) <= room);
    let parts = found.unwrap_or_default();
    if !parts.is_empty() {
        panel::headed_rule("", theme, rest.cut_right(1), 0, buf);
        let end = rest.cut_right(parts_width(&parts));
        let mut at = 0;
        for (lead, metric, figure) in parts {
            at = line_at(buf, end, 0, at + 1, &lead, theme.mark(Mark::Quiet));
            at = draw_name(metric, scene, theme, (end, 0, at), buf) + 1;
            let mark = of(metric, scene.view, scene.slo, 0).mark;
            at = line_at(buf, end, 0, at, &figure, theme.mark(mark)) + 1;
        }
    }
    panel::headed_rule(WORDS, theme, rest, 0, buf);
}

/// What stands before a name, the number, and its figure.
type Part = (String, Metric, String);

/// Blanks before, between and after included.
fn parts_width(parts: &[Part]) -> u16 {
    let wide = |(lead, metric, figure): &Part| width(lead) + width(metric.name()) + width(figure) + 3;
    parts.iter().map(wide).sum::<usize>() as u16
}

/// The longest form first: with the objective and the burn rate, with the objective, without.
fn heading_forms(scene: &Scene<'_>, theme: Theme) -> [Vec<Part>; 3] {
    let (view, slo) = (scene.view, scene.slo);
    let budget = Budget::of(view, slo);
    let used = budget.used_words();
    let burn = shown_as(&budget.burn_words(), theme);
    let long = if burn.is_empty() { used.clone() } else { format!("{used}, burn {burn}") };
    let asked = format!("SLO {} ", slo_words(slo));
    [(asked.clone(), long), (asked, used.clone()), (String::new(), used)].map(|(lead, words)| {
        let plain = |metric: Metric| (String::new(), metric, metric.figure(view, slo));
        vec![plain(Metric::Retries), plain(Metric::Ejected), (lead, Metric::Budget, words)]
    })
}

/// The name of a number, in brackets and turned over if it is selected; the column after it. There is a blank on
/// both sides.
pub fn draw_name(
    metric: Metric,
    scene: &Scene<'_>,
    theme: Theme,
    (area, row, column): (Area, u16, u16),
    buf: &mut Buffer,
) -> u16 {
    if scene.number != Some(metric) {
        return line_at(buf, area, row, column, metric.name(), theme.mark(Mark::Quiet));
    }
    let next = line_at(buf, area, row, column, metric.name(), theme.mark(Mark::Selected));
    let strong = theme.mark(Mark::Focus);
    let all = Area { x: 0, y: 0, width: buf.area.width, height: buf.area.height };
    if let Some(before) = (area.x + column).checked_sub(1) {
        line_at(buf, all, area.y + row, before, "[", strong);
    }
    line_at(buf, all, area.y + row, area.x + next, "]", strong);
    next
}

fn draw_wide(gauge: &Gauge, scene: &Scene<'_>, theme: Theme, cell: Area, buf: &mut Buffer) {
    let next = draw_name(gauge.metric, scene, theme, (cell, 0, 0), buf);
    let figure = clipped(&gauge.figure, usize::from(cell.width.saturating_sub(next + 1)), "");
    let start = cell.width.saturating_sub(width(&figure) as u16);
    line_at(buf, cell, 0, start, &figure, theme.mark(gauge.mark));
    spark(gauge, scene.view, theme, Area { y: cell.y + 1, height: 1, ..cell }, buf);
    let note = clipped(&gauge.note, usize::from(cell.width), theme.glyph(Glyph::Ellipsis));
    line_at(buf, cell, 2, 0, &note, theme.mark(Mark::Quiet));
}

fn draw_inline(gauge: &Gauge, scene: &Scene<'_>, theme: Theme, cell: Area, buf: &mut Buffer) {
    let cell = Area { x: cell.x + 1, width: cell.width.saturating_sub(2), ..cell };
    let column = draw_name(gauge.metric, scene, theme, (cell, 0, 0), buf);
    // Figures end in one column in all rows, so that they can be compared.
    let end = if cell.width >= 20 { 16 } else { cell.width };
    let start = end.saturating_sub(width(&gauge.figure) as u16).max(column + 1);
    let end = line_at(buf, cell, 0, start, &gauge.figure, theme.mark(gauge.mark));
    let mut rest = cell;
    rest.cut_left(end + 1);
    if rest.width >= 4 {
        spark(gauge, scene.view, theme, rest, buf);
    }
}

/// The newest second is at the right end; a mark stands before the second in which something was done, so that it
/// does not hide what came of it.
fn spark(gauge: &Gauge, view: &MeshView, theme: Theme, area: Area, buf: &mut Buffer) {
    let levels = heights(theme.ascii);
    let known = gauge.history.len().min(usize::from(area.width)).min(WINDOW);
    let (low, high) = gauge.scale;
    for (index, value) in gauge.history[gauge.history.len() - known..].iter().enumerate() {
        let Some(value) = value else { continue };
        let part = ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        let column = area.width - known as u16 + index as u16;
        let level = levels[(part * TOP).round() as usize];
        line_at(buf, area, 0, column, level, theme.mark((gauge.past)(*value)));
    }
    let before = |column: u16| column.checked_sub(1).filter(|at| usize::from(area.width - at) <= known);
    for column in Scale::new(view, area.width, 0).marks(view).filter_map(before) {
        line_at(buf, area, 0, column, theme.glyph(Glyph::Event), theme.mark(Mark::Failure));
    }
}
