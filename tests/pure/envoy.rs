//! `one-service` against what a real Envoy 1.40 was measured to do (the design's envoy.md, sections A to D).

use eastwest::sim::{Engine, Report, Scenario, Seed, SimSpan, SimTime};

use crate::determinism::run_to;

const SEEDS: u64 = 5;
/// The measured set-up: 200 requests a second from one client, sweeps every second, ejections of 5 s.
const MEASURED: [&str; 4] = [
    "users.us-east-1.rps=200",
    "users.us-west-2.rps=0",
    "mesh.outlier.interval=1s",
    "mesh.outlier.base_ejection_time=5s",
];
const NO_RETRY: &str = "mesh.retries.attempts=0";

/// Something breaks at 10 s; what is counted from then on.
fn run(seed: u64, assignments: &[&str], interventions: &[&str], seconds: u64) -> Report {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    for assignment in assignments {
        scenario.set(assignment).unwrap_or_else(|error| panic!("{error}"));
    }
    let interventions = interventions.iter().map(|text| text.parse().unwrap()).collect();
    let mut engine = Engine::new(&scenario, Seed(seed), interventions);
    engine.measure_from(SimTime::ZERO + SimSpan::from_seconds(10));
    run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(seconds));
    engine.report()
}

#[track_caller]
fn failures(what: &str, assignments: &[&str], interventions: &[&str], seconds: u64, low: u64, high: u64) {
    let mut all = MEASURED.to_vec();
    all.extend(assignments);
    let failed: Vec<u64> =
        (0..SEEDS).map(|seed| run(seed, &all, interventions, seconds).requests.failed).collect();
    assert!(
        failed.iter().all(|failed| (low..=high).contains(failed)),
        "{what}: {failed:?}, not {low}..={high}"
    );
}

#[test]
fn all_local_pods_answer_503() {
    let broken = ["10s us-east-1/payment 503"];
    // Envoy: 212..216, 199..203, 0, and exactly 20 without the merge window. Ours spread a little wider over seeds.
    failures("no retry", &[NO_RETRY], &broken, 14, 209, 219);
    failures("default retries do not cover 503", &[], &broken, 14, 209, 219);
    failures("retries of 503", &["mesh.retries.on=503"], &broken, 14, 197, 206);
    let elsewhere = ["mesh.retries.on=503", "mesh.retries.remote_localities=true"];
    failures("retries elsewhere", &elsewhere, &broken, 14, 0, 0);
    failures("no window", &[NO_RETRY, "mesh.update_merge_window=0s"], &broken, 14, 20, 20);
    failures(
        "no window, retries",
        &["mesh.retries.on=503", "mesh.update_merge_window=0s"],
        &broken,
        14,
        0,
        6,
    );
}

#[test]
fn with_one_retry_only_elsewhere_does_nothing() {
    let rules = ["mesh.retries.on=503", "mesh.retries.remote_localities=true", "mesh.retries.attempts=1"];
    failures("one retry", &rules, &["10s us-east-1/payment 503"], 14, 197, 210);
}

#[test]
fn local_pods_refuse_connections() {
    let broken = ["10s us-east-1/payment refuse"];
    failures("no retry", &[NO_RETRY], &broken, 14, 209, 219);
    failures("default retries", &[], &broken, 14, 197, 206);
    failures("one pod, no retry", &[NO_RETRY], &["10s us-east-1/payment-1 refuse"], 14, 5, 5);
    failures("one pod, default retries", &[], &["10s us-east-1/payment-1 refuse"], 14, 0, 1);
}

#[test]
fn some_of_four_pods_answer_503() {
    // k = 1: 5 failures; k = 2: 71..79, 70 % local; k = 3: 142..144, 35 % local.
    for (pods, low, high, load) in [(1, 5, 5, 100), (2, 60, 90, 70), (3, 125, 160, 35)] {
        let broken = format!("10s us-east-1/payment:{pods} 503");
        failures("k of 4", &[NO_RETRY], &[&broken], 14, low, high);
        let steady = [MEASURED.to_vec(), vec![NO_RETRY, "mesh.outlier.base_ejection_time=10m"]].concat();
        let report = run(1, &steady, &[&broken.replace("10s", "5s")], 60);
        assert_eq!(report.number("calls.payment.us-east-1.load_percent.0"), Some(f64::from(load)));
        let local = report.number("calls.payment.us-east-1.local_percent").unwrap();
        assert!((local - f64::from(load)).abs() < 2.0, "{pods} of 4: {local} % local");
    }
}

