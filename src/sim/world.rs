//! The mesh as plain vectors and indices. Nothing here decides; cloning it is a checkpoint.

mod build;
mod gateway;
mod grow;
mod life;
mod pod;
mod region;
mod route53;
mod stores;
mod tries;

use crate::sim::proxy::{Proxy, Site};
use crate::sim::rng::{LogNormal, Ratio};
use crate::sim::scenario::{Step, Wire};
use crate::sim::time::{SimSpan, SimTime};

pub use gateway::{GatewayCheck, GatewayState, gateway_id, gateway_region};
pub use life::Life;
pub use pod::{Condition, Pod, PodCounts};
pub use region::{ClusterDns, ControlPlane, Istiod};
pub use route53::{
    CHECKERS, FOR_CHECK_ERROR, FOR_CHECKED_POD, FOR_EXTERNAL_DNS, HEALTHY_ABOVE_PERCENT, RESOLVERS, Route53,
};
pub use stores::{Move, Read, Stores, Stream, Trouble, Waited};
pub use tries::{Cause, Held, PROBES, Slab, Try, Within};

/// Index into [`World::pods`].
pub type PodId = u16;
/// Index into [`World::proxies`].
pub type ProxyId = u16;
/// The number of an endpoint among those that a proxy of some service knows of.
pub type Host = u16;
/// No pod, or no proxy.
pub const NONE: u16 = u16::MAX;

/// Everything that changes while a mesh runs, and the fixed shape it changes in.
#[derive(Clone, Debug)]
pub struct World {
    pub regions: Vec<RegionState>,
    pub services: Vec<ServiceState>,
    pub pods: Vec<Pod>,
    pub proxies: Vec<Proxy>,
    /// What is wrong with each region's gateway, whether anybody uses it or not.
    pub gateways: Vec<GatewayState>,
    /// What health checks have come to for each of them.
    pub checks: Vec<GatewayCheck>,
    /// The first zone of each region, where its gateway stands.
    pub first_zones: Vec<u16>,
    /// Each ordered pair of regions: packets from `from` to `to` are at `from * regions + to`.
    pub links: Vec<LinkState>,
    pub tries: Slab,
    pub wire: Wire,
    pub stores: Stores,
    /// For each proxy: until when its caller knows an address for the name of the service.
    pub names: Vec<SimTime>,
    /// Pods whose certificate has expired.
    pub expired: u32,
    /// `None` where users do not come through load balancers.
    pub route53: Option<Route53>,
}

/// What one region knows and has.
#[derive(Clone, Debug)]
pub struct RegionState {
    /// Where the load balancer's next turn starts.
    pub turn: usize,
    /// What this region's control plane has told its proxies of each pod.
    pub told: Vec<Told>,
    /// For each service, the proxies of this region that call it.
    pub callers: Vec<Vec<ProxyId>>,
    /// The proxy of this region's client; `NONE` where users come through a load balancer.
    pub client: ProxyId,
    pub down: bool,
    pub isolated: bool,
    pub control: ControlPlane,
}

/// A pod in the endpoint list of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Ready,
    NotReady,
    /// It terminates, or there is no such pod: on no list.
    Gone,
}

/// A service and where its pods stand.
#[derive(Clone, Debug)]
pub struct ServiceState {
    /// Its pods, region by region; those that are added later come last. A pod's place here and the gateways before
    /// it make its number as an endpoint.
    pub pods: Vec<PodId>,
    /// For each region its pods, in order of their numbers.
    pub by_region: Vec<Vec<PodId>>,
    /// The number of its first pod as an endpoint: gateways come before.
    pub first_host: Host,
    pub time: LogNormal,
    pub steps: Vec<Step>,
    pub request_bytes: u64,
    pub response_bytes: u64,
}

/// Packets in one direction between two regions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    pub cut: bool,
    pub loss: Ratio,
    pub slow: SimSpan,
}

impl World {
    /// Where the gateway of a region stands.
    pub fn gateway_site(&self, region: u8) -> Site {
        Site { region, zone: self.first_zones[usize::from(region)] }
    }

    /// Packets from one region to another.
    #[inline]
    pub fn link(&self, from: u8, to: u8) -> &LinkState {
        &self.links[usize::from(from) * self.regions.len() + usize::from(to)]
    }

    /// Some packet of a round trip between these regions cannot pass.
    #[inline]
    pub fn severed(&self, one: u8, other: u8) -> bool {
        one != other && (self.link(one, other).cut || self.link(other, one).cut)
    }

    /// How long a packet travels between two places, `jitter` being 64 drawn bits.
    #[inline]
    pub fn travel(&self, from: (u8, u16), to: (u8, u16), jitter: u64) -> SimSpan {
        if from.0 != to.0 {
            let extra = crate::sim::rng::below(jitter, self.wire.link_jitter.nanos() / 2 + 1);
            let there = SimSpan::from_nanos(self.wire.link_rtt.nanos() / 2 + extra);
            return there + self.link(from.0, to.0).slow;
        }
        let round_trip = if from.1 == to.1 { self.wire.local_rtt } else { self.wire.zone_rtt };
        SimSpan::from_nanos(round_trip.nanos() / 2)
    }
}

/// The distribution of a median and a 99th percentile; one below the median counts as the median.
fn spread(median: SimSpan, p99: SimSpan) -> LogNormal {
    LogNormal::new(median, p99.max(median))
        .or_else(|| LogNormal::new(median, median))
        .expect("a span that never varies is always a distribution")
}
