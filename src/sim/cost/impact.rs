//! What an incident costs users, by pattern: seconds in which everything would have failed.
//!
//! The incident is the one where patterns differ: all pods of one service in one region answer errors for a while,
//! stay ready, and the front door looks well. Each region that serves users is struck equally often. Retries are not counted on: Istio's
//! default does not retry a 503.

use std::fmt::Write as _;

use super::flow::deepest;
use crate::sim::policy::dns::{CheckedRecord, dns_failover};
use crate::sim::policy::outlier::{OutlierConfig, eject_max};
use crate::sim::policy::priority::{Level, OVERPROVISION_DEFAULT, loads};
use crate::sim::scenario::{Locality, Pattern, Pick, Scenario, Step, Via};
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
    /// What a standby needs until it has all its pods; `None` where every region serves.
    pub scale_up: Option<SimSpan>,
}

/// Where an incident strikes: one of the regions that serve users, each equally often.
struct Strike<'a> {
    scenario: &'a Scenario,
    incident: Incident,
    /// The service that fails.
    service: usize,
    /// How many regions serve users; the others stand by.
    serving: usize,
}

impl Strike<'_> {
    /// `1 in 2`, or `all` where one region serves.
    fn share(&self) -> String {
        if self.serving == 1 { "all".to_owned() } else { format!("1 in {}", self.serving) }
    }

    /// All of the struck region's requests fail for so long, at most while the incident lasts.
    fn struck(&self, lasts: SimSpan, why: String) -> Impact {
        let lasts = lasts.min(self.incident.lasts);
        Impact { lasts, lost: SimSpan::from_nanos(lasts.nanos() / self.serving as u64), why }
    }

    /// Pods of the service that fail, and those of regions that stand by.
    fn pods(&self) -> (u64, u64) {
        let pods = &self.scenario.services[self.service].pods;
        let sum = |pods: &[u32]| pods.iter().map(|&pods| u64::from(pods)).sum::<u64>();
        let (serving, standby) = pods.split_at(self.serving.min(pods.len()));
        (sum(serving), sum(standby))
    }

    /// There is a standby, and it has no pods.
    fn is_cold(&self) -> bool {
        self.incident.scale_up.is_some() && self.pods().1 == 0
    }

    /// A standby has taken over and has not all pods yet: what it cannot serve until it has them fails, too.
    fn short(&self, mut impact: Impact) -> Impact {
        let (active, standby) = self.pods();
        let missing = active.saturating_sub(standby);
        let Some(scale_up) = self.incident.scale_up.filter(|_| missing > 0) else { return impact };
        let short = scale_up.min(self.incident.lasts - impact.lasts);
        let lost = u128::from(short.nanos()) * u128::from(missing) / u128::from(active);
        impact.lasts = impact.lasts + short;
        impact.lost = impact.lost + SimSpan::from_nanos(lost as u64);
        let _ = write!(
            impact.why,
            "; then {missing} in {active} for {}, while the standby starts its pods",
            seconds(short)
        );
        impact
    }
}

/// The impact of one incident.
pub fn impact(scenario: &Scenario, pattern: Pattern, incident: Incident) -> Impact {
    let serving = if incident.scale_up.is_some() { 1 } else { scenario.regions.len().max(1) };
    let strike = Strike { scenario, incident, service: deepest(scenario), serving };
    let share = strike.share();
    let to_the_end = |why: &str| strike.struck(incident.lasts, format!("{share} users until it ends: {why}"));
    match pattern {
        Pattern::Dual if incident.check == Check::Shallow => {
            to_the_end("the health check asks the front door alone")
        }
        Pattern::Federation => in_the_pool(&strike),
        _ if strike.is_cold() => to_the_end("the standby has no pods to take over with"),
        Pattern::Dual => {
            let moved = dns_failover(&record(scenario)).moved.typical;
            let why = format!("{share} users until DNS has moved them, typically {}", seconds(moved));
            strike.short(strike.struck(moved, why))
        }
        Pattern::Mesh => ejection(&strike),
    }
}