#[test]
fn ten_percent_eject_nobody_below_ten_hosts() {
    let broken = ["10s us-east-1/payment-1 503"];
    let limit = ["mesh.outlier.max_ejection_percent=10", "mesh.lb=round-robin"];
    let report = run(3, &[MEASURED.to_vec(), limit.to_vec()].concat(), &broken, 70);
    let failing = 100.0 - report.success_percent.unwrap();
    assert!((failing - 25.0).abs() < 1.0, "{failing} % fail");
    assert_eq!(report.number("calls.payment.us-east-1.ejected_now"), Some(0.0));
    let all = run(3, &[MEASURED.to_vec(), limit.to_vec()].concat(), &["10s us-east-1/payment 503"], 16);
    assert!(all.success_percent.unwrap() < 1.0, "everything was meant to fail");
    failures(
        "50 percent are enough",
        &[NO_RETRY, "mesh.outlier.max_ejection_percent=50"],
        &["10s us-east-1/payment 503"],
        14,
        209,
        219,
    );
}

#[test]
fn a_silent_region_costs_the_connect_timeout_and_a_second() {
    let broken = ["10s us-east-1 down"];
    // 10 s and 1 s of total failure, less what retries save; with a route timeout of 1 s nothing is saved.
    failures("10 s", &["mesh.timeout=1s"], &broken, 25, 2_195, 2_240);
    failures("1 s", &["mesh.timeout=1s", "mesh.connect_timeout=1s", NO_RETRY], &broken, 14, 395, 440);
}

#[test]
fn pods_that_accept_and_stay_silent_are_ejected_only_by_a_timeout() {
    let broken = ["10s us-east-1/payment blackhole"];
    failures("timeout 1 s", &["mesh.timeout=1s"], &broken, 14, 410, 425);
    let report = run(1, &MEASURED, &broken, 30);
    assert_eq!(report.requests.failed, 0);
    assert!(report.requests.open > 3_900, "{} open", report.requests.open);
    assert_eq!(report.number("calls.payment.us-east-1.ejected_now"), Some(0.0));
    // Least request avoids one silent pod by itself; round robin does not. Drawing two of four with replacement sends
    // 1/16 there, so 17 are lost on average until the fifth has timed out; Envoy's few trials had 11 and 12.
    let one = ["10s us-east-1/payment-1 blackhole"];
    failures("least request", &["mesh.timeout=1s", NO_RETRY], &one, 14, 8, 30);
    failures("round robin", &["mesh.timeout=1s", NO_RETRY, "mesh.lb=round-robin"], &one, 14, 50, 60);
}

#[test]
fn nobody_notices_that_the_other_region_cannot_be_reached() {
    failures("cut", &[], &["10s us-east-1~us-west-2 cut"], 30, 0, 0);
    let then_broken = ["10s us-east-1~us-west-2 cut", "11s us-east-1/payment 503"];
    let report = run(2, &MEASURED, &then_broken, 40);
    assert!(report.requests.ok < 210, "{} went well where nothing could", report.requests.ok);
}

#[test]
fn a_slow_pod_is_avoided_by_least_request_and_never_ejected() {
    let slow = ["5s us-east-1/payment-1 slow=500ms"];
    let share = |lb: &str| {
        let mut scenario = Scenario::shipped("one-service").unwrap();
        for assignment in MEASURED.iter().chain([&lb]) {
            scenario.set(assignment).unwrap();
        }
        let mut engine =
            Engine::new(&scenario, Seed(4), slow.iter().map(|text| text.parse().unwrap()).collect());
        engine.measure_from(SimTime::ZERO + SimSpan::from_seconds(10));
        run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(60));
        let report = engine.report();
        assert_eq!((report.requests.failed, report.calls["payment"]["us-east-1"].table.ejected_now), (0, 0));
        // The p90 tells: a quarter of the calls are slow, or a twentieth.
        report.latency_ms.p90.unwrap()
    };
    assert!(share("mesh.lb=least-request") < 100.0);
    assert!(share("mesh.lb=round-robin") > 400.0);
    assert!(share("mesh.lb=random") > 400.0);
}

