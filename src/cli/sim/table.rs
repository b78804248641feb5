//! One run's report as a person reads it: aligned, with units, and one line of conclusion.

use std::fmt::Write as _;

use super::cells::{aligned, or_none, spelled};
use super::tree::Tree;
use super::wanted::Wanted;
use crate::mesh_view::figures::thousands;
use crate::mesh_view::{Gauges, LogLine};
use crate::sim::SimTime;

/// The whole report; `idle` are lines on what changed nothing.
pub(super) fn text(heading: &str, wanted: &Wanted, report: &Tree, idle: &str) -> String {
    let mut text = format!("{heading}\n\n");
    for (name, value) in rows(report, wanted.breaks()) {
        let _ = writeln!(text, "{name:<17}{value}");
    }
    text.push('\n');
    text += &calls(report);
    let _ = write!(text, "\n{}\n{idle}again: {}\n", conclusion(report), wanted.reproduce);
    text
}

fn rows(report: &Tree, broken: bool) -> Vec<(&'static str, String)> {
    let whole = |path: &[&str]| thousands(report.number(path).unwrap_or(0.0) as u64);
    let requests = ["issued", "ok", "failed", "open", "retries"]
        .map(|key| format!("{} {key}", whole(&["requests", key])))
        .join(" · ");
    let success = report.number(&["success_percent"]);
    let latency = ["p50", "p90", "p95", "p99", "max"].map(|key| {
        let time = report.number(&["latency_ms", key]);
        format!("{key} {}", time.map_or("-".to_owned(), |time| format!("{time:.2} ms")))
    });
    let gigabytes = or_none(report.number(&["cross_region", "gb_per_hour"]), 3);
    let mut rows = vec![
        ("requests", requests),
        ("success", success.map_or("nothing finished".to_owned(), |share| format!("{share:.2} %"))),
        ("latency", latency.join(" · ")),
        ("between regions", format!("{} calls · {gigabytes} GB/h", whole(&["cross_region", "calls"]))),
        ("bill", bill(report)),
    ];
    let sections = [("between zones", "cross_zone"), ("data", "data"), ("dns", "dns")];
    rows.extend(sections.into_iter().filter_map(|(name, key)| Some((name, others(report.get(key)?)?))));
    if broken {
        let after = report.number(&["recovered_ms"]).map(|millis| millis / 1000.0);
        let words = |seconds: f64| format!("{seconds:.1} s after the last failure began");
        rows.push(("recovered", after.map_or("not by the end of the run".to_owned(), words)));
    }
    if let Some(Tree::Text(digest)) = report.get("digest") {
        rows.push(("digest", digest.clone()));
    }
    rows
}

/// The sum and each part that is known.
fn bill(report: &Tree) -> String {
    let cost = report.get("cost_usd_per_hour").map_or(&[][..], Tree::entries);
    let parts = cost.iter().filter(|(key, _)| key != "total").filter_map(|(key, part)| {
        let dollars = part.number(&[])?;
        Some(format!("{} ${dollars:.3}", spelled(key)))
    });
    let total = or_none(report.number(&["cost_usd_per_hour", "total"]), 3);
    format!("${total}/h: {}", parts.collect::<Vec<_>>().join(" · "))
}

/// `216 writes · 3 conflicts`: the numbers of a section, unless there is nothing but zeros.
fn others(section: &Tree) -> Option<String> {
    let numbers: Vec<(&String, f64)> =
        section.entries().iter().filter_map(|(key, value)| Some((key, value.number(&[])?))).collect();
    // How many requests write says nothing by itself.
    let tells = numbers.iter().any(|(key, number)| *number != 0.0 && *key != "writes");
    // Bytes between zones stand there as a rate.
    let told = numbers.iter().filter(|(key, _)| *key != "bytes");
    let words = told.map(|(key, number)| figure(key, *number));
    tells.then(|| words.collect::<Vec<_>>().join(" · "))
}

