//! What `--json`, `--format jsonl` and `--format csv` print (`docs/sim-json.md` has every field).

use std::io::Write;

use super::runs::Run;
use super::spread::spread;
use super::tree::Tree;
use super::wanted::{Part, Wanted};
use crate::sim::Seed;
use crate::sim::report::print::{Head, event, events_csv, hop, second, series_csv};

/// One object with everything.
pub(super) fn whole(wanted: &Wanted, runs: &[Vec<Run>], out: &mut impl Write) -> anyhow::Result<()> {
    let mut patterns = Vec::new();
    for (part, runs) in wanted.parts.iter().zip(runs) {
        let mut tree = figures(wanted, runs);
        let [run] = runs.as_slice() else {
            patterns.push((part.pattern, tree));
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
        patterns.push((part.pattern, tree));
    }
    out.write_all(head(wanted).whole(patterns)?.as_bytes())?;
    Ok(())
}

/// One table: seconds or events, whichever was asked for.
pub(super) fn csv(wanted: &Wanted, runs: &[Vec<Run>], out: &mut impl Write) -> anyhow::Result<()> {
    let of =
        || wanted.parts.iter().zip(runs).flat_map(|(part, runs)| runs.iter().map(|run| (part.pattern, run)));
    let text = if wanted.hearing.log {
        events_csv(of().flat_map(|(pattern, run)| run.log.iter().map(move |line| (pattern, line))))
    } else {
        series_csv(of().flat_map(|(pattern, run)| run.seconds.iter().map(move |row| (pattern, row))))
    };
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn head(wanted: &Wanted) -> Head<'_> {
    Head {
        scenario: &wanted.scenario,
        seed: Seed(wanted.seed),
        seeds: wanted.seeds,
        duration: wanted.duration,
        reproduce: &wanted.reproduce,
    }
}

/// One object a line; each says its type and its pattern.
pub(super) fn lines(wanted: &Wanted, runs: &[Vec<Run>], out: &mut impl Write) -> anyhow::Result<()> {
    for (part, runs) in wanted.parts.iter().zip(runs) {
        let mut run = head(wanted).tree();
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

fn line(kind: &str, part: &Part, tree: &Tree, out: &mut impl Write) -> anyhow::Result<()> {
    let mut line = Tree::map([("type", kind.into()), ("pattern", part.pattern.name().into())]);
    for (key, value) in tree.entries() {
        line.push(key, value.clone());
    }
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)?;
    Ok(())
}
