//! Which part of the way makes it slow.

use super::{figures, region, service, thousands};
use crate::mesh_view::stretch::{CallsTo, Stretch};
use crate::mesh_view::{Gauges, MeshView};

/// What has grown by less than this a request is not worth a sentence; milliseconds.
const WORTH_MS: f64 = 0.5;
/// So many parts of the way are told.
const PARTS_MAX: usize = 3;

pub fn sentences(
    view: &MeshView,
    name: &str,
    of: impl Fn(&Gauges) -> Option<f64>,
    mean: impl Fn(&Stretch) -> Option<f64>,
) -> Vec<String> {
    let (minute, well) = (&view.detail.minute, &view.detail.well);
    let mut said = Vec::new();
    match of(&view.now) {
        None => said.push("No request ended well in the last second, so there is no latency.".to_owned()),
        Some(now) => {
            let part = if name == "p50" { "half" } else { "99 of 100" };
            said.push(format!(
                "{name} is {}: {part} of the {} requests that ended well in the last second took no longer.",
                figures::millis(now),
                thousands(u64::from(view.now.ok))
            ));
            said.extend(since_well(view, now, mean(well)));
        }
    }
    if minute.ok == 0 {
        return said;
    }
    said.extend(journeys(view, name));
    said.extend(parts(view));
    said
}

/// Against the seconds in which nothing was broken.
fn since_well(view: &MeshView, now: f64, then: Option<f64>) -> Option<String> {
    let well = &view.detail.well;
    let then = then?;
    let when = if well.end == view.detail.second.end { "is well" } else { "was well for the last time" };
    Some(format!(
        "In the {} s up to {}, when all {when}, it was {} in the mean: {:+.1} ms since.",
        well.seconds,
        figures::clock(well.end),
        figures::millis(then),
        now - then
    ))
}

/// Requests that crossed or were tried again, beside the others.
fn journeys(view: &MeshView, name: &str) -> Vec<String> {
    let minute = &view.detail.minute;
    let kinds: [(&str, &str, bool); 2] = [
        ("had a try that crossed between regions", "crossed", false),
        ("had a try that was made again", "were tried again", true),
    ];
    let mut said = Vec::new();
    for (words, short, again) in kinds {
        let such = minute.journeys(|crossed, retried| if again { retried } else { crossed });
        let others = minute.journeys(|crossed, retried| !(if again { retried } else { crossed }));
        let Some(mean) = such.mean_ms() else { continue };
        let beside = others.mean_ms().map_or_else(
            || "no other ended well".to_owned(),
            |ms| format!("the others {}", figures::millis(ms)),
        );
        said.push(format!(
            "Of the {} that ended well in the last {} s, {} {words}: {} in the mean, {beside}.",
            thousands(minute.ok),
            minute.seconds,
            thousands(such.count),
            figures::millis(mean)
        ));
        let longest = others.longest_ns as f64 / 1e6;
        let value = if name == "p50" { view.now.p50_ms } else { view.now.p99_ms };
        if value.is_some_and(|value| others.count > 0 && longest < value) {
            said.push(format!(
                "The slowest of the others took {}: all requests above {name} {short}.",
                figures::millis(longest)
            ));
        }
    }
    said
}

/// What a part of the way adds to a request in the mean.
struct Part<'a> {
    calls: &'a CallsTo,
    now: f64,
    grown: f64,
    /// Milliseconds of one such call when all was well, if there was any.
    each_then: Option<f64>,
}

impl Part<'_> {
    /// It takes longer than it did, or it crosses: a part that has only become a larger share of fewer requests is not
    /// what makes them slow.
    fn is_slower(&self) -> bool {
        let slower =
            self.calls.mean_ms().zip(self.each_then).is_none_or(|(now, then)| now - then >= WORTH_MS);
        self.grown >= WORTH_MS && (slower || self.calls.crosses())
    }
}

