//! One table of keys for files and for `--set`: which there are, and what each does with its value.

mod control;
mod data;
mod dns;
mod policies;
mod unknown;

use super::{
    Arrivals, Balance, Locality, Mesh, MeshKind, Network, Pick, Scenario, Service, Step, Users, Via, Wire,
};
use super::{linkerd, value};
use crate::sim::near;

/// Regions, services or places told in a message at most.
pub(super) const NAMES_TOLD: usize = 6;

/// Where a key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// In files and after `--set`.
    Anywhere,
    /// It gives the mesh its shape: only in files.
    File,
}

/// A key: its pattern with `<region>` and `<service>` for names, a good value, and where it may be used.
pub(super) struct Key {
    pub pattern: &'static str,
    pub example: &'static str,
    pub used: Use,
}

const fn key(pattern: &'static str, example: &'static str) -> Key {
    Key { pattern, example, used: Use::Anywhere }
}

const fn shape(pattern: &'static str, example: &'static str) -> Key {
    Key { pattern, example, used: Use::File }
}

/// Every key there is, in the order of contracts, section 3.
pub(super) const KEYS: &[Key] = &[
    shape("about", "One line."),
    shape("pattern", "mesh"),
    shape("regions", "us-east-1,us-west-2"),
    shape("zones.<region>", "us-east-1a,us-east-1b"),
    shape("entry.service", "ingress"),
    shape("entry.via", "load-balancer"),
    key("users.<region>.rps", "220"),
    key("users.<region>.arrivals", "poisson"),
    key("users.<region>.writes", "1/200"),
    key("service.<service>.pods.<region>", "4"),
    key("service.<service>.cpu", "1"),
    key("service.<service>.concurrency", "4"),
    key("service.<service>.service_time.median", "2ms"),
    key("service.<service>.service_time.p99", "6ms"),
    shape("service.<service>.calls", "payment,dynamodb"),
    shape("service.<service>.request_bytes", "1000"),
    shape("service.<service>.response_bytes", "24000"),
    shape("data.aurora.writer", "us-east-1"),
    shape("data.aurora.read.median", "1ms"),
    shape("data.aurora.read.p99", "4ms"),
    shape("data.aurora.write.median", "3ms"),
    shape("data.aurora.write.p99", "9ms"),
    key("data.aurora.lag.median", "400ms"),
    key("data.aurora.lag.p99", "1s"),
    key("data.aurora.promotion", "60s"),
    key("data.aurora.switchover", "30s"),
    shape("data.dynamodb.access.median", "2ms"),
    shape("data.dynamodb.access.p99", "8ms"),
    key("data.dynamodb.lag.median", "400ms"),
    key("data.dynamodb.lag.p99", "1s"),
    key("data.dynamodb.consistency", "eventual"),
    key("data.rows", "1000"),
    key("link.rtt", "70ms"),
    key("link.jitter", "2ms"),
    key("zone.rtt", "1ms"),
    key("local.rtt", "0.5ms"),
    key("kubernetes.restart", "10s"),
    key("kubernetes.start", "2s"),
    key("kubernetes.pre_stop", "0s"),
    key("mesh.kind", "istio"),
    key("mesh.istio", "1.31"),
    key("mesh.network", "gateways"),
    key("mesh.locality", "failover-priority"),
    key("mesh.distribute", "95/5"),
    key("mesh.failover", "us-east-1:us-west-2"),
    key("mesh.traffic_distribution", "none"),
    key("mesh.route_weights", "95/5"),
    key("mesh.lb", "least-request"),
    key("mesh.panic_threshold", "0"),
    key("mesh.update_merge_window", "1s"),
    key("mesh.timeout", "none"),
    key("mesh.connect_timeout", "10s"),
    key("mesh.cert_ttl", "24h"),
    key("mesh.outlier.enabled", "true"),
    key("mesh.outlier.consecutive_5xx", "5"),
    key("mesh.outlier.consecutive_gateway_errors", "0"),
    key("mesh.outlier.split_external_local_origin_errors", "false"),
    key("mesh.outlier.consecutive_local_origin_failures", "5"),
    key("mesh.outlier.interval", "10s"),
    key("mesh.outlier.base_ejection_time", "30s"),
    key("mesh.outlier.max_ejection_percent", "100"),
    key("mesh.outlier.min_health_percent", "0"),
    key("mesh.outlier.phase", "0s"),
    key("mesh.retries.attempts", "2"),
    key("mesh.retries.on", "default"),
    key("mesh.retries.per_try_timeout", "none"),
    key("mesh.retries.remote_localities", "false"),
    key("mesh.retries.backoff", "25ms"),
    key("mesh.retries.ignore_previous_hosts", "true"),
    key("mesh.fault.service", "all"),
    key("mesh.fault.delay", "0s"),
    key("mesh.fault.delay_percent", "0/100"),
    key("mesh.fault.abort", "503"),
    key("mesh.fault.abort_percent", "0/100"),
    key("mesh.warmup.duration", "none"),
    key("mesh.warmup.minimum_percent", "10"),
    key("mesh.warmup.aggression", "1"),
    key("mesh.connection_pool.max_requests", "unlimited"),
    key("mesh.connection_pool.max_connections", "unlimited"),
    key("mesh.connection_pool.max_pending", "unlimited"),
    key("mesh.connection_pool.max_retries", "unlimited"),
    key("mesh.linkerd.service", "federated"),
    key("mesh.linkerd.failure_accrual", "false"),
    key("mesh.linkerd.max_failures", "7"),
    key("mesh.linkerd.min_penalty", "1s"),
    key("mesh.linkerd.max_penalty", "60s"),
    key("dns.cluster_ttl", "5s"),
    key("dns.ndots", "5"),
    key("dns.policy", "latency"),
    key("dns.primary", "us-east-1"),
    key("dns.ttl", "60s"),
    key("dns.resolver_overstay", "0s"),
    key("dns.check", "shallow"),
    key("dns.check_interval", "10s"),
    key("dns.check_threshold", "3"),
    key("dns.external_dns.interval", "1m"),
    key("dns.external_dns.owner", "distinct"),
    key("federation.pick", "random"),
    key("registry.consistency", "available"),
];

