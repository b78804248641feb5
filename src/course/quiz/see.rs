//! What there is to look at behind an answer.

use super::{Card, CardKind};
use crate::course::claim::{self, How};
use crate::course::directive::Lab;

/// What a card has to show once its answer is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum See {
    /// A run that plays in the lab.
    Run(Run),
    /// A manifest, as a cluster would take it.
    Manifest(String),
}

/// A run to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The mesh and what is done to it; it has no id and no caption.
    pub lab: Lab,
    /// `None` where a fresh run brings its own, or any will do.
    pub seed: Option<u64>,
}

impl Card {
    /// What there is to see: what its author says, else the fresh run that it asks for, else the run behind the first
    /// of its claims that is about one.
    #[must_use]
    pub fn see(&self) -> Option<See> {
        if let Some(see) = &self.shows {
            return Some(see.clone());
        }
        if let CardKind::Run(fresh) = &self.kind {
            return run(&fresh.claim).map(|run| See::Run(Run { seed: None, ..run }));
        }
        self.claims.iter().find_map(run).map(See::Run)
    }
}

fn run(claim: &claim::Claim) -> Option<Run> {
    let How::Run(run) = &claim.how else { return None };
    let lab = Lab {
        id: String::new(),
        scenario: run.scenario.clone(),
        pattern: run.pattern.clone(),
        set: run.set.clone(),
        actions: run.actions.clone(),
        caption: String::new(),
    };
    Some(Run { lab, seed: Some(run.seed) })
}
