//! Which endpoints a caller is told of, and what a gateway weighs in its list.
//!
//! Endpoints keep their numbers whether a caller sees them or not. Where there are gateways they come first, one a
//! region in order of regions; pods follow, so that more can be appended.

use super::{Proxy, Rules, Site};
use crate::sim::scenario::{Network, Pattern, Pick, Scenario};
use crate::sim::time::SimTime;
use crate::sim::world::{Host, PodId, Told, gateway_region};

/// How callers come to the pods of a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To all of them, under their own addresses.
    #[default]
    Flat,
    /// To those of their own region; nobody tells them of others.
    Own,
    /// To those of their own region; each other region is one endpoint, its east-west gateway.
    EastWest,
    /// Through the ingress gateway that a name leads to, their own region's included.
    Ingress,
}

impl Reach {
    /// What a scenario's keys make of it under a pattern.
    pub fn under(scenario: &Scenario, pattern: Pattern) -> Self {
        match (pattern, scenario.mesh.network, scenario.federation) {
            (Pattern::Dual, ..) => Self::Own,
            (Pattern::Mesh, Network::Gateways, _) => Self::EastWest,
            (Pattern::Federation, _, Pick::Gateway) => Self::Ingress,
            (Pattern::Mesh, Network::Flat, _) | (Pattern::Federation, ..) => Self::Flat,
        }
    }

    /// Whether lists begin with a gateway for each region.
    pub fn has_gateways(self) -> bool {
        matches!(self, Self::EastWest | Self::Ingress)
    }

    /// Whether a caller has this endpoint in its list, its health aside.
    pub fn shows(self, caller: Site, pod: PodId, at: Site) -> bool {
        let (gateway, own) = (gateway_region(pod).is_some(), caller.region == at.region);
        match self {
            Self::Flat => true,
            Self::Own => own,
            Self::EastWest => gateway != own,
            // Until it asks again a caller goes where the name led it first: to its own region.
            Self::Ingress => gateway && own,
        }
    }
}

impl Proxy {
    /// The region whose gateway an endpoint is.
    #[inline]
    pub fn gateway(&self, host: Host) -> Option<u8> {
        gateway_region(self.endpoints[usize::from(host)].pod)
    }

    /// What an endpoint weighs in the list.
    fn weight(&self, host: Host) -> u32 {
        self.endpoints[usize::from(host)].weight
    }

    /// The region, if a level is its gateway alone.
    pub fn lone_gateway(&self, level: usize) -> Option<u8> {
        match self.levels.get(level)?.hosts[..] {
            [only] => self.gateway(only),
            _ => None,
        }
    }

    /// The gateways in a level: region and weight.
    pub fn gateways_in(&self, level: usize) -> Vec<(u8, u32)> {
        let hosts = self.levels.get(level).map_or(&[] as &[Host], |level| &level.hosts);
        hosts.iter().filter_map(|&host| Some((self.gateway(host)?, self.weight(host)))).collect()
    }

    /// Leaves out what the caller is not told of, and weighs the gateways it is told of.
    pub(super) fn hide(&mut self, rules: &Rules) {
        for host in 0..self.endpoints.len() {
            let endpoint = &self.endpoints[host];
            if endpoint.foreign || !rules.reach.shows(self.site, endpoint.pod, endpoint.site) {
                self.endpoints[host].listed = false;
                self.detector.remove_host(host);
            }
        }
        if rules.reach == Reach::EastWest {
            for host in 0..self.endpoints.len() {
                if let Some(region) = gateway_region(self.endpoints[host].pod)
                    && region != self.site.region
                    && !self.endpoints[host].foreign
                {
                    self.endpoints[host].weight = self.pods_behind(region, rules);
                    self.set_listed(host, self.endpoints[host].weight > 0);
                }
            }
        }
    }