/// Where a request's time goes, and what has grown most since all was well.
fn parts(view: &MeshView) -> Vec<String> {
    let (minute, well) = (&view.detail.minute, &view.detail.well);
    let each = |stretch: &Stretch, calls: &CallsTo| {
        if stretch.ok > 0 { calls.own_ns as f64 / stretch.ok as f64 / 1e6 } else { 0.0 }
    };
    let same = |one: &CallsTo, other: &CallsTo| {
        (one.service, one.from, one.to, one.by_users) == (other.service, other.from, other.to, other.by_users)
    };
    let mut all: Vec<Part<'_>> = minute
        .calls
        .iter()
        .map(|calls| {
            let now = each(minute, calls);
            let then = well.calls.iter().find(|known| same(known, calls));
            let grown = now - then.map_or(0.0, |then| each(well, then));
            Part { calls, now, grown, each_then: then.and_then(CallsTo::mean_ms) }
        })
        .collect();
    let total: f64 = all.iter().map(|part| part.now).sum();
    let mut said = vec![format!(
        "Where the {total:.1} ms of a request go in the mean of the last {} s: {}.",
        minute.seconds,
        by_service(view, &all).join(", ")
    )];
    if well.seconds == 0 {
        return said;
    }
    all.sort_by(|one, other| other.grown.total_cmp(&one.grown));
    let grown = all.iter().filter(|part| part.is_slower()).take(PARTS_MAX);
    said.extend(grown.map(|part| growth(view, part)));
    said
}

fn by_service(view: &MeshView, parts: &[Part<'_>]) -> Vec<String> {
    let mut sums: Vec<(&str, f64)> = Vec::new();
    for part in parts {
        let name = entry_or(view, part.calls);
        match sums.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += part.now,
            None => sums.push((name, part.now)),
        }
    }
    sums.iter().map(|(name, ms)| format!("{name} {ms:.1}")).collect()
}

/// The service that is called; users call the one that they come to.
fn entry_or<'a>(view: &'a MeshView, calls: &CallsTo) -> &'a str {
    if !calls.by_users {
        return service(view, calls.service);
    }
    let called: Vec<u16> =
        view.detail.minute.calls.iter().filter(|calls| !calls.by_users).map(|calls| calls.service).collect();
    let first = (0..view.detail.services.len() as u16).find(|service| !called.contains(service));
    first.map_or("the way in", |first| service(view, first))
}

fn growth(view: &MeshView, part: &Part<'_>) -> String {
    let (calls, minute) = (part.calls, &view.detail.minute);
    let who = if calls.by_users { "users" } else { "calls" };
    let then = part.each_then.map_or_else(String::new, |ms| format!(" ({} then)", figures::millis(ms)));
    let each = calls.mean_ms().map_or_else(String::new, |ms| format!(", {} each{then}", figures::millis(ms)));
    let words = format!(
        "{}'s {who} to {} in {}: {:.1} a second{each}; that is {:+.1} ms a request since all was well.",
        region(view, calls.from),
        entry_or(view, calls),
        region(view, calls.to),
        minute.per_second(calls.sent),
        part.grown
    );
    words + &beside_near(view, calls).unwrap_or_default()
}

/// What a call that crosses takes more than the same call at home, and the link's round trip beside it.
fn beside_near(view: &MeshView, calls: &CallsTo) -> Option<String> {
    if calls.by_users || !calls.crosses() {
        return None;
    }
    let near = |known: &&CallsTo| {
        !known.crosses() && !known.by_users && (known.service, known.from) == (calls.service, calls.from)
    };
    let home = view.detail.minute.calls.iter().find(near).and_then(CallsTo::mean_ms)?;
    let ends = (calls.from.min(calls.to), calls.from.max(calls.to));
    let link = view.links.iter().find(|link| link.ends == ends)?;
    Some(format!(
        " Inside {} one takes {}, {:.1} ms less; the link's round trip is {:.1} ms.",
        region(view, calls.from),
        figures::millis(home),
        calls.mean_ms()? - home,
        link.rtt_ms
    ))
}
