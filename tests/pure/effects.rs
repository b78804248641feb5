//! Every effect on every kind of target changes something that can be measured, and leaves nothing behind when it ends.
//!
//! What becomes possible later must come into the table: the last test asks for a row for whatever a scenario accepts.

use eastwest::sim::{Engine, Intervention, Report, Scenario, Seed};

use crate::determinism::{at, run_to};
use crate::support::set_all;

/// What of a report an effect changes.
type Measure = fn(&Report) -> f64;

/// What is broken from 20 s on, what is measured, what is set, and what else happens in both runs.
struct Row {
    breaks: &'static str,
    measure: Measure,
    set: &'static [&'static str],
    also: &'static [&'static str],
}

const fn row(breaks: &'static str, measure: Measure, set: &'static [&'static str]) -> Row {
    Row { breaks, measure, set, also: &[] }
}

fn failed(report: &Report) -> f64 {
    report.requests.failed as f64
}

fn tries_again(report: &Report) -> f64 {
    report.requests.retries as f64
}

fn unanswered(report: &Report) -> f64 {
    report.requests.open as f64
}

fn slowest(report: &Report) -> f64 {
    report.latency_ms.p99.unwrap_or(0.0)
}

fn crossing(report: &Report) -> f64 {
    report.cross_region.calls as f64
}

fn issued(report: &Report) -> f64 {
    report.requests.issued as f64
}

fn pods(report: &Report) -> f64 {
    report.cost_usd_per_hour.pods
}

fn stale(report: &Report) -> f64 {
    report.data.stale_reads.unwrap_or(0) as f64
}

fn conflicts(report: &Report) -> f64 {
    report.data.conflicts.unwrap_or(0) as f64
}

fn moved(report: &Report) -> f64 {
    report.data.rto_ms.unwrap_or(0) as f64
}

/// East-west gateways between the regions, and calls that use them.
const BEHIND_GATEWAYS: &[&str] = &["mesh.network=gateways", "mesh.locality=off"];

/// Enough writes to be felt, to few rows.
const WRITES: &[&str] = &["users.us-east-1.writes=1/4", "users.us-west-2.writes=1/4", "data.rows=20"];

/// All regions in one pool: what happens to one of them or between them is felt in both.
const FLAT: &[&str] = &["mesh.locality=off"];

const TABLE: &[Row] = &[
    row("us-east-1 down", failed, &[]),
    row("us-east-1 isolate", tries_again, FLAT),
    row("us-east-1a down", tries_again, &[]),
    row("us-east-1/payment 503", failed, &[]),
    row("us-east-1/payment errors=30/100", failed, &[]),
    row("us-east-1/payment slow=500ms", slowest, &[]),
    row("us-east-1/payment refuse", tries_again, &[]),
    row("us-east-1/payment blackhole", unanswered, &[]),
    row("us-east-1/payment notready", crossing, &[]),
    row("us-east-1/payment crash", tries_again, &[]),
    row("us-east-1/payment restart", tries_again, &[]),
    row("us-east-1/payment scale=6", pods, &[]),
    row("us-east-1/payment:2 503", failed, &[]),
    row("us-east-1/payment:2 errors=30/100", failed, &[]),
    row("us-east-1/payment:2 slow=500ms", slowest, &[]),
    row("us-east-1/payment:2 refuse", tries_again, &[]),
    row("us-east-1/payment:2 blackhole", unanswered, &[]),
    row("us-east-1/payment:2 notready", crossing, &[]),
    row("us-east-1/payment:2 crash", tries_again, &[]),
    row("us-east-1/payment-3 503", failed, &[]),
    row("us-east-1/payment-3 errors=30/100", failed, &[]),
    row("us-east-1/payment-3 slow=500ms", slowest, &[]),
    row("us-east-1/payment-3 refuse", tries_again, &[]),
    row("us-east-1/payment-3 blackhole", unanswered, &[]),
    row("us-east-1/payment-3 notready", crossing, &["mesh.locality=off"]),
    row("us-east-1/payment-3 crash", tries_again, &[]),
    row("us-east-1/payment-3 down", tries_again, &[]),
    row("us-east-1/gateway down", tries_again, BEHIND_GATEWAYS),
    row("us-east-1/gateway slow=500ms", slowest, BEHIND_GATEWAYS),
    row("us-east-1/gateway refuse", tries_again, BEHIND_GATEWAYS),
    row("us-east-1/gateway blackhole", tries_again, BEHIND_GATEWAYS),
    row("us-east-1/istiod down", failed, &["mesh.cert_ttl=20s"]),
    Row {
        breaks: "us-east-1/istiod slow=10s",
        measure: crossing,
        set: &[],
        also: &["22s us-east-1/payment:3 notready for 30s"],
    },
    row("us-east-1/istiod secret-lost", crossing, FLAT),
    row("us-east-1/dns down", failed, &[]),
    row("us-east-1/dns slow=500ms", slowest, &[]),
    row("us-east-1~us-west-2 cut", tries_again, FLAT),
    row("us-east-1~us-west-2 loss=5/100", tries_again, FLAT),
    row("us-east-1~us-west-2 slow=50ms", slowest, FLAT),
    row("us-east-1>us-west-2 cut", tries_again, FLAT),
    row("us-east-1>us-west-2 loss=5/100", tries_again, FLAT),
    row("us-east-1>us-west-2 slow=50ms", slowest, FLAT),
    row("us-east-1/users surge=3", issued, &[]),
    row("aurora down", failed, WRITES),
    row("aurora promote=us-west-2", moved, WRITES),
    row("aurora lag=2s", stale, WRITES),
    row("dynamodb lag=2s", conflicts, WRITES),
];

fn scenario(set: &[&str]) -> Scenario {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    let quiet = ["users.us-east-1.rps=40", "users.us-west-2.rps=25"];
    set_all(&mut scenario, quiet.iter().chain(set));
    scenario
}

/// A report of what was issued from `from` on, seen at `until`, both in seconds.
fn report(scenario: &Scenario, interventions: &[String], (from, until): (u64, u64)) -> Report {
    let read = |text: &String| text.parse::<Intervention>().unwrap();
    let mut engine = Engine::new(scenario, Seed(7), interventions.iter().map(read).collect());
    engine.measure_from(at(from * 1000));
    run_to(&mut engine, at(until * 1000));
    engine.report()
}

#[test]
fn every_effect_is_felt_and_leaves_nothing_behind() {
    for row in TABLE {
        let scenario = scenario(row.set);
        let with = |more: &[String]| -> Vec<String> {
            row.also.iter().map(|&text| text.to_owned()).chain(more.iter().cloned()).collect()
        };
        let target = row.breaks.split(' ').next().unwrap();
        let broken = [format!("20s {}", row.breaks)];
        let (calm, felt) =
            (report(&scenario, &with(&[]), (15, 60)), report(&scenario, &with(&broken), (15, 60)));
        assert_ne!((row.measure)(&calm), (row.measure)(&felt), "{} is not felt", row.breaks);
        let calm = report(&scenario, &with(&[]), (200, 230));
        let endings = [
            vec![broken[0].clone(), format!("60s {target} heal")],
            vec![format!("20s {} for 40s", row.breaks)],
            vec![format!("20s {} for 3s every 20s", row.breaks), "61s all heal".to_owned()],
        ];
        for ending in endings {
            let healed = report(&scenario, &with(&ending), (200, 230));
            assert_eq!(healed.requests.failed, 0, "{ending:?} leaves failures");
            // A surge leaves other requests behind, not more of them.
            let rate = issued(&healed) / issued(&calm);
            assert!((rate - 1.0).abs() < 0.1, "{ending:?} leaves {rate} of the rate");
            assert_eq!(pods(&healed), pods(&calm), "{ending:?} leaves other pods");
            for (service, callers) in &healed.calls {
                for (region, calls) in callers {
                    let before = &calm.calls[service][region];
                    assert_eq!(calls.table, before.table, "{ending:?}: {service} from {region}");
                }
            }
        }
    }
}

#[test]
fn whatever_a_scenario_accepts_has_a_row() {
    let pod = ["503", "errors=30/100", "slow=500ms", "refuse", "blackhole", "notready", "crash"];
    let link = ["cut", "loss=5/100", "slow=50ms"];
    let targets: [(&str, Vec<&str>); 13] = [
        ("us-east-1", vec!["down", "isolate"]),
        ("us-east-1a", vec!["down"]),
        ("us-east-1/payment", [&pod[..], &["restart", "scale=6"]].concat()),
        ("us-east-1/payment:2", pod.to_vec()),
        ("us-east-1/payment-3", [&pod[..], &["down"]].concat()),
        ("us-east-1/gateway", vec!["down", "slow=500ms", "refuse", "blackhole"]),
        ("us-east-1/istiod", vec!["down", "slow=10s", "secret-lost"]),
        ("us-east-1/dns", vec!["down", "slow=500ms"]),
        ("us-east-1~us-west-2", link.to_vec()),
        ("us-east-1>us-west-2", link.to_vec()),
        ("aurora", vec!["down", "promote=us-west-2", "lag=2s"]),
        ("dynamodb", vec!["lag=2s"]),
        ("us-east-1/users", vec!["surge=3"]),
    ];
    for (target, effects) in &targets {
        for effect in effects {
            let breaks = format!("{target} {effect}");
            let accepted = scenario(&[]).check(&format!("1s {breaks}").parse().unwrap()).is_ok();
            let tested = TABLE.iter().any(|row| row.breaks == breaks);
            assert_eq!(accepted, tested, "{breaks}");
        }
    }
}
