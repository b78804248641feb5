//! `eastwest calc`: the lesson's arithmetic, exact, without a simulation.

mod cost;
mod dns;
mod eject;
mod latency;
mod output;
mod spill;

pub use cost::CostArgs;
pub use dns::DnsArgs;
pub use eject::EjectArgs;
pub use latency::LatencyArgs;
pub use output::{Format, FormatArgs};
pub(super) use output::{decimal, json, table};
pub use spill::SpillArgs;

use std::io::Write;

/// The calculations of this build.
const THERE_IS: &str = "spill, eject, dns, latency and cost";

/// Exact arithmetic from the lesson
#[derive(Clone, Debug, clap::Args)]
pub struct CalcArgs {
    #[command(subcommand)]
    pub command: Option<CalcCommand>,
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
    /// What the three patterns cost, and when a mesh pays
    Cost(Box<CostArgs>),
    /// A word that names no calculation of this build
    #[command(external_subcommand)]
    Other(Vec<String>),
}

/// Computes and writes one answer.
pub fn run(args: &CalcArgs, out: &mut impl Write) -> anyhow::Result<()> {
    match &args.command {
        None => anyhow::bail!("calc needs to know what; there is {THERE_IS}"),
        Some(CalcCommand::Spill(args)) => spill::run(args, out),
        Some(CalcCommand::Eject(args)) => eject::run(args, out),
        Some(CalcCommand::Dns(args)) => dns::run(args, out),
        Some(CalcCommand::Latency(args)) => latency::run(args, out),
        Some(CalcCommand::Cost(args)) => cost::run(args, out),
        Some(CalcCommand::Other(words)) => {
            let word = words.first().map_or("", String::as_str);
            anyhow::bail!("there is no calculation '{word}'; there is {THERE_IS}")
        }
    }
}
