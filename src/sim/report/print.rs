//! What is printed of runs for programs: the object of `--json` and the tables of `--format csv`. The command line and
//! the lab print through here, so that the same run is the same text wherever it comes from.

use crate::mesh_view::{Gauges, LogLine};
use crate::sim::rng::Seed;
use crate::sim::scenario::Pattern;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::trace::TraceHop;

use super::hundredths;
use super::tree::Tree;

/// What stands over all patterns of a report.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The first seed.
    pub seed: Seed,
    /// How many seeds, where several runs are put together.
    pub seeds: Option<u64>,
    /// Simulated time.
    pub duration: SimSpan,
    /// The command that has this again.
    pub reproduce: &'a str,
}

/// The fields of `events[]`.
const EVENT: [&str; 4] = ["t_ms", "kind", "subject", "text"];
/// The fields of `series[]`.
const SECOND: [&str; 11] = [
    "t_ms",
    "ok",
    "failed",
    "retries",
    "p50_ms",
    "p99_ms",
    "local_percent",
    "crossing",
    "cross_bytes",
    "cost_usd_per_hour",
    "ejected",
];

impl Head<'_> {
    /// Its fields, in the order in which they are printed.
    #[must_use]
    pub fn tree(&self) -> Tree {
        let mut head = Tree::map([
            ("schema", 1.into()),
            ("scenario", self.scenario.into()),
            ("seed", Tree::Text(self.seed.to_string())),
        ]);
        if let Some(seeds) = self.seeds {
            head.push("seeds", seeds.into());
        }
        head.push("duration_ms", (self.duration.nanos() / 1_000_000).into());
        head.push("reproduce", self.reproduce.into());
        head
    }

    /// The whole object of `--json`, with its line end: each pattern's fields under its name.
    pub fn whole(&self, patterns: Vec<(Pattern, Tree)>) -> serde_json::Result<String> {
        let named = patterns.into_iter().map(|(pattern, tree)| (pattern.name().to_owned(), tree));
        let mut whole = self.tree();
        whole.push("patterns", Tree::Map(named.collect()));
        Ok(serde_json::to_string_pretty(&whole)? + "\n")
    }
}

/// One of `events[]`.
#[must_use]
pub fn event(line: &LogLine) -> Tree {
    fields(
        EVENT,
        [
            (line.at / 1_000_000).into(),
            line.kind.name().into(),
            line.subject.as_str().into(),
            line.text.as_str().into(),
        ],
    )
}

/// One of `series[]`: the second that closed at `end`.
#[must_use]
pub fn second((end, row): &(SimTime, Gauges)) -> Tree {
    let two = |number: Option<f64>| Tree::float(number.map(hundredths));
    fields(
        SECOND,
        [
            end.millis().saturating_sub(1000).into(),
            u64::from(row.ok).into(),
            u64::from(row.failed).into(),
            u64::from(row.retries).into(),
            two(row.p50_ms),
            two(row.p99_ms),
            two(row.local_percent),
            u64::from(row.crossing).into(),
            row.cross_bytes.into(),
            Tree::float(Some(row.cost_micro_usd_per_hour as f64 / 1e6)),
            u64::from(row.ejected).into(),
        ],
    )
}

/// One of `trace[]`.
#[must_use]
pub fn hop(hop: &TraceHop) -> Tree {
    let micros = |span: SimSpan| (span.as_millis_f64() * 1000.0).round() / 1000.0;
    let loads = hop.load_percent.as_ref();
    let start = hop.start.since(SimTime::ZERO);
    Tree::map([
        ("t_ms", Tree::float(Some(micros(start)))),
        ("kind", hop.kind.name().into()),
        ("depth", u64::from(hop.depth).into()),
        ("from", hop.from.as_str().into()),
        ("to", hop.to.as_deref().into()),
        ("service", hop.service.as_str().into()),
        ("try", u64::from(hop.attempt).into()),
        ("priority", hop.priority.map_or(Tree::Null, |level| u64::from(level).into())),
        (
            "load_percent",
            loads.map_or(Tree::Null, |loads| {
                Tree::List(loads.iter().map(|&load| u64::from(load).into()).collect())
            }),
        ),
        ("queued_ms", Tree::float(hop.queued.map(micros))),
        ("took_ms", Tree::float(hop.took.map(micros))),
        ("outcome", hop.outcome.as_deref().into()),
    ])
}

/// `series[]` of patterns as one table of CSV.
#[must_use]
pub fn series_csv<'a>(rows: impl IntoIterator<Item = (Pattern, &'a (SimTime, Gauges))>) -> String {
    csv(&SECOND, rows.into_iter().map(|(pattern, row)| (pattern, second(row))))
}

/// `events[]` of patterns as one table of CSV.
#[must_use]
pub fn events_csv<'a>(rows: impl IntoIterator<Item = (Pattern, &'a LogLine)>) -> String {
    csv(&EVENT, rows.into_iter().map(|(pattern, line)| (pattern, event(line))))
}

fn fields<const N: usize>(keys: [&str; N], values: [Tree; N]) -> Tree {
    Tree::Map(keys.into_iter().map(str::to_owned).zip(values).collect())
}

/// A head, then a line a row, the pattern first: RFC 4180 with plain line ends. What is null is empty.
fn csv(keys: &[&str], rows: impl Iterator<Item = (Pattern, Tree)>) -> String {
    let mut text = format!("pattern,{}\n", keys.join(","));
    for (pattern, row) in rows {
        text += pattern.name();
        for (_, value) in row.entries() {
            text.push(',');
            text += &cell(value);
        }
        text.push('\n');
    }
    text
}

fn cell(value: &Tree) -> String {
    let text = match value {
        Tree::Null => return String::new(),
        Tree::Text(text) => text.as_str(),
        other => return serde_json::to_string(other).unwrap_or_default(),
    };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh_view::LogKind;

    #[test]
    fn a_cell_with_a_comma_or_a_quote_is_quoted() {
        let line = LogLine {
            at: 1_234_567_890,
            kind: LogKind::Shift,
            subject: "payment".to_owned(),
            text: "70 %, was \"100 %\"".to_owned(),
        };
        let table = events_csv([(Pattern::Mesh, &line)]);
        assert_eq!(
            table,
            "pattern,t_ms,kind,subject,text\nmesh,1234,shift,payment,\"70 %, was \"\"100 %\"\"\"\n"
        );
    }

    #[test]
    fn what_was_not_measured_is_an_empty_cell() {
        let row = (SimTime::from_nanos(1_000_000_000), Gauges::default());
        let table = series_csv([(Pattern::Dual, &row)]);
        assert_eq!(table.lines().nth(1), Some("dual,0,0,0,0,,,,0,0,0.0,0"), "{table}");
    }
}
