//! What an incident costs users, by pattern: seconds in which everything would have failed.
//!
//! The incident is the one where patterns differ: all pods of one service in one region answer errors for a while,
//! stay ready, and the front door looks well. Each region is struck equally often. Retries are not counted on: Istio's
//! default does not retry a 503.

use std::fmt::Write as _;

use super::flow::deepest;
use crate::sim::policy::dns::{CheckedRecord, dns_failover};
use crate::sim::policy::outlier::{OutlierConfig, eject_max};
use crate::sim::policy::priority::{Level, OVERPROVISION_DEFAULT, loads};
use crate::sim::scenario::{Locality, Pattern, Scenario, Step, Via};
use crate::sim::time::SimSpan;

/// What a Route 53 health check asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// The front door by itself: it never notices a service behind it.
    #[default]
    Shallow,
    /// A request through all services.
    Deep,
}

/// What one incident comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// How long requests fail.
    pub lasts: SimSpan,
    /// That time multiplied with the share of requests that fail in it.
    pub lost: SimSpan,
    /// Where the number comes from, in one clause.
    pub why: String,
}

/// An incident: how long it lasts, who looks for it, and how many thousandths of a request users send a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident {
    pub lasts: SimSpan,
    pub check: Check,
    pub rate_milli: u64,
}

/// The impact of one incident.
pub fn impact(scenario: &Scenario, pattern: Pattern, incident: Incident) -> Impact {
    let regions = scenario.regions.len().max(1) as u64;
    let struck = |lasts: SimSpan, why: String| {
        let lasts = lasts.min(incident.lasts);
        Impact { lasts, lost: SimSpan::from_nanos(lasts.nanos() / regions), why }
    };
    let share = format!("1 in {regions}");
    match pattern {
        Pattern::Dual => match incident.check {
            Check::Shallow => struck(
                incident.lasts,
                format!("{share} users until it ends: the health check asks the front door alone"),
            ),
            Check::Deep => {
                let moved = dns_failover(&record(scenario)).moved.typical;
                struck(moved, format!("{share} users until DNS has moved them, typically {}", seconds(moved)))
            }
        },
        Pattern::Federation => struck(
            incident.lasts,
            format!("{share} calls, from everywhere, until it ends: failing pods stay in the pool"),
        ),
        Pattern::Mesh => ejection(scenario, incident, &share, &struck),
    }
}

/// The checked record of a scenario's front door.
fn record(scenario: &Scenario) -> CheckedRecord {
    let dns = &scenario.dns;
    CheckedRecord {
        ttl: dns.ttl,
        check_interval: dns.check_interval,
        check_threshold: dns.check_threshold,
        resolver_overstay: dns.resolver_overstay,
        // The front door answers, though not well.
        silence: SimSpan::ZERO,
    }
}

/// Requests fail until every caller has ejected the pods, and for a moment each time that they come back.
fn ejection(
    scenario: &Scenario,
    incident: Incident,
    share: &str,
    struck: &dyn Fn(SimSpan, String) -> Impact,
) -> Impact {
    let outlier = &scenario.mesh.outlier;
    let service = deepest(scenario);
    let pods = &scenario.services[service].pods;
    let all: u32 = pods.iter().sum();
    let here = pods.iter().copied().max().unwrap_or(0);
    if !outlier.enabled || outlier.consecutive_5xx == 0 {
        return struck(incident.lasts, format!("{share} calls until it ends: nothing ejects"));
    }
    let config = OutlierConfig {
        enabled: true,
        interval: outlier.interval,
        base_ejection_time: outlier.base_ejection_time,
        max_ejection_percent: outlier.max_ejection_percent,
        ..OutlierConfig::default()
    };
    let most = u32::try_from(eject_max(&config, all as usize)).unwrap_or(u32::MAX).min(here);
    if most < here {
        return overflow(scenario, incident, (most, here, all), struck);
    }
    let Some(burst) = burst(scenario, service, here, incident.rate_milli) else {
        return struck(SimSpan::ZERO, "nobody calls".to_owned());
    };
    let times = bursts(&config, incident.lasts);
    let mut why = format!("{share} users for about {} until {here} pods are ejected", seconds(burst));
    if times > 1 {
        let _ = write!(why, ", and {} when they return", if times == 2 { "once more" } else { "each time" });
        if times > 2 {
            let _ = write!(why, ", {} times", times - 1);
        }
    }
    struck(burst.times(times), why)
}

/// `maxEjectionPercent` keeps failing pods in service, and their priority keeps its share of calls.
fn overflow(
    scenario: &Scenario,
    incident: Incident,
    (most, here, all): (u32, u32, u32),
    struck: &dyn Fn(SimSpan, String) -> Impact,
) -> Impact {
    let others = all - here;
    let level = |healthy, total| Level { healthy, degraded: 0, total, excluded: 0 };
    let stays = if scenario.mesh.locality_in_force() == Locality::Off {
        100
    } else {
        loads(&[level(here - most, here), level(others, others)], OVERPROVISION_DEFAULT, 0).healthy_load[0]
    };
    let mut impact = struck(incident.lasts, String::new());
    impact.lost = SimSpan::from_nanos(impact.lost.nanos() / 100 * u64::from(stays));
    impact.why = format!(
        "maxEjectionPercent lets {most} of {here} failing pods be ejected, so {stays} % of the struck region's calls go on failing"
    );
    impact
}

