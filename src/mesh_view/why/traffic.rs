//! Where tries go: what stays, and what crosses.

use super::{figures, region, service, thousands};
use crate::mesh_view::metric::gigabytes_per_hour;
use crate::mesh_view::stretch::{CallsTo, Stretch};
use crate::mesh_view::words::levels;
use crate::mesh_view::{LoadTable, MeshView};

/// Tries of proxies, those of users left out.
fn between_services(stretch: &Stretch) -> impl Iterator<Item = &CallsTo> {
    stretch.calls.iter().filter(|calls| !calls.by_users)
}

pub fn local(view: &MeshView) -> Vec<String> {
    let second = &view.detail.second;
    let all: u64 = between_services(second).map(|calls| calls.sent).sum();
    let near: u64 = between_services(second).filter(|calls| !calls.crosses()).map(|calls| calls.sent).sum();
    let Some(share) = view.now.local_percent else {
        return vec!["No try went from a service to another in the last second.".to_owned()];
    };
    let mut said = vec![format!(
        "{} = {} ÷ {}: tries of the last second that stayed in the caller's region, of all between services.",
        figures::percent(share, 1),
        thousands(near),
        thousands(all)
    )];
    let mut others = 0;
    for (from, called) in callers(second) {
        let sent = |crosses: bool| -> u64 {
            between_services(second)
                .filter(|calls| (calls.from, calls.service, calls.crosses()) == (from, called, crosses))
                .map(|calls| calls.sent)
                .sum()
        };
        if sent(true) == 0 {
            others += sent(false);
            continue;
        }
        said.push(split(view, from, called, (sent(false), sent(true))));
        let name = service(view, called);
        let tables = view.regions.get(usize::from(from)).map_or(&[] as &[LoadTable], |region| &region.tables);
        said.extend(tables.iter().filter(|table| table.service == name).map(rule));
    }
    match (others, near == all) {
        (_, true) => said.push("None of them crossed.".to_owned()),
        (0, false) => {}
        (others, false) => {
            said.push(format!("All other calls stay: {} of {}.", thousands(others), thousands(others)));
        }
    }
    said
}

/// Who calls what, each once.
fn callers(second: &Stretch) -> Vec<(u8, u16)> {
    let mut callers: Vec<(u8, u16)> =
        between_services(second).map(|calls| (calls.from, calls.service)).collect();
    callers.sort_unstable();
    callers.dedup();
    callers
}

fn split(view: &MeshView, from: u8, called: u16, (near, far): (u64, u64)) -> String {
    let (here, all) = (region(view, from), near + far);
    let ways: Vec<String> = between_services(&view.detail.second)
        .filter(|calls| (calls.from, calls.service) == (from, called) && calls.crosses() && calls.sent > 0)
        .map(|calls| format!("{} go to {}", thousands(calls.sent), region(view, calls.to)))
        .collect();
    format!(
        "{here}'s calls to {}: {} of {} stay ({:.1} %), {}.",
        service(view, called),
        thousands(near),
        thousands(all),
        near as f64 / all as f64 * 100.0,
        ways.join(", ")
    )
}

/// What most proxies of the region hold.
fn rule(table: &LoadTable) -> String {
    if table.pooled {
        return format!(
            "Their first level for {} holds endpoints of several regions, so nothing keeps these calls near.",
            table.service
        );
    }
    let levels = levels(table, |level, healthy, total, load, sum| {
        let sum = sum.trim_end_matches(',').replace(" times ", " × ");
        format!("P{level} {healthy} of {total} healthy{sum} → {load} % of calls")
    });
    format!("Their table now: {}.", levels.join("; "))
}

pub fn crossing(view: &MeshView) -> Vec<String> {
    let second = &view.detail.second;
    let bytes: u64 = second.crossed.iter().map(|crossed| crossed.bytes).sum();
    let calls: u64 = second.crossed.iter().map(|crossed| crossed.calls).sum();
    let mut said = vec![format!(
        "{:.2} GB/h = {} × 3600: what crossed between regions in the last second, both ways.",
        gigabytes_per_hour(bytes),
        amount(bytes)
    )];
    for crossed in &second.crossed {
        said.push(format!(
            "{} to {}: {} tries begun, {}.",
            region(view, crossed.from),
            region(view, crossed.to),
            thousands(crossed.calls),
            amount(crossed.bytes)
        ));
    }
    for calls in between_services(second).filter(|calls| calls.crosses() && calls.sent > 0) {
        said.push(format!(
            "{}'s calls to {}: {} went to {}.",
            region(view, calls.from),
            service(view, calls.service),
            thousands(calls.sent),
            region(view, calls.to)
        ));
    }
    if second.store_bytes > 0 {
        said.push(format!("Data stores had {} of these bytes.", amount(second.store_bytes)));
    }
    let of_calls = bytes.saturating_sub(second.store_bytes);
    if calls > 0 && of_calls > 0 {
        said.push(format!(
            "Without stores: {} ÷ {} tries = {} a try, question and answer.",
            amount(of_calls),
            thousands(calls),
            amount(of_calls / calls)
        ));
    }
    let well = &view.detail.well;
    if well.seconds > 0 && well.end != second.end {
        let then: u64 = well.crossed.iter().map(|crossed| crossed.bytes).sum();
        said.push(format!(
            "When all was well last, up to {}: {:.2} GB/h.",
            figures::clock(well.end),
            gigabytes_per_hour(then / u64::from(well.seconds))
        ));
    }
    said
}

/// `1.6 MB`.
fn amount(bytes: u64) -> String {
    match bytes {
        b if b < 1_000 => format!("{b} bytes"),
        b if b < 1_000_000 => format!("{:.1} kB", b as f64 / 1e3),
        b => format!("{:.2} MB", b as f64 / 1e6),
    }
}
