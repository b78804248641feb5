//! A number's past in columns as high as there are rows, with an axis where there is room for one.

use ratatui::buffer::Buffer;

use crate::app::geometry::Area;
use crate::mesh_view::{MeshView, Metric};
use crate::ui::lab::gauges::{Gauge, WINDOW};
use crate::ui::lab::scale::Scale;
use crate::ui::text::{line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme, heights};

/// Columns of the axis.
const AXIS: u16 = 8;
/// Rows from which on there is an axis of values, and one of time.
const WITH_VALUES: u16 = 2;
const WITH_TIME: u16 = 4;
/// Steps in one row.
const STEPS: f64 = 8.0;

/// The newest second is at the right; a mark stands under the second in which something was done, or before it.
pub fn draw(gauge: &Gauge, view: &MeshView, theme: Theme, area: Area, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let mut rest = area;
    let time = rest.cut_bottom(u16::from(area.height >= WITH_TIME));
    let values = rest.cut_left(if area.height >= WITH_VALUES && area.width >= 28 { AXIS } else { 0 });
    let scale = Scale::new(view, rest.width, WINDOW);
    for column in 0..rest.width {
        let seconds = gauge.history.get(scale.seconds_in(column)).unwrap_or_default();
        if let Some(value) = worst(gauge.metric, seconds) {
            bar(gauge, value, theme, (rest, column), buf);
        }
    }
    draw_values(gauge, theme, values, buf);
    let below = Area { x: rest.x, width: rest.width, ..time };
    if !below.is_empty() {
        draw_time(&scale, theme, below, buf);
    }
    // Without an axis a mark stands before its second, so that it does not hide what came of it.
    let (line, back) = if below.is_empty() {
        (Area { y: rest.y + rest.height - 1, height: 1, ..rest }, 1)
    } else {
        (below, 0)
    };
    for column in scale.marks(view).filter_map(|column| column.checked_sub(back)) {
        line_at(buf, line, 0, column, theme.glyph(Glyph::Event), theme.mark(Mark::Failure));
    }
}

/// Of several seconds the one that says most: the least share, else the most.
fn worst(metric: Metric, seconds: &[Option<f64>]) -> Option<f64> {
    let least = matches!(metric, Metric::Success | Metric::Local);
    seconds.iter().flatten().copied().reduce(if least { f64::min } else { f64::max })
}

/// A column: whole rows, and on top of them a part of one. What is not nothing has a step at least.
fn bar(gauge: &Gauge, value: f64, theme: Theme, (area, column): (Area, u16), buf: &mut Buffer) {
    let (low, high) = gauge.scale;
    let part = ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    let steps = ((part * f64::from(area.height) * STEPS).round() as u16).max(1);
    let levels = heights(theme.ascii);
    let style = theme.mark((gauge.past)(value));
    for row in 0..area.height {
        let over = steps.saturating_sub(row * STEPS as u16).min(STEPS as u16);
        if let Some(level) = over.checked_sub(1) {
            line_at(buf, area, area.height - 1 - row, column, levels[usize::from(level)], style);
        }
    }
}

/// The values at the top and at the bottom.
fn draw_values(gauge: &Gauge, theme: Theme, area: Area, buf: &mut Buffer) {
    let ends = [(0, gauge.scale.1), (area.height.saturating_sub(1), gauge.scale.0)];
    for (row, value) in ends {
        let words = gauge.metric.tick(value);
        let start = area.width.saturating_sub(width(&words) as u16 + 1);
        line_at(buf, area, row, start, &words, theme.mark(Mark::Quiet));
    }
}

fn draw_time(scale: &Scale, theme: Theme, area: Area, buf: &mut Buffer) {
    let each = if scale.per > 1 { format!(", {} s a column", scale.per) } else { String::new() };
    let words = format!("-{} s{each}", scale.span());
    for column in 0..area.width {
        line_at(buf, area, 0, column, theme.glyph(Glyph::Ahead), theme.mark(Mark::Frame));
    }
    line_at(buf, area, 0, 0, &format!("{words} "), theme.mark(Mark::Quiet));
    line_at(buf, area, 0, area.width.saturating_sub(4), " now", theme.mark(Mark::Quiet));
}