/// Failing pods stay in a federation's pool, and get their share of the calls.
fn in_the_pool(strike: &Strike<'_>) -> Impact {
    let (active, standby) = strike.pods();
    let flat = strike.scenario.federation == Pick::Random;
    let why =
        format!("{} calls, from everywhere, until it ends: failing pods stay in the pool", strike.share());
    let mut impact = strike.struck(strike.incident.lasts, why);
    if flat && standby > 0 {
        let all = active + standby;
        impact.lost = SimSpan::from_nanos(
            (u128::from(impact.lost.nanos()) * u128::from(active) / u128::from(all)) as u64,
        );
        impact.why = format!("{active} in {all} calls until it ends: failing pods stay in the pool");
    }
    impact
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
fn ejection(strike: &Strike<'_>) -> Impact {
    let Strike { scenario, incident, service, serving } = *strike;
    let outlier = &scenario.mesh.outlier;
    let pods = &scenario.services[service].pods;
    let all: u32 = pods.iter().sum();
    let here = pods.iter().take(serving).copied().max().unwrap_or(0);
    let share = strike.share();
    if !outlier.enabled || outlier.consecutive_5xx == 0 {
        return strike.struck(incident.lasts, format!("{share} calls until it ends: nothing ejects"));
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
        return overflow(strike, (most, here, all));
    }
    let Some(burst) = burst(strike, here) else {
        return strike.struck(SimSpan::ZERO, "nobody calls".to_owned());
    };
    let times = bursts(&config, incident.lasts);
    let mut why = format!("{share} users for about {} until {here} pods are ejected", seconds(burst));
    if times > 1 {
        let _ = write!(why, ", and {} when they return", if times == 2 { "once more" } else { "each time" });
        if times > 2 {
            let _ = write!(why, ", {} times", times - 1);
        }
    }
    strike.short(strike.struck(burst.times(times), why))
}

/// `maxEjectionPercent` keeps failing pods in service, and their priority keeps its share of calls.
fn overflow(strike: &Strike<'_>, (most, here, all): (u32, u32, u32)) -> Impact {
    let others = all - here;
    let level = |healthy, total| Level { healthy, degraded: 0, total, excluded: 0 };
    let stays = if strike.scenario.mesh.locality_in_force() == Locality::Off {
        100
    } else {
        loads(&[level(here - most, here), level(others, others)], OVERPROVISION_DEFAULT, 0).healthy_load[0]
    };
    let mut impact = strike.struck(strike.incident.lasts, String::new());
    impact.lost = SimSpan::from_nanos(impact.lost.nanos() / 100 * u64::from(stays));
    impact.why = format!(
        "maxEjectionPercent lets {most} of {here} failing pods be ejected, so {stays} % of the struck region's calls go on failing"
    );
    impact
}

/// How long a caller needs to eject all pods of its region: so many errors in a row from each, then Envoy's merge window.
/// `None` where nobody calls.
fn burst(strike: &Strike<'_>, hosts: u32) -> Option<SimSpan> {
    let Strike { scenario, incident, service, serving } = *strike;
    let callers = if scenario.entry.service == service && scenario.entry.via == Via::ClientProxy {
        serving as u64
    } else {
        let calls = |step: &Step| *step == Step::Call(service);
        let calling = scenario.services.iter().filter(|other| other.steps.iter().any(calls));
        calling.flat_map(|other| other.pods.iter().take(serving)).map(|&pods| u64::from(pods)).sum()
    };
    let errors = u64::from(scenario.mesh.outlier.consecutive_5xx) * u64::from(hosts);
    let nanos = u128::from(errors) * u128::from(callers) * 1_000_000_000_000;
    let errors_come = u64::try_from(nanos.checked_div(u128::from(incident.rate_milli))?).ok()?;
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
        impact(&scenario, pattern, Incident { lasts: LASTS, check, rate_milli: 360_000, scale_up: None })
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
            impact(
                &scenario,
                pattern,
                Incident { lasts, check: Check::Deep, rate_milli: 360_000, scale_up: None },
            )
        };
        let short = of(Pattern::Dual, SimSpan::from_seconds(10));
        assert_eq!(number(short.lasts), 10.0);
        let never = of(Pattern::Mesh, SimSpan::ZERO);
        assert_eq!(never.lost, SimSpan::ZERO);
    }
}
