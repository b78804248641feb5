//! A world grows while it runs: a pod more, and the proxies that come with it.

use super::{Host, Life, PodId, ProxyId, Told, World};
use crate::sim::proxy::{Caller, Rules};
use crate::sim::scenario::{PODS_MAX, PROXIES_MAX, Scenario, Step};

impl World {
    /// Adds a pod to a service in a region, one that is not there yet; `None` where no more can be counted. Numbers of
    /// pods, endpoints and proxies never change: what is new comes last.
    pub fn add_pod(&mut self, scenario: &Scenario, service: u16, region: u8, rules: &Rules) -> Option<PodId> {
        let callees = self.callees(service);
        let room =
            self.pods.len() < PODS_MAX as usize && self.proxies.len() + callees.len() <= PROXIES_MAX as usize;
        if !room {
            return None;
        }
        let before: usize = scenario.regions[..usize::from(region)].iter().map(|one| one.zones.len()).sum();
        let zones = scenario.regions[usize::from(region)].zones.len().max(1);
        let state = &mut self.services[usize::from(service)];
        let number = state.by_region[usize::from(region)].len() as u32;
        let place = (region, (before + number as usize % zones) as u16);
        let id = self.pods.len() as PodId;
        let host = state.first_host + state.pods.len() as Host;
        state.pods.push(id);
        state.by_region[usize::from(region)].push(id);
        let concurrency = scenario.services[usize::from(service)].concurrency;
        let mut pod = super::Pod::new(service, place, number + 1, host, concurrency);
        (pod.life, pod.wanted, pod.said, pod.listed) = (Life::Gone, false, Told::Gone, Told::Gone);
        let site = pod.site();
        self.pods.push(pod);
        for known in &mut self.regions {
            known.told.push(Told::Gone);
        }
        for proxy in self.proxies.iter_mut().filter(|proxy| proxy.service == service) {
            proxy.add(id, site, rules);
        }
        for callee in callees {
            self.add_proxy(Caller::Pod(id), site, callee, rules);
        }
        Some(id)
    }

    /// A pod's proxies start with it: they know what the control plane knows, and nothing of their own.
    pub fn renew_proxies(&mut self, id: PodId, rules: &Rules) {
        let pod = &self.pods[usize::from(id)];
        let told = &self.regions[usize::from(pod.region)].told;
        for &(_, proxy) in &pod.proxies {
            self.proxies[usize::from(proxy)].renew(told, rules);
        }
    }

    /// The proxies beside a pod.
    pub fn proxies_of(&self, id: PodId) -> impl Iterator<Item = ProxyId> + '_ {
        self.pods[usize::from(id)].proxies.iter().map(|&(_, proxy)| proxy)
    }

    /// The services that a service calls, each once.
    fn callees(&self, service: u16) -> Vec<u16> {
        let mut callees = Vec::new();
        for step in &self.services[usize::from(service)].steps {
            if let Step::Call(callee) = *step
                && !callees.contains(&(callee as u16))
            {
                callees.push(callee as u16);
            }
        }
        callees
    }

    /// Pods that exist: what is paid for.
    pub fn pods_there(&self) -> u64 {
        self.pods.iter().filter(|pod| pod.exists()).count() as u64
    }
}
