//! What a run came to: the object by pattern of `eastwest sim --json` (contracts, section 4).
//!
//! What did not happen is null; so is what is not simulated yet.

mod data;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::sim::engine::Engine;
use crate::sim::proxy::Proxy;
use crate::sim::scenario::{Locality, RoutingPolicy};
use crate::sim::time::{SimSpan, SimTime};

pub use data::Data;

const BYTES_PER_GB: f64 = 1e9;

/// A finished count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    pub requests: Requests,
    /// Of finished requests.
    pub success_percent: Option<f64>,
    pub latency_ms: Latency,
    /// By called service, then by the caller's region.
    pub calls: BTreeMap<String, BTreeMap<String, Calls>>,
    /// By the users' region; null where users come through no load balancer.
    pub users: Option<BTreeMap<String, Users>>,
    pub dns: Dns,
    pub cross_region: CrossRegion,
    /// Between zones of a region.
    pub cross_zone: CrossZone,
    pub cost_usd_per_hour: Cost,
    pub data: Data,
    pub recovered_ms: Option<u64>,
    pub digest: String,
}

/// Users' requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requests {
    pub issued: u64,
    pub ok: u64,
    pub failed: u64,
    pub retries: u64,
    pub open: u64,
}

/// Of requests that went well.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Latency {
    pub p50: Option<f64>,
    pub p90: Option<f64>,
    pub p95: Option<f64>,
    pub p99: Option<f64>,
    pub max: Option<f64>,
}

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

/// Requests of the users of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Users {
    /// By the region whose load balancer they were sent to.
    pub to: BTreeMap<String, u64>,
}

/// Names: Route 53's records for users, and the clusters' own DNS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dns {
    /// Questions of resolvers that Route 53 answered; `None` where users come through no load balancer.
    pub queries: Option<u64>,
    /// From the start of the last intervention that is not a heal to the first record found unhealthy.
    pub detected_ms: Option<u64>,
    /// From the same start until no resolver keeps an answer from before that.
    pub moved_ms: Option<u64>,
    /// Queries to the clusters' own DNS, A and AAAA and every search suffix counted.
    pub cluster_queries: u64,
}

/// What went from one zone of a region to another. AWS bills it at both ends; it is not in the total of
/// [`Report::cost_usd_per_hour`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossZone {
    pub calls: u64,
    pub bytes: u64,
    pub gb_per_hour: Option<f64>,
    pub usd_per_hour: Option<f64>,
}

/// What went over a region boundary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossRegion {
    pub calls: u64,
    pub bytes: u64,
    pub gb_per_hour: Option<f64>,
}

/// Dollars an hour.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cost {
    pub pods: f64,
    /// The proxies beside them.
    pub mesh: f64,
    /// What joins the clusters: istiod, east-west gateways, Transit Gateway attachments.
    pub control_plane: f64,
    pub dns: Option<f64>,
    /// Between regions: [`Report::cross_region`] times a price, and nothing else.
    pub transfer: Option<f64>,
    /// The sum of the parts as they are shown; [`Report::cross_zone`] comes on top.
    pub total: f64,
}

/// The proxy whose table most proxies of a group hold, and whether some hold another.
pub(super) struct Majority<'a> {
    pub proxy: &'a Proxy,
    pub differ: bool,
}

/// The table held by most; of equals, that of the lowest pod.
pub(super) fn majority<'a>(proxies: impl Iterator<Item = &'a Proxy>) -> Option<Majority<'a>> {
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

impl Report {
    /// What an engine has counted so far.
    pub(super) fn of(engine: &Engine) -> Self {
        let meter = engine.meter();
        let (ok, failed) = (meter.requests.ok, meter.requests.failed);
        let at = |percent| meter.latency.percentile(percent).map(millis);
        Self {
            requests: Requests {
                issued: meter.requests.issued,
                ok,
                failed,
                retries: meter.requests.retries,
                open: meter.requests.issued - ok - failed,
            },
            success_percent: percent(ok, ok + failed),
            latency_ms: Latency {
                p50: at(50.0),
                p90: at(90.0),
                p95: at(95.0),
                p99: at(99.0),
                max: (ok > 0).then(|| millis(meter.requests.slowest)),
            },
            calls: calls(engine),
            users: users(engine),
            dns: dns(engine),
            cross_region: cross_region(engine),
            cross_zone: cross_zone(engine),
            cost_usd_per_hour: cost(engine),
            data: Data::of(engine),
            recovered_ms: engine
                .last_break()
                .and_then(|since| meter.recovered(since, engine.now()))
                .map(|span| span.nanos() / 1_000_000),
            digest: engine.digest(),
        }
    }

