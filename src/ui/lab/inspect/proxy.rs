//! A proxy's endpoint table as it has it: its levels with their arithmetic, then a row an endpoint.

use super::columns::{Column, table};
use super::{Line, figures, prose, shown_as};
use crate::app::lab::loads;
use crate::app::lab::words::sheet::zone;
use crate::mesh_view::{MeshView, PlaceId, ProxyEndpoint, ProxyKind, ProxyView};
use crate::ui::theme::{Glyph, Mark, Theme};

pub fn lines(
    proxy: &ProxyView,
    marked: Option<PlaceId>,
    view: &MeshView,
    theme: Theme,
    room: usize,
) -> Vec<Line> {
    let mut lines = vec![heading(proxy, view, theme)];
    for sum in loads::sums(proxy) {
        lines.extend(prose(&sum, "", Mark::Plain, theme, room));
    }
    if let Some(at) = proxy.asks_at {
        lines.extend(prose(&loads::asks_again(at), "", Mark::Quiet, theme, room));
    }
    if proxy.endpoints.is_empty() {
        lines.extend(prose(loads::NOBODY_LISTED, "", Mark::Failure, theme, room));
    } else {
        lines.extend(table(columns(proxy, marked, view, theme), room));
    }
    lines
}

fn heading(proxy: &ProxyView, view: &MeshView, theme: Theme) -> Line {
    let caller = view.places.get(usize::from(proxy.caller)).map_or("", |place| &place.name);
    let kind = proxy.kind.words();
    let subset = proxy.subset.as_ref().map_or_else(String::new, |region| format!(", subset {region}"));
    let way = shown_as(&format!("{caller} → {}{subset}", proxy.service), theme);
    vec![(way, Mark::Strong), (format!("  {kind} in {}", proxy.zone), Mark::Quiet)]
}

fn columns(proxy: &ProxyView, marked: Option<PlaceId>, view: &MeshView, theme: Theme) -> Vec<Column> {
    let column =
        |head: &'static str, right: bool, spare: u8, cell: &dyn Fn(&ProxyEndpoint) -> (String, Mark)| {
            Column { head, cells: proxy.endpoints.iter().map(cell).collect(), right, spare }
        };
    let plain = |text: String| (text, Mark::Plain);
    let mut columns = vec![
        column("endpoint", false, 0, &|endpoint| name(endpoint, marked, view, theme)),
        column("zone", false, 0, &|endpoint| (zone(endpoint, view), Mark::Quiet)),
    ];
    if proxy.kind == ProxyKind::Envoy || proxy.levels.len() > 1 {
        columns.push(column("P", true, 0, &|endpoint| plain(endpoint.priority.to_string())));
    }
    columns.push(column("health", false, 0, &|endpoint| health(endpoint)));
    match proxy.kind {
        ProxyKind::Envoy => {
            columns.push(column("ejected until", false, 0, &|endpoint| ejected(endpoint, theme)));
            columns.push(column("errors", true, 3, &|endpoint| plain(run(endpoint, proxy))));
        }
        ProxyKind::Linkerd => {
            columns.push(column("breaker", false, 0, &|endpoint| breaker(endpoint)));
            columns.push(column("errors", true, 3, &|endpoint| plain(run(endpoint, proxy))));
            columns.push(column("latency", true, 2, &|endpoint| plain(cost(endpoint, false))));
            columns.push(column("cost", true, 0, &|endpoint| plain(cost(endpoint, true))));
        }
        ProxyKind::KubeProxy => {}
    }
    columns.push(column("open", true, 0, &|endpoint| plain(endpoint.active.to_string())));
    if proxy.kind == ProxyKind::Envoy {
        columns.push(column("weight", true, 4, &|endpoint| plain(endpoint.weight.to_string())));
    }
    columns
}

/// Its shape first: ready, ejected, not ready; the endpoint that was selected is pointed at.
fn name(endpoint: &ProxyEndpoint, marked: Option<PlaceId>, view: &MeshView, theme: Theme) -> (String, Mark) {
    let place = view.places.get(usize::from(endpoint.place));
    let (glyph, mark) = match (endpoint.ready, endpoint.ejected_until.is_some() || endpoint.probing) {
        (_, true) => (Glyph::Ejected, Mark::Retry),
        (true, false) => (Glyph::Ready, Mark::Plain),
        (false, false) => (Glyph::NotReady, Mark::Retry),
    };
    let pointer = if marked == Some(endpoint.place) { theme.glyph(Glyph::Pointer) } else { " " };
    let name = place.map_or("", |place| &place.name);
    (format!("{pointer}{} {name}", theme.glyph(glyph)), mark)
}

/// As the control plane says, which is all that a proxy knows before it is answered.
fn health(endpoint: &ProxyEndpoint) -> (String, Mark) {
    let word = if endpoint.ready { "ready" } else { "not ready" };
    (word.to_owned(), if endpoint.ready { Mark::Plain } else { Mark::Retry })
}

/// Until when at least, and which multiple of the base time that is; a verdict may wait for the merge window.
fn ejected(endpoint: &ProxyEndpoint, theme: Theme) -> (String, Mark) {
    let times = if theme.ascii { "x" } else { "×" };
    match endpoint.ejected_until {
        Some(until) => {
            let waits = if endpoint.taken { " soon" } else { "" };
            (format!("{} {times}{}{waits}", figures::clock(until), endpoint.multiplier), Mark::Retry)
        }
        None if endpoint.multiplier > 0 => (format!("- {times}{}", endpoint.multiplier), Mark::Quiet),
        None => ("-".to_owned(), Mark::Quiet),
    }
}

fn breaker(endpoint: &ProxyEndpoint) -> (String, Mark) {
    match (endpoint.probing, endpoint.ejected_until) {
        (true, _) => ("one try".to_owned(), Mark::Retry),
        (false, Some(until)) => (format!("shut to {}", figures::clock(until)), Mark::Retry),
        (false, None) => ("open".to_owned(), Mark::Quiet),
    }
}

/// Errors in a row out of those that eject.
fn run(endpoint: &ProxyEndpoint, proxy: &ProxyView) -> String {
    let limit = proxy.ejects_after.filter(|limit| *limit > 0);
    limit.map_or_else(
        || endpoint.errors_in_a_row.to_string(),
        |limit| format!("{}/{limit}", endpoint.errors_in_a_row),
    )
}

fn cost(endpoint: &ProxyEndpoint, whole: bool) -> String {
    endpoint
        .cost_ms
        .map_or_else(String::new, |(latency, cost)| figures::millis(if whole { cost } else { latency }))
}
