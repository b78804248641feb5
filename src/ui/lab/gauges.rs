//! Six numbers with their last minute: success, local share, latencies, what crosses, the bill.

use ratatui::buffer::Buffer;

use super::figures;
use crate::app::geometry::Area;
use crate::mesh_view::{Gauges, MeshView};
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme, heights};

/// One number and its past.
struct Gauge {
    name: &'static str,
    figure: String,
    mark: Mark,
    /// One value a second, oldest first.
    history: Vec<Option<f64>>,
    /// The values at the bottom and the top of the sparkline.
    scale: (f64, f64),
    /// The look of a value of the past.
    past: fn(f64) -> Mark,
    /// What is to be said besides.
    note: String,
}

/// Seconds that the strip speaks of.
const WINDOW: usize = 60;
/// Columns a gauge needs to stand beside others, with a sparkline in the same row.
const INLINE_COLUMNS: u16 = 26;
/// Columns from which on six figures and their notes stand side by side uncut.
const WIDE_COLUMNS: u16 = 114;

/// The full block is left out: rows of gauges would run into each other.
const TOP: f64 = 6.0;

/// As many as fit: six in a row with notes below, or two or three in a row with the past beside them.
pub fn draw(view: &MeshView, theme: Theme, area: Area, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let gauges = all(view);
    if area.width >= WIDE_COLUMNS && area.height >= 3 {
        return draw_wide(&gauges, theme, area, buf);
    }
    let columns = (area.width / INLINE_COLUMNS).clamp(1, 3);
    let columns = if area.width >= 36 { columns.max(2) } else { columns };
    for (index, gauge) in gauges.iter().enumerate() {
        let (row, column) = (index as u16 / columns, index as u16 % columns);
        if row >= area.height {
            break;
        }
        let (from, to) = (area.width * column / columns, area.width * (column + 1) / columns);
        let cell = Area { x: area.x + from, y: area.y + row, width: to - from, height: 1 };
        draw_inline(gauge, theme, cell, buf);
    }
}

fn draw_wide(gauges: &[Gauge], theme: Theme, area: Area, buf: &mut Buffer) {
    let count = gauges.len() as u16;
    for (index, gauge) in gauges.iter().enumerate() {
        let index = index as u16;
        let (from, to) = (area.width * index / count, area.width * (index + 1) / count);
        let cell = Area { x: area.x + from + 1, width: (to - from).saturating_sub(2), ..area };
        let next = line_at(buf, cell, 0, 0, gauge.name, theme.mark(Mark::Quiet));
        let figure = clipped(&gauge.figure, usize::from(cell.width.saturating_sub(next + 1)), "");
        line_at(
            buf,
            cell,
            0,
            cell.width.saturating_sub(width(&figure) as u16),
            &figure,
            theme.mark(gauge.mark),
        );
        spark(gauge, theme, Area { y: cell.y + 1, height: 1, ..cell }, buf);
        let note = clipped(&gauge.note, usize::from(cell.width), theme.glyph(Glyph::Ellipsis));
        line_at(buf, cell, 2, 0, &note, theme.mark(Mark::Quiet));
    }
}

fn draw_inline(gauge: &Gauge, theme: Theme, cell: Area, buf: &mut Buffer) {
    let cell = Area { x: cell.x + 1, width: cell.width.saturating_sub(2), ..cell };
    let column = line_at(buf, cell, 0, 0, gauge.name, theme.mark(Mark::Quiet));
    // Figures end in one column in all rows, so that they can be compared.
    let end = if cell.width >= 20 { 16 } else { cell.width };
    let start = end.saturating_sub(width(&gauge.figure) as u16).max(column + 1);
    let end = line_at(buf, cell, 0, start, &gauge.figure, theme.mark(gauge.mark));
    let mut rest = cell;
    rest.cut_left(end + 1);
    if rest.width >= 4 {
        spark(gauge, theme, rest, buf);
    }
}

/// The newest second is at the right end.
fn spark(gauge: &Gauge, theme: Theme, area: Area, buf: &mut Buffer) {
    let levels = heights(theme.ascii);
    let known = gauge.history.len().min(usize::from(area.width)).min(WINDOW);
    let (low, high) = gauge.scale;
    for (index, value) in gauge.history[gauge.history.len() - known..].iter().enumerate() {
        let Some(value) = value else { continue };
        let part = ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        let column = area.width - known as u16 + index as u16;
        line_at(
            buf,
            area,
            0,
            column,
            levels[(part * TOP).round() as usize],
            theme.mark((gauge.past)(*value)),
        );
    }
}

fn all(view: &MeshView) -> [Gauge; 6] {
    [
        success(view),
        local(view),
        latency(view, "p50", |g| g.p50_ms),
        latency(view, "p99", |g| g.p99_ms),
        crossing(view),
        cost(view),
    ]
}

