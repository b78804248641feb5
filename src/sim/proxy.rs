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

mod endpoint;
mod inspect;
mod levels;
mod linkerd;
mod merge_window;
mod reach;
mod rules;
mod told;
mod warmup;

use crate::sim::event::TryRef;
use crate::sim::policy::outlier::{Detector, Ejection};
use crate::sim::policy::pool::Pool;
use crate::sim::policy::priority::Loads;
use crate::sim::time::SimTime;
use crate::sim::world::{Host, PodId, Told};

pub use levels::Draws;
pub use reach::Reach;
pub use rules::{GatewayNames, OVERPROVISION, Rules};

use endpoint::Endpoint;
use levels::LevelView;
use linkerd::Balancer;
use merge_window::Verdict;

/// Who a proxy belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A region's client, which stands for its users.
    Client,
    Pod(PodId),
}

/// What a proxy's cluster is made of beyond the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// Only the pods of this region: a subset that a route names.
    pub subset: Option<u8>,
    /// Pods of the calling service by zone, where routing looks at zones.
    pub callers: Vec<(u16, u32)>,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    pub region: u8,
    pub zone: u16,
}

/// One caller's view of one service.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub caller: Caller,
    pub site: Site,
    pub service: u16,
    endpoints: Vec<Endpoint>,
    levels: Vec<LevelView>,
    detector: Detector,
    table: Loads,
    /// Open requests to each host on standing connections.
    active: Vec<u32>,
    /// For each gateway the pods at the other end of free connections through it, the last used last.
    idle: Vec<Vec<PodId>>,
    /// Until when the answer for a name holds, where callers go by one.
    asks_at: SimTime,
    /// Under zone-aware routing: pods of the calling service in the zones of its region.
    callers: Vec<(u16, u32)>,
    /// When somebody began to warm up last.
    warming_since: Option<SimTime>,
    /// The region whose pods alone make up the cluster, where a route is split over subsets.
    pub subset: Option<u8>,
    /// Its connections, where their number is limited.
    pub pool: Option<Box<Pool<TryRef>>>,
    /// In a mesh of Linkerd proxies.
    balancer: Option<Balancer>,
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
        pods: impl Iterator<Item = (PodId, Site)>,
        cluster: Cluster,
        rules: &Rules,
    ) -> Self {
        let told = |(pod, at)| {
            let mut endpoint = Endpoint::unlisted(pod, at, site, cluster.subset, rules);
            endpoint.set(Told::Ready, rules);
            endpoint
        };
        let endpoints: Vec<Endpoint> = pods.map(told).collect();
        let hosts = endpoints.len();
        let mut proxy = Self {
            caller,
            site,
            service,
            endpoints,
            levels: Vec::new(),
            detector: Detector::new(rules.outlier.clone(), hosts),
            table: Loads::default(),
            active: vec![0; hosts],
            idle: Vec::new(),
            asks_at: SimTime::ZERO,
            callers: cluster.callers,
            warming_since: None,
            subset: cluster.subset,
            pool: rules.limits.map(|limits| Box::new(Pool::new(limits, hosts))),
            balancer: rules.linkerd.map(|linkerd| Balancer::new(linkerd, hosts)),
        };
        proxy.hide(rules);
        proxy.relist(None, rules);
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
        self.detector.ejected_count() + self.linkerd_shut()
    }

    /// Endpoints in its list, as its outlier detection counts them.
    pub fn host_count(&self) -> usize {
        self.detector.host_count()
    }

    /// When it may let an endpoint back in, if it has ejected it.
    pub fn ejected_until(&self, host: Host) -> Option<SimTime> {
        self.detector.ejected_until(usize::from(host)).or_else(|| self.linkerd_shut_until(host))
    }

    /// How many base ejection times an endpoint's last ejection lasts.
    pub fn multiplier(&self, host: Host) -> u32 {
        self.detector.multiplier(usize::from(host))
    }

    /// The pod that an endpoint is, or what stands for its gateway.
    #[inline]
    pub fn pod(&self, host: Host) -> PodId {
        self.endpoints[usize::from(host)].pod
    }

    /// Charges an answer to an endpoint.
    #[inline]
    pub fn record(&mut self, host: Host, code: u16, now: SimTime) -> Option<Ejection> {
        self.detector.record(usize::from(host), code, now)
    }

    /// Charges a failure on this side of the connection, where such failures are counted apart.
    pub fn record_local(&mut self, host: Host, now: SimTime) -> Option<Ejection> {
        self.detector.record_local(usize::from(host), now)
    }

    /// A request to an endpoint is open on a standing connection.
    #[inline]
    pub fn open(&mut self, host: Host) {
        self.active[usize::from(host)] += 1;
        self.detector.connected(usize::from(host));
    }

    /// It has ended.
    #[inline]
    pub fn close(&mut self, host: Host) {
        self.active[usize::from(host)] -= 1;
    }

    /// The periodic sweep: the endpoints that are back in service by the detector's word. The coin is
    /// [`Detector::sweep_tossing`]'s.
    pub fn sweep(&mut self, now: SimTime, takes_step: impl Fn(Host) -> bool) -> Vec<Host> {
        let back = self.detector.sweep_tossing(now, |host| takes_step(host as Host));
        back.into_iter().map(|host| host as Host).collect()
    }

    /// The level an endpoint is on.
    pub fn level_of(&self, host: Host) -> u8 {
        self.endpoints[usize::from(host)].level
    }

    /// An endpoint's health has changed by the detector's word. The load balancer has it at once after a quiet window,
    /// else up to a window later ([`merge_window`]).
    pub fn health_changed(&mut self, host: Host, now: SimTime, rules: &Rules) -> Change {
        let index = usize::from(self.level_of(host));
        self.endpoints[usize::from(host)].out = self.detector.is_ejected(usize::from(host));
        let Some(level) = self.levels.get_mut(index) else { return Change::Applied };
        match level.window.change(now, rules.merge_window) {
            Verdict::Now => {
                self.apply(index, now, rules);
                Change::Applied
            }
            Verdict::At(due) => Change::WaitUntil(due),
            Verdict::Joins => Change::Waits,
        }
    }

    /// The timer of a merge window has run out: whether a change still waited for it.
    pub fn merge(&mut self, level: u8, now: SimTime, rules: &Rules) -> bool {
        let index = usize::from(level);
        let due = self.levels.get(index).is_some_and(|level| level.window.is_due(now));
        if due {
            self.apply(index, now, rules);
        }
        due
    }

    fn is_healthy(&self, host: Host) -> bool {
        let endpoint = &self.endpoints[usize::from(host)];
        endpoint.ready && !endpoint.out
    }
}
