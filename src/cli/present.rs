//! `eastwest present`: the audience's window.

use std::io::Write;

use clap::Args;

use super::args::Cli;
use super::{Outcome, open};

/// What may be typed after `present`.
#[derive(Args, Clone, Debug, Default)]
pub struct PresentArgs {
    /// Begin at this section (1-10, or a part of its title) instead of where the talk is
    pub section: Option<String>,
}

/// Opens the audience's window.
pub fn run(_args: &PresentArgs, cli: &Cli, _out: &mut impl Write) -> anyhow::Result<Outcome> {
    open::run(cli)
}
