//! `eastwest present`: the audience's window.

use std::io::Write;
use std::time::Duration;

use clap::Args;

use super::args::Cli;
use super::{Outcome, open};
use crate::sim::SimSpan;

/// What may be typed after `present`.
#[derive(Args, Clone, Debug, Default)]
pub struct PresentArgs {
    /// Begin at this section (1-10, or a part of its title) instead of where the talk is
    pub section: Option<String>,
    #[command(flatten)]
    pub length: Length,
}

/// What may be typed after `console`.
#[derive(Args, Clone, Debug, Default)]
pub struct ConsoleArgs {
    /// Begin at this section (1-10, or a part of its title) instead of where the talk is
    pub section: Option<String>,
    #[command(flatten)]
    pub length: Length,
}

/// How long the talk is to be.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Length {
    /// Plan the talk for this long instead of the lesson's duration: 20m, 12m30s
    #[arg(long, value_name = "SPAN", value_parser = total)]
    pub total: Option<Duration>,
}

/// More than a day is a slip of the hand.
const TOTAL_MAX: SimSpan = SimSpan::from_seconds(86_400);

fn total(text: &str) -> Result<Duration, String> {
    let span: SimSpan = text.parse().map_err(|error: crate::sim::time::SpanError| error.to_string())?;
    if span == SimSpan::ZERO || span > TOTAL_MAX {
        return Err(format!(
            "a talk of {span} cannot be planned; write more than 0s and at most {TOTAL_MAX}, such as 20m"
        ));
    }
    Ok(Duration::from_nanos(span.nanos()))
}

/// Opens the audience's window.
pub fn run(_args: &PresentArgs, cli: &Cli, _out: &mut impl Write) -> anyhow::Result<Outcome> {
    open::run(cli)
}
