//! Layers: every effect of an intervention that lasts, the agenda of what is still to be done, and what all layers
//! together make of the mesh ([`sums`]).

mod holding;
mod scope;
mod sums;

use std::collections::BTreeMap;

use crate::sim::intervention::{Effect, Intervention, Target};
use crate::sim::time::{SimSpan, SimTime};

pub use holding::Holding;
pub use scope::Scope;
pub use sums::Outage;

/// One effect on one target.
#[derive(Clone, Debug)]
pub struct Layer {
    id: u64,
    target: Target,
    scope: Scope,
    effect: Effect,
    /// It ends by itself.
    ends: bool,
}

/// All layers, and what is still to be done at some moment.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    layers: Vec<Layer>,
    agenda: BTreeMap<(SimTime, Turn), Deed>,
    next_id: u64,
}

/// The order of deeds at one instant: ends and repetitions first, then what was asked for, as it was asked for.
/// Live or replayed, that is the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Follows(u64),
    Given(u64),
}

/// Something to do at a moment, after all events of it.
#[derive(Clone, Debug)]
pub enum Deed {
    Do(Intervention),
    Again(Intervention),
    End(u64),
}

impl Faults {
    /// When the next deed is due.
    #[inline]
    pub fn next_at(&self) -> Option<SimTime> {
        self.agenda.first_key_value().map(|((at, _), _)| *at)
    }

    /// Nothing is broken.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// Takes the next deed.
    pub fn next(&mut self) -> Option<Deed> {
        self.agenda.pop_first().map(|(_, deed)| deed)
    }

    /// Plans an intervention for its time.
    pub fn plan(&mut self, intervention: Intervention) {
        let key = (intervention.at(), Turn::Given(self.id()));
        self.agenda.insert(key, Deed::Do(intervention));
    }

    /// Plans the next time of one that repeats.
    pub fn plan_again(&mut self, intervention: &Intervention, now: SimTime) {
        if let Some(every) = intervention.every() {
            let key = (now + every, Turn::Follows(self.id()));
            self.agenda.insert(key, Deed::Again(intervention.clone()));
        }
    }

    /// Takes away what an earlier time of a repetition left, if it is there for good: it is laid again, not twice.
    pub fn give_way(&mut self, target: &Target, effect: &Effect, scope: &Scope) {
        let same = |layer: &Layer| {
            !layer.ends && layer.scope == *scope && layer.effect == *effect && layer.target.is_same(target)
        };
        if let Some(index) = self.layers.iter().rposition(same) {
            self.layers.remove(index);
        }
    }

    /// Lays an effect on a target; it ends by itself after `lasts`.
    pub fn lay(
        &mut self,
        target: &Target,
        effect: &Effect,
        scope: Scope,
        lasts: Option<SimSpan>,
        now: SimTime,
    ) {
        let id = self.id();
        let ends = lasts.is_some();
        self.layers.push(Layer { id, target: target.clone(), scope, effect: effect.clone(), ends });
        if let Some(span) = lasts {
            let key = (now + span, Turn::Follows(self.id()));
            self.agenda.insert(key, Deed::End(id));
        }
    }

    /// Ends one layer; what it was, unless it has been healed before.
    pub fn end(&mut self, id: u64) -> Option<(Target, Effect)> {
        let index = self.layers.iter().position(|layer| layer.id == id)?;
        let layer = self.layers.remove(index);
        Some((layer.target, layer.effect))
    }

    /// Removes all layers on exactly this target, or all there are, and stops their repetitions: what is healed stays
    /// healed. How many layers and repetitions went.
    pub fn heal(&mut self, target: &Target) -> usize {
        let before = self.layers.len() + self.agenda.len();
        let healed = |other: &Target| *target == Target::All || other.is_same(target);
        self.layers.retain(|layer| !healed(&layer.target));
        self.agenda.retain(|_, deed| match deed {
            Deed::Again(intervention) => intervention.is_heal() || !healed(intervention.target()),
            Deed::Do(_) | Deed::End(_) => true,
        });
        before - self.layers.len() - self.agenda.len()
    }

    /// A rolling restart is over: its layers go by themselves.
    pub fn end_restarts(&mut self, service: u16, region: u8) {
        self.layers
            .retain(|layer| layer.effect != Effect::Restart || !layer.scope.is_service(service, region));
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }
}
