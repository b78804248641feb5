//! Layers: every effect of an intervention that lasts, and what all of them together make of the mesh.

use std::collections::BTreeMap;

use crate::sim::intervention::{Effect, Intervention, Part, Target};
use crate::sim::rng::Ratio;
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Condition, LinkState, Pod};

/// What all surges of a region come to at most, in thousandths: as much as one alone may ask for.
const SURGE_MAX: u64 = 1_000_000;

/// One effect on one target.
#[derive(Clone, Debug)]
pub struct Layer {
    id: u64,
    target: Target,
    scope: Scope,
    effect: Effect,
}

/// What a target means in a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Region(u8),
    Zone(u16),
    /// Pods of a service in a region, by their numbers.
    Pods {
        service: u16,
        region: u8,
        first: u32,
        last: u32,
    },
    /// Packets between two regions, in one direction or both.
    Link {
        from: u8,
        to: u8,
        both: bool,
    },
    Users(u8),
    /// Aurora's writer instance in a region.
    Instance(u8),
    /// A part of a region's control plane.
    Part(u8, Part),
    /// The gateway of a region.
    Gateway(u8),
    /// Nothing that is simulated yet, or `all`.
    Nothing,
}

/// What all layers on a part of a region's control plane come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartState {
    pub down: bool,
    pub slow: SimSpan,
    pub secret_lost: bool,
}

/// What is wrong with something that only passes packets on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outage {
    /// Packets to and from it are lost.
    pub down: bool,
    /// Connections are refused.
    pub refuse: bool,
    /// Accepts connections and passes nothing on.
    pub blackhole: bool,
    /// Takes this much longer.
    pub slow: SimSpan,
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
        self.layers.push(Layer { id, target: target.clone(), scope, effect: effect.clone() });
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

    /// What all layers together make of a pod.
    pub fn condition(&self, pod: &Pod) -> Condition {
        let mut all = Condition::default();
        for layer in &self.layers {
            if layer.scope.has(pod) {
                add(&mut all, &layer.effect);
            }
        }
        all
    }

    /// What all layers together make of the packets from one region to another.
    pub fn link(&self, from: u8, to: u8) -> LinkState {
        let mut all = LinkState::default();
        for layer in &self.layers {
            let (hit, both) = match layer.scope {
                Scope::Link { from: one, to: other, both } => {
                    ((one, other) == (from, to) || (both && (other, one) == (from, to)), both)
                }
                Scope::Region(region) => {
                    (layer.effect == Effect::Isolate && (region == from || region == to), true)
                }
                _ => (false, false),
            };
            match &layer.effect {
                Effect::Cut | Effect::Isolate if hit => all.cut = true,
                Effect::Loss(share) if hit => all.loss = worse(all.loss, *share),
                // A slow link is slow by its span for a round trip, whichever directions it is slow in.
                Effect::Slow(span) if hit && both => {
                    all.slow = all.slow + SimSpan::from_nanos(span.nanos() / 2);
                }
                Effect::Slow(span) if hit => all.slow = all.slow + *span,
                _ => {}
            }
        }
        all
    }

    /// What all layers together make of a region's gateway: its own, and what takes its whole region down.
    pub fn gateway(&self, region: u8) -> Outage {
        let mut all = Condition::default();
        for layer in &self.layers {
            if layer.scope == Scope::Gateway(region)
                || (layer.scope == Scope::Region(region) && layer.effect == Effect::Down)
            {
                add(&mut all, &layer.effect);
            }
        }
        Outage { down: all.down, refuse: all.refuse, blackhole: all.blackhole, slow: all.slow }
    }

    /// Thousandths that the rate of a region's users is multiplied with: all surges together, at most a thousandfold.
    pub fn surge(&self, region: u8) -> u64 {
        let layers = self.layers.iter().filter(|layer| layer.scope == Scope::Users(region));
        let all = layers.fold(1000, |all: u64, layer| match &layer.effect {
            Effect::Surge(factor) => all.saturating_mul(u64::from(factor.thousandths())) / 1000,
            _ => all,
        });
        all.min(SURGE_MAX)
    }

    /// What Aurora's and `DynamoDB`'s replication lags more, all layers together.
    pub fn store_lags(&self) -> (SimSpan, SimSpan) {
        let lag = |target: &Target| {
            let layers = self.layers.iter().filter(|layer| layer.target == *target);
            layers.fold(SimSpan::ZERO, |all, layer| match layer.effect {
                Effect::Lag(span) => all + span,
                _ => all,
            })
        };
        (lag(&Target::Aurora), lag(&Target::DynamoDb))
    }

    /// Aurora's writer instance in a region is down.
    pub fn instance_is_down(&self, region: u8) -> bool {
        self.layers.iter().any(|layer| layer.scope == Scope::Instance(region))
    }

    /// What all layers together make of a part of a region's control plane.
    pub fn part(&self, region: u8, part: Part) -> PartState {
        let mut all = PartState::default();
        for layer in self.layers.iter().filter(|layer| layer.scope == Scope::Part(region, part)) {
            match layer.effect {
                Effect::Down => all.down = true,
                Effect::Slow(span) => all.slow = all.slow + span,
                Effect::SecretLost => all.secret_lost = true,
                _ => {}
            }
        }
        all
    }

    /// How many pods of a service a region is to have by the last layer that says so.
    pub fn scale(&self, service: u16, region: u8) -> Option<u32> {
        let mut layers = self.layers.iter().rev().filter(|layer| layer.scope.is_service(service, region));
        layers.find_map(|layer| if let Effect::Scale(pods) = layer.effect { Some(pods) } else { None })
    }

    /// A rolling restart of a service in a region is asked for and not over.
    pub fn restarts(&self, service: u16, region: u8) -> bool {
        let mut layers = self.layers.iter().filter(|layer| layer.scope.is_service(service, region));
        layers.any(|layer| layer.effect == Effect::Restart)
    }

    /// A rolling restart is over: its layers go by themselves.
    pub fn end_restarts(&mut self, service: u16, region: u8) {
        self.layers
            .retain(|layer| layer.effect != Effect::Restart || !layer.scope.is_service(service, region));
    }

    /// A layer says so of this region.
    pub fn region_is(&self, region: u8, effect: &Effect) -> bool {
        self.layers.iter().any(|layer| layer.scope == Scope::Region(region) && layer.effect == *effect)
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }
}

