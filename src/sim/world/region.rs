//! The parts of a region's control plane: what can be wrong with its istiod, its `CoreDNS` and its registry.

use crate::sim::time::{SimSpan, SimTime};

/// What all layers on a region's istiod make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Istiod {
    pub down: bool,
    /// Every push takes this much longer.
    pub slow: SimSpan,
    /// The remote secret of the other clusters is gone, and with it their endpoints.
    pub secret_lost: bool,
}

/// What all layers on a region's `CoreDNS` make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClusterDns {
    /// Its Service has no endpoint, so that lookups are refused at once.
    pub down: bool,
    /// Every query is answered this much later.
    pub slow: SimSpan,
}

/// A region's own certificate authority and its share of the registry.
#[derive(Clone, Debug)]
pub struct ControlPlane {
    pub istiod: Istiod,
    pub dns: ClusterDns,
    /// When istiod went down last, and how often it has gone down or come back: what happens later than planned is void.
    pub changed_at: SimTime,
    pub epoch: u32,
    /// For each region of endpoints: since when a consistent registry cannot renew their leases for this region.
    pub unrenewed: Vec<Option<SimTime>>,
}

impl ControlPlane {
    /// All well, in a mesh of so many regions.
    pub fn new(regions: usize) -> Self {
        Self {
            istiod: Istiod::default(),
            dns: ClusterDns::default(),
            changed_at: SimTime::ZERO,
            epoch: 0,
            unrenewed: vec![None; regions],
        }
    }
}