#[test]
fn return_comes_with_the_sweep_one_pod_first_and_the_rest_a_second_later() {
    let rules = ["mesh.outlier.interval=10s", "mesh.outlier.base_ejection_time=30s", "mesh.outlier.phase=8s"];
    let mut scenario = Scenario::shipped("one-service").unwrap();
    for assignment in MEASURED[..2].iter().chain(&rules) {
        scenario.set(assignment).unwrap();
    }
    // Ejected about 20.1 s; 30 s later is 50.1 s, and the next sweep 58 s.
    let broken = vec!["20s us-east-1/payment 503 for 5s".parse().unwrap()];
    let mut engine = Engine::new(&scenario, Seed(1), broken);
    engine.hear(eastwest::sim::Hearing { log: true, ..eastwest::sim::Hearing::NOTHING });
    run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(70));
    let shifts: Vec<(u64, String)> = engine
        .take_log()
        .into_iter()
        .filter(|line| line.kind == eastwest::mesh_view::LogKind::Shift)
        .map(|line| (line.at / 1_000_000, line.text))
        .collect();
    let (returning, complete) = (&shifts[shifts.len() - 2], &shifts[shifts.len() - 1]);
    assert_eq!(returning.0, 58_000);
    assert_eq!(
        returning.1,
        "payment: 1 of 4 healthy in us-east-1 → 25 % × 1.4 = 35 → 35 % stays, 65 % goes to us-west-2"
    );
    assert_eq!(complete.0, 59_000);
    assert_eq!(complete.1, "payment: 4 of 4 healthy in us-east-1 → 100 % × 1.4 = 140 → 100 % stays");
}

#[test]
fn half_of_the_answers_failing_is_hidden_by_retries_and_ejected_late() {
    // p = 0.3 on all local pods, ejection far away: 30 % without retries, p^3 = 2.7 % with two of them.
    let broken = ["10s us-east-1/payment errors=30/100"];
    let never = "mesh.outlier.consecutive_5xx=0";
    let share = |rules: &[&str]| {
        let report = run(6, &[MEASURED.to_vec(), rules.to_vec()].concat(), &broken, 110);
        100.0 - report.success_percent.unwrap()
    };
    let (without, with) = (share(&[never, NO_RETRY]), share(&[never, "mesh.retries.on=503"]));
    assert!((without - 30.0).abs() < 1.0 && (with - 2.7).abs() < 0.5, "{without} %, {with} %");
}

#[test]
fn not_ready_pods_spill_from_istio_1_31_on_and_vanish_before() {
    let broken = ["5s us-east-1/payment:2 notready"];
    let report = run(1, &MEASURED, &broken, 60);
    let local = report.number("calls.payment.us-east-1.local_percent").unwrap();
    assert!((local - 70.0).abs() < 2.0, "{local} % local on 1.31");
    let before = run(1, &[MEASURED.to_vec(), vec!["mesh.istio=1.30"]].concat(), &broken, 60);
    assert_eq!(before.number("calls.payment.us-east-1.local_percent"), Some(100.0));
    let gone = ["5s us-east-1/payment notready"];
    let all = run(1, &[MEASURED.to_vec(), vec!["mesh.istio=1.30"]].concat(), &gone, 60);
    assert_eq!(all.number("calls.payment.us-east-1.local_percent"), Some(0.0));
    assert_eq!(
        all.number("calls.payment.us-east-1.load_percent.0"),
        Some(100.0),
        "west is level 0 when east is gone"
    );
}

#[test]
fn without_outlier_detection_nothing_fails_over() {
    let off = "mesh.outlier.enabled=false";
    let flat = run(1, &[MEASURED.to_vec(), vec![off]].concat(), &[], 60);
    let local = flat.number("calls.payment.us-east-1.local_percent").unwrap();
    assert!((40.0..75.0).contains(&local), "{local} % local in a flat pool");
    let broken = run(
        1,
        &[MEASURED.to_vec(), vec![off, NO_RETRY, "mesh.lb=random"]].concat(),
        &["10s us-east-1/payment 503"],
        60,
    );
    assert!((broken.success_percent.unwrap() - 50.0).abs() < 2.0, "half of a flat pool is broken");
}

#[test]
fn distribute_keeps_its_shares_and_shrinks_with_health() {
    let rules = ["mesh.locality=distribute", "mesh.distribute=80/20", "mesh.outlier.base_ejection_time=10m"];
    for (broken, expected) in [(0, 80.0), (1, 80.0), (2, 73.7), (4, 0.0)] {
        let things: Vec<String> = (1..=broken).map(|pod| format!("2s us-east-1/payment-{pod} 503")).collect();
        let texts: Vec<&str> = things.iter().map(String::as_str).collect();
        let report = run(1, &[MEASURED.to_vec(), rules.to_vec()].concat(), &texts, 60);
        let local = report.number("calls.payment.us-east-1.local_percent").unwrap();
        assert!((local - expected).abs() < 1.0, "{broken} broken: {local} %, not {expected} %");
    }
}

#[test]
fn panic_uses_everybody_and_recovers_at_once() {
    let rules = ["mesh.panic_threshold=50", NO_RETRY];
    let both = ["10s us-east-1/payment 503 for 3s", "10s us-west-2/payment 503 for 3s"];
    // Envoy: 600 failures with panic, 1188 without.
    failures("panic 50", &rules, &both, 30, 595, 605);
    failures("panic 0", &[NO_RETRY], &both, 30, 1_000, 1_400);
}
