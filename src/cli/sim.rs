//! `eastwest sim`: runs a mesh without a screen and reports.

mod cells;
mod compare;
mod hops;
mod json;
mod runs;
mod sha256;
mod spread;
mod table;
pub(in crate::cli) mod wanted;

use std::fmt::Write as _;
use std::io::Write;

use anyhow::bail;

use super::changes::Changes;
use crate::sim::report::tree;
#[cfg(feature = "tui")]
use crate::sim::{DURATION_DEFAULT, SEED_DEFAULT};
use compare::Column;
use runs::Run;
use wanted::{Format, Wanted};

/// The lesson's scenario, and the format for people.
const SCENARIO: &str = "two-regions";
const TABLE: &str = "table";

/// What `eastwest sim` is told.
#[derive(Debug, clap::Args)]
pub struct SimArgs {
    /// A shipped scenario (two-regions, one-service) or a scenario file ending in .toml
    #[arg(value_name = "SCENARIO|FILE.toml", default_value = SCENARIO)]
    pub scenario: String,
    /// How the clusters are joined: dual, federation, mesh, or all to compare them; the scenario's own if not given
    #[arg(long)]
    pub pattern: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// How long to run: 90s, 4m, 24h
    #[arg(long, value_name = "SPAN", default_value = "4m", allow_hyphen_values = true)]
    pub duration: String,
    /// The seed of all dice
    #[arg(long, default_value = "7", allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// Run so many seeds from --seed up, on all cores, and report medians and ranges
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number)]
    pub seeds: Option<u64>,
    /// table, json, jsonl (one object a line), or csv (the table of --series or of --events)
    #[arg(long, value_name = "FORMAT", default_value = TABLE)]
    pub format: String,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Also print what happened and why
    #[arg(long)]
    pub events: bool,
    /// Also print one row a second
    #[arg(long)]
    pub series: bool,
    /// Also print where request N went, hop by hop; requests are counted from 0
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number)]
    pub trace: Option<u64>,
    /// Planned and not there yet: read, to be answered in one sentence.
    #[arg(long, hide = true, num_args = 0.., action = clap::ArgAction::Append)]
    apply: Option<Vec<String>>,
}

impl SimArgs {
    /// What is run where nothing is said of it but this; `None` for what `eastwest sim` takes by itself.
    #[cfg(feature = "tui")]
    pub(super) fn of(
        scenario: Option<&str>,
        pattern: Option<&str>,
        changes: &Changes,
        seed: Option<u64>,
    ) -> Self {
        Self {
            scenario: scenario.unwrap_or(SCENARIO).to_owned(),
            pattern: pattern.map(str::to_owned),
            changes: changes.clone(),
            duration: DURATION_DEFAULT.to_string(),
            seed: seed.unwrap_or(SEED_DEFAULT.0),
            seeds: None,
            format: TABLE.to_owned(),
            json: false,
            events: false,
            series: false,
            trace: None,
            apply: None,
        }
    }
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a whole number, such as 20".to_owned())
}

/// Runs and prints.
pub fn run(args: &SimArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let wanted = Wanted::read(args)?;
    let runs = runs::all(&wanted, runs::cores())?;
    check_trace(&wanted, &runs)?;
    match wanted.format {
        Format::Json => json::whole(&wanted, &runs, out),
        Format::Lines => json::lines(&wanted, &runs, out),
        Format::Csv => json::csv(&wanted, &runs, out),
        Format::Table => {
            out.write_all(text(&wanted, &runs).as_bytes())?;
            Ok(())
        }
    }
}

/// The request to follow must have been sent.
fn check_trace(wanted: &Wanted, runs: &[Vec<Run>]) -> anyhow::Result<()> {
    let Some(request) = wanted.hearing.trace else { return Ok(()) };
    match runs.iter().flatten().map(|run| run.issued).max().unwrap_or(0) {
        0 => bail!("--trace: there is no request {request}, because no user sent any"),
        issued if request >= issued => {
            bail!("--trace: there is no request {request}; users sent {issued}, numbered 0 to {}", issued - 1)
        }
        _ => Ok(()),
    }
}

