//! Which new load tables are news.
//!
//! Proxies of one region see the same things within moments of each other: the first to have a table tells it and those
//! that follow are silent. One that has had it, has left it and comes back to it is news, however soon: the traffic has
//! moved again.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::sim::proxy::Proxy;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::World;

/// The same table from another proxy within this is not news.
const FOLD: SimSpan = SimSpan::from_seconds(15);

/// What has been told of tables.
#[derive(Clone, Debug)]
pub(super) struct News {
    /// For each caller region, service and subset: tables told lately, the last one last.
    tables: Vec<Vec<Table>>,
    /// The signature of the table that each proxy has now.
    held: Vec<Option<u64>>,
}

#[derive(Clone, Debug)]
struct Table {
    signature: u64,
    at: SimTime,
    /// Who has had it since it was told.
    had: Vec<u16>,
}

impl News {
    pub fn new(world: &World) -> Self {
        let (regions, services) = (world.regions.len(), world.services.len());
        let mut tables: Vec<Vec<Table>> = vec![Vec::new(); regions * services * (regions + 1)];
        let mut held = Vec::with_capacity(world.proxies.len());
        for proxy in &world.proxies {
            let signature = signature(proxy);
            held.push(Some(signature));
            tables[place(proxy, services, regions)] =
                vec![Table { signature, at: SimTime::ZERO, had: Vec::new() }];
        }
        Self { tables, held }
    }

    /// Whether the table that a proxy has now is to be told.
    pub fn is_news(&mut self, id: u16, proxy: &Proxy, services: usize, regions: usize, now: SimTime) -> bool {
        let signature = signature(proxy);
        if self.held.len() <= usize::from(id) {
            self.held.resize(usize::from(id) + 1, None);
        }
        if self.held[usize::from(id)].replace(signature) == Some(signature) {
            return false;
        }
        let told = &mut self.tables[place(proxy, services, regions)];
        // Whoever follows the last one told is silent however late. The table of the beginning stands at zero; coming
        // back to it is news however soon.
        let last = told.pop();
        told.retain(|table| table.at > SimTime::ZERO && now.since(table.at) < FOLD);
        told.extend(last);
        let known = told.iter_mut().find(|table| table.signature == signature);
        if let Some(known) = known
            && !known.had.contains(&id)
        {
            known.had.push(id);
            return false;
        }
        told.retain(|table| table.signature != signature);
        told.push(Table { signature, at: now, had: vec![id] });
        true
    }
}

/// What a line about a table says: loads, and the endpoints of the levels that matter for them.
fn signature(proxy: &Proxy) -> u64 {
    let mut loads = proxy.table().healthy_load.as_slice();
    // An empty or idle level more or less moves nobody.
    while let [rest @ .., 0] = loads
        && !rest.is_empty()
    {
        loads = rest;
    }
    let matters = |level: usize| level == 0 || loads.get(level).is_some_and(|&load| load > 0);
    let counts = proxy.counts().enumerate().filter(|(level, _)| matters(*level));
    let counts: Vec<(u32, u32)> = counts.map(|(_, count)| count).collect();
    let mut hasher = DefaultHasher::new();
    // Gateways of the first level and what they weigh: with names, the one that they lead to.
    (loads, counts, proxy.gateways_in(0), proxy.table().total_panic).hash(&mut hasher);
    hasher.finish()
}

/// Where the tables of a proxy are remembered: those of one region's callers of a service, for each subset apart.
fn place(proxy: &Proxy, services: usize, regions: usize) -> usize {
    let callers = usize::from(proxy.site.region) * services + usize::from(proxy.service);
    callers * (regions + 1) + proxy.subset.map_or(0, |region| usize::from(region) + 1)
}
