//! Priority levels as the load balancer has them, and the pick of an endpoint.

use super::merge_window::MergeWindow;
use super::{Endpoint, OVERPROVISION, Proxy, Rules};
use crate::sim::policy::balance;
use crate::sim::policy::balance::weighted::{self, ACTIVE_REQUEST_BIAS, Schedule, least_request_weight};
use crate::sim::policy::locality::{self, Edf, LocalityWeight};
use crate::sim::policy::priority::{self, Level, Loads};
use crate::sim::policy::retry::PreviousPriorities;
use crate::sim::scenario::{Balance, Locality};
use crate::sim::time::SimTime;
use crate::sim::world::Host;

/// One priority level.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelView {
    /// All listed endpoints, and those the load balancer takes for healthy.
    pub hosts: Vec<Host>,
    pub healthy: Vec<Host>,
    /// Pick among all of them, and among the healthy ones, where their weights differ.
    all_due: Option<Schedule<Host>>,
    due: Option<Schedule<Host>>,
    zones: Vec<ZoneView>,
    /// Picks a zone by weight, where zones are weighed and some zone has a healthy endpoint.
    edf: Option<Edf>,
    turn: u64,
    /// When changes of health reach the load balancer.
    pub window: MergeWindow,
}

#[derive(Clone, Debug)]
struct ZoneView {
    zone: u16,
    weight: u32,
    total: u32,
    healthy: Vec<Host>,
    due: Option<Schedule<Host>>,
    turn: u64,
}

/// The 64 drawn bits that each part of a pick uses.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    pub level: u64,
    pub host: u64,
}

impl Proxy {
    /// The endpoint for one request and its level; `None` if nobody healthy is left.
    #[inline]
    pub fn pick(&mut self, draws: Draws, rules: &Rules) -> Option<(Host, u8)> {
        let (level, _) = priority::choose(&self.table, draws.level);
        self.pick_in(level, draws.host, rules)
    }

    /// The same with the loads moved off the levels tried so far (`retryRemoteLocalities`).
    pub fn pick_elsewhere(&mut self, tried: &[u8], draws: Draws, rules: &Rules) -> Option<(Host, u8)> {
        let mut previous = PreviousPriorities::new(2);
        let mut table = self.table.clone();
        for &level in tried {
            previous.attempted(usize::from(level));
            table = previous.loads(&self.level_counts(), OVERPROVISION, &self.table);
        }
        let (level, _) = priority::choose(&table, draws.level);
        self.pick_in(level, draws.host, rules)
    }

    #[inline]
    fn pick_in(&mut self, index: usize, draw: u64, rules: &Rules) -> Option<(Host, u8)> {
        let level = self.levels.get_mut(index)?;
        let panic = self.table.panic.get(index).copied().unwrap_or(false);
        let (pool, due, turn) = match &mut level.edf {
            _ if panic => (&level.hosts, &mut level.all_due, &mut level.turn),
            Some(edf) => {
                let zone = &mut level.zones[edf.pick()];
                (&zone.healthy, &mut zone.due, &mut zone.turn)
            }
            None => (&level.healthy, &mut level.due, &mut level.turn),
        };
        if let Some(due) = due {
            let weight = |host| weight_now(&self.endpoints, &self.active, rules.balance, host);
            return Some((due.pick(weight)?, index as u8));
        }
        let host = match rules.balance {
            Balance::LeastRequest => {
                let active = |host: Host| self.active[usize::from(host)];
                balance::least_request_of(pool, active, [draw >> 32, draw & 0xFFFF_FFFF])?
            }
            Balance::RoundRobin => pool[balance::round_robin(pool.len(), turn)?],
            Balance::Random => pool[balance::random(pool.len(), draw)?],
        };
        Some((host, index as u8))
    }