/// The seconds of the window.
fn window(view: &MeshView) -> &[Gauges] {
    &view.seconds[view.seconds.len().saturating_sub(WINDOW)..]
}

fn history(view: &MeshView, of: impl Fn(&Gauges) -> Option<f64>) -> Vec<Option<f64>> {
    window(view).iter().map(of).collect()
}

/// The largest value of a history, but no less than `least`.
fn top(history: &[Option<f64>], least: f64) -> f64 {
    history.iter().flatten().copied().fold(least, f64::max)
}

fn success(view: &MeshView) -> Gauge {
    let now = figures::success(&view.now);
    let history = history(view, figures::success);
    let lowest = history.iter().flatten().copied().fold(99.0, f64::min);
    let failed: u64 = window(view).iter().map(|second| u64::from(second.failed)).sum();
    Gauge {
        name: "success",
        figure: now.map_or_else(|| "none done".to_owned(), |share| figures::percent(share, 2)),
        mark: if now.is_some_and(|share| share < 100.0) { Mark::Failure } else { Mark::Strong },
        // Nearly all is not enough to be seen on a scale from 0: the bottom is the worst second.
        scale: (lowest - 1.0, 100.0),
        past: |share| if share < 100.0 { Mark::Failure } else { Mark::Quiet },
        history,
        note: if failed == 0 { "none failed".to_owned() } else { format!("{failed} failed, 60 s") },
    }
}

fn local(view: &MeshView) -> Gauge {
    let now = view.now.local_percent;
    let by_region: Vec<String> = view
        .regions
        .iter()
        .filter_map(|region| {
            let table = region.tables.last().filter(|table| !table.pooled)?;
            let load = table.load_percent.first()?;
            Some(format!("{} {load}", figures::initial(&region.name)))
        })
        .collect();
    Gauge {
        name: "local",
        figure: now.map_or_else(|| "-".to_owned(), |share| figures::percent(share, 1)),
        mark: if now.is_some_and(|share| share < 99.95) { Mark::Crossing } else { Mark::Strong },
        history: history(view, |second| second.local_percent),
        scale: (0.0, 100.0),
        past: |share| if share < 99.95 { Mark::Crossing } else { Mark::Quiet },
        note: if by_region.is_empty() {
            "one pool".to_owned()
        } else {
            format!("rule: {}", by_region.join("  "))
        },
    }
}

fn latency(view: &MeshView, name: &'static str, of: fn(&Gauges) -> Option<f64>) -> Gauge {
    let history = history(view, of);
    let before = before_last_mark(view).and_then(of);
    let note = before.zip(of(&view.now)).map_or_else(String::new, |(before, now)| {
        let change = now - before;
        let digits = usize::from(change.abs() < 9.95);
        format!("{change:+.digits$} since break")
    });
    Gauge {
        name,
        figure: of(&view.now).map_or_else(|| "-".to_owned(), figures::millis),
        mark: Mark::Strong,
        scale: (0.0, top(&history, if name == "p50" { 20.0 } else { 50.0 })),
        past: |_| Mark::Local,
        history,
        note,
    }
}

/// The last whole second before the newest intervention.
fn before_last_mark(view: &MeshView) -> Option<&Gauges> {
    let (at, _) = view.marks.last()?;
    let whole = view.at / 1_000_000_000;
    let back = whole.checked_sub(at / 1_000_000_000)? as usize;
    // The last entry is the last second that is over.
    view.seconds.len().checked_sub(back + 1).and_then(|index| view.seconds.get(index))
}

fn crossing(view: &MeshView) -> Gauge {
    let history = history(view, |second| Some(f64::from(second.crossing)));
    let gigabytes: f64 = view.links.iter().map(|link| link.gb_per_hour).sum();
    Gauge {
        name: "cross",
        figure: format!("{gigabytes:.2} GB/h"),
        mark: if view.now.crossing > 0 { Mark::Crossing } else { Mark::Strong },
        scale: (0.0, top(&history, 20.0)),
        past: |calls| if calls > 0.0 { Mark::Crossing } else { Mark::Quiet },
        history,
        note: format!("{} calls/s", view.now.crossing),
    }
}

fn cost(view: &MeshView) -> Gauge {
    let history = history(view, |second| Some(second.cost_micro_usd_per_hour as f64));
    let transfer = view.now.transfer_micro_usd_per_hour;
    Gauge {
        name: "cost",
        figure: figures::dollars_per_hour(view.now.cost_micro_usd_per_hour),
        mark: Mark::Strong,
        scale: (0.0, top(&history, 1.0) * 1.2),
        past: |_| Mark::Local,
        history,
        note: format!("transfer {}", figures::dollars_per_hour(transfer)),
    }
}