/// A number with the unit that its key ends with: `rto_ms` is `rto 1.20 ms`.
fn figure(key: &str, number: f64) -> String {
    const UNITS: [(&str, &str); 4] = [("_ms", "ms"), ("_s", "s"), ("_percent", "%"), ("gb_per_hour", "GB/h")];
    if key == "usd_per_hour" {
        return format!("${number:.3}/h");
    }
    if let Some(stem) = key.strip_suffix("_ms").filter(|_| number >= 1000.0) {
        return format!("{} {:.1} s", spelled(stem), number / 1000.0);
    }
    if let Some((ending, unit)) = UNITS.iter().find(|(ending, _)| key.ends_with(ending)) {
        let name = spelled(key.trim_end_matches(ending));
        return format!("{name} {number:.2} {unit}").trim_start().to_owned();
    }
    if number.fract() == 0.0 {
        format!("{} {}", thousands(number as u64), spelled(key))
    } else {
        format!("{} {number:.3}", spelled(key))
    }
}

fn calls(report: &Tree) -> String {
    let mut rows = vec![
        ["calls to", "from", "calls", "ok", "local", "load by priority", "ejected"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for (service, callers) in report.get("calls").map_or(&[][..], Tree::entries) {
        for (region, calls) in callers.entries() {
            let number = |key: &str| calls.number(&[key]);
            let total = number("total").unwrap_or(0.0);
            let ok = number("ok").filter(|_| total > 0.0).map(|ok| 100.0 * ok / total);
            rows.push(vec![
                service.clone(),
                region.clone(),
                thousands(total as u64),
                percent(ok),
                percent(number("local_percent")),
                loads(calls),
                thousands(number("ejected_now").unwrap_or(0.0) as u64),
            ]);
        }
    }
    aligned(&rows, |column| !matches!(column, 0 | 1 | 5))
}

fn loads(calls: &Tree) -> String {
    let loads = calls.get("load_percent").map_or(&[][..], Tree::items);
    let loads: Vec<String> = loads.iter().map(|load| format!("{} %", or_none(load.number(&[]), 0))).collect();
    let differ = calls.get("proxies_differ") == Some(&Tree::Truth(true));
    format!("{}{}", loads.join(" / "), if differ { " (proxies differ)" } else { "" })
}

fn percent(share: Option<f64>) -> String {
    share.map_or("-".to_owned(), |share| format!("{share:.2} %"))
}

/// One row a second.
pub(super) fn series(seconds: &[(SimTime, Gauges)]) -> String {
    let head = ["s", "ok", "failed", "retries", "p50 ms", "p99 ms", "local %", "crossing", "ejected"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for (end, row) in seconds {
        rows.push(vec![
            end.seconds().saturating_sub(1).to_string(),
            row.ok.to_string(),
            row.failed.to_string(),
            row.retries.to_string(),
            or_none(row.p50_ms, 2),
            or_none(row.p99_ms, 2),
            or_none(row.local_percent, 2),
            row.crossing.to_string(),
            row.ejected.to_string(),
        ]);
    }
    format!("\n{}", aligned(&rows, |_| true))
}

/// What happened and why.
pub(super) fn events(log: &[LogLine]) -> String {
    let mut text = "\n".to_owned();
    for line in log {
        let _ = writeln!(text, "{:>9.3} s  {:<12}  {}", line.at as f64 / 1e9, line.kind.name(), line.text);
    }
    if log.is_empty() {
        text += "nothing happened that changed where traffic goes\n";
    }
    text
}

fn conclusion(report: &Tree) -> String {
    let number = |path: &[&str]| report.number(path).unwrap_or(0.0) as u64;
    let (ok, failed) = (number(&["requests", "ok"]), number(&["requests", "failed"]));
    let (issued, open) = (number(&["requests", "issued"]), number(&["requests", "open"]));
    let finished = ok + failed;
    if finished == 0 {
        return "Nothing finished.".to_owned();
    }
    let well = if failed == 0 {
        format!("All {} finished requests went well", thousands(finished))
    } else {
        format!("{} of {} finished requests failed", thousands(failed), thousands(finished))
    };
    // More than a hundredth of all still out is no ordinary tail: they hang.
    let hanging = match open {
        open if open * 100 > issued => format!(", {} still wait for an answer", thousands(open)),
        _ => String::new(),
    };
    let crossed = match number(&["cross_region", "calls"]) {
        0 => "no call crossed between regions".to_owned(),
        calls => format!("{} calls crossed between regions", thousands(calls)),
    };
    format!("{well}{hanging}; {crossed}.")
}