fn add(all: &mut Condition, effect: &Effect) {
    match effect {
        Effect::Down => all.down = true,
        Effect::Refuse => all.refuse = true,
        Effect::Crash => all.crashed = true,
        Effect::Blackhole => all.blackhole = true,
        Effect::Unavailable => all.unavailable = true,
        Effect::Errors(share) => all.errors = worse(all.errors, *share),
        Effect::Slow(span) => all.slow = all.slow + *span,
        Effect::NotReady => all.not_ready = true,
        _ => {}
    }
}

fn worse(one: Ratio, other: Ratio) -> Ratio {
    if other.share() > one.share() { other } else { one }
}

impl Scope {
    /// Whether it covers this pod.
    pub fn has(&self, pod: &Pod) -> bool {
        match *self {
            Self::Region(region) => region == pod.region,
            Self::Zone(zone) => zone == pod.zone,
            Self::Pods { service, region, first, last } => {
                (service, region) == (pod.service, pod.region) && (first..=last).contains(&pod.number)
            }
            _ => false,
        }
    }

    fn is_service(&self, of: u16, at: u8) -> bool {
        matches!(*self, Self::Pods { service, region, .. } if (service, region) == (of, at))
    }

    /// What a target means here; [`Scope::Nothing`] if the scenario has no such thing.
    pub fn of(target: &Target, scenario: &Scenario) -> Self {
        let region = |name: &str| scenario.regions().position(|known| known == name).map(|index| index as u8);
        let pods = |at: &str, service: &str, first: u32, last: u32| {
            let service = scenario.services().position(|known| known == service)? as u16;
            Some(Self::Pods { service, region: region(at)?, first, last })
        };
        let link = |from: &str, to: &str, both: bool| {
            Some(Self::Link { from: region(from)?, to: region(to)?, both })
        };
        let found = match target {
            Target::Place(name) => {
                region(name).map(Self::Region).or_else(|| zone(name, scenario).map(Self::Zone))
            }
            Target::Service { region, service } => pods(region, service, 1, u32::MAX),
            Target::FirstPods { region, service, count } => pods(region, service, 1, *count),
            Target::Pod { region, service, number } => pods(region, service, *number, *number),
            Target::Link { one, other } => link(one, other, true),
            Target::OneWay { from, to } => link(from, to, false),
            Target::Users { region: name } => region(name).map(Self::Users),
            Target::Part { region: name, part: Part::Gateway } => region(name).map(Self::Gateway),
            Target::Part { region: name, part } => region(name).map(|region| Self::Part(region, *part)),
            Target::Aurora | Target::DynamoDb | Target::All => None,
        };
        found.unwrap_or(Self::Nothing)
    }
}

fn zone(name: &str, scenario: &Scenario) -> Option<u16> {
    let mut zones = scenario.regions.iter().flat_map(|region| &region.zones);
    zones.position(|zone| zone == name).map(|index| index as u16)
}