fn text(wanted: &Wanted, runs: &[Vec<Run>]) -> String {
    let mut text = match (runs, wanted.seeds) {
        ([single], None) => single
            .iter()
            .map(|run| table::text(&heading(wanted), wanted, &run.report, &idle(wanted, runs)))
            .collect(),
        _ => side_by_side(wanted, runs),
    };
    for (part, run) in wanted.parts.iter().zip(runs.iter().filter_map(|runs| runs.first())) {
        let hearing = wanted.hearing;
        if wanted.compares && (hearing.seconds || hearing.log || hearing.trace.is_some()) {
            let _ = write!(text, "\n── {}\n", part.pattern);
        }
        if hearing.seconds {
            text += &table::series(&run.seconds);
        }
        if hearing.log {
            text += &table::events(&run.log);
        }
        if let Some(request) = hearing.trace {
            text += &hops::text(request, &run.trace);
        }
    }
    text
}

fn side_by_side(wanted: &Wanted, runs: &[Vec<Run>]) -> String {
    let figures: Vec<tree::Tree> = runs.iter().map(|runs| json::figures(wanted, runs)).collect();
    let columns: Vec<Column<'_>> = wanted
        .parts
        .iter()
        .zip(&figures)
        .map(|(part, figures)| Column { name: part.pattern.name(), figures })
        .collect();
    let mut text = format!("{}\n\n", heading(wanted));
    text += &compare::table(&columns, wanted.seeds, wanted.breaks());
    text.push('\n');
    let _ = writeln!(text, "{}", compare::conclusion(&columns, wanted.seeds));
    text += &idle(wanted, runs);
    let _ = writeln!(text, "again: {}", wanted.reproduce);
    text
}

/// What was done and changes nothing, a line each with the patterns under which it does not.
fn idle(wanted: &Wanted, runs: &[Vec<Run>]) -> String {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for (part, run) in wanted.parts.iter().zip(runs.iter().filter_map(|runs| runs.first())) {
        for done in &run.idle {
            match found.iter_mut().find(|(known, _)| known == done) {
                Some((_, patterns)) => patterns.push(part.pattern.name()),
                None => found.push((done, vec![part.pattern.name()])),
            }
        }
    }
    let line = |(done, patterns): (&str, Vec<&str>)| {
        format!("Changes nothing under {}: {done}.\n", patterns.join(", "))
    };
    found.into_iter().map(line).collect()
}

/// `two-regions · mesh · seed 7 · 4m`.
fn heading(wanted: &Wanted) -> String {
    let patterns: Vec<String> = wanted.parts.iter().map(|part| part.pattern.to_string()).collect();
    let seeds = match wanted.seeds {
        Some(seeds) if seeds > 1 => format!("seeds {} to {}", wanted.seed, wanted.seed + (seeds - 1)),
        _ => format!("seed {}", wanted.seed),
    };
    format!("{} · {} · {seeds} · {}", wanted.scenario, patterns.join(", "), wanted.duration)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{DURATION_DEFAULT, SEED_DEFAULT, Seed};
    use clap::Parser as _;

    #[derive(clap::Parser)]
    struct Typed {
        #[command(flatten)]
        args: SimArgs,
    }

    #[test]
    fn the_defaults_are_those_of_the_simulator() {
        let args = Typed::parse_from(["sim"]).args;
        assert_eq!(args.duration.parse(), Ok(DURATION_DEFAULT));
        assert_eq!(Seed(args.seed), SEED_DEFAULT);
    }

    #[test]
    fn runs_put_together_do_not_depend_on_the_number_of_threads() {
        let line = "sim one-service --pattern all --seeds 5 --duration 3s --json";
        let wanted = Wanted::read(&Typed::parse_from(line.split(' ')).args).unwrap();
        let printed = |threads| {
            let mut out = Vec::new();
            json::whole(&wanted, &runs::all(&wanted, threads).unwrap(), &mut out).unwrap();
            out
        };
        assert_eq!(printed(1), printed(4));
    }
}
