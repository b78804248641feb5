//! The keys `dns.*`.

use super::super::dns::{CheckDepth, Owner, RoutingPolicy};
use super::{Scenario, region_index, value};
use crate::sim::time::SimSpan;

/// Checks more often than this would be a load and not a check.
const INTERVAL_MIN: SimSpan = SimSpan::from_millis(100);

pub(super) const POLICIES: [(&str, RoutingPolicy); 2] =
    [("latency", RoutingPolicy::Latency), ("failover", RoutingPolicy::Failover)];
pub(super) const DEPTHS: [(&str, CheckDepth); 2] =
    [("shallow", CheckDepth::Shallow), ("deep", CheckDepth::Deep)];
pub(super) const OWNERS: [(&str, Owner); 2] = [("distinct", Owner::Distinct), ("same", Owner::Same)];

pub(super) fn assign(scenario: &mut Scenario, rest: &[&str], value: &str) -> Result<(), String> {
    if rest == ["primary"] {
        scenario.dns.primary = region_index(scenario, value)?;
        return Ok(());
    }
    let dns = &mut scenario.dns;
    match rest {
        ["policy"] => dns.policy = value::one_of(value, &POLICIES)?,
        ["ttl"] => dns.ttl = value::span(value)?,
        ["resolver_overstay"] => dns.resolver_overstay = value::span(value)?,
        ["check"] => dns.check = value::one_of(value, &DEPTHS)?,
        ["check_interval"] => dns.check_interval = interval(value)?,
        ["check_threshold"] => dns.check_threshold = value::whole(value, 1, 1000)?,
        ["external_dns", "interval"] => dns.external_dns_interval = interval(value)?,
        ["external_dns", _] => dns.external_dns_owner = value::one_of(value, &OWNERS)?,
        _ => {}
    }
    Ok(())
}

fn interval(value: &str) -> Result<SimSpan, String> {
    let span = value::span(value)?;
    if span < INTERVAL_MIN {
        return Err(format!("{value} is too short; write at least {INTERVAL_MIN}"));
    }
    Ok(span)
}
