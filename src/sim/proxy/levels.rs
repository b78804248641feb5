//! Priority levels as the load balancer has them, and the pick of an endpoint.

mod zones;

use super::merge_window::MergeWindow;
use super::{Endpoint, OVERPROVISION, Proxy, Rules};
use crate::sim::policy::balance::weighted::{self, ACTIVE_REQUEST_BIAS, Schedule, least_request_weight};
use crate::sim::policy::balance::{self, ZoneRouting, slow_start_factor};
use crate::sim::policy::locality::{self, Edf, LocalityWeight};
use crate::sim::policy::priority::{self, Level, Loads};
use crate::sim::policy::retry::PreviousPriorities;
use crate::sim::scenario::Balance;
use crate::sim::time::SimTime;
use crate::sim::world::Host;

use zones::ZoneView;

/// One priority level.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelView {
    /// All listed endpoints, and those the load balancer takes for healthy.
    pub hosts: Vec<Host>,
    pub healthy: Vec<Host>,
    /// Pick among all of them, and among the healthy ones, where their weights differ or some warm up.
    all_due: Option<Schedule<Host>>,
    due: Option<Schedule<Host>>,
    zones: Vec<ZoneView>,
    /// Under zone-aware routing, the caller's own zone first.
    routing: Option<ZoneRouting>,
    /// Picks a zone by weight, where zones are weighed and some zone has a healthy endpoint.
    edf: Option<Edf>,
    turn: u64,
    /// When changes of health reach the load balancer.
    pub window: MergeWindow,
}

/// The 64 drawn bits that each part of a pick uses.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    pub level: u64,
    pub host: u64,
    /// Only where [`Rules::routes_by_zone`].
    pub zone: u64,
}

impl Proxy {
    /// The endpoint for one request and its level; `None` if nobody healthy is left.
    #[inline]
    pub fn pick(&mut self, draws: Draws, now: SimTime, rules: &Rules) -> Option<(Host, u8)> {
        let (level, _) = priority::choose(&self.table, draws.level);
        self.pick_in(level, draws, now, rules)
    }

    /// The same with the loads moved off the levels tried so far (`retryRemoteLocalities`).
    pub fn pick_elsewhere(
        &mut self,
        tried: &[u8],
        draws: Draws,
        now: SimTime,
        rules: &Rules,
    ) -> Option<(Host, u8)> {
        let mut previous = PreviousPriorities::new(2);
        let mut table = self.table.clone();
        for &level in tried {
            previous.attempted(usize::from(level));
            table = previous.loads(&self.level_counts(), OVERPROVISION, &self.table);
        }
        let (level, _) = priority::choose(&table, draws.level);
        self.pick_in(level, draws, now, rules)
    }

    #[inline]
    fn pick_in(&mut self, index: usize, draws: Draws, now: SimTime, rules: &Rules) -> Option<(Host, u8)> {
        let level = self.levels.get_mut(index)?;
        let panic = self.table.panic.get(index).copied().unwrap_or(false);
        let zone = match (&mut level.edf, &level.routing) {
            _ if panic => None,
            (Some(edf), _) => Some(edf.pick()),
            (None, Some(routing)) => Some(routing.pick([draws.zone >> 32, draws.zone & 0xFFFF_FFFF])),
            (None, None) => None,
        };
        let (pool, due, turn) = match zone.and_then(|zone| level.zones.get_mut(zone)) {
            Some(zone) if !zone.healthy.is_empty() => (&zone.healthy, &mut zone.due, &mut zone.turn),
            _ if panic => (&level.hosts, &mut level.all_due, &mut level.turn),
            _ => (&level.healthy, &mut level.due, &mut level.turn),
        };
        if let Some(due) = due {
            let weight = |host| weight_now(&self.endpoints, &self.active, host, now, rules);
            return Some((due.pick(weight)?, index as u8));
        }
        let draw = draws.host;
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
            self.refresh(index, now.unwrap_or(SimTime::ZERO), rules);
            if let Some(now) = now {
                self.levels[index].window.delivered(now);
            }
        }
        self.table = self.loads(rules);
    }

    /// Gives the load balancer the truth about one level.
    pub(super) fn apply(&mut self, index: usize, now: SimTime, rules: &Rules) {
        self.refresh(index, now, rules);
        if let Some(level) = self.levels.get_mut(index) {
            level.window.delivered(now);
        }
        self.table = self.loads(rules);
    }

    fn refresh(&mut self, index: usize, now: SimTime, rules: &Rules) {
        let Some(mut level) = self.levels.get_mut(index).map(std::mem::take) else { return };
        level.healthy.clear();
        level.healthy.extend(level.hosts.iter().filter(|&&host| self.is_healthy(host)));
        self.begin_warmup(&level.healthy, now, rules);
        for zone in &mut level.zones {
            zone.healthy.clear();
            let inside = |host: &&Host| self.endpoints[usize::from(**host)].site.zone == zone.zone;
            zone.healthy.extend(level.healthy.iter().filter(inside));
            zone.due = self.schedule(&zone.healthy, now, rules);
        }
        level.due = self.schedule(&level.healthy, now, rules);
        level.all_due = self.schedule(&level.hosts, now, rules);
        if rules.weighs_zones() {
            let weights: Vec<LocalityWeight> = level.zones.iter().map(ZoneView::weight).collect();
            level.edf = locality::scheduler(&weights, OVERPROVISION);
        } else if rules.routes_by_zone() && index == 0 {
            level.routing = self.route_by_zone(&level.zones);
        }
        self.levels[index] = level;
    }

    /// The schedule by which hosts of different weights are picked; `None` where all weigh the same and nobody warms
    /// up, or nobody looks.
    fn schedule(&self, hosts: &[Host], now: SimTime, rules: &Rules) -> Option<Schedule<Host>> {
        let differ = || {
            rules.balance != Balance::Random
                && weighted::differ(hosts.iter().map(|&host| self.endpoints[usize::from(host)].weight))
        };
        let scheduled = (hosts.len() > 1 && self.warms_up(now, rules)) || differ();
        scheduled
            .then(|| Schedule::new(hosts, |host| weight_now(&self.endpoints, &self.active, host, now, rules)))
    }

    fn loads(&self, rules: &Rules) -> Loads {
        priority::loads(&self.level_counts(), OVERPROVISION, rules.panic_percent)
    }

    fn level_counts(&self) -> Vec<Level> {
        self.counts().map(|(healthy, total)| Level { total, healthy, ..Level::default() }).collect()
    }
}

/// What a host weighs in a schedule at this moment.
fn weight_now(endpoints: &[Endpoint], active: &[u32], host: Host, now: SimTime, rules: &Rules) -> f64 {
    let host = usize::from(host);
    let mut weight = f64::from(endpoints[host].weight);
    if rules.balance == Balance::LeastRequest {
        weight = least_request_weight(weight, active[host], ACTIVE_REQUEST_BIAS);
    }
    if let (Some(warmup), Some(since)) = (&rules.warmup, endpoints[host].warm_since) {
        weight *= slow_start_factor(warmup, now.since(since));
    }
    weight
}
