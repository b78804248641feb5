//! What is changed of a scenario, and what is done to it: options that several commands take.

use anyhow::Context;

use crate::sim::{Intervention, Scenario};

/// `--set` and `--do`.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Changes {
    /// Change a key of the scenario; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Break or heal something: "TIME TARGET EFFECT [for SPAN] [every SPAN]"; may be repeated
    #[arg(long = "do", value_name = "INTERVENTION")]
    pub interventions: Vec<String>,
}

impl Changes {
    /// Whether nothing is changed and nothing done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.interventions.is_empty()
    }

    /// Sets every key, and asks whether what came of it can be run.
    ///
    /// # Errors
    /// The first key or value that the scenario does not know, or two that do not go together.
    pub fn apply(&self, scenario: &mut Scenario) -> anyhow::Result<()> {
        self.set.iter().try_for_each(|assignment| scenario.set(assignment).context("--set"))?;
        Ok(scenario.validate()?)
    }

    /// What is done, in the order given; whether a scenario has what it names, [`Self::check`] says.
    ///
    /// # Errors
    /// The first that cannot be read.
    pub fn interventions(&self) -> anyhow::Result<Vec<Intervention>> {
        self.interventions.iter().map(|text| text.parse().context("--do")).collect()
    }

    /// Whether all that is done can be done to this scenario.
    ///
    /// # Errors
    /// The first that cannot be read, or that names what is not there.
    pub fn check(&self, scenario: &Scenario) -> anyhow::Result<()> {
        let refused = |error| anyhow::anyhow!("--do: {error}");
        self.interventions()?.iter().try_for_each(|done| scenario.check(done).map_err(refused))
    }
}
