//! Which did best against what, in one line.

use super::{Column, number};
use crate::cli::sim::cells::listed;

/// What one column came to.
struct Score<'a> {
    name: &'a str,
    success: Option<f64>,
    p99: Option<f64>,
    bill: f64,
}

/// One sentence. With `seeds` the numbers are medians over so many runs.
pub(in crate::cli::sim) fn conclusion(columns: &[Column<'_>], seeds: Option<u64>) -> String {
    let scores: Vec<Score<'_>> = columns.iter().map(Score::of).collect();
    match (scores.as_slice(), seeds) {
        ([_], Some(seeds)) => over_seeds(&columns[0], seeds),
        (_, Some(seeds)) if seeds > 1 => format!("In the median of {seeds} seeds, {}", best(scores)),
        _ => best(scores),
    }
}

impl<'a> Score<'a> {
    fn of(column: &Column<'a>) -> Self {
        let median = |path: &[&str]| number(column.figures, path, "median");
        Self {
            name: column.name,
            success: median(&["success_percent"]),
            p99: median(&["latency_ms", "p99"]),
            bill: median(&["cost_usd_per_hour", "total"]).unwrap_or(0.0),
        }
    }

    fn success(&self) -> f64 {
        self.success.unwrap_or(0.0)
    }
}

fn over_seeds(column: &Column<'_>, seeds: u64) -> String {
    let part = |path: &[&str], part: &str| number(column.figures, path, part);
    let success = |of: &str| part(&["success_percent"], of);
    let p99 = |of: &str| part(&["latency_ms", "p99"], of);
    let runs = if seeds == 1 { "one seed".to_owned() } else { format!("{seeds} seeds") };
    match (success("median"), success("min"), p99("min"), p99("max")) {
        (Some(median), Some(worst), Some(fast), Some(slow)) => format!(
            "Over {runs} {median:.2} % went well in the median and {worst:.2} % at worst; p99 was {fast:.2} to {slow:.2} ms."
        ),
        (Some(median), Some(worst), ..) => {
            format!("Over {runs} {median:.2} % went well in the median and {worst:.2} % at worst.")
        }
        _ => format!("Over {runs} nothing finished."),
    }
}

/// Best is who answers most; among equals the bill and the tail are told.
fn best(mut scores: Vec<Score<'_>>) -> String {
    scores.sort_by(|one, other| other.success().total_cmp(&one.success()));
    let top = scores.first().map_or(0.0, Score::success);
    // Two decimals are what is shown.
    let (first, rest): (Vec<Score<'_>>, Vec<Score<'_>>) =
        scores.into_iter().partition(|score| score.success() > top - 0.005);
    let names: Vec<String> = first.iter().map(|score| score.name.to_owned()).collect();
    if rest.is_empty() {
        return format!("{} all answered {top:.2} %: {}.", listed(&names), among_equals(&first));
    }
    let others: Vec<String> =
        rest.iter().map(|score| format!("{} {:.2} %", score.name, score.success())).collect();
    let against = format!("{} did best: {top:.2} % went well ({})", listed(&names), others.join(", "));
    match first.as_slice() {
        [winner] => format!("{against}; {}.", price(winner, &rest)),
        _ => format!("{against}; {}.", among_equals(&first)),
    }
}

fn price(winner: &Score<'_>, rest: &[Score<'_>]) -> String {
    let cheapest = rest.iter().min_by(|one, other| one.bill.total_cmp(&other.bill));
    let difference = cheapest.map_or(0.0, |other| winner.bill - other.bill);
    let name = cheapest.map_or("", |other| other.name);
    if difference >= 0.0005 {
        format!("it costs ${:.3}/h, ${difference:.3} more than {name}", winner.bill)
    } else if difference <= -0.0005 {
        format!("and it is the cheapest at ${:.3}/h, ${:.3} less than {name}", winner.bill, -difference)
    } else {
        format!("it costs ${:.3}/h, as much as {name}", winner.bill)
    }
}

fn among_equals(scores: &[Score<'_>]) -> String {
    let least = |of: fn(&Score<'_>) -> f64| {
        let mut sorted: Vec<&Score<'_>> = scores.iter().collect();
        sorted.sort_by(|one, other| of(one).total_cmp(&of(other)));
        let tie = sorted.len() > 1 && of(sorted[1]) - of(sorted[0]) < 0.0005;
        sorted.first().filter(|_| !tie).map(|score| (score.name, of(score)))
    };
    let cheap = match least(|score| score.bill) {
        Some((name, bill)) => format!("{name} is cheapest at ${bill:.3}/h"),
        None => "they cost the same".to_owned(),
    };
    let fast = match least(|score| score.p99.unwrap_or(f64::INFINITY)) {
        Some((name, p99)) if p99.is_finite() => format!("{name} has the shortest tail, p99 {p99:.2} ms"),
        _ => "none has a shorter tail".to_owned(),
    };
    format!("{cheap}, {fast}")
}
