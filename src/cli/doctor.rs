//! `eastwest doctor`: what the terminal can do, where data lies, and how healthy it is.
//!
//! Nothing is made or mended: looking at a home that is not there leaves it so.

mod data;
mod terminal;

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::args::Cli;
use super::calc::{Format, FormatArgs};
use super::settings;
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
}

/// Looks, prints, and says whether something was found.
pub fn run(args: DoctorArgs, cli: &Cli, now: Moment, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let terminal = terminal::look(cli);
    let data = data::look(now)?;
    let mut found = data.found();
    found.extend(settings::config().err().map(|fault| fault.to_string()));
    let outcome = if found.is_empty() { Outcome::Done } else { Outcome::Found };
    let report = Report { schema: 1, version: env!("CARGO_PKG_VERSION"), terminal, data, found };
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
    Ok(outcome)
}