    /// The object by pattern.
    pub fn to_json(&self) -> serde_json::Value {
        // Numbers, texts and maps of them always have a JSON form.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The number at a dotted path into [`Report::to_json`], lists by index: `calls.payment.us-east-1.load_percent.0`.
    /// `None` if there is none, or if it did not happen.
    pub fn number(&self, path: &str) -> Option<f64> {
        let json = self.to_json();
        let step = |value: &serde_json::Value, key: &str| match value {
            serde_json::Value::Array(items) => items.get(key.parse::<usize>().ok()?).cloned(),
            other => other.get(key).cloned(),
        };
        path.split('.').try_fold(json, |value, key| step(&value, key))?.as_f64()
    }
}

fn calls(engine: &Engine) -> BTreeMap<String, BTreeMap<String, Calls>> {
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

fn users(engine: &Engine) -> Option<BTreeMap<String, Users>> {
    engine.world().route53.as_ref()?;
    let names = || engine.scenario().regions().map(str::to_owned);
    let to = |region| names().zip(engine.meter().users_to(region).0.iter().copied()).collect();
    Some(names().enumerate().map(|(region, name)| (name, Users { to: to(region) })).collect())
}

fn dns(engine: &Engine) -> Dns {
    let route53 = engine.world().route53.as_ref();
    let since_break = |at: Option<SimTime>| {
        let (since, at) = engine.last_break().zip(at)?;
        (at >= since).then(|| at.since(since).nanos() / 1_000_000)
    };
    Dns {
        queries: route53.map(|_| engine.meter().dns_queries),
        detected_ms: since_break(route53.and_then(|route53| route53.detected)),
        moved_ms: since_break(route53.and_then(|route53| route53.moved)),
        cluster_queries: engine.meter().cluster_queries,
    }
}

fn cross_zone(engine: &Engine) -> CrossZone {
    let crossing = engine.meter().zone_crossing;
    let usd = engine.prices().zones_micro(crossing.bytes) as f64 / 1e6;
    CrossZone {
        calls: crossing.calls,
        bytes: crossing.bytes,
        gb_per_hour: hours(engine).map(|hours| thousandths(crossing.bytes as f64 / BYTES_PER_GB / hours)),
        usd_per_hour: hours(engine).map(|hours| thousandths(usd / hours)),
    }
}

fn cross_region(engine: &Engine) -> CrossRegion {
    let crossing = engine.meter().crossing;
    let gb_per_hour = hours(engine).map(|hours| crossing.bytes as f64 / BYTES_PER_GB / hours);
    CrossRegion { calls: crossing.calls, bytes: crossing.bytes, gb_per_hour: gb_per_hour.map(thousandths) }
}

fn cost(engine: &Engine) -> Cost {
    let (prices, meter) = (engine.prices(), engine.meter());
    let usd = |micro: f64| thousandths(micro / 1e6);
    let an_hour = |micro: u64| hours(engine).map(|hours| usd(micro as f64 / hours));
    let standing = engine.bill_standing();
    let mean = meter.ledger.mean().unwrap_or(standing);
    // Latency records cost more a query than simple ones.
    let latency = engine.scenario().dns.policy == RoutingPolicy::Latency;
    let queries = an_hour(prices.queries_micro(meter.dns_queries, latency));
    let dns = queries
        .filter(|_| engine.world().route53.is_some())
        .map(|queries| thousandths(usd(standing.dns as f64) + queries));
    let mut cost = Cost {
        pods: usd(mean.pods as f64),
        mesh: usd(mean.mesh as f64),
        control_plane: usd((mean.control_plane + mean.attachments) as f64),
        dns,
        transfer: an_hour(prices.transfer_micro(meter.crossing.bytes)),
        total: 0.0,
    };
    let counted = [cost.dns, cost.transfer].into_iter().flatten().sum::<f64>();
    cost.total = thousandths(cost.pods + cost.mesh + cost.control_plane + counted);
    cost
}

/// How long has been counted; `None` if not at all.
fn hours(engine: &Engine) -> Option<f64> {
    let counted = engine.now().since(engine.meter().from).nanos();
    (counted > 0).then(|| counted as f64 / 3.6e12)
}

fn millis(span: SimSpan) -> f64 {
    hundredths(span.as_millis_f64())
}

/// Two decimals.
fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| hundredths(100.0 * part as f64 / whole as f64))
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
