//! `eastwest calc`: the lesson's arithmetic, exact, without a simulation.

mod dns;
mod eject;
mod latency;
mod output;
mod spill;

pub use dns::DnsArgs;
pub use eject::EjectArgs;
pub use latency::LatencyArgs;
pub use output::{Format, FormatArgs};
pub use spill::SpillArgs;

use std::io::Write;

/// Exact arithmetic from the lesson
#[derive(Clone, Debug, clap::Args)]
pub struct CalcArgs {
    #[command(subcommand)]
    pub command: CalcCommand,
}

#[derive(Clone, Debug, clap::Subcommand)]
pub enum CalcCommand {
    /// How Envoy divides traffic over priorities: the integer load of each, and panic
    Spill(SpillArgs),
    /// How many hosts outlier detection can eject at once, and whether one more may go
    Eject(EjectArgs),
    /// How long a DNS failover takes until users are moved
    Dns(DnsArgs),
    /// What calls to the other region add to a user's wait
    Latency(LatencyArgs),
}

/// Computes and writes one answer.
pub fn run(args: &CalcArgs, out: &mut impl Write) -> anyhow::Result<()> {
    match &args.command {
        CalcCommand::Spill(args) => spill::run(args, out),
        CalcCommand::Eject(args) => eject::run(args, out),
        CalcCommand::Dns(args) => dns::run(args, out),
        CalcCommand::Latency(args) => latency::run(args, out),
    }
}
