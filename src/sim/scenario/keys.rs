//! One table of keys for files and for `--set`: which there are, and what each does with its value.

mod control;
mod data;
mod dns;
mod mesh;
mod policies;
mod table;
mod told;
mod unknown;

use super::value;
use super::{Arrivals, Pick, Scenario, Service, Step, Users, Via, Wire};
use crate::sim::near;

/// What a service calls for one request: steps are counted in 8 bits.
const STEPS_MAX: usize = 64;

pub(super) use table::{KEYS, Use};

/// Regions, services or places told in a message at most.
pub(super) const NAMES_TOLD: usize = 6;

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
        ["mesh", rest @ ..] => mesh::assign(&mut scenario.mesh, rest, value),
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
        if calls.len() > STEPS_MAX {
            return Err(format!(
                "{} calls are more than the {STEPS_MAX} that one service can make",
                calls.len()
            ));
        }
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
        scenario.entry.via = value::one_of(value, &Via::NAMES)?;
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
