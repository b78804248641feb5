//! A bill: micro-dollars an hour, by part.

use super::Prices;
use crate::sim::proxy::Reach;
use crate::sim::scenario::{Pattern, Scenario};

/// Micro-dollars an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Every pod, whatever it does.
    pub pods: u64,
    /// The proxies beside them.
    pub mesh: u64,
    /// istiod, and the gateways between regions where calls go through any.
    pub control_plane: u64,
    /// Transit Gateway attachments.
    pub attachments: u64,
    /// Route 53.
    pub dns: u64,
    /// Bytes between regions.
    pub transfer: u64,
    /// Bytes between zones of a region.
    pub zones: u64,
}

impl Bill {
    /// What a scenario costs before any traffic under a pattern, its sidecars aside.
    ///
    /// Only a mesh has a control plane of its own to pay. What a federation adds is put at 0: Cilium's runs in the agent
    /// that is there anyway, and controllers such as Submariner's reserve a few millicores, in no two charts the same.
    /// Two lone clusters are not joined, so they need no Transit Gateway: data stores replicate over AWS's own network.
    pub(in crate::sim) fn standing(scenario: &Scenario, pattern: Pattern, prices: &Prices) -> Self {
        let regions = scenario.regions.len() as u64;
        let istiod = if pattern == Pattern::Mesh { prices.istiod_micro(regions) } else { 0 };
        let gateways =
            if Reach::under(scenario, pattern).has_gateways() { prices.gateways_micro(regions) } else { 0 };
        Self {
            pods: prices.pods_micro(cpu_milli(scenario)),
            control_plane: istiod + gateways,
            attachments: if pattern == Pattern::Dual { 0 } else { prices.attachments_micro(regions) },
            ..Self::default()
        }
    }

    /// All parts together.
    pub fn total(&self) -> u64 {
        [self.pods, self.mesh, self.control_plane, self.attachments, self.dns, self.transfer, self.zones]
            .into_iter()
            .fold(0, u64::saturating_add)
    }
}

/// Thousandths of a vCPU that all pods of a scenario have together.
pub(super) fn cpu_milli(scenario: &Scenario) -> u64 {
    let of = |service: &crate::sim::scenario::Service| {
        service.pods.iter().map(|&pods| u64::from(pods)).sum::<u64>() * u64::from(service.cpu_milli)
    };
    scenario.services.iter().map(of).sum()
}
