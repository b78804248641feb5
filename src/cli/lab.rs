//! `eastwest lab`: which mesh to open.

use super::changes::Changes;

/// What `eastwest lab` is told.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LabArgs {
    /// A shipped scenario (two-regions, one-service) or a scenario file ending in .toml
    #[arg(value_name = "SCENARIO|FILE.toml")]
    pub scenario: Option<String>,
    /// How the clusters are joined: dual, federation, mesh, or all to compare them; the scenario's own if not given
    #[arg(long)]
    pub pattern: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// The seed of all dice; 7 if not given
    #[arg(long, allow_negative_numbers = true, value_parser = super::sim::seed)]
    pub seed: Option<u64>,
    /// Open the run of this `eastwest sim …` line, paused at its end
    #[arg(
        long,
        value_name = "COMMAND",
        conflicts_with_all = ["scenario", "pattern", "set", "interventions", "seed"]
    )]
    pub from: Option<String>,
}

#[cfg(feature = "tui")]
impl LabArgs {
    /// Where that leads; what cannot be read is said before the terminal is taken.
    pub fn start(&self) -> anyhow::Result<crate::app::state::Go> {
        use super::sim::SimArgs;
        use super::sim::wanted::Wanted;
        use crate::app::lab::open::Opening;
        use crate::app::state::Go;
        use crate::sim::{Seed, SimTime};
        use anyhow::Context as _;

        let (scenario, pattern) = (self.scenario.as_deref(), self.pattern.as_deref());
        let plain = scenario.or(pattern).or(self.from.as_deref()).is_none()
            && self.seed.is_none()
            && self.changes.is_empty();
        if plain {
            return Ok(Go::Lab(None));
        }
        let mut wanted = match &self.from {
            Some(line) => super::from::read(line).context("--from")?,
            None => Wanted::read(&SimArgs::of(scenario, pattern, &self.changes, self.seed))?,
        };
        let own = wanted.parts.iter().position(|part| part.scenario.other_pattern().is_none()).unwrap_or(0);
        let stands = self.from.is_some().then_some(SimTime::ZERO + wanted.duration);
        Ok(Go::LabOf(Box::new(Opening {
            // Of all patterns the scenario's own, which closing the comparison leads to.
            scenario: wanted.parts.swap_remove(own).scenario,
            seed: Seed(wanted.seed),
            interventions: wanted.interventions,
            stands,
            compares: wanted.compares,
        })))
    }
}
