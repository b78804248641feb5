//! What crossed, and what the run cost.

use serde::Serialize;

use crate::sim::engine::Engine;
use crate::sim::scenario::RoutingPolicy;

const BYTES_PER_GB: f64 = 1e9;

/// What went over a region boundary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossRegion {
    pub calls: u64,
    pub bytes: u64,
    pub gb_per_hour: Option<f64>,
}

/// What went from one zone of a region to another. AWS bills it at both ends; it is not in the total of
/// [`super::Report::cost_usd_per_hour`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossZone {
    pub calls: u64,
    pub bytes: u64,
    pub gb_per_hour: Option<f64>,
    pub usd_per_hour: Option<f64>,
}

/// Dollars an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Cost {
    pub pods: f64,
    /// The proxies beside them.
    pub mesh: f64,
    /// What joins the clusters: istiod, east-west gateways, Transit Gateway attachments.
    pub control_plane: f64,
    pub dns: Option<f64>,
    /// Between regions: [`super::Report::cross_region`] times a price, and nothing else.
    pub transfer: Option<f64>,
    /// The sum of the parts as they are shown; [`super::Report::cross_zone`] comes on top.
    pub total: f64,
}

pub(super) fn cross_region(engine: &Engine) -> CrossRegion {
    let crossing = engine.meter().crossing;
    let gb_per_hour = hours(engine).map(|hours| crossing.bytes as f64 / BYTES_PER_GB / hours);
    CrossRegion { calls: crossing.calls, bytes: crossing.bytes, gb_per_hour: gb_per_hour.map(thousandths) }
}

pub(super) fn cross_zone(engine: &Engine) -> CrossZone {
    let crossing = engine.meter().zone_crossing;
    let usd = engine.prices().zones_micro(crossing.bytes) as f64 / 1e6;
    CrossZone {
        calls: crossing.calls,
        bytes: crossing.bytes,
        gb_per_hour: hours(engine).map(|hours| thousandths(crossing.bytes as f64 / BYTES_PER_GB / hours)),
        usd_per_hour: hours(engine).map(|hours| thousandths(usd / hours)),
    }
}

pub(super) fn cost(engine: &Engine) -> Cost {
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

fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
