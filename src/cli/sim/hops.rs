//! One request hop by hop, as a person reads it.

use super::cells::aligned;
use crate::sim::trace_words::{conclusion, millis};
use crate::sim::{SimTime, TraceHop, TraceKind};

/// A line for each hop, inner calls indented; then one on how it ended.
pub(super) fn text(request: u64, trace: &[TraceHop]) -> String {
    let head = ["ms", "took", "hop", "try", "priority", "outcome"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(trace.iter().map(row)).collect();
    let table = aligned(&rows, |column| column < 2 || column == 3);
    format!("\nrequest {request}\n{table}{}\n", conclusion(trace, "when the run ended"))
}

fn row(hop: &TraceHop) -> Vec<String> {
    let retries = hop.kind == TraceKind::Try;
    vec![
        format!("{:.3}", hop.start.since(SimTime::ZERO).as_millis_f64()),
        hop.took.map_or("-".to_owned(), millis),
        format!("{}{}", "  ".repeat(usize::from(hop.depth)), hop.way()),
        if retries { hop.attempt.to_string() } else { String::new() },
        hop.priority_words(),
        hop.outcome_words(),
    ]
}
