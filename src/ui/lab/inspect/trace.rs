//! A request hop by hop: a table where there is room, else two lines a hop.

use super::columns::{Column, table, wide};
use super::{Line, prose, shown_as};
use crate::mesh_view::{Nanos, TraceLeg, TraceView};
use crate::ui::theme::{Mark, Theme};

pub fn lines(trace: &TraceView, theme: Theme, room: usize) -> Vec<Line> {
    let columns = columns(trace, theme);
    let mut lines = if wide(&columns) <= room {
        table(columns, room)
    } else {
        trace.legs.iter().flat_map(|leg| pair(trace, leg, theme, room)).collect()
    };
    lines.push(Line::new());
    lines.extend(prose(&trace.conclusion, "", Mark::Strong, theme, room));
    lines
}

fn columns(trace: &TraceView, theme: Theme) -> Vec<Column> {
    let column = |head: &'static str, right: bool, cell: &dyn Fn(&TraceLeg) -> String| Column {
        head,
        cells: trace.legs.iter().map(|leg| (shown_as(&cell(leg), theme), mark(leg))).collect(),
        right,
        spare: 0,
    };
    vec![
        column("ms", true, &|leg| after(trace, leg)),
        column("took", true, &|leg| leg.took.map_or_else(|| "-".to_owned(), millis)),
        column("hop", false, &|leg| way(leg)),
        column("try", true, &|leg| leg.attempt.map_or_else(String::new, |attempt| attempt.to_string())),
        column("priority", false, &|leg| leg.priority.clone()),
        column("outcome", false, &|leg| leg.outcome.clone()),
    ]
}

/// The way, then what there is to say of it.
fn pair(trace: &TraceView, leg: &TraceLeg, theme: Theme, room: usize) -> Vec<Line> {
    let indent = "  ".repeat(usize::from(leg.depth.min(6)));
    let took = leg.took.map(|took| format!("took {} ms", millis(took)));
    let attempt = leg.attempt.filter(|attempt| *attempt > 1).map(|attempt| format!("try {attempt}"));
    let said = [took, attempt, Some(leg.priority.clone()), Some(leg.outcome.clone())];
    let said: Vec<String> = said.into_iter().flatten().filter(|words| !words.is_empty()).collect();
    let mut lines = prose(&format!("+{} {}", after(trace, leg), leg.way), &indent, Mark::Strong, theme, room);
    lines.extend(prose(&said.join(", "), &format!("{indent}  "), mark(leg), theme, room));
    lines
}

/// Calls inside of calls are set in.
fn way(leg: &TraceLeg) -> String {
    format!("{}{}", "  ".repeat(usize::from(leg.depth)), leg.way)
}

const fn mark(leg: &TraceLeg) -> Mark {
    match (leg.failed, leg.attempt) {
        (true, _) => Mark::Failure,
        (false, Some(again)) if again > 1 => Mark::Retry,
        _ => Mark::Plain,
    }
}

/// Milliseconds since the request began.
fn after(trace: &TraceView, leg: &TraceLeg) -> String {
    millis(leg.start.saturating_sub(trace.began))
}

fn millis(span: Nanos) -> String {
    format!("{:.3}", span as f64 / 1e6)
}