    /// Builds all levels from the endpoint list: ranks without gaps. A level whose endpoints have changed is delivered
    /// at once, whatever its merge window says; `now` is `None` before the run.
    pub(super) fn relist(&mut self, now: Option<SimTime>, rules: &Rules) {
        let mut ranks: Vec<u8> = self.endpoints.iter().filter(|e| e.listed).map(|e| e.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for endpoint in &mut self.endpoints {
            endpoint.level = ranks.iter().position(|&rank| rank == endpoint.rank).unwrap_or(0) as u8;
        }
        // Envoy always has priority 0, be it empty.
        self.levels.resize_with(ranks.len().max(1), LevelView::default);
        for index in 0..self.levels.len() {
            let listed = |&host: &Host| {
                let endpoint = &self.endpoints[usize::from(host)];
                endpoint.listed && usize::from(endpoint.level) == index
            };
            let hosts: Vec<Host> = (0..self.endpoints.len() as Host).filter(listed).collect();
            if self.levels[index].hosts == hosts {
                continue;
            }
            self.levels[index].zones = self.zones_of(&hosts, rules);
            self.levels[index].hosts = hosts;
            self.refresh(index, rules);
            if let Some(now) = now {
                self.levels[index].window.delivered(now);
            }
        }
        self.table = self.loads(rules);
    }

    /// Gives the load balancer the truth about one level.
    pub(super) fn apply(&mut self, index: usize, now: SimTime, rules: &Rules) {
        self.refresh(index, rules);
        if let Some(level) = self.levels.get_mut(index) {
            level.window.delivered(now);
        }
        self.table = self.loads(rules);
    }

    fn refresh(&mut self, index: usize, rules: &Rules) {
        let Some(mut level) = self.levels.get_mut(index).map(std::mem::take) else { return };
        level.healthy.clear();
        level.healthy.extend(level.hosts.iter().filter(|&&host| self.is_healthy(host)));
        for zone in &mut level.zones {
            zone.healthy.clear();
            let inside = |host: &&Host| self.endpoints[usize::from(**host)].site.zone == zone.zone;
            zone.healthy.extend(level.healthy.iter().filter(inside));
            zone.due = self.schedule(&zone.healthy, rules);
        }
        level.due = self.schedule(&level.healthy, rules);
        level.all_due = self.schedule(&level.hosts, rules);
        let weights: Vec<LocalityWeight> = level.zones.iter().map(ZoneView::weight).collect();
        level.edf = locality::scheduler(&weights, OVERPROVISION);
        self.levels[index] = level;
    }

    /// The schedule by which hosts of different weights are picked; `None` where all weigh the same, or nobody looks.
    fn schedule(&self, hosts: &[Host], rules: &Rules) -> Option<Schedule<Host>> {
        let differ = rules.balance != Balance::Random
            && weighted::differ(hosts.iter().map(|&host| self.endpoints[usize::from(host)].weight));
        differ.then(|| {
            Schedule::new(hosts, |host| weight_now(&self.endpoints, &self.active, rules.balance, host))
        })
    }

    fn loads(&self, rules: &Rules) -> Loads {
        priority::loads(&self.level_counts(), OVERPROVISION, rules.panic_percent)
    }

    fn level_counts(&self) -> Vec<Level> {
        self.counts().map(|(healthy, total)| Level { total, healthy, ..Level::default() }).collect()
    }

    /// Zones with their weights; none where zones are not weighed.
    fn zones_of(&self, hosts: &[Host], rules: &Rules) -> Vec<ZoneView> {
        if !rules.weighs_zones() {
            return Vec::new();
        }
        let mut zones: Vec<ZoneView> = Vec::new();
        for &host in hosts {
            let zone = self.endpoints[usize::from(host)].site.zone;
            match zones.iter_mut().find(|known| known.zone == zone) {
                Some(known) => known.total += 1,
                None => zones.push(ZoneView {
                    zone,
                    weight: 0,
                    total: 1,
                    healthy: Vec::new(),
                    due: None,
                    turn: 0,
                }),
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

/// What a host weighs in a schedule at this moment.
fn weight_now(endpoints: &[Endpoint], active: &[u32], balance: Balance, host: Host) -> f64 {
    let host = usize::from(host);
    let weight = f64::from(endpoints[host].weight);
    if balance == Balance::LeastRequest {
        least_request_weight(weight, active[host], ACTIVE_REQUEST_BIAS)
    } else {
        weight
    }
}

impl ZoneView {
    fn weight(&self) -> LocalityWeight {
        LocalityWeight {
            weight: self.weight,
            total: self.total,
            healthy: self.healthy.len() as u32,
            excluded: 0,
        }
    }
}
