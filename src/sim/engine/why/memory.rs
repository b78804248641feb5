//! What the log remembers of what it has told, so that it tells nothing twice.

use super::data::Told;
use crate::sim::proxy::Proxy;
use crate::sim::time::SimTime;
use crate::sim::world::World;

/// What has been told.
#[derive(Clone, Debug)]
pub(in crate::sim::engine) struct Memory {
    pub(super) services: usize,
    /// For each caller region and service, by endpoint.
    pub(super) ejections: Vec<Vec<Ejected>>,
    /// For each region and service of pods: when one failed last.
    pub(super) failures: Vec<Option<SimTime>>,
    /// For each caller region, service and subset: tables told lately, the last one last.
    pub(super) tables: Vec<Vec<(Signature, SimTime)>>,
    pub(super) no_hosts: Vec<Option<SimTime>>,
    /// For each region: when a call came no further than its gateway last.
    pub(super) gateways: Vec<Option<SimTime>>,
    /// The same for calls over a connection-pool limit.
    pub(super) overflows: Vec<Option<SimTime>>,
    pub(super) faults: Vec<Option<SimTime>>,
    /// For each region's users: the trouble they are in.
    pub(super) troubles: Vec<Option<Trouble>>,
    pub(super) data: Told,
}

impl Memory {
    pub fn new(world: &World) -> Self {
        let (regions, services) = (world.regions.len(), world.services.len());
        let mut tables = vec![Vec::new(); regions * services * (regions + 1)];
        for proxy in &world.proxies {
            let place = table_place(proxy, services, regions);
            tables[place] = vec![(Signature::of(proxy), SimTime::ZERO)];
        }
        Self {
            services,
            ejections: vec![Vec::new(); regions * services],
            failures: vec![None; regions * services],
            tables,
            no_hosts: vec![None; regions * services],
            gateways: vec![None; regions],
            overflows: vec![None; regions * services],
            faults: vec![None; regions * services],
            troubles: vec![None; regions],
            data: Told::default(),
        }
    }
}

/// What a line about a table says: loads, and the endpoints of the levels that matter for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) loads: Vec<u32>,
    pub(super) counts: Vec<(u32, u32)>,
    /// Gateways of the first level and what they weigh: with names, the one that they lead to.
    pub(super) gateways: Vec<(u8, u32)>,
}

impl Signature {
    pub fn of(proxy: &Proxy) -> Self {
        let loads = proxy.table().healthy_load.clone();
        let matters = |level: usize| level == 0 || loads.get(level).is_some_and(|&load| load > 0);
        let counts = proxy.counts().enumerate().filter(|(level, _)| matters(*level));
        Self { counts: counts.map(|(_, count)| count).collect(), loads, gateways: proxy.gateways_in(0) }
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ejected {
    pub(super) out: bool,
    pub(super) since: SimTime,
    pub(super) multiplier: u32,
    pub(super) overflow_at: Option<SimTime>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    pub(super) first: SimTime,
    pub(super) last: SimTime,
    pub(super) failed: u64,
}

/// Where the tables of a proxy are remembered: those of one region's callers of a service, for each subset apart.
pub(super) fn table_place(proxy: &Proxy, services: usize, regions: usize) -> usize {
    let callers = usize::from(proxy.site.region) * services + usize::from(proxy.service);
    callers * (regions + 1) + proxy.subset.map_or(0, |region| usize::from(region) + 1)
}
