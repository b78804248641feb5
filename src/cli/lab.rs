//! `eastwest lab`: which mesh to open.

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
        if self.pattern.is_none() && self.changes.is_empty() {
            return Ok(Go::Lab(self.scenario.clone()));
        }
        if let Some(pattern) = &self.pattern {
            scenario.set_pattern(pattern.parse().map_err(anyhow::Error::msg)?);
        }
        self.changes.apply(&mut scenario)?;
        self.changes.interventions()?;
        let lab = directive::Lab {
            scenario: name.to_owned(),
            pattern: self.pattern.clone().unwrap_or_default(),
            set: self.changes.set.clone(),
            actions: self.changes.interventions.clone(),
            ..directive::Lab::default()
        };
        Ok(Go::LabOf(Box::new(Opening { lab })))
    }
}
