//! From a scenario to the world at time zero.

use super::{
    ControlPlane, GatewayCheck, GatewayState, Host, LinkState, NONE, Pod, PodId, ProxyId, RegionState,
    Route53, ServiceState, Slab, Stores, Told, World, gateway_id, spread,
};
use crate::sim::proxy::{Caller, Cluster, Proxy, Rules, Site};
use crate::sim::rng::Dice;
use crate::sim::scenario::{Scenario, Service, Step, Via};
use crate::sim::time::SimTime;

impl World {
    /// The world of a scenario before anything has happened.
    pub fn new(scenario: &Scenario, rules: &Rules, dice: &Dice) -> Self {
        let mut zones = 0;
        let mut zones_of = Vec::new();
        for region in &scenario.regions {
            zones_of.push((zones, region.zones.len() as u16));
            zones += region.zones.len() as u16;
        }
        let gateways = if rules.reach.has_gateways() { scenario.regions.len() as Host } else { 0 };
        let mut pods: Vec<Pod> = Vec::new();
        let services = scenario
            .services
            .iter()
            .enumerate()
            .map(|(index, service)| deal(index as u16, service, &zones_of, gateways, &mut pods))
            .collect();
        let regions = scenario.regions.len();
        let mut world = Self {
            regions: (0..regions)
                .map(|_| region_state(pods.len(), scenario.services.len(), regions))
                .collect(),
            services,
            pods,
            proxies: Vec::new(),
            gateways: vec![GatewayState::default(); regions],
            checks: vec![GatewayCheck::default(); regions],
            first_zones: zones_of.iter().map(|&(zone, _)| zone).collect(),
            links: vec![LinkState::default(); regions * regions],
            tries: Slab::default(),
            wire: scenario.wire.clone(),
            stores: Stores::new(scenario),
            names: Vec::new(),
            expired: 0,
            route53: Route53::new(scenario, dice),
        };
        world.connect(scenario, rules, &zones_of);
        world
    }

    /// A proxy for every caller: pods that call, and clients that stand for users.
    fn connect(&mut self, scenario: &Scenario, rules: &Rules, zones_of: &[(u16, u16)]) {
        if scenario.entry.via == Via::ClientProxy {
            for (region, &(zone, _)) in zones_of.iter().enumerate() {
                let place = Site { region: region as u8, zone };
                let id = self.add_proxy(Caller::Client, place, scenario.entry.service as u16, rules);
                self.regions[region].client = id;
            }
        }
        for pod in 0..self.pods.len() {
            let (region, zone) = self.pods[pod].place();
            let caller = Caller::Pod(pod as PodId);
            for step in self.services[usize::from(self.pods[pod].service)].steps.clone() {
                let Step::Call(service) = step else { continue };
                if self.proxy_of(caller, service as u16) == NONE {
                    self.add_proxy(caller, Site { region, zone }, service as u16, rules);
                }
            }
        }
    }

    /// The proxy's cluster for a service, or under route weights one for each region's subset; returns the first.
    pub(super) fn add_proxy(&mut self, caller: Caller, site: Site, service: u16, rules: &Rules) -> ProxyId {
        let callers = if rules.routes_by_zone() { self.callers_by_zone(caller, site) } else { Vec::new() };
        if rules.route_weights.is_none() {
            return self.add_cluster(caller, site, service, Cluster { subset: None, callers }, rules);
        }
        let first = self.proxies.len() as ProxyId;
        for region in 0..self.regions.len() as u8 {
            let cluster = Cluster { subset: Some(region), callers: callers.clone() };
            self.add_cluster(caller, site, service, cluster, rules);
        }
        first
    }

    /// Pods of the calling service by zone, in the caller's region. They count as healthy whatever befalls them.
    fn callers_by_zone(&self, caller: Caller, site: Site) -> Vec<(u16, u32)> {
        let Caller::Pod(pod) = caller else { return vec![(site.zone, 1)] };
        let service = self.pods[usize::from(pod)].service;
        let mut zones: Vec<(u16, u32)> = Vec::new();
        for pod in self.pods.iter().filter(|pod| pod.service == service && pod.region == site.region) {
            match zones.iter_mut().find(|(zone, _)| *zone == pod.zone) {
                Some((_, count)) => *count += 1,
                None => zones.push((pod.zone, 1)),
            }
        }
        zones
    }

    fn add_cluster(
        &mut self,
        caller: Caller,
        site: Site,
        service: u16,
        cluster: Cluster,
        rules: &Rules,
    ) -> ProxyId {
        let target = &self.services[usize::from(service)];
        let doors =
            (0..target.first_host as u8).map(|region| (gateway_id(region), self.gateway_site(region)));
        let pods = doors.chain(target.pods.iter().map(|&id| (id, self.pods[usize::from(id)].site())));
        let id = self.proxies.len() as ProxyId;
        self.proxies.push(Proxy::new(caller, site, service, pods, cluster, rules));
        self.names.push(SimTime::ZERO);
        self.regions[usize::from(site.region)].callers[usize::from(service)].push(id);
        if let Caller::Pod(pod) = caller {
            self.pods[usize::from(pod)].proxies.push((service, id));
        }
        id
    }

    /// The proxy through which a caller calls a service; `NONE` if it has none.
    #[inline]
    pub fn proxy_of(&self, caller: Caller, service: u16) -> ProxyId {
        let Caller::Pod(pod) = caller else { return NONE };
        let found = self.pods[usize::from(pod)].proxies.iter().find(|(callee, _)| *callee == service);
        found.map_or(NONE, |&(_, id)| id)
    }
}

/// Deals a service's pods to regions, and inside each to its zones in turn.
fn deal(
    index: u16,
    service: &Service,
    zones_of: &[(u16, u16)],
    first_host: Host,
    pods: &mut Vec<Pod>,
) -> ServiceState {
    let mut all = Vec::new();
    let mut by_region = Vec::new();
    for (region, &count) in service.pods.iter().enumerate() {
        let before = all.len();
        let (zone, zones) = zones_of[region];
        for number in 0..count {
            let place = (region as u8, zone + (number % u32::from(zones.max(1))) as u16);
            all.push(pods.len() as PodId);
            let host = first_host + (all.len() - 1) as Host;
            pods.push(Pod::new(index, place, number + 1, host, service.concurrency));
        }
        by_region.push(all[before..].to_vec());
    }
    ServiceState {
        pods: all,
        by_region,
        first_host,
        time: spread(service.median, service.p99),
        steps: service.steps.clone(),
        request_bytes: service.request_bytes,
        response_bytes: service.response_bytes,
    }
}

fn region_state(pods: usize, services: usize, regions: usize) -> RegionState {
    RegionState {
        turn: 0,
        told: vec![Told::Ready; pods],
        callers: vec![Vec::new(); services],
        client: NONE,
        down: false,
        isolated: false,
        control: ControlPlane::new(regions),
    }
}
