//! Zone-aware routing of level 0: as much as possible stays in the caller's own zone without overloading it.
//!
//! Inert in Istio until `zoneAwareLbSetting` (1.31), for a sidecar does not know its own cluster.

/// One zone as the caller sees it. Lists of zones start with the caller's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// Healthy hosts of the calling service.
    pub callers: u32,
    /// Hosts of the service that is called.
    pub hosts: u32,
    /// Those of `hosts` that are healthy.
    pub healthy: u32,
}

/// Where the requests of one zone go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneRouting {
    /// All of them to the own zone.
    Direct,
    /// `local_bp` of 10,000 to the own zone, the rest in proportion to the steps of `cumulative`, one entry a zone.
    Residual { local_bp: u64, cumulative: Vec<u64> },
}

/// Shares are counted in units of one in 10,000, truncated.
const WHOLE: u64 = 10_000;

/// The routing for the first of these zones; `None` where Envoy leaves zones aside: fewer than two zones on either side,
/// nobody calling from the own zone, or fewer than `min_cluster_size` healthy hosts (6 in Envoy).
#[must_use]
pub fn zone_routing(zones: &[Zone], min_cluster_size: u32) -> Option<ZoneRouting> {
    let callers: u64 = zones.iter().map(|zone| u64::from(zone.callers)).sum();
    let healthy: u64 = zones.iter().map(|zone| u64::from(zone.healthy)).sum();
    let calling_zones = zones.iter().filter(|zone| zone.callers > 0).count();
    let called_zones = zones.iter().filter(|zone| zone.hosts > 0).count();
    let lone = calling_zones < 2 || called_zones < 2 || zones[0].callers == 0;
    if lone || healthy < u64::from(min_cluster_size) {
        return None;
    }
    let share = |count: u32, all: u64| (WHOLE * u64::from(count)).checked_div(all).unwrap_or(0);
    let shares = zones.iter().map(|zone| match zone.healthy {
        0 => (0, 0),
        healthy_here => (share(zone.callers, callers), share(healthy_here, healthy)),
    });
    Some(ZoneRouting::of_shares(&shares.collect::<Vec<_>>()))
}

impl ZoneRouting {
    /// The routing for shares of callers and of healthy hosts, own zone first, in any unit.
    #[must_use]
    pub fn of_shares(shares: &[(u64, u64)]) -> Self {
        let (own_callers, own_hosts) = shares.first().copied().unwrap_or_default();
        if own_hosts > 0 && own_hosts >= own_callers {
            return Self::Direct;
        }
        let local_bp = (own_hosts * WHOLE).checked_div(own_callers).unwrap_or(0);
        let mut sum = 0;
        let spare = |zone: usize, (callers, hosts): (u64, u64)| {
            if zone == 0 { 0 } else { hosts.saturating_sub(callers) }
        };
        let cumulative = shares.iter().enumerate().map(|(zone, &share)| {
            sum += spare(zone, share);
            sum
        });
        Self::Residual { local_bp, cumulative: cumulative.collect() }
    }

    /// The zone for one request, from two uniform draws.
    #[must_use]
    pub fn pick(&self, draws: [u64; 2]) -> usize {
        let Self::Residual { local_bp, cumulative } = self else { return 0 };
        if draws[0] % WHOLE < *local_bp {
            return 0;
        }
        match cumulative.last() {
            // Rounding left no zone any room: any zone will do.
            Some(0) | None => super::random(cumulative.len(), draws[1]).unwrap_or(0),
            Some(room) => cumulative.partition_point(|&bound| bound <= draws[1] % room),
        }
    }
}
