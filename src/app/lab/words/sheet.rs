//! An open sheet as sentences: what a proxy knows, why a place is as it is, one request hop by hop.

use crate::app::lab::inspect::{Content, Sheet};
use crate::app::lab::loads;
use crate::mesh_view::words::spoken;
use crate::mesh_view::{
    MeshView, Nanos, PlaceId, ProxyEndpoint, ProxyKind, ProxyView, TraceLeg, TraceView, figures,
};

/// All that the sheet says; the first line says what it is about.
pub fn lines(sheet: &Sheet, view: &MeshView) -> Vec<String> {
    let title = &sheet.title;
    match &sheet.content {
        Content::Proxy { proxies, number, of, marked } => {
            let mut lines = vec![format!("What {title} knows, {number} of {of} callers")];
            lines.extend(proxies.iter().flat_map(|proxy| knows(proxy, *marked, view)));
            lines
        }
        Content::Why { sentences, lines: told } => {
            let mut lines = vec![format!("Why {title} is as it is now")];
            lines.extend(sentences.iter().map(|said| format!("  {}", spoken(said))));
            if !told.is_empty() {
                lines.push("  What the log said of it last".to_owned());
            }
            let told = told.iter().map(|line| (figures::clock(line.at), spoken(&line.text)));
            lines.extend(told.map(|(at, text)| format!("    {at} {text}")));
            lines
        }
        Content::Trace { trace, number, of } => {
            let heading = format!(
                "Request {} of {title}, begun at {}, {number} of {of} followed",
                trace.request,
                figures::clock(trace.began)
            );
            let legs = trace.legs.iter().map(|leg| hop(trace, leg));
            let end = format!("  {}", spoken(&trace.conclusion));
            std::iter::once(heading).chain(legs).chain([end]).collect()
        }
        Content::Nothing(why) => {
            let heading = if title.is_empty() { "Nothing to show".to_owned() } else { title.clone() };
            vec![heading, format!("  {}", spoken(why))]
        }
    }
}

fn knows(proxy: &ProxyView, marked: Option<PlaceId>, view: &MeshView) -> Vec<String> {
    let subset = proxy.subset.as_ref().map_or_else(String::new, |region| format!(", subset {region}"));
    let mut lines =
        vec![format!("  calls to {}{subset}: {} in {}", proxy.service, proxy.kind.words(), proxy.zone)];
    lines.extend(loads::sums(proxy).iter().map(|sum| format!("    {}", spoken(sum))));
    if let Some(at) = proxy.asks_at {
        lines.push(format!("    {}", loads::asks_again(at)));
    }
    if proxy.endpoints.is_empty() {
        lines.push(format!("    {}", loads::NOBODY_LISTED));
    }
    let endpoints = proxy.endpoints.iter();
    lines.extend(endpoints.map(|endpoint| format!("    {}", listed(proxy, endpoint, marked, view))));
    lines
}

/// `payment-1 in us-east-1a, selected: priority 0, ready, ejected until 00:43.2, 1 times 30 s; 5 of 5 errors in a row; …`.
fn listed(proxy: &ProxyView, endpoint: &ProxyEndpoint, marked: Option<PlaceId>, view: &MeshView) -> String {
    let name = view.places.get(usize::from(endpoint.place)).map_or("", |place| &place.name);
    let selected = if marked == Some(endpoint.place) { ", selected" } else { "" };
    let mut said = Vec::new();
    if proxy.kind == ProxyKind::Envoy || proxy.levels.len() > 1 {
        said.push(format!("priority {}", endpoint.priority));
    }
    said.push(if endpoint.ready { "ready" } else { "not ready" }.to_owned());
    match proxy.kind {
        ProxyKind::Envoy => said.extend(ejected(proxy, endpoint)),
        ProxyKind::Linkerd => said.push(match (endpoint.probing, endpoint.ejected_until) {
            (true, _) => "breaker lets one try through".to_owned(),
            (false, Some(until)) => format!("breaker shut to {}", figures::clock(until)),
            (false, None) => "breaker open to all".to_owned(),
        }),
        ProxyKind::KubeProxy => {}
    }
    if proxy.kind != ProxyKind::KubeProxy {
        let limit = proxy.ejects_after.filter(|limit| *limit > 0);
        let of = limit.map_or_else(String::new, |limit| format!(" of {limit}"));
        said.push(format!("{}{of} errors in a row", endpoint.errors_in_a_row));
    }
    if let Some((latency, cost)) = endpoint.cost_ms {
        said.push(format!("latency {}, cost {}", figures::millis(latency), figures::millis(cost)));
    }
    said.push(format!("{} open", endpoint.active));
    if proxy.kind == ProxyKind::Envoy {
        said.push(format!("weight {}", endpoint.weight));
    }
    format!("{name} in {}{selected}: {}", zone(endpoint, view), said.join(", "))
}

fn ejected(proxy: &ProxyView, endpoint: &ProxyEndpoint) -> Option<String> {
    let times = endpoint.multiplier;
    let base = proxy.ejection_base / 1_000_000_000;
    match endpoint.ejected_until {
        Some(until) => {
            let waits = if endpoint.taken { ", its load balancer is told soon" } else { "" };
            Some(format!("ejected until {} at least, {times} times {base} s{waits}", figures::clock(until)))
        }
        None if times > 0 => Some(format!("not ejected, the last time for {times} times {base} s")),
        None => None,
    }
}

/// Its zone, or its region where it has none.
pub fn zone(endpoint: &ProxyEndpoint, view: &MeshView) -> String {
    if !endpoint.zone.is_empty() {
        return endpoint.zone.clone();
    }
    let place = view.places.get(usize::from(endpoint.place));
    let region = place.and_then(|place| view.regions.get(usize::from(place.region)));
    region.map_or_else(String::new, |region| region.name.clone())
}

/// `after 0.9 ms: us-east-1/checkout-2 -> us-east-1/payment-3, try 2, P0 of 70 / 30 %, took 3.1 ms: 200`.
fn hop(trace: &TraceView, leg: &TraceLeg) -> String {
    let indent = "  ".repeat(usize::from(leg.depth.min(6)) + 1);
    let millis = |span: Nanos| format!("{:.3} ms", span as f64 / 1e6);
    let mut said = vec![leg.way.clone()];
    said.extend(leg.attempt.filter(|attempt| *attempt > 1).map(|attempt| format!("try {attempt}")));
    said.extend(Some(&leg.priority).filter(|words| !words.is_empty()).cloned());
    said.push(leg.took.map_or_else(|| "not over yet".to_owned(), |took| format!("took {}", millis(took))));
    said.extend(Some(&leg.outcome).filter(|words| !words.is_empty()).cloned());
    let after = millis(leg.start.saturating_sub(trace.began));
    format!("{indent}{}", spoken(&format!("after {after}: {}", said.join(", "))))
}
