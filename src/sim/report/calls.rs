//! Calls between services, and the load tables that callers hold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{hundredths, percent};
use crate::sim::engine::Engine;
use crate::sim::proxy::Proxy;
use crate::sim::scenario::Locality;

/// Calls to one service by proxies of one region.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calls {
    pub total: u64,
    pub ok: u64,
    /// Tries sent to each region.
    pub to: BTreeMap<String, u64>,
    pub local_percent: Option<f64>,
    pub local_ok_percent: Option<f64>,
    #[serde(flatten)]
    pub table: Table,
    pub proxies_differ: bool,
    /// By the callers' zone, where zones have different tables.
    pub zones: Option<BTreeMap<String, Table>>,
    /// By region, under `distribute` or route weights.
    pub weights_percent: Option<BTreeMap<String, f64>>,
}

/// What most proxies hold at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Percent for each priority.
    pub load_percent: Vec<u32>,
    pub ejected_now: u64,
}

/// The proxy whose table most proxies of a group hold, and whether some hold another.
pub(in crate::sim) struct Majority<'a> {
    pub proxy: &'a Proxy,
    pub differ: bool,
}

/// The table held by most; of equals, that of the lowest pod.
pub(in crate::sim) fn majority<'a>(proxies: impl Iterator<Item = &'a Proxy>) -> Option<Majority<'a>> {
    let proxies: Vec<&Proxy> = proxies.collect();
    let same = |one: &Proxy, other: &Proxy| {
        one.table() == other.table()
            && one.counts().eq(other.counts())
            && one.ejected_count() == other.ejected_count()
    };
    let votes = |proxy: &Proxy| proxies.iter().filter(|other| same(proxy, other)).count();
    let mut best: Option<(usize, &Proxy)> = None;
    for &proxy in &proxies {
        let count = votes(proxy);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, proxy));
        }
    }
    best.map(|(count, proxy)| Majority { proxy, differ: count < proxies.len() })
}

pub(super) fn calls(engine: &Engine) -> BTreeMap<String, BTreeMap<String, Calls>> {
    let mut all: BTreeMap<String, BTreeMap<String, Calls>> = BTreeMap::new();
    for (service, name) in engine.scenario().services().enumerate() {
        for (region, region_name) in engine.scenario().regions().enumerate() {
            if let Some(calls) = calls_of(engine, service, region) {
                all.entry(name.to_owned()).or_default().insert(region_name.to_owned(), calls);
            }
        }
    }
    all
}

/// `None` where no proxy of the region calls the service.
fn calls_of(engine: &Engine, service: usize, region: usize) -> Option<Calls> {
    let held = majority(engine.callers(region, service))?;
    let counted = engine.meter().calls(service, region);
    let names = || engine.scenario().regions().map(str::to_owned);
    let sent: u64 = counted.to.iter().sum();
    let distribute = engine.rules().locality == Locality::Distribute;
    let weights = weights(engine, held.proxy, region, distribute)
        .map(|shares| names().zip(shares.into_iter().map(hundredths)).collect());
    Some(Calls {
        total: counted.total,
        ok: counted.ok,
        to: names().zip(counted.to.iter().copied()).collect(),
        local_percent: percent(counted.to[region], sent),
        local_ok_percent: percent(counted.local_ok, counted.local_ended),
        table: table(engine, held.proxy),
        proxies_differ: held.differ,
        zones: zones(engine, service, region),
        weights_percent: weights,
    })
}

/// The tables by the callers' zone, if zones do not agree.
fn zones(engine: &Engine, service: usize, region: usize) -> Option<BTreeMap<String, Table>> {
    let zones = &engine.scenario().regions[region].zones;
    let first = engine.scenario().regions[..region].iter().map(|region| region.zones.len()).sum::<usize>();
    let of_zone = |index: usize| {
        let callers = engine.callers(region, service);
        majority(callers.filter(move |proxy| usize::from(proxy.site.zone) == first + index))
    };
    let tables: BTreeMap<String, Table> = zones
        .iter()
        .enumerate()
        .filter_map(|(index, zone)| Some((zone.clone(), table(engine, of_zone(index)?.proxy))))
        .collect();
    let mut seen = tables.values();
    let differ = seen.next().is_some_and(|one| seen.any(|other| other != one));
    differ.then_some(tables)
}

/// The share of calls that each region gets, in percent: what `distribute` has come to, or a route's weights as written.
fn weights(engine: &Engine, proxy: &Proxy, region: usize, distribute: bool) -> Option<Vec<f64>> {
    let regions = engine.world().regions.len();
    if let Some((own, other)) = engine.rules().route_weights {
        let others = f64::from(other) / (regions.max(2) - 1) as f64;
        return Some((0..regions).map(|at| if at == region { f64::from(own) } else { others }).collect());
    }
    distribute.then(|| proxy.region_shares(regions).into_iter().map(|share| 100.0 * share).collect())
}

fn table(engine: &Engine, proxy: &Proxy) -> Table {
    Table { load_percent: proxy.table().healthy_load.clone(), ejected_now: engine.ejected_by(proxy) }
}
