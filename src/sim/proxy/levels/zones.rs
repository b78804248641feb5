//! The zones of a level: what each weighs, and how calls are split over them.

use crate::sim::policy::balance::weighted::Schedule;
use crate::sim::policy::balance::{Zone, ZoneRouting, zone_routing};
use crate::sim::policy::locality::{self, LocalityWeight};
use crate::sim::proxy::{OVERPROVISION, Proxy, Rules};
use crate::sim::scenario::Locality;
use crate::sim::world::Host;

/// Envoy leaves zones aside below so many healthy hosts (`min_cluster_size`, which Istio leaves alone).
const MIN_CLUSTER_SIZE: u32 = 6;

/// What a region weighs under `distribute`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegionWeight {
    /// As the rule has it.
    pub whole: u32,
    /// As much of it as the health of its zones leaves.
    pub left: f64,
    pub healthy: u32,
    pub total: u32,
}

/// One zone of a level.
#[derive(Clone, Debug)]
pub(super) struct ZoneView {
    pub zone: u16,
    pub weight: u32,
    pub total: u32,
    pub healthy: Vec<Host>,
    pub due: Option<Schedule<Host>>,
    pub turn: u64,
}

impl ZoneView {
    pub(super) fn weight(&self) -> LocalityWeight {
        LocalityWeight {
            weight: self.weight,
            total: self.total,
            healthy: self.healthy.len() as u32,
            excluded: 0,
        }
    }
}

impl Proxy {
    /// Where level 0 sends by zone: callers and hosts of each, the own zone first.
    pub(super) fn route_by_zone(&self, zones: &[ZoneView]) -> Option<ZoneRouting> {
        let callers =
            |zone: u16| self.callers.iter().find(|(known, _)| *known == zone).map_or(0, |&(_, n)| n);
        let seen: Vec<Zone> = zones
            .iter()
            .map(|zone| Zone {
                callers: callers(zone.zone),
                hosts: zone.total,
                healthy: zone.healthy.len() as u32,
            })
            .collect();
        zone_routing(&seen, MIN_CLUSTER_SIZE)
    }

    /// Zones with their weights; none where zones are not weighed.
    pub(super) fn zones_of(&self, hosts: &[Host], rules: &Rules) -> Vec<ZoneView> {
        if !rules.weighs_zones() && !rules.routes_by_zone() {
            return Vec::new();
        }
        let empty =
            |zone: u16| ZoneView { zone, weight: 0, total: 0, healthy: Vec::new(), due: None, turn: 0 };
        let mut zones: Vec<ZoneView> = Vec::new();
        if rules.routes_by_zone() {
            zones.push(empty(self.site.zone));
            zones.extend(
                self.callers.iter().filter(|(zone, _)| *zone != self.site.zone).map(|&(zone, _)| empty(zone)),
            );
        }
        for &host in hosts {
            let zone = self.endpoints[usize::from(host)].site.zone;
            match zones.iter_mut().find(|known| known.zone == zone) {
                Some(known) => known.total += 1,
                None => zones.push(ZoneView { total: 1, ..empty(zone) }),
            }
        }
        for zone in &mut zones {
            zone.weight = zone.total;
        }
        if rules.locality == Locality::Distribute {
            self.distribute(&mut zones, hosts, rules);
        }
        zones
    }

    /// The rule's weight of a region, shared by its zones in proportion to their endpoints, each rounded up.
    fn distribute(&self, zones: &mut [ZoneView], hosts: &[Host], rules: &Rules) {
        let own = |zone: u16| {
            let mut inside = self.endpoints.iter().filter(|endpoint| endpoint.site.zone == zone);
            inside.any(|endpoint| endpoint.site.region == self.site.region)
        };
        let own_hosts =
            hosts.iter().filter(|&&h| self.endpoints[usize::from(h)].site.region == self.site.region).count();
        for zone in zones {
            let (weight, sharing) = if own(zone.zone) {
                (rules.distribute.0, own_hosts)
            } else {
                (rules.distribute.1, hosts.len() - own_hosts)
            };
            zone.weight = (weight * zone.total).div_ceil(sharing.max(1) as u32);
        }
    }

    /// What each region weighs under `distribute`, and how much of that its health leaves, in order of regions.
    pub fn region_weights(&self, regions: usize) -> Vec<RegionWeight> {
        let mut found = vec![RegionWeight::default(); regions];
        for zone in self.levels.first().into_iter().flat_map(|level| &level.zones) {
            let inside = self.endpoints.iter().find(|endpoint| endpoint.site.zone == zone.zone);
            if let Some(endpoint) = inside {
                let region = &mut found[usize::from(endpoint.site.region)];
                region.whole += zone.weight;
                region.left += zone.weight().effective(OVERPROVISION);
                region.healthy += zone.healthy.len() as u32;
                region.total += zone.total;
            }
        }
        found
    }

    /// The share of picks that each region gets under `distribute`, in order of regions.
    pub fn region_shares(&self, regions: usize) -> Vec<f64> {
        let mut shares = vec![0.0; regions];
        let Some(level) = self.levels.first() else { return shares };
        let weights: Vec<LocalityWeight> = level.zones.iter().map(ZoneView::weight).collect();
        for (zone, share) in level.zones.iter().zip(locality::shares(&weights, OVERPROVISION)) {
            let inside = self.endpoints.iter().find(|endpoint| endpoint.site.zone == zone.zone);
            if let Some(endpoint) = inside {
                shares[usize::from(endpoint.site.region)] += share;
            }
        }
        shares
    }
}
