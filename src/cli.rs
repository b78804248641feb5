//! The command line: one file a command, and outcomes to exit codes.

pub mod sim;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

#[derive(Debug, clap::Parser)]
#[command(name = "eastwest")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Run a mesh and report
    Sim(sim::SimArgs),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let Command::Sim(args) = Cli::parse().command;
    match sim::run(&args, &mut out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "eastwest: {error:#}");
            ExitCode::from(2)
        }
    }
}