/// Gives the key at `path` a value. `from` says who asks: a file may use more keys than `--set`.
pub(super) fn assign(scenario: &mut Scenario, path: &[&str], value: &str, from: Use) -> Result<(), String> {
    let Some(key) = KEYS.iter().find(|key| matches(key.pattern, path)) else {
        return Err(unknown::unknown(scenario, path));
    };
    match key.used {
        Use::File if from != Use::File && path == ["pattern"] => {
            return Err(format!("the pattern is not set; write --pattern {value}"));
        }
        Use::File if from != Use::File => {
            return Err(
                "this gives the mesh its shape, so it is set in a scenario file, not by --set".to_owned()
            );
        }
        Use::File | Use::Anywhere => {}
    }
    match path {
        ["users", region, rest] => assign_users(users(scenario, region)?, rest, value),
        ["service", service, rest @ ..] => assign_service(scenario, service, rest, value),
        ["data", rest @ ..] => data::assign(scenario, rest, value),
        ["kubernetes", "start" | "pre_stop"]
        | ["mesh", "cert_ttl"]
        | ["dns", "cluster_ttl" | "ndots"]
        | ["registry", _] => control::assign(&mut scenario.control, path, value),
        ["mesh", "fault", "service"] => policies::assign_fault_service(scenario, value),
        ["mesh", "failover"] => policies::assign_failover(scenario, value),
        ["mesh", rest @ ..] => assign_mesh(&mut scenario.mesh, rest, value),
        ["dns", rest @ ..] => dns::assign(scenario, rest, value),
        ["link" | "zone" | "local", ..] => assign_wire(&mut scenario.wire, path, value),
        ["federation", ..] => value::one_of(value, &Pick::NAMES).map(|pick| scenario.federation = pick),
        ["kubernetes", ..] => value::period(value).map(|span| scenario.restart = span),
        ["entry", rest] => assign_entry(scenario, rest, value),
        _ => assign_top(scenario, path, value),
    }
}

fn matches(pattern: &str, path: &[&str]) -> bool {
    let mut parts = pattern.split('.');
    path.iter().all(|word| parts.next().is_some_and(|part| part.starts_with('<') || part == *word))
        && parts.next().is_none()
}

fn users<'a>(scenario: &'a mut Scenario, region: &str) -> Result<&'a mut Users, String> {
    let index = region_index(scenario, region)?;
    Ok(&mut scenario.users[index])
}

/// The region of that name.
pub(super) fn region_index(scenario: &Scenario, name: &str) -> Result<usize, String> {
    index_of(name, "region", scenario.regions())
}

/// The service of that name.
pub(super) fn service_index(scenario: &Scenario, name: &str) -> Result<usize, String> {
    index_of(name, "service", scenario.services())
}

fn index_of<'a>(name: &str, kind: &str, names: impl Iterator<Item = &'a str>) -> Result<usize, String> {
    let names: Vec<&str> = names.collect();
    names.iter().position(|known| *known == name).ok_or_else(|| {
        let hint = near::hint(name, names.iter().copied());
        format!("there is no {kind} '{name}'; there is {}{hint}", near::told(&names, NAMES_TOLD))
    })
}

fn assign_users(users: &mut Users, key: &str, value: &str) -> Result<(), String> {
    match key {
        "rps" => users.rate_milli = value::rate_milli(value)?,
        "arrivals" => {
            let choices = [("poisson", Arrivals::Poisson), ("constant", Arrivals::Constant)];
            users.arrivals = value::one_of(value, &choices)?;
        }
        _ => users.writes = value::ratio(value)?,
    }
    Ok(())
}

