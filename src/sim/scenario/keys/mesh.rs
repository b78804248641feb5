//! The `mesh.*` keys.

use super::policies::{assign_fault, assign_pool, assign_warmup, split_or_none};
use super::value;
use crate::sim::scenario::{Balance, Locality, Mesh, MeshKind, Network, linkerd};

pub(super) const KINDS: [(&str, MeshKind); 2] = [("istio", MeshKind::Istio), ("linkerd", MeshKind::Linkerd)];
pub(super) const LOCALITIES: [(&str, Locality); 5] = [
    ("off", Locality::Off),
    ("failover", Locality::Failover),
    ("failover-priority", Locality::FailoverPriority),
    ("distribute", Locality::Distribute),
    ("zone-aware", Locality::ZoneAware),
];
pub(super) const BALANCES: [(&str, Balance); 3] = [
    ("least-request", Balance::LeastRequest),
    ("round-robin", Balance::RoundRobin),
    ("random", Balance::Random),
];

/// `mesh.*` but for what names a service or a region.
pub(super) fn assign(mesh: &mut Mesh, rest: &[&str], value: &str) -> Result<(), String> {
    match rest {
        ["kind"] => mesh.kind = value::one_of(value, &KINDS)?,
        ["linkerd", key] => linkerd::assign(&mut mesh.linkerd, key, value)?,
        ["istio"] => mesh.istio = value.parse()?,
        ["network"] => mesh.network = value::one_of(value, &Network::NAMES)?,
        ["locality"] => mesh.locality = value::one_of(value, &LOCALITIES)?,
        ["distribute"] => mesh.distribute = value::split(value)?,
        ["lb"] => mesh.lb = value::one_of(value, &BALANCES)?,
        ["panic_threshold"] if value == "istio" => mesh.panic_threshold = None,
        ["panic_threshold"] => {
            let wrong = || {
                format!(
                    "'{value}' is no threshold; write istio, for what Istio would send, or a percentage from 0 to 100"
                )
            };
            mesh.panic_threshold = Some(value::whole(value, 0, 100).map_err(|_| wrong())?);
        }
        ["update_merge_window"] => mesh.update_merge_window = value::span(value)?,
        ["timeout"] => mesh.timeout = value::span_or_none(value)?,
        ["connect_timeout"] => mesh.connect_timeout = value::period(value)?,
        ["route_weights"] => mesh.route_weights = split_or_none(value)?,
        ["traffic_distribution"] => {
            let choices = [("none", false), ("prefer-close", true), ("prefer-same-zone", true)];
            mesh.prefer_close = value::one_of(value, &choices)?;
        }
        ["fault", key] => assign_fault(mesh, key, value)?,
        ["warmup", key] => assign_warmup(mesh, key, value)?,
        ["connection_pool", key] => assign_pool(mesh, key, value)?,
        ["outlier", key] => assign_outlier(mesh, key, value)?,
        [_, key] => assign_retries(mesh, key, value)?,
        _ => {}
    }
    Ok(())
}

fn assign_outlier(mesh: &mut Mesh, key: &str, value: &str) -> Result<(), String> {
    let outlier = &mut mesh.outlier;
    match key {
        "enabled" => outlier.enabled = value::truth(value)?,
        "consecutive_5xx" => outlier.consecutive_5xx = value::whole(value, 0, 1_000_000)?,
        "consecutive_gateway_errors" => {
            outlier.consecutive_gateway_errors = value::whole(value, 0, 1_000_000)?;
        }
        "split_external_local_origin_errors" => {
            outlier.split_external_local_origin_errors = value::truth(value)?;
        }
        "consecutive_local_origin_failures" => {
            outlier.consecutive_local_origin_failures = value::whole(value, 0, 1_000_000)?;
        }
        "interval" => outlier.interval = value::period(value)?,
        "base_ejection_time" => outlier.base_ejection_time = value::period(value)?,
        "max_ejection_percent" => outlier.max_ejection_percent = value::whole(value, 0, 100)?,
        "min_health_percent" => outlier.min_health_percent = value::whole(value, 0, 100)?,
        _ => outlier.phase = Some(value::span(value)?),
    }
    Ok(())
}

fn assign_retries(mesh: &mut Mesh, key: &str, value: &str) -> Result<(), String> {
    let retries = &mut mesh.retries;
    match key {
        "attempts" => retries.attempts = value::whole(value, 0, 10)?,
        "on" => retries.on = value::retry_on(value)?,
        "per_try_timeout" => retries.per_try_timeout = value::span_or_none(value)?,
        "backoff" => retries.backoff = value::period(value)?,
        "ignore_previous_hosts" => retries.ignore_previous_hosts = value::truth(value)?,
        _ => retries.remote_localities = value::truth(value)?,
    }
    Ok(())
}
