//! What a run came to: the object by pattern of `eastwest sim --json` (`docs/sim-json.md`).
//!
//! What did not happen, or could not, is null.

mod bill;
mod calls;
mod data;
pub mod print;
pub mod tree;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::sim::engine::Engine;
use crate::sim::time::{SimSpan, SimTime};

pub use bill::{Cost, CrossRegion, CrossZone};
pub use calls::{Calls, Table};
pub use data::Data;

pub(super) use calls::majority;

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
                max: meter.latency.longest().map(millis),
            },
            calls: calls::calls(engine),
            users: users(engine),
            dns: dns(engine),
            cross_region: bill::cross_region(engine),
            cross_zone: bill::cross_zone(engine),
            cost_usd_per_hour: bill::cost(engine),
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

fn millis(span: SimSpan) -> f64 {
    hundredths(span.as_millis_f64())
}

/// Two decimals.
fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| hundredths(100.0 * part as f64 / whole as f64))
}

/// Rounded to two decimals, as a report's numbers are.
#[must_use]
pub fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
