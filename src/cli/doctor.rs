//! `eastwest doctor`: what the terminal can do, where data lies, and how healthy it is.
//!
//! Nothing is made or mended: looking at a home that is not there leaves it so.

mod data;
mod orphans;
mod terminal;

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::args::Cli;
use super::calc::{Format, FormatArgs};
use super::settings;
use crate::course::quiz::Card;
use crate::srs::Moment;

/// What may follow `doctor`.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub format: FormatArgs,
}

/// What JSON holds (docs/data.md).
#[derive(Serialize)]
struct Report {
    schema: u32,
    version: &'static str,
    terminal: terminal::Terminal,
    data: data::Data,
    /// What should be looked at, a sentence each.
    found: Vec<String>,
    /// What is as it may be and good to know, a sentence each.
    notes: Vec<String>,
}

/// Looks, prints, and says whether something was found. `cards` are those of the course, or why there are none.
pub fn run(
    args: DoctorArgs,
    cli: &Cli,
    cards: anyhow::Result<Vec<Card>>,
    now: Moment,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let terminal = terminal::look(cli);
    let (cards, no_course) = match cards {
        Ok(cards) => (Some(cards), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let data = data::look(cards.as_deref(), now)?;
    let mut found = data.found();
    found.extend(no_course);
    found.extend(settings::config().err().map(|fault| fault.to_string()));
    let notes = data.notes();
    let outcome = if found.is_empty() { Outcome::Done } else { Outcome::Found };
    let report = Report { schema: 1, version: env!("CARGO_PKG_VERSION"), terminal, data, found, notes };
    if args.format.format() == Format::Json {
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)?;
        return Ok(outcome);
    }
    writeln!(out, "eastwest {}", report.version)?;
    for (head, facts) in [("terminal", report.terminal.facts()), ("data", report.data.facts())] {
        writeln!(out, "\n{head}")?;
        for (name, value) in facts {
            writeln!(out, "  {name:<16}{value}")?;
        }
    }
    writeln!(out)?;
    if report.found.is_empty() {
        writeln!(out, "nothing to mend")?;
    }
    for sentence in &report.found {
        writeln!(out, "! {sentence}")?;
    }
    for sentence in &report.notes {
        writeln!(out, "- {sentence}")?;
    }
    Ok(outcome)
}
