//! One request hop by hop, as a person reads it.

use super::cells::aligned;
use crate::sim::{SimSpan, SimTime, TraceHop, TraceKind};

/// A line for each hop, inner calls indented; then one on how it ended.
pub(super) fn text(request: u64, trace: &[TraceHop]) -> String {
    let head = ["ms", "took", "hop", "try", "priority", "outcome"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(trace.iter().map(row)).collect();
    let table = aligned(&rows, |column| column < 2 || column == 3);
    format!("\nrequest {request}\n{table}{}\n", conclusion(trace))
}

fn row(hop: &TraceHop) -> Vec<String> {
    let retries = hop.kind == TraceKind::Try;
    vec![
        format!("{:.3}", hop.start.since(SimTime::ZERO).as_millis_f64()),
        hop.took.map_or("-".to_owned(), millis),
        format!("{}{}", "  ".repeat(usize::from(hop.depth)), way(hop)),
        if retries { hop.attempt.to_string() } else { String::new() },
        priority(hop),
        outcome(hop),
    ]
}

fn way(hop: &TraceHop) -> String {
    match (hop.kind, &hop.to) {
        (TraceKind::BackOff, _) => format!("{} waits before the next try of {}", hop.from, hop.service),
        (_, Some(to)) => format!("{} -> {to}", hop.from),
        (_, None) => format!("{} -> no pod of {}", hop.from, hop.service),
    }
}

/// The level and the table it was drawn from: `P1 of 70 / 30 %`.
fn priority(hop: &TraceHop) -> String {
    let loads: Vec<String> = hop.load_percent.iter().flatten().map(u32::to_string).collect();
    match hop.priority {
        Some(level) => format!("P{level} of {} %", loads.join(" / ")),
        None if hop.load_percent.is_some() => format!("none of {} %", loads.join(" / ")),
        None => String::new(),
    }
}

fn outcome(hop: &TraceHop) -> String {
    let ended = match hop.outcome.as_deref() {
        Some(word) => word.replace('-', " "),
        None if hop.kind == TraceKind::Try => "still out".to_owned(),
        None => String::new(),
    };
    match hop.queued {
        Some(queued) if queued > SimSpan::ZERO => format!("{ended}, {} in the queue", millis(queued)),
        _ => ended,
    }
}

fn conclusion(trace: &[TraceHop]) -> String {
    let tries = trace.iter().filter(|hop| hop.kind == TraceKind::Try);
    let (all, again) = (tries.clone().count(), tries.clone().filter(|hop| hop.attempt > 1).count());
    let begins = trace.iter().map(|hop| hop.start).min();
    let users = || trace.iter().filter(|hop| hop.depth == 0);
    let ends = users().try_fold(SimTime::ZERO, |last, hop| Some(last.max(hop.start + hop.took?)));
    let hops = if all == 1 { "hop" } else { "hops" };
    let walked = match again {
        0 => format!("in {all} {hops}"),
        1 => format!("in {all} {hops}, one of them a retry"),
        again => format!("in {all} {hops}, {again} of them retries"),
    };
    let last = users().rfind(|hop| hop.kind == TraceKind::Try).and_then(|hop| hop.outcome.as_deref());
    match (last, begins, ends) {
        (Some("200"), Some(begins), Some(ends)) => {
            format!("It went well after {}, {walked}.", millis(ends.since(begins)))
        }
        (Some(_), Some(begins), Some(ends)) => {
            format!("It failed after {}, {walked}.", millis(ends.since(begins)))
        }
        _ => format!("It had no answer when the run ended, {walked}."),
    }
}

fn millis(span: SimSpan) -> String {
    format!("{:.3} ms", span.as_millis_f64())
}
