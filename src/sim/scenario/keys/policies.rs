//! The keys of policies that are off unless somebody asks for them.

use super::{region_index, service_index, value};
use crate::sim::policy::pool::UNLIMITED;
use crate::sim::scenario::{Mesh, Scenario};

/// `mesh.connection_pool.*`.
pub(super) fn assign_pool(mesh: &mut Mesh, key: &str, value: &str) -> Result<(), String> {
    let limit = limit(value)?;
    let pool = &mut mesh.pool;
    match key {
        "max_requests" => pool.max_requests = limit,
        "max_connections" => pool.max_connections = limit,
        "max_pending" => pool.max_pending = limit,
        _ => pool.max_retries = limit,
    }
    Ok(())
}

/// A count or `unlimited`. Istio takes a 0 for "not set", so that nobody can mean 0 by it.
fn limit(value: &str) -> Result<u32, String> {
    if value == "unlimited" {
        return Ok(UNLIMITED);
    }
    value::whole(value, 1, 1_000_000)
        .map_err(|_| format!("'{value}' is not a limit; write unlimited or a whole number from 1 to 1000000"))
}

/// Two weights or `none`.
pub(super) fn split_or_none(value: &str) -> Result<Option<(u32, u32)>, String> {
    if value == "none" { Ok(None) } else { value::split(value).map(Some) }
}

/// `all`, or the one service whose calls faults are injected into.
pub(super) fn assign_fault_service(scenario: &mut Scenario, value: &str) -> Result<(), String> {
    let service = if value == "all" { None } else { Some(service_index(scenario, value)?) };
    scenario.mesh.fault.service = service;
    Ok(())
}

/// `mesh.fault.*` but for the service.
pub(super) fn assign_fault(mesh: &mut Mesh, key: &str, value: &str) -> Result<(), String> {
    let fault = &mut mesh.fault;
    match key {
        "delay" => fault.delay = value::span(value)?,
        "delay_percent" => fault.delay_percent = value::ratio(value)?,
        "abort" => fault.abort = value::whole(value, 400, 599)? as u16,
        _ => fault.abort_percent = value::ratio(value)?,
    }
    Ok(())
}

/// `mesh.warmup.*`.
pub(super) fn assign_warmup(mesh: &mut Mesh, key: &str, value: &str) -> Result<(), String> {
    let warmup = &mut mesh.warmup;
    match key {
        "duration" => warmup.duration = value::span_or_none(value)?,
        "minimum_percent" => warmup.minimum_percent = value::whole(value, 0, 100)?,
        _ => warmup.aggression_milli = aggression(value)?,
    }
    Ok(())
}

/// Thousandths of Istio's `aggression`, which is at least 1.
fn aggression(value: &str) -> Result<u32, String> {
    value::rate_milli(value)
        .ok()
        .filter(|milli| (1000..=100_000).contains(milli))
        .map(|milli| milli as u32)
        .ok_or_else(|| {
            format!("'{value}' is not an aggression; write a number from 1 to 100, such as 1 or 1.5")
        })
}

/// `us-east-1:us-west-2,…`: callers of one region prefer another. `none` takes all rules away.
pub(super) fn assign_failover(scenario: &mut Scenario, value: &str) -> Result<(), String> {
    let mut rules = Vec::new();
    for rule in value.split(',').map(str::trim).filter(|_| value != "none") {
        let (from, to) = rule.split_once(':').ok_or_else(|| {
            format!("'{rule}' is not a rule; write FROM:TO with two regions, such as us-east-1:us-west-2")
        })?;
        let (from, to) = (region_index(scenario, from.trim())?, region_index(scenario, to.trim())?);
        if from == to {
            return Err(format!("'{rule}' leads nowhere; write two different regions"));
        }
        rules.push((from, to));
    }
    scenario.mesh.failover = rules;
    Ok(())
}
