//! What is written in and around the mesh.

use ratatui::buffer::Buffer;

use super::super::figures;
use super::super::place::{Form, RegionStage, Stage};
use super::{parts, text};
use crate::mesh_view::{LinkView, LoadTable, MeshView, Place, PlaceKind, PlaceState, RegionView};
use crate::ui::text::{clipped, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Shape and look of a pod; the shape alone says it.
pub fn pod_look(place: &Place) -> (Glyph, Mark) {
    match place.state {
        PlaceState::Down | PlaceState::Refusing | PlaceState::Isolated | PlaceState::Gone => {
            (Glyph::Down, Mark::Failure)
        }
        _ if place.ejected_by > 0 => (Glyph::Ejected, Mark::Retry),
        PlaceState::Erring => (Glyph::Erring, Mark::Failure),
        PlaceState::Silent => (Glyph::Erring, Mark::Failure),
        PlaceState::NotReady => (Glyph::NotReady, Mark::Retry),
        PlaceState::Slow => (Glyph::Slow, Mark::Crossing),
        PlaceState::Healthy => (Glyph::Ready, Mark::Plain),
    }
}

/// The number beside a pod: seconds until it is let back in, failures, or requests a second.
pub fn pod_figure(view: &MeshView, place: &Place, room: u16) -> (String, Mark) {
    let unit = if room >= 8 { "/s" } else { "" };
    match place.ejected_until {
        Some(until) if place.ejected_by > 0 && place.rate < 0.5 => {
            (format!("{}s", until.saturating_sub(view.at).div_ceil(1_000_000_000)), Mark::Retry)
        }
        Some(_) if place.ejected_by > 0 && room >= 6 => {
            (format!("{}/{}", place.ejected_by, place.callers), Mark::Retry)
        }
        _ if place.failing * 2.0 > place.rate => {
            (format!("{}{unit}", figures::rate(place.rate)), Mark::Failure)
        }
        _ => (format!("{}{unit}", figures::rate(place.rate)), Mark::Plain),
    }
}

pub const fn store(place: &Place) -> &'static str {
    match place.kind {
        PlaceKind::Aurora => "Aurora",
        _ => "DynamoDB",
    }
}

pub const fn store_mark(place: &Place) -> Mark {
    match place.state {
        PlaceState::Healthy => Mark::Quiet,
        _ => Mark::Failure,
    }
}

/// The region's name on one side, how it is on the other.
pub fn title(
    view: &MeshView,
    index: usize,
    region: &RegionStage,
    (selected, form): (bool, Form),
    theme: Theme,
    buf: &mut Buffer,
) {
    let (Some(shown), Some(row)) = (view.regions.get(index), region.title) else { return };
    let inset = if region.framed { 2 } else { 0 };
    // Stacked, the way between the regions takes the right end.
    let taken = if form == Form::Stacked { 2 } else { 2 * inset };
    let room = region.area.width.saturating_sub(taken);
    let pad = if region.framed { " " } else { "" };
    let (glyph, words, mark) = state(view, shown, index);
    let name = format!("{pad}{}{pad}", shown.name);
    let name = clipped(&name, usize::from(room), theme.glyph(Glyph::Ellipsis));
    let said = words;
    let mut words = format!("{pad}{} {said}{pad}", theme.glyph(glyph));
    let below = parts::fit(view, index, region.words);
    let troubles = parts::troubles(view, index);
    // Several parts share the heading: each has its name and shape.
    let shared = !below && troubles.len() > 1 && troubles.iter().any(|(_, part, _)| said.starts_with(part));
    if shared || width(&name) + width(&words) >= usize::from(room) {
        // What it is about, when there is no room for how it is.
        let first = said.split(' ').next().unwrap_or_default();
        words = format!("{pad}{} {first}{pad}", theme.glyph(glyph));
    }
    let (left, right) =
        (region.area.x + inset, (region.area.x + inset + room).saturating_sub(width(&words) as u16));
    text(buf, region.area, (left, row), &name, theme.mark(if selected { Mark::Strong } else { Mark::Plain }));
    let between = usize::from(room).saturating_sub(width(&name) + width(&words));
    if between > 0 {
        text(buf, region.area, (right, row), &words, theme.mark(mark));
    }
    // What has no line of its own below.
    if !below && between > 3 {
        let line = parts::in_brief(view, index, (between - 3, &said), theme);
        let start = left + (width(&name) + 2) as u16;
        parts::draw_line(&line, region.area, (start, row), theme, buf);
    }
}

