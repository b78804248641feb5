//! `eastwest lab`: which mesh to open, and how it moves.

use super::changes::Changes;

/// What `eastwest lab` is told.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LabArgs {
    /// A shipped scenario: two-regions or one-service
    pub scenario: Option<String>,
    /// How the clusters are joined: dual, federation or mesh; the scenario's own if not given
    #[arg(long)]
    pub pattern: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// full, or none: the lab as text that changes once a second, for screen readers
    #[arg(long, value_name = "MOTION", default_value = "full")]
    pub motion: Motion,
}

/// How much moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Motion {
    /// Requests as dots
    #[default]
    Full,
    /// Text and numbers
    None,
}

#[cfg(feature = "tui")]
impl LabArgs {
    /// Where that leads; what cannot be read is said before the terminal is taken.
    pub fn start(&self) -> anyhow::Result<crate::app::state::Go> {
        use crate::app::lab::open::Opening;
        use crate::app::state::Go;
        use crate::course::directive;
        use crate::sim::Scenario;

        let name = self.scenario.as_deref().unwrap_or("two-regions");
        let Some(mut scenario) = Scenario::shipped(name) else {
            let known: Vec<&str> = Scenario::shipped_names().collect();
            anyhow::bail!("there is no scenario '{name}'; they are {}", known.join(" and "))
        };
        let plain = self.pattern.is_none() && self.changes.is_empty();
        if plain && self.motion == Motion::Full {
            return Ok(Go::Lab(self.scenario.clone()));
        }
        if let Some(pattern) = &self.pattern {
            scenario.set_pattern(pattern.parse().map_err(anyhow::Error::msg)?);
        }
        self.changes.apply(&mut scenario)?;
        self.changes.check(&scenario)?;
        let lab = directive::Lab {
            scenario: name.to_owned(),
            pattern: self.pattern.clone().unwrap_or_default(),
            set: self.changes.set.clone(),
            actions: self.changes.interventions.clone(),
            ..directive::Lab::default()
        };
        Ok(Go::LabOf(Box::new(Opening { lab, still: self.motion == Motion::None })))
    }
}
