//! Which layers hold now, for whoever asks.

use super::{Deed, Faults};
use crate::sim::intervention::{Effect, Intervention, Target};
use crate::sim::time::SimTime;

/// A layer that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub target: Target,
    pub effect: Effect,
    /// When it ends by itself: what was done for a span, and a crashed container that is restarted.
    pub until: Option<SimTime>,
}

impl Holding {
    /// It is what this intervention does, however long it was to last.
    #[must_use]
    pub fn is_of(&self, intervention: &Intervention) -> bool {
        self.effect == *intervention.effect() && self.target.is_same(intervention.target())
    }

    /// `TARGET EFFECT`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", self.target, self.effect)
    }
}

impl Faults {
    /// All layers, the oldest first.
    pub fn holding(&self) -> Vec<Holding> {
        let end = |id: u64| {
            let ends = |deed: &Deed| matches!(deed, Deed::End(of) if *of == id);
            self.agenda.iter().find(|(_, deed)| ends(deed)).map(|((at, _), _)| *at)
        };
        let holding = self.layers.iter().map(|layer| Holding {
            target: layer.target.clone(),
            effect: layer.effect.clone(),
            until: end(layer.id),
        });
        holding.collect()
    }
}
