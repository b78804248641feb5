//! What `--json` and `--format jsonl` print (`docs/sim-json.md` has every field).

use std::io::Write;

use super::runs::Run;
use super::spread::spread;
use super::tree::Tree;
use super::wanted::{Part, Wanted};
use crate::mesh_view::{Gauges, LogLine};
use crate::sim::report::hundredths;
use crate::sim::{SimSpan, SimTime, TraceHop};

/// One object with everything.
pub(super) fn whole(wanted: &Wanted, runs: &[Vec<Run>], out: &mut impl Write) -> anyhow::Result<()> {
    let mut patterns = Vec::new();
    for (part, runs) in wanted.parts.iter().zip(runs) {
        let mut tree = figures(wanted, runs);
        let [run] = runs.as_slice() else {
            patterns.push((part.pattern.name().to_owned(), tree));
            continue;
        };
        if wanted.hearing.log {
            tree.push("events", Tree::List(run.log.iter().map(event).collect()));
        }
        if wanted.hearing.seconds {
            tree.push("series", Tree::List(run.seconds.iter().map(second).collect()));
        }
        if wanted.hearing.trace.is_some() {
            tree.push("trace", Tree::List(run.trace.iter().map(hop).collect()));
        }
        patterns.push((part.pattern.name().to_owned(), tree));
    }
    let mut whole = head(wanted);
    whole.push("patterns", Tree::Map(patterns));
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)?;
    Ok(())
}

/// One object a line; each says its type and its pattern.
pub(super) fn lines(wanted: &Wanted, runs: &[Vec<Run>], out: &mut impl Write) -> anyhow::Result<()> {
    for (part, runs) in wanted.parts.iter().zip(runs) {
        let mut run = head(wanted);
        for (key, value) in figures(wanted, runs).entries() {
            run.push(key, value.clone());
        }
        line("run", part, &run, out)?;
        for run in runs {
            for told in &run.log {
                line("event", part, &event(told), out)?;
            }
            for row in &run.seconds {
                line("second", part, &second(row), out)?;
            }
            for leg in &run.trace {
                line("hop", part, &hop(leg), out)?;
            }
        }
    }
    Ok(())
}

/// The numbers of one pattern: of its run, or put together from its runs.
pub(super) fn figures(wanted: &Wanted, runs: &[Run]) -> Tree {
    match (wanted.seeds, runs) {
        (None, [run]) => run.report.clone(),
        _ => spread(&runs.iter().map(|run| Some(&run.report)).collect::<Vec<_>>()),
    }
}

fn head(wanted: &Wanted) -> Tree {
    let mut head = Tree::map([
        ("schema", 1.into()),
        ("scenario", wanted.scenario.as_str().into()),
        ("seed", Tree::Text(wanted.seed.to_string())),
    ]);
    if let Some(seeds) = wanted.seeds {
        head.push("seeds", seeds.into());
    }
    head.push("duration_ms", (wanted.duration.nanos() / 1_000_000).into());
    head.push("reproduce", wanted.reproduce.as_str().into());
    head
}

fn line(kind: &str, part: &Part, tree: &Tree, out: &mut impl Write) -> anyhow::Result<()> {
    let mut line = Tree::map([("type", kind.into()), ("pattern", part.pattern.name().into())]);
    for (key, value) in tree.entries() {
        line.push(key, value.clone());
    }
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)?;
    Ok(())
}

fn event(line: &LogLine) -> Tree {
    Tree::map([
        ("t_ms", (line.at / 1_000_000).into()),
        ("kind", line.kind.name().into()),
        ("subject", line.subject.as_str().into()),
        ("text", line.text.as_str().into()),
    ])
}

fn second((end, row): &(SimTime, Gauges)) -> Tree {
    let two = |number: Option<f64>| Tree::float(number.map(hundredths));
    Tree::map([
        ("t_ms", end.millis().saturating_sub(1000).into()),
        ("ok", u64::from(row.ok).into()),
        ("failed", u64::from(row.failed).into()),
        ("retries", u64::from(row.retries).into()),
        ("p50_ms", two(row.p50_ms)),
        ("p99_ms", two(row.p99_ms)),
        ("local_percent", two(row.local_percent)),
        ("crossing", u64::from(row.crossing).into()),
        ("cross_bytes", row.cross_bytes.into()),
        ("cost_usd_per_hour", Tree::float(Some(row.cost_micro_usd_per_hour as f64 / 1e6))),
        ("ejected", u64::from(row.ejected).into()),
    ])
}

fn hop(hop: &TraceHop) -> Tree {
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