fn assign_service(scenario: &mut Scenario, name: &str, rest: &[&str], value: &str) -> Result<(), String> {
    let index = service_index(scenario, name)?;
    if let ["pods", region] = rest {
        let region = region_index(scenario, region)?;
        scenario.services[index].pods[region] = value::whole(value, 0, 1000)?;
        return Ok(());
    }
    if let ["calls"] = rest {
        let calls: Vec<&str> = value.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let steps = calls.into_iter().map(|name| step(scenario, name)).collect::<Result<_, _>>()?;
        scenario.services[index].steps = steps;
        return Ok(());
    }
    let service: &mut Service = &mut scenario.services[index];
    match rest {
        ["cpu"] => service.cpu_milli = value::cpu_milli(value)?,
        ["concurrency"] => service.concurrency = value::whole(value, 1, 4096)?,
        ["service_time", "median"] => service.median = value::span(value)?,
        ["service_time", _] => service.p99 = value::span(value)?,
        ["request_bytes"] => service.request_bytes = value::bytes(value)?,
        _ => service.response_bytes = value::bytes(value)?,
    }
    Ok(())
}

fn step(scenario: &Scenario, name: &str) -> Result<Step, String> {
    match name {
        "aurora" => Ok(Step::Aurora),
        "dynamodb" => Ok(Step::DynamoDb),
        _ => service_index(scenario, name).map(Step::Call),
    }
}

fn assign_wire(wire: &mut Wire, path: &[&str], value: &str) -> Result<(), String> {
    let span = value::span(value)?;
    match path {
        ["link", "rtt"] => wire.link_rtt = span,
        ["link", _] => wire.link_jitter = span,
        ["zone", _] => wire.zone_rtt = span,
        _ => wire.local_rtt = span,
    }
    Ok(())
}

fn assign_entry(scenario: &mut Scenario, key: &str, value: &str) -> Result<(), String> {
    if key == "service" {
        scenario.entry.service = service_index(scenario, value)?;
    } else {
        let choices = [("load-balancer", Via::LoadBalancer), ("client-proxy", Via::ClientProxy)];
        scenario.entry.via = value::one_of(value, &choices)?;
    }
    Ok(())
}

fn assign_top(scenario: &mut Scenario, path: &[&str], value: &str) -> Result<(), String> {
    if let ["zones", region] = path {
        let index = region_index(scenario, region)?;
        scenario.regions[index].zones = value.split(',').map(str::trim).map(str::to_owned).collect();
    } else if path == ["about"] {
        value.clone_into(&mut scenario.about);
    } else if path == ["pattern"] {
        scenario.pattern = value.parse()?;
        scenario.own_pattern = scenario.pattern;
    }
    // `regions` itself was read before anything else, as was the list of services.
    Ok(())
}

fn assign_mesh(mesh: &mut Mesh, rest: &[&str], value: &str) -> Result<(), String> {
    match rest {
        ["kind"] => {
            let choices = [("istio", MeshKind::Istio), ("linkerd", MeshKind::Linkerd)];
            mesh.kind = value::one_of(value, &choices)?;
        }
        ["linkerd", key] => linkerd::assign(&mut mesh.linkerd, key, value)?,
        ["istio"] => mesh.istio = value.parse()?,
        ["network"] => mesh.network = value::one_of(value, &Network::NAMES)?,
        ["locality"] => {
            let choices = [
                ("off", Locality::Off),
                ("failover", Locality::Failover),
                ("failover-priority", Locality::FailoverPriority),
                ("distribute", Locality::Distribute),
                ("zone-aware", Locality::ZoneAware),
            ];
            mesh.locality = value::one_of(value, &choices)?;
        }
        ["distribute"] => mesh.distribute = value::split(value)?,
        ["lb"] => {
            let choices = [
                ("least-request", Balance::LeastRequest),
                ("round-robin", Balance::RoundRobin),
                ("random", Balance::Random),
            ];
            mesh.lb = value::one_of(value, &choices)?;
        }
        ["panic_threshold"] => mesh.panic_threshold = Some(value::whole(value, 0, 100)?),
        ["update_merge_window"] => mesh.update_merge_window = value::span(value)?,
        ["timeout"] => mesh.timeout = value::span_or_none(value)?,
        ["connect_timeout"] => mesh.connect_timeout = value::period(value)?,
        ["route_weights"] => mesh.route_weights = policies::split_or_none(value)?,
        ["traffic_distribution"] => {
            let choices = [("none", false), ("prefer-close", true), ("prefer-same-zone", true)];
            mesh.prefer_close = value::one_of(value, &choices)?;
        }
        ["fault", key] => policies::assign_fault(mesh, key, value)?,
        ["warmup", key] => policies::assign_warmup(mesh, key, value)?,
        ["connection_pool", key] => policies::assign_pool(mesh, key, value)?,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_takes_its_example() {
        for key in KEYS {
            let mut scenario = Scenario::shipped("two-regions").unwrap();
            let path = key.pattern.replace("<region>", "us-east-1").replace("<service>", "checkout");
            let path: Vec<&str> = path.split('.').collect();
            assert_eq!(assign(&mut scenario, &path, key.example, Use::File), Ok(()), "{}", key.pattern);
        }
    }
}
