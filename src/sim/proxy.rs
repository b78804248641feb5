//! One caller's view of one service: what it has been told, what it has found out, and where it sends.
//!
//! ```text
//! EDS ── listed, ready ──┐
//!                        ├─▶ truth ──merge window──▶ levels ──▶ table ──▶ pick
//! answers ── detector ───┘
//! ```
//!
//! The load balancer works on what has been applied, which trails the truth by up to the merge window: an ejected
//! endpoint keeps getting traffic meanwhile. Nothing is shared between proxies.

mod levels;
mod rules;

use crate::sim::policy::outlier::{Detector, Ejection};
use crate::sim::policy::priority::Loads;
use crate::sim::time::SimTime;
use crate::sim::world::PodId;

pub use levels::Draws;
pub use rules::{OVERPROVISION, Rules};

use levels::LevelView;

/// Who a proxy belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A region's client, which stands for its users.
    Client,
    Pod(PodId),
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    pub region: u8,
    pub zone: u16,
}

/// Endpoints are numbered from 0 inside their service: pod `first + host`.
pub type Host = u16;

/// One caller's view of one service.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub caller: Caller,
    pub site: Site,
    pub service: u16,
    /// The pod of host 0.
    pub first: PodId,
    endpoints: Vec<Endpoint>,
    levels: Vec<LevelView>,
    detector: Detector,
    table: Loads,
    /// Open requests to each host on standing connections.
    active: Vec<u32>,
}

/// What is known of one endpoint.
#[derive(Clone, Copy, Debug)]
struct Endpoint {
    site: Site,
    listed: bool,
    ready: bool,
    /// Ejected, as far as that has been noticed: hosts that return in one sweep return one after another.
    out: bool,
    /// The level before gaps are closed.
    rank: u8,
    level: u8,
}

/// What became of a change of health.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The load balancer has it.
    Applied,
    /// It will have it at the end of the merge window; somebody must call [`Proxy::merge`] then.
    WaitUntil(SimTime),
    /// It will have it with an earlier change that waits.
    Waits,
}

impl Proxy {
    /// A proxy that has been told of all endpoints and found nothing wrong.
    pub fn new(
        caller: Caller,
        site: Site,
        service: u16,
        first: PodId,
        sites: &[Site],
        rules: &Rules,
    ) -> Self {
        let endpoints = sites
            .iter()
            .map(|&at| Endpoint {
                site: at,
                listed: true,
                ready: true,
                out: false,
                rank: rules.rank(site, at),
                level: 0,
            })
            .collect();
        let mut proxy = Self {
            caller,
            site,
            service,
            first,
            endpoints,
            levels: Vec::new(),
            detector: Detector::new(rules.outlier.clone(), sites.len()),
            table: Loads::default(),
            active: vec![0; sites.len()],
        };
        proxy.relist(rules);
        proxy
    }

    /// How the proxy splits its calls now.
    pub fn table(&self) -> &Loads {
        &self.table
    }

    /// Healthy and listed endpoints of each level, as the load balancer has them.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u32)> {
        self.levels.iter().map(|level| (level.healthy.len() as u32, level.hosts.len() as u32))
    }

    /// Where the listed endpoints of a level are.
    pub fn level_sites(&self, level: usize) -> Vec<Site> {
        let hosts = self.levels.get(level).map_or(&[] as &[Host], |level| &level.hosts);
        hosts.iter().map(|&host| self.endpoints[usize::from(host)].site).collect()
    }

    /// Endpoints it has ejected.
    pub fn ejected_count(&self) -> usize {
        self.detector.ejected_count()
    }

    /// When it may let a pod back in, if it has ejected it.
    pub fn ejected_until(&self, pod: PodId) -> Option<SimTime> {
        self.detector.ejected_until(usize::from(pod.checked_sub(self.first)?))
    }

    /// How many base ejection times a pod's last ejection lasts.
    pub fn multiplier(&self, pod: PodId) -> u32 {
        pod.checked_sub(self.first).map_or(0, |host| self.detector.multiplier(usize::from(host)))
    }

    /// Charges an answer to a pod.
    #[inline]
    pub fn record(&mut self, pod: PodId, code: u16, now: SimTime) -> Option<Ejection> {
        self.detector.record(usize::from(pod - self.first), code, now)
    }

    /// A request to a pod is open on a standing connection.
    #[inline]
    pub fn open(&mut self, pod: PodId) {
        self.active[usize::from(pod - self.first)] += 1;
    }

    /// It has ended.
    #[inline]
    pub fn close(&mut self, pod: PodId) {
        self.active[usize::from(pod - self.first)] -= 1;
    }

    /// The periodic sweep: the pods that are back in service by the detector's word.
    pub fn sweep(&mut self, now: SimTime) -> Vec<PodId> {
        self.detector.sweep(now).into_iter().map(|host| self.first + host as PodId).collect()
    }

    /// The level a pod is on.
    pub fn level_of(&self, pod: PodId) -> u8 {
        self.endpoints[usize::from(pod - self.first)].level
    }

    /// A pod's health has changed by the detector's word. The first change of a level after a quiet window acts at
    /// once, later ones together at the end of that window (Envoy's `update_merge_window`).
    pub fn health_changed(&mut self, pod: PodId, now: SimTime, rules: &Rules) -> Change {
        let host = usize::from(pod - self.first);
        self.endpoints[host].out = self.detector.is_ejected(host);
        let index = usize::from(self.level_of(pod));
        let Some(level) = self.levels.get_mut(index) else { return Change::Applied };
        if level.waiting {
            return Change::Waits;
        }
        match level.changed_at {
            Some(changed) if now.since(changed) < rules.merge_window => {
                level.waiting = true;
                Change::WaitUntil(changed + rules.merge_window)
            }
            _ => {
                self.apply(index, now, rules);
                Change::Applied
            }
        }
    }

    /// A merge window has ended: whether a change waited for it.
    pub fn merge(&mut self, level: u8, now: SimTime, rules: &Rules) -> bool {
        let index = usize::from(level);
        let waited = self.levels.get(index).is_some_and(|level| {
            level.waiting && level.changed_at.is_none_or(|changed| now.since(changed) >= rules.merge_window)
        });
        if waited {
            self.apply(index, now, rules);
        }
        waited
    }

    /// The control plane has a new word on a pod. It acts at once: the merge window does not hold back endpoint updates.
    pub fn tell(&mut self, pod: PodId, ready: bool, now: SimTime, rules: &Rules) {
        let host = usize::from(pod - self.first);
        let listed = ready || rules.lists_unhealthy;
        let endpoint = &mut self.endpoints[host];
        let relist = endpoint.listed != listed;
        (endpoint.listed, endpoint.ready) = (listed, ready);
        if relist {
            if listed {
                self.detector.restore_host(host);
            } else {
                self.detector.remove_host(host);
            }
            self.endpoints[host].out = false;
            self.relist(rules);
        } else {
            let level = usize::from(endpoint.level);
            self.apply(level, now, rules);
        }
    }

    fn is_healthy(&self, host: Host) -> bool {
        let endpoint = &self.endpoints[usize::from(host)];
        endpoint.ready && !endpoint.out
    }
}
