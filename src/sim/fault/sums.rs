//! What all layers together make of a pod, a link, a gateway, a control plane.

use super::{Faults, Scope};
use crate::sim::intervention::{Effect, Part, Target};
use crate::sim::rng::Ratio;
use crate::sim::time::SimSpan;
use crate::sim::world::{Condition, LinkState, Pod};

/// What all surges of a region come to at most, in thousandths: as much as one alone may ask for.
const SURGE_MAX: u64 = 1_000_000;

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

impl Faults {
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

    /// A layer says so of this region.
    pub fn region_is(&self, region: u8, effect: &Effect) -> bool {
        self.layers.iter().any(|layer| layer.scope == Scope::Region(region) && layer.effect == *effect)
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
