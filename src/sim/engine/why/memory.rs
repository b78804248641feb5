//! What the log remembers of what it has told, so that it tells nothing twice.

use super::data::Told;
use super::news::News;
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
    pub(super) tables: News,
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
        Self {
            services,
            ejections: vec![Vec::new(); regions * services],
            failures: vec![None; regions * services],
            tables: News::new(world),
            no_hosts: vec![None; regions * services],
            gateways: vec![None; regions],
            overflows: vec![None; regions * services],
            faults: vec![None; regions * services],
            troubles: vec![None; regions],
            data: Told::default(),
        }
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