/// How long a caller needs to eject all pods of its region: so many errors in a row from each, then Envoy's merge window.
/// `None` where nobody calls.
fn burst(scenario: &Scenario, service: usize, hosts: u32, rate_milli: u64) -> Option<SimSpan> {
    let callers = if scenario.entry.service == service && scenario.entry.via == Via::ClientProxy {
        scenario.regions.len() as u64
    } else {
        let calls = |step: &Step| *step == Step::Call(service);
        let calling = scenario.services.iter().filter(|other| other.steps.iter().any(calls));
        calling.map(|other| u64::from(other.pods.iter().sum::<u32>())).sum()
    };
    let errors = u64::from(scenario.mesh.outlier.consecutive_5xx) * u64::from(hosts);
    let nanos = u128::from(errors) * u128::from(callers) * 1_000_000_000_000;
    let errors_come = u64::try_from(nanos.checked_div(u128::from(rate_milli))?).ok()?;
    // Whole hundredths of a second: no more is known.
    let rounded = errors_come.div_ceil(10_000_000) * 10_000_000;
    Some(SimSpan::from_nanos(rounded) + scenario.mesh.update_merge_window)
}

/// How often the pods fail for all: at first, and at each return. An ejection ends at a sweep, half an interval after its
/// time on average, and each lasts longer than the one before.
fn bursts(config: &OutlierConfig, incident: SimSpan) -> u64 {
    let (mut times, mut passed) = (0_u32, SimSpan::ZERO);
    while passed < incident {
        times += 1;
        passed = passed + config.ejection_time(times) + SimSpan::from_nanos(config.interval.nanos() / 2);
    }
    u64::from(times)
}

/// `55 s`, `1.34 s`.
fn seconds(span: SimSpan) -> String {
    let text = format!("{:.2}", span.as_millis_f64() / 1000.0);
    format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LASTS: SimSpan = SimSpan::from_seconds(600);

    fn of(set: &[&str], pattern: Pattern, check: Check) -> Impact {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        for assignment in set {
            scenario.set(assignment).unwrap();
        }
        impact(&scenario, pattern, Incident { lasts: LASTS, check, rate_milli: 360_000 })
    }

    fn number(span: SimSpan) -> f64 {
        span.as_millis_f64() / 1000.0
    }

    #[test]
    fn two_lone_clusters_lose_a_region_s_users_until_dns_moves_them_or_for_good() {
        assert_eq!(number(of(&[], Pattern::Dual, Check::Deep).lasts), 55.0);
        assert_eq!(number(of(&[], Pattern::Dual, Check::Deep).lost), 27.5);
        assert_eq!(number(of(&[], Pattern::Dual, Check::Shallow).lost), 300.0);
    }

    #[test]
    fn a_flat_pool_loses_half_of_all_calls_whoever_checks() {
        assert_eq!(number(of(&[], Pattern::Federation, Check::Deep).lost), 300.0);
    }

    #[test]
    fn a_mesh_loses_a_moment_and_a_moment_at_each_return() {
        let found = of(&[], Pattern::Mesh, Check::Shallow);
        // 20 errors at 60 a second from each of six callers, and the window: 1.34 s, at 0, 35, 100, 195, 320 and 475 s.
        assert_eq!(found.lasts, SimSpan::from_millis(6 * 1340));
        assert_eq!(found.lost, SimSpan::from_millis(3 * 1340));
        assert!(found.why.contains("1.34 s"), "{}", found.why);
    }

    #[test]
    fn a_mesh_that_may_not_eject_is_no_better_than_none() {
        for set in [&["mesh.outlier.enabled=false"], &["mesh.outlier.consecutive_5xx=0"]] {
            assert_eq!(number(of(set, Pattern::Mesh, Check::Deep).lost), 300.0, "{set:?}");
        }
        // Istio's own 10 % of eight pods is none: all that comes keeps failing.
        let default = of(&["mesh.outlier.max_ejection_percent=10"], Pattern::Mesh, Check::Deep);
        assert_eq!(number(default.lost), 300.0, "{}", default.why);
        // A quarter is two of four: 70 % stays.
        let quarter = of(&["mesh.outlier.max_ejection_percent=25"], Pattern::Mesh, Check::Deep);
        assert_eq!(number(quarter.lost), 210.0, "{}", quarter.why);
    }

    #[test]
    fn nothing_lasts_longer_than_the_incident() {
        let scenario = Scenario::shipped("two-regions").unwrap();
        let of = |pattern, lasts| {
            impact(&scenario, pattern, Incident { lasts, check: Check::Deep, rate_milli: 360_000 })
        };
        let short = of(Pattern::Dual, SimSpan::from_seconds(10));
        assert_eq!(number(short.lasts), 10.0);
        let never = of(Pattern::Mesh, SimSpan::ZERO);
        assert_eq!(never.lost, SimSpan::ZERO);
    }
}
