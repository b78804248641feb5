//! Tables for large screens: who called whom over the last minute, and how every pod is now.

use ratatui::buffer::Buffer;

use super::mesh::pod_look;
use super::{figures, zoom};
use crate::app::geometry::Area;
use crate::app::lab::scene::Scene;
use crate::mesh_view::stretch::CallsTo;
use crate::mesh_view::{MeshView, Place, PlaceKind, PlaceState};
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Columns of a table of pods; two stand side by side.
const POD_COLUMNS: u16 = 36;

/// Rows of both tables with their headings.
#[must_use]
pub fn rows_wanted(view: &MeshView) -> u16 {
    let longest = (0..view.regions.len()).map(|region| pods(view, region).count()).max().unwrap_or(0);
    (calls(view).len() + 2 + longest + 2) as u16
}

/// Calls above, pods below.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let calls = rest.cut_top(calls(scene.view).len() as u16 + 2);
    draw_calls(scene.view, theme, calls, buf);
    draw_pods(scene, theme, rest, buf);
}

/// Calls between services of which there were any.
fn calls(view: &MeshView) -> Vec<&CallsTo> {
    let mut calls: Vec<&CallsTo> =
        view.detail.minute.calls.iter().filter(|calls| !calls.by_users && calls.sent > 0).collect();
    calls.sort_by_key(|calls| (calls.from, calls.service, calls.to));
    calls
}

fn draw_calls(view: &MeshView, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let minute = &view.detail.minute;
    zoom::heading(&format!("Calls, last {} s", minute.seconds), theme, &mut rest, buf);
    let rest = rest.inset(1, 0);
    let ends = [24, 36, 46, 56, 68];
    let names = ["", "to", "a second", "share", "each"];
    right(buf, rest, 0, &ends, &names.map(str::to_owned), theme.mark(Mark::Quiet));
    line_at(buf, rest, 0, 0, "callers of", theme.mark(Mark::Quiet));
    for (row, calls) in calls(view).into_iter().enumerate() {
        let row = row as u16 + 1;
        let all: u64 = minute
            .calls
            .iter()
            .filter(|other| !other.by_users && (other.from, other.service) == (calls.from, calls.service))
            .map(|other| other.sent)
            .sum();
        let name = |region: u8| {
            view.regions.get(usize::from(region)).map_or_else(String::new, |region| region.name.clone())
        };
        let service = view.detail.services.get(usize::from(calls.service)).map_or("", String::as_str);
        let figures = [
            String::new(),
            name(calls.to),
            format!("{:.1}", minute.per_second(calls.sent)),
            format!("{:.1} %", calls.sent as f64 / all.max(1) as f64 * 100.0),
            calls.mean_ms().map_or_else(|| "-".to_owned(), figures::millis),
        ];
        let mark = if calls.crosses() { Mark::Crossing } else { Mark::Plain };
        line_at(buf, rest, row, 0, &format!("{} in {}", service, name(calls.from)), theme.mark(mark));
        right(buf, rest, row, &ends, &figures, theme.mark(mark));
    }
}

/// Words that end in these columns.
fn right(
    buf: &mut Buffer,
    area: Area,
    row: u16,
    ends: &[u16],
    words: &[String],
    style: ratatui::style::Style,
) {
    for (end, words) in ends.iter().zip(words) {
        line_at(buf, area, row, end.saturating_sub(width(words) as u16), words, style);
    }
}

fn pods(view: &MeshView, region: usize) -> impl Iterator<Item = &Place> {
    view.places.iter().filter(move |place| {
        matches!(place.kind, PlaceKind::Ingress | PlaceKind::Pod)
            && usize::from(place.region) == region
            && place.state != PlaceState::Gone
    })
}

fn draw_pods(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    zoom::heading("Pods now: requests/s, failing, at work, waiting", theme, &mut rest, buf);
    let view = scene.view;
    for region in 0..view.regions.len().min(2) {
        let mut column = rest.inset(1, 0);
        column.cut_left(POD_COLUMNS * region as u16);
        column.width = column.width.min(POD_COLUMNS - 2);
        line_at(buf, column, 0, 0, &view.regions[region].name, theme.mark(Mark::Strong));
        for (row, pod) in pods(view, region).enumerate() {
            let row = row as u16 + 1;
            let (glyph, mark) = pod_look(pod);
            line_at(buf, column, row, 0, theme.glyph(glyph), theme.mark(mark));
            let name = clipped(&pod.name, 12, theme.glyph(Glyph::Ellipsis));
            line_at(buf, column, row, 2, &name, theme.mark(Mark::Quiet));
            let numbers = [
                figures::rate(pod.rate),
                figures::rate(pod.failing),
                pod.active.to_string(),
                pod.queued.to_string(),
            ];
            right(buf, column, row, &[20, 25, 29, 34], &numbers, theme.mark(Mark::Plain));
        }
    }
}