    /// The control plane has a new word on a pod that the caller does not see: the gateway before it may weigh more or
    /// less. One that stands for nobody leaves the list.
    pub(super) fn tell_behind(&mut self, host: usize, told: Told, now: SimTime, rules: &Rules) {
        let endpoint = &mut self.endpoints[host];
        endpoint.set(told, rules);
        endpoint.listed = false;
        let region = self.endpoints[host].site.region;
        let foreign = |host: usize| self.endpoints[host].foreign;
        if rules.reach != Reach::EastWest || region == self.site.region || foreign(usize::from(region)) {
            return;
        }
        let gateway = usize::from(region);
        let weight = self.pods_behind(region, rules);
        if self.endpoints[gateway].weight == weight {
            return;
        }
        self.endpoints[gateway].weight = weight;
        if self.set_listed(gateway, weight > 0) {
            self.relist(Some(now), rules);
        } else {
            let level = usize::from(self.endpoints[gateway].level);
            self.apply(level, now, rules);
        }
    }

    /// How many pods a region's gateway stands for: all that istiod lists. A pod that is listed as unhealthy counts as
    /// well, for the gateway's own entry carries no health (Istio's `ep_filters.go`, `EndpointsByNetworkFilter`).
    fn pods_behind(&self, region: u8, rules: &Rules) -> u32 {
        let behind = self.endpoints.iter().filter(|endpoint| {
            endpoint.site.region == region
                && gateway_region(endpoint.pod).is_none()
                && endpoint.there
                && (endpoint.ready || rules.lists_unhealthy)
        });
        behind.count() as u32
    }

    /// Whether that changed anything.
    fn set_listed(&mut self, host: usize, listed: bool) -> bool {
        if self.endpoints[host].listed == listed {
            return false;
        }
        self.endpoints[host].listed = listed;
        self.endpoints[host].warm_since = None;
        if let Some(pool) = &mut self.pool {
            pool.set_listed(host, listed);
        }
        if listed {
            self.detector.restore_host(host);
        } else {
            self.detector.remove_host(host);
            self.drop_idle(gateway_region(self.endpoints[host].pod));
        }
        self.endpoints[host].out = false;
        true
    }

    /// A name leads the caller to the gateway of another region from now on; whether it is another.
    pub fn point_at(&mut self, region: u8, rules: &Rules) -> bool {
        let mut moved = false;
        for host in 0..self.endpoints.len() {
            if let Some(there) = gateway_region(self.endpoints[host].pod) {
                moved |= self.set_listed(host, there == region);
            }
        }
        if moved {
            self.relist(None, rules);
        }
        moved
    }

    /// When its answer for a name expires.
    pub fn asks_at(&self) -> SimTime {
        self.asks_at
    }

    /// It has an answer that holds until then.
    pub fn ask_again_at(&mut self, at: SimTime) {
        self.asks_at = at;
    }

    /// The region whose gateway the name led to last.
    pub fn points_at(&self) -> Option<u8> {
        let listed = self.endpoints.iter().find(|endpoint| endpoint.listed)?;
        gateway_region(listed.pod)
    }

    /// Takes the connection through a gateway that was used last; the pod it ends at.
    pub fn take_idle(&mut self, gateway: u8) -> Option<PodId> {
        self.idle.get_mut(usize::from(gateway))?.pop()
    }

    /// A connection through a gateway to a pod is free again.
    pub fn keep_idle(&mut self, gateway: u8, pod: PodId) {
        let wanted = usize::from(gateway) + 1;
        if self.idle.len() < wanted {
            self.idle.resize(wanted, Vec::new());
        }
        self.idle[wanted - 1].push(pod);
    }

    /// Free connections to this pod are gone.
    pub fn drop_idle_to(&mut self, pod: PodId) {
        for idle in &mut self.idle {
            idle.retain(|&end| end != pod);
        }
    }

    /// Free connections through a gateway are gone.
    pub fn drop_idle(&mut self, gateway: Option<u8>) {
        if let Some(idle) = gateway.and_then(|region| self.idle.get_mut(usize::from(region))) {
            idle.clear();
        }
    }
}
