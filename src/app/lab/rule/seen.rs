//! What a rule comes to in this mesh, by the integers that decide it.

use crate::sim::policy::dns::{CheckedRecord, dns_failover};
use crate::sim::policy::outlier::{OutlierConfig, eject_max};
use crate::sim::policy::priority::{Level, OVERPROVISION_DEFAULT, loads};
use crate::sim::{Pattern, Scenario, SimSpan};

/// One sentence of arithmetic; `None` where there is nothing exact to say.
#[must_use]
pub fn sentence(key: &str, scenario: &Scenario) -> Option<String> {
    match key {
        "mesh.outlier.max_ejection_percent" => ejectable(scenario),
        "mesh.locality" => spill(scenario),
        key if key.starts_with("dns.") && key != "dns.policy" && key != "dns.check" => moved(scenario),
        "mesh.outlier.base_ejection_time" | "mesh.outlier.interval" => out(scenario),
        _ => None,
    }
}

/// Pods of the last service of the chain in the first region, and in all of them.
fn pods(scenario: &Scenario) -> Option<(String, u32, u32)> {
    let service = scenario.services().last()?.to_owned();
    let own = scenario.pods(scenario.regions().next()?, &service);
    let all = scenario.regions().map(|region| scenario.pods(region, &service)).sum();
    Some((service, own, all))
}

fn number<T: std::str::FromStr>(scenario: &Scenario, key: &str) -> Option<T> {
    scenario.told(key)?.parse().ok()
}

/// A caller's list is as long as the service has pods, but where gateways stand for the other regions.
fn hosts(scenario: &Scenario) -> Option<(String, u32)> {
    let (service, own, all) = pods(scenario)?;
    let gateways = scenario.regions().count() as u32 - 1;
    let flat = scenario.told("mesh.network")? == "flat";
    Some((service, if flat { all } else { own + gateways }))
}

fn ejectable(scenario: &Scenario) -> Option<String> {
    let (service, hosts) = hosts(scenario)?;
    let percent = number(scenario, "mesh.outlier.max_ejection_percent")?;
    let config = OutlierConfig { max_ejection_percent: percent, ..OutlierConfig::default() };
    let most = eject_max(&config, hosts as usize);
    Some(format!(
        "{service} is {hosts} hosts to a caller: {hosts} × {percent} % lets each proxy eject {most} at once."
    ))
}

/// What stays when half of the own pods are well, under the two rules that make levels of regions.
fn spill(scenario: &Scenario) -> Option<String> {
    let by_region = scenario.told("mesh.locality")? == "failover-priority"
        && scenario.told("mesh.outlier.enabled")? == "true";
    let (service, own, all) = pods(scenario)?;
    if !by_region
        || own < 2
        || all == own
        || scenario.pattern() != Pattern::Mesh
        || scenario.told("mesh.kind")? != "istio"
    {
        return None;
    }
    let half = own / 2;
    let level = |healthy, total| Level { total, healthy, ..Level::default() };
    let table = loads(
        &[level(half, own), level(all - own, all - own)],
        OVERPROVISION_DEFAULT,
        scenario.panic_percent(),
    );
    let (here, there) = (table.healthy_load.first()?, table.healthy_load.get(1)?);
    let score = table.health.first()?;
    Some(format!(
        "{half} of {own} {service} pods well: {}/{own} × {} = {score} → {here} % stay, {there} % go to the other region.",
        half,
        f64::from(OVERPROVISION_DEFAULT) / 100.0
    ))
}

fn moved(scenario: &Scenario) -> Option<String> {
    let record = CheckedRecord {
        ttl: number(scenario, "dns.ttl")?,
        check_interval: number(scenario, "dns.check_interval")?,
        check_threshold: number(scenario, "dns.check_threshold")?,
        resolver_overstay: number(scenario, "dns.resolver_overstay")?,
        silence: SimSpan::ZERO,
    };
    let moved = dns_failover(&record).moved;
    Some(format!(
        "Users of a region that refuses them have moved after {} at best, {} typically, {} at worst.",
        moved.best, moved.typical, moved.worst
    ))
}

fn out(scenario: &Scenario) -> Option<String> {
    let interval: SimSpan = number(scenario, "mesh.outlier.interval")?;
    let config = OutlierConfig {
        interval,
        base_ejection_time: number(scenario, "mesh.outlier.base_ejection_time")?,
        ..OutlierConfig::default()
    };
    let [first, second] = [1, 2].map(|multiplier| config.ejection_time(multiplier));
    Some(format!(
        "The first ejection lasts {first} to {}, the second in a row {second} to {}.",
        first + interval,
        second + interval
    ))
}