/// The worst that is to be said of a region.
fn state(view: &MeshView, region: &RegionView, index: usize) -> (Glyph, String, Mark) {
    match region.state {
        PlaceState::Down => return (Glyph::Down, "down".to_owned(), Mark::Failure),
        PlaceState::Isolated => return (Glyph::Cut, "cut off".to_owned(), Mark::Failure),
        _ => {}
    }
    let pods = || {
        view.places.iter().filter(|place| {
            usize::from(place.region) == index && matches!(place.kind, PlaceKind::Ingress | PlaceKind::Pod)
        })
    };
    let count = |test: &dyn Fn(&Place) -> bool| pods().filter(|place| test(place)).count();
    let ejected = count(&|place| place.ejected_by > 0);
    let kinds = [
        (PlaceState::Down, Glyph::Down, "down"),
        (PlaceState::Refusing, Glyph::Down, "refusing"),
        (PlaceState::Erring, Glyph::Erring, "erring"),
        (PlaceState::Silent, Glyph::Erring, "silent"),
        (PlaceState::NotReady, Glyph::NotReady, "not ready"),
        (PlaceState::Slow, Glyph::Slow, "slow"),
    ];
    if ejected > 0 {
        return (Glyph::Ejected, format!("{ejected} ejected"), Mark::Retry);
    }
    let worst = kinds.iter().find_map(|(state, glyph, word)| {
        let pods = count(&|place| place.state == *state);
        (pods > 0).then(|| (*glyph, format!("{pods} {word}"), Mark::Failure))
    });
    worst.or_else(|| parts::worst(view, index)).unwrap_or((Glyph::Ready, "healthy".to_owned(), Mark::Quiet))
}

/// `payment 2 of 4 healthy: 50 % × 1.4 = 70 % here, 30 % W`.
pub(super) fn split(view: &MeshView, index: usize, table: &LoadTable, room: usize, theme: Theme) -> String {
    let here = |list: &[u32]| list.first().copied().unwrap_or(0);
    let (healthy, total, load) = (here(&table.healthy), here(&table.total), here(&table.load_percent));
    let other = view.regions.iter().enumerate().find(|(other, _)| *other != index);
    let other = other.map_or_else(String::new, |(_, region)| figures::initial(&region.name));
    let away: u32 = table.load_percent.iter().skip(1).sum();
    if load == 0 && away == 0 {
        return format!("{}  {healthy}/{total} nothing healthy anywhere", table.service);
    }
    // Shown only where it gives the integer that the table has.
    let weighed = figures::weighed(healthy, total).unwrap_or(0);
    let share = f64::from(healthy) * 100.0 / f64::from(total.max(1));
    let digits = usize::from(share.fract() != 0.0);
    let times = if theme.ascii { "x" } else { "×" };
    let sum = if healthy < total && healthy > 0 && weighed.min(100) == load && weighed <= 100 {
        format!(" = {share:.digits$} % {times} 1.4")
    } else {
        String::new()
    };
    let arrow = if theme.ascii { "->" } else { "→" };
    let differ = if table.differ { " (most)" } else { "" };
    let split = if table.pooled && away == 0 {
        "one pool".to_owned()
    } else if away == 0 {
        format!("{load} % here")
    } else {
        format!("{load} % here, {away} % {other}")
    };
    let start = format!("{}  {healthy}/{total}", table.service);
    let forms = [
        format!("{start}{sum} {arrow} {split}{differ}"),
        format!("{start}{sum} {arrow} {split}"),
        format!("{start} {arrow} {split}"),
    ];
    let shortest = format!("{} {healthy}/{total} {arrow} {split}", table.service);
    forms.into_iter().find(|form| width(form) <= room).unwrap_or(shortest)
}

/// Round trip first, then what crosses.
pub fn link(link: &LinkView, room: u16) -> Vec<String> {
    let first = match link.cut {
        (true, true) => "cut".to_owned(),
        (true, false) | (false, true) => "cut one way".to_owned(),
        (false, false) => format!("{:.0} ms", link.rtt_ms),
    };
    let calls = figures::rate(link.calls_per_second);
    let calls = if room >= 12 { format!("{calls} calls/s") } else { format!("{calls}/s") };
    let digits = if room >= 12 { 2 } else { 1 };
    vec![first, calls, format!("{:.digits$} GB/h", link.gb_per_hour)]
}

/// What the shapes mean, between the regions where there is room.
pub fn legend(stage: &Stage, proxies: bool, theme: Theme, buf: &mut Buffer) {
    const SHAPES: [(Glyph, &str); 7] = [
        (Glyph::Ready, "ready"),
        (Glyph::Erring, "erring"),
        (Glyph::Ejected, "ejected"),
        (Glyph::NotReady, "not ready"),
        (Glyph::Slow, "slow"),
        (Glyph::Down, "down"),
        (Glyph::Proxy, "proxy"),
    ];
    let Some(trunk) = stage.regions.first().map(|region| region.trunk) else { return };
    let mut room = stage.gap;
    room.height = trunk.saturating_sub(room.y + 1).min(room.height);
    if room.width < 14 || usize::from(room.height) < SHAPES.len() {
        return;
    }
    let column = room.x + (room.width - 11) / 2;
    let shapes = SHAPES.into_iter().filter(|(glyph, _)| proxies || *glyph != Glyph::Proxy);
    for (row, (glyph, words)) in shapes.enumerate() {
        let line = format!("{} {words}", theme.glyph(glyph));
        text(buf, room, (column, room.y + row as u16), &line, theme.mark(Mark::Quiet));
    }
}
