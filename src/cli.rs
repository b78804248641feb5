//! The command line: one file a command, and outcomes to exit codes.

pub mod calc;

use std::process::ExitCode;

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
