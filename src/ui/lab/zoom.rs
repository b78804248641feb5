//! The numbers on the whole screen: a chart for each, the objective, how every pod was, and who called whom.
//!
//! ```text
//!  SLO 99.9 %  43.2 of 43,200 may fail · 34 failed · 79 % used · burn 0.0×
//!  success  99.95 %     local  81.7 %       p50  13.7 ms
//!  100 % ▇▇▇▇▇▇▆▇▇▇     100 % ▇▇▇▇▇▅▅▅▅▅    20 ms ▂▂▂▂▂▂▃▃▃▃
//!  ── Pods by seconds ───────────────────────── █ ready █ ejected
//!  E payment 1 2  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
//! ```

mod chart;

use ratatui::buffer::Buffer;

use super::log::shown_as;
use super::{figures, gauges, heat, panel, tables, timebar};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::scene::Scene;
use crate::mesh_view::budget::{Budget, slo_words};
use crate::mesh_view::{MeshView, Metric};
use crate::ui::text::{line_at, width};
use crate::ui::theme::{Mark, Theme};

/// Columns that a chart needs to stand beside another.
const CHART_COLUMNS: u16 = 19;
/// Rows of a chart at least: its name and its past.
const CHART_ROWS: u16 = 2;
/// Columns that the tables need.
const TABLE_COLUMNS: u16 = 74;
/// Columns from which on tables stand beside the strip.
const WITH_TABLES: u16 = 160;

/// All of it; charts get what the strip leaves.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let time = rest.cut_bottom(match area.height {
        30.. => 2,
        12.. => 1,
        _ => 0,
    });
    timebar::draw(scene, theme, time, buf);
    draw_objective(scene, theme, rest.cut_top(u16::from(area.height >= 8)), buf);
    let columns = (rest.width / CHART_COLUMNS).clamp(1, 3);
    let charts = (Metric::ALL.len() as u16).div_ceil(columns) * CHART_ROWS;
    let room = rest.height.saturating_sub(charts);
    let lower = rest.cut_bottom(if room >= 3 { lower_fit(scene.view, theme, (rest.width, room)) } else { 0 });
    draw_charts(scene, theme, (rest, columns), buf);
    draw_lower(scene, theme, lower, buf);
}

/// Rows for the strip, and for the tables where they stand beside it.
#[must_use]
pub fn lower_rows(view: &MeshView, theme: Theme, columns: u16) -> u16 {
    let tables = if columns >= WITH_TABLES { tables::rows_wanted(view) } else { 0 };
    heat::rows_wanted(view, theme).max(tables)
}

/// The same in so much room: where not all pods fit, the strip takes no more than the rows it then has.
fn lower_fit(view: &MeshView, theme: Theme, (columns, room): (u16, u16)) -> u16 {
    let rows = lower_rows(view, theme, columns).min(room);
    let strip = heat::rows(view, theme, rows.saturating_sub(2)).len() as u16 + 2;
    if columns >= WITH_TABLES { rows } else { strip.min(rows) }
}

/// How pods were, and beside it who called whom and how pods are, if there is room.
pub fn draw_lower(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let mut strip = area;
    if area.width >= WITH_TABLES {
        let tables = strip.cut_right(TABLE_COLUMNS);
        tables::draw(scene, theme, tables, buf);
    }
    heat::draw(scene, theme, strip, buf);
}

/// What is asked, and how much of what may fail has failed.
fn draw_objective(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let area = area.inset(1, 0);
    let budget = Budget::of(scene.view, scene.slo);
    let key = keymap::shown(Context::Lab, Action::NextSlo);
    let at = line_at(buf, area, 0, 0, &format!("SLO {}", slo_words(scene.slo)), theme.mark(Mark::Strong));
    let burn = budget.burn_words();
    let mark = if budget.is_spent() { Mark::Failure } else { Mark::Strong };
    let used = budget.used_words();
    let parts = [
        (format!("{:.1} of {} may fail", budget.allowed(), figures::thousands(budget.finished)), Mark::Quiet),
        (format!("{} failed", figures::thousands(budget.failed)), Mark::Plain),
        (used, mark),
        (if burn.is_empty() { burn } else { format!("burn {burn} (60 s)") }, Mark::Plain),
        (format!("{key} for the next SLO"), Mark::Quiet),
    ];
    let mut at = at + 1;
    for (words, mark) in parts.into_iter().filter(|(words, _)| !words.is_empty()) {
        let words = shown_as(&words, theme);
        if at + width(&words) as u16 + 2 > area.width {
            break;
        }
        at = line_at(buf, area, 0, at + 2, &words, theme.mark(mark));
    }
}

fn draw_charts(scene: &Scene<'_>, theme: Theme, (area, columns): (Area, u16), buf: &mut Buffer) {
    let lines = (Metric::ALL.len() as u16).div_ceil(columns);
    for (index, metric) in Metric::ALL.into_iter().enumerate() {
        let (line, column) = (index as u16 / columns, index as u16 % columns);
        let share =
            |all: u16, at: u16, of: u16| (u32::from(all) * u32::from(at) / u32::from(of.max(1))) as u16;
        let (from, to) = (share(area.width, column, columns), share(area.width, column + 1, columns));
        let (top, bottom) = if area.height / lines >= CHART_ROWS {
            (share(area.height, line, lines), share(area.height, line + 1, lines))
        } else {
            // Those that do not fit are left out whole.
            (line * CHART_ROWS, (line + 1) * CHART_ROWS)
        };
        if bottom > area.height {
            break;
        }
        let cell = Area { x: area.x + from, y: area.y + top, width: to - from, height: bottom - top };
        draw_chart(metric, scene, theme, cell.inset(1, 0), buf);
    }
}

/// Name and figure, what is to be said besides, and the past below.
fn draw_chart(metric: Metric, scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let gauge = gauges::of(metric, scene.view, scene.slo, usize::MAX);
    let mut rest = area;
    let head = rest.cut_top(1);
    let at = gauges::draw_name(metric, scene, theme, (head, 0, 0), buf);
    let at = line_at(buf, head, 0, at + 2, &gauge.figure, theme.mark(gauge.mark));
    let note = shown_as(&gauge.note, theme);
    let room = usize::from(head.width.saturating_sub(at + 2));
    if width(&note) <= room {
        let start = head.width.saturating_sub(width(&note) as u16);
        line_at(buf, head, 0, start, &note, theme.mark(Mark::Quiet));
    }
    chart::draw(&gauge, scene.view, theme, rest, buf);
}

/// A heading in a rule, cut off the top of an area.
pub(super) fn heading(words: &str, theme: Theme, area: &mut Area, buf: &mut Buffer) {
    panel::headed_rule(words, theme, area.cut_top(1), 0, buf);
}
