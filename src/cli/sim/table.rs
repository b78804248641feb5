//! The report as a person reads it: aligned, with units, and one line of conclusion.

use std::fmt::Write as _;

use crate::mesh_view::{Gauges, LogLine};
use crate::sim::report::Cost;
use crate::sim::{Report, SimTime};

/// Two decimals.
pub(super) fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The whole report.
pub(super) fn text(heading: &str, report: &Report, reproduce: &str) -> String {
    let requests = &report.requests;
    let latency = &report.latency_ms;
    let mut text = format!("{heading}\n\n");
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<17}{value}");
    };
    row(
        "requests",
        format!(
            "{} issued · {} ok · {} failed · {} open · {} retries",
            count(requests.issued),
            count(requests.ok),
            count(requests.failed),
            count(requests.open),
            count(requests.retries)
        ),
    );
    row(
        "success",
        report.success_percent.map_or("nothing finished".to_owned(), |share| format!("{share:.2} %")),
    );
    let times = [latency.p50, latency.p90, latency.p95, latency.p99, latency.max];
    let named = ["p50", "p90", "p95", "p99", "max"].iter().zip(times);
    let parts: Vec<String> = named.map(|(name, time)| format!("{name} {}", millis(time))).collect();
    row("latency", parts.join(" · "));
    let crossing = &report.cross_region;
    row(
        "between regions",
        format!("{} calls · {} GB/h", count(crossing.calls), or_none(crossing.gb_per_hour, 3)),
    );
    let zones = &report.cross_zone;
    row("between zones", format!("{} calls · {} GB/h", count(zones.calls), or_none(zones.gb_per_hour, 3)));
    let cost = &report.cost_usd_per_hour;
    row("bill", bill(cost));
    if let Some(recovered) = report.recovered_ms {
        row("recovered", format!("{:.1} s after the last failure began", recovered as f64 / 1000.0));
    }
    row("digest", report.digest.clone());
    text.push('\n');
    text += &calls(report);
    let _ = write!(text, "\n{}\nagain: {reproduce}\n", conclusion(report));
    text
}

/// The total, and the parts that are not nothing.
fn bill(cost: &Cost) -> String {
    let parts = [
        ("pods", Some(cost.pods)),
        ("sidecars", Some(cost.mesh)),
        ("control plane", Some(cost.control_plane)),
        ("Transit Gateway", Some(cost.attachments)),
        ("Route 53", cost.dns),
        ("between regions", cost.transfer),
        ("between zones", cost.zones),
    ];
    let parts = parts.into_iter().filter_map(|(name, usd)| Some((name, usd.filter(|&usd| usd > 0.0)?)));
    let parts: Vec<String> = parts.map(|(name, usd)| format!("{name} {usd:.3}")).collect();
    format!("${:.3}/h: {}", cost.total, parts.join(" · "))
}

fn calls(report: &Report) -> String {
    let mut rows =
        vec![["calls to", "from", "calls", "ok", "local", "load by priority", "ejected"].map(str::to_owned)];
    for (service, callers) in &report.calls {
        for (region, calls) in callers {
            let loads: Vec<String> =
                calls.table.load_percent.iter().map(|load| format!("{load} %")).collect();
            let differ = if calls.proxies_differ { " (proxies differ)" } else { "" };
            rows.push([
                service.clone(),
                region.clone(),
                count(calls.total),
                share(calls.ok, calls.total),
                calls.local_percent.map_or("-".to_owned(), |share| format!("{share:.2} %")),
                format!("{}{differ}", loads.join(" / ")),
                calls.table.ejected_now.to_string(),
            ]);
        }
    }
    aligned(&rows, &[false, false, true, true, true, false, true])
}

/// One row a second.
pub(super) fn series(seconds: &[(SimTime, Gauges)]) -> String {
    let head = ["s", "ok", "failed", "retries", "p50 ms", "p99 ms", "local %", "crossing", "ejected"];
    let mut rows = vec![head.map(str::to_owned)];
    for (end, row) in seconds {
        rows.push([
            (end.seconds() - 1).to_string(),
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
    format!("\n{}", aligned(&rows, &[true; 9]))
}

/// What happened and why.
pub(super) fn events(log: &[LogLine]) -> String {
    let mut text = "\n".to_owned();
    for line in log {
        let _ =
            writeln!(text, "{:>9.3} s  {:<12}  {}", line.at as f64 / 1e9, super::kind(line.kind), line.text);
    }
    if log.is_empty() {
        text += "nothing happened that changed where traffic goes\n";
    }
    text
}

fn conclusion(report: &Report) -> String {
    let requests = &report.requests;
    let finished = requests.ok + requests.failed;
    if finished == 0 {
        return "Nothing finished.".to_owned();
    }
    let well = if requests.failed == 0 {
        format!("All {} finished requests went well", count(finished))
    } else {
        format!("{} of {} finished requests failed", count(requests.failed), count(finished))
    };
    // More than a hundredth of all still out is no ordinary tail: they hang.
    let hanging = match requests.open {
        open if open * 100 > requests.issued => format!(", {} still wait for an answer", count(open)),
        _ => String::new(),
    };
    let crossed = match report.cross_region.calls {
        0 => "no call crossed between regions".to_owned(),
        calls => format!("{} calls crossed between regions", count(calls)),
    };
    format!("{well}{hanging}; {crossed}.")
}

/// Columns with two blanks between them; numbers to the right.
fn aligned<const N: usize>(rows: &[[String; N]], right: &[bool; N]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let _ = if right[column] {
                write!(line, "{cell:>width$}  ")
            } else {
                write!(line, "{cell:<width$}  ")
            };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// `86,647`.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn millis(time: Option<f64>) -> String {
    time.map_or("-".to_owned(), |time| format!("{time:.2} ms"))
}

fn or_none(number: Option<f64>, decimals: usize) -> String {
    number.map_or("-".to_owned(), |number| format!("{number:.decimals$}"))
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.2} %", 100.0 * part as f64 / whole as f64) }
}
