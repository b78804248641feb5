//! The Why log: what is told, with its arithmetic, and told once.

use eastwest::mesh_view::{LogKind, LogLine};
use eastwest::sim::{Engine, Hearing, Scenario, Seed};

use crate::determinism::{at, run_to};
use crate::support::{read, set_all};

fn log(scenario: &str, assignments: &[&str], interventions: &[&str], until: u64) -> Vec<LogLine> {
    let mut scenario = Scenario::shipped(scenario).unwrap();
    set_all(&mut scenario, assignments);
    let mut engine = Engine::new(&scenario, Seed(7), read(interventions));
    engine.hear(Hearing { log: true, ..Hearing::NOTHING });
    run_to(&mut engine, at(until));
    engine.take_log()
}

#[track_caller]
fn tells(log: &[LogLine], kind: LogKind, text: &str) {
    let found = log.iter().any(|line| line.kind == kind && line.text == text);
    let all: Vec<&str> = log.iter().map(|line| line.text.as_str()).collect();
    assert!(found, "nobody said: {text}\n{}", all.join("\n"));
}

#[test]
fn a_shift_is_told_with_its_arithmetic_and_once_for_all_proxies() {
    let log = log("two-regions", &[], &["5s us-east-1/payment:2 503", "60s all heal"], 120_000);
    tells(&log, LogKind::Intervention, "payment-1 and payment-2 in us-east-1 answer 503");
    let ejected = "payment-1: 5 errors in a row → ejected for 30 s by us-east-1's checkout proxies";
    tells(&log, LogKind::Ejection, ejected);
    let half = "payment: 2 of 4 healthy in us-east-1 → 50 % × 1.4 = 70 → 70 % stays, 30 % goes to us-west-2";
    tells(&log, LogKind::Shift, half);
    tells(&log, LogKind::Intervention, "everything is healed");
    tells(&log, LogKind::Shift, "payment: 4 of 4 healthy in us-east-1 → 100 % × 1.4 = 140 → 100 % stays");
    assert!(
        log.iter()
            .any(|line| line.kind == LogKind::Return && line.text.starts_with("payment-1 is back after 3"))
    );
    assert!(log.iter().any(|line| line.kind == LogKind::Recovery));
    for pair in log.windows(4) {
        let same = pair[1..]
            .iter()
            .filter(|line| line.text == pair[0].text && line.at - pair[0].at < 10_000_000_000);
        assert_eq!(same.count(), 0, "told twice: {}", pair[0].text);
    }
    assert!(log.windows(2).all(|pair| pair[0].at <= pair[1].at), "not in order");
}

#[test]
fn why_nobody_is_ejected_is_told_too() {
    let limit = ["mesh.outlier.max_ejection_percent=10"];
    let log = log("one-service", &limit, &["5s us-east-1/payment-3 503"], 20_000);
    let stays =
        "payment-3 has 5 errors in a row but stays: 1 of 8 ejected would be 12.5 %, over the 10 % limit";
    tells(&log, LogKind::Ejection, stays);
    assert_eq!(log.iter().filter(|line| line.text == stays).count(), 1);
}

#[test]
fn what_istio_does_with_a_pod_that_is_not_ready_depends_on_its_version() {
    let broken = ["5s us-east-1/payment-2 notready"];
    let listed = log("one-service", &[], &broken, 10_000);
    let told = "payment-2 is not ready: istiod tells us-east-1's proxies, listed as unhealthy (Istio 1.31)";
    tells(&listed, LogKind::Control, told);
    let left_out = log("one-service", &["mesh.istio=1.30"], &broken, 10_000);
    let told = "payment-2 is not ready: istiod tells us-east-1's proxies, left out of the list (Istio 1.30)";
    tells(&left_out, LogKind::Control, told);
    tells(
        &left_out,
        LogKind::Shift,
        "payment: 3 of 3 healthy in us-east-1 → 100 % × 1.4 = 140 → 100 % stays",
    );
}

#[test]
fn both_regions_short_of_pods_share_what_is_left() {
    let rules = ["mesh.outlier.base_ejection_time=10m"];
    let broken = ["5s us-east-1/payment:3 503", "5s us-west-2/payment:3 503"];
    let some = log("one-service", &rules, &broken, 40_000);
    let shared = "payment: 1 of 4 healthy in us-east-1 (35), 1 of 4 in us-west-2 (35) → 50 % stays, 50 % goes to us-west-2";
    tells(&some, LogKind::Shift, shared);
    let all = log("one-service", &rules, &["5s us-east-1/payment 503", "5s us-west-2/payment 503"], 40_000);
    tells(
        &all,
        LogKind::Shift,
        "payment: no pod is healthy anywhere → every call fails at once with 503 (UH)",
    );
}

#[test]
fn a_zone_first_mesh_speaks_of_zones() {
    let log = log("two-regions", &["mesh.locality=failover"], &["5s us-east-1/payment-1 503"], 20_000);
    let half =
        "payment: 1 of 2 healthy in us-east-1a → 50 % × 1.4 = 70 → 70 % stays, 30 % goes to us-east-1b";
    tells(&log, LogKind::Shift, half);
}
