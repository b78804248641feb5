//! The command line: one file a command, and outcomes to exit codes.
//!
//! 0 done; 1 looked and found something; 2 could not, with one `eastwest: …` line on stderr and at most one line
//! of advice. A closed pipe is success.

pub mod args;
pub mod calc;
pub mod errors;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, nothing to object to.
    Done,
    /// Looked, and found something: a lint error, a differing digest.
    Found,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return errors::usage(&error),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = run(&cli, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) if errors::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            errors::say(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli, out: &mut impl Write) -> anyhow::Result<Outcome> {
    match &cli.command {
        None if !has_terminal() => {
            write!(io::stderr(), "{}", Cli::command().render_help())?;
            anyhow::bail!("there is no terminal here; the commands from `sim` on need none")
        }
        Some(Command::Calc(args)) => calc::run(args, out).map(|()| Outcome::Done),
        Some(Command::NotBuilt(words)) => Err(errors::not_built(words)),
        _ => Ok(Outcome::Done),
    }
}

fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}
