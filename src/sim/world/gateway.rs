//! The gateway of a region: its only door for callers in other networks, or the one that names lead to.

use super::{NONE, PodId};
use crate::sim::fault::Outage;
use crate::sim::proxy::GatewayNames;
use crate::sim::time::SimTime;

/// Ids from here on are no pods but the gateways of regions; there are never so many pods.
const FIRST: PodId = 0xFF00;

/// The id that stands for the gateway of a region wherever a pod's id may stand.
pub const fn gateway_id(region: u8) -> PodId {
    FIRST + region as PodId
}

/// The region whose gateway an id stands for; `None` for pods and for nobody.
#[inline]
pub const fn gateway_region(id: PodId) -> Option<u8> {
    if id >= FIRST && id < NONE { Some((id - FIRST) as u8) } else { None }
}

/// What is wrong with a gateway.
pub type GatewayState = Outage;

/// What the health check of a gateway has come to. It follows from when the gateway last changed, so that checks need
/// no events of their own.
#[derive(Clone, Copy, Debug)]
pub struct GatewayCheck {
    passes: bool,
    since: SimTime,
    was_healthy: bool,
}

impl Default for GatewayCheck {
    fn default() -> Self {
        Self { passes: true, since: SimTime::ZERO, was_healthy: true }
    }
}

impl GatewayCheck {
    /// Its state changes at the last of so many equal results in a row; checks come at whole multiples of the interval.
    pub fn is_healthy(&self, now: SimTime, names: &GatewayNames) -> bool {
        let interval = names.check_interval.nanos().max(1);
        let first = self.since.nanos().div_ceil(interval);
        let last = first + u64::from(names.check_threshold.max(1)) - 1;
        if now.nanos() >= last.saturating_mul(interval) { self.passes } else { self.was_healthy }
    }

    /// From now on checks pass, or fail.
    pub fn change(&mut self, passes: bool, now: SimTime, names: &GatewayNames) {
        if self.passes != passes {
            *self = Self { passes, since: now, was_healthy: self.is_healthy(now, names) };
        }
    }
}
