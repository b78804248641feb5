//! Linkerd's decisions, one at a time.

use eastwest::sim::policy::linkerd::{
    Breaker, DECAY, DEFAULT_RTT, FailureAccrual, PeakEwma, Tripped, two_of,
};
use eastwest::sim::{Engine, Report, Scenario, Seed, SimSpan, SimTime};

use crate::determinism::run_to;
use crate::support::{read, set_all};

fn at(millis: u64) -> SimTime {
    SimTime::ZERO + SimSpan::from_millis(millis)
}

fn close(one: f64, other: f64) -> bool {
    (one / other - 1.0).abs() < 1e-9
}

#[test]
fn a_peak_counts_at_once_and_is_forgotten_slowly() {
    let mut ewma = PeakEwma::new(at(0));
    let default = DEFAULT_RTT.nanos() as f64;
    assert!(close(ewma.cost(0, at(0)), default));
    assert!(close(ewma.cost(3, at(0)), 4.0 * default), "each request that waits adds one");
    ewma.observe(SimSpan::from_millis(500), at(0));
    assert!(close(ewma.cost(0, at(0)), 5e8), "a peak replaces the estimate");
    // One decay time later 1/e of the peak is left, the rest is the new measurement.
    ewma.observe(SimSpan::from_millis(10), SimTime::ZERO + DECAY);
    let kept = libm::exp(-1.0);
    assert!(close(ewma.cost(0, SimTime::ZERO + DECAY), 5e8 * kept + 1e7 * (1.0 - kept)));
    // Unused, it sinks towards nothing.
    let later = SimTime::ZERO + DECAY.times(2);
    assert!(close(ewma.cost(0, later), (5e8 * kept + 1e7 * (1.0 - kept)) * kept));
}

#[test]
fn seven_failures_in_a_row_shut_the_breaker_and_one_success_opens_it() {
    let rule = FailureAccrual::default();
    let mut breaker = Breaker::default();
    for _ in 0..6 {
        assert_eq!(breaker.ended(false, at(0), 0, &rule), None);
    }
    assert_eq!(breaker.ended(true, at(0), 0, &rule), None, "a success starts the count again");
    for _ in 0..6 {
        assert_eq!(breaker.ended(false, at(0), 0, &rule), None);
    }
    let shut = breaker.ended(false, at(0), 0, &rule);
    assert_eq!(shut, Some(Tripped::Shut { until: at(1000), failures: 7 }));
    assert!(!breaker.admits(at(999)) && breaker.admits(at(1000)));
    assert_eq!(breaker.ended(true, at(500), 0, &rule), None, "late answers mean nothing");
    breaker.sent();
    assert!(!breaker.admits(at(1000)), "only one probe");
    assert_eq!(breaker.ended(true, at(1010), 0, &rule), Some(Tripped::Opened));
    assert!(breaker.admits(at(1010)) && !breaker.is_shut());
}

#[test]
fn penalties_double_up_to_the_most_and_start_over() {
    let rule = FailureAccrual { max_failures: 1, ..FailureAccrual::default() };
    let mut breaker = Breaker::default();
    let mut now = at(0);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let Some(Tripped::Shut { until, .. }) = breaker.ended(false, now, 0, &rule) else { panic!() };
        waits.push(until.since(now).nanos() / 1_000_000_000);
        now = until;
        breaker.sent();
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    breaker.ended(true, now, 0, &rule);
    let Some(Tripped::Shut { until, .. }) = breaker.ended(false, now, u64::MAX, &rule) else { panic!() };
    assert_eq!(until.since(now), SimSpan::from_millis(1500), "up to half is added at random");
}

#[test]
fn two_are_never_the_same_one() {
    assert_eq!(two_of(0, [0, 0]), None);
    assert_eq!(two_of(1, [0, 0]), None);
    let steps = (0..16_u64).map(|step| step << 60);
    for (one, other) in steps.clone().flat_map(|one| steps.clone().map(move |other| (one, other))) {
        let (first, second) = two_of(5, [one, other]).unwrap();
        assert!(first != second && first < 5 && second < 5);
    }
}

/// `one-service` on Linkerd proxies for 90 s.
fn run(assignments: &[&str], interventions: &[&str]) -> Report {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    set_all(&mut scenario, ["mesh.kind=linkerd"].iter().chain(assignments));
    let interventions = read(interventions);
    let mut engine = Engine::new(&scenario, Seed(7), interventions);
    run_to(&mut engine, at(90_000));
    engine.report()
}

fn local(report: &Report, region: &str) -> f64 {
    report.calls["payment"][region].local_percent.unwrap()
}

#[test]
fn a_federated_service_is_one_pool_in_which_the_nearer_of_two_wins() {
    let report = run(&[], &[]);
    assert_eq!(report.requests.failed, 0);
    // Of 28 pairs of 8 pods 6 are wholly remote: 22 in 28 of the calls stay, by latency and not by any rule.
    for region in ["us-east-1", "us-west-2"] {
        assert!((local(&report, region) - 2200.0 / 28.0).abs() < 1.5, "{}", local(&report, region));
    }
}

#[test]
fn without_the_annotation_no_answer_takes_an_endpoint_out() {
    let broken = ["20s us-east-1/payment:2 503"];
    let without = run(&[], &broken).requests.failed;
    let accrual = run(&["mesh.linkerd.failure_accrual=true"], &broken).requests.failed;
    assert!(without > 3_000, "{without}");
    // Two callers, two pods, 7 failures each, and a probe at ever longer waits: 1, 2, 4 … 60 s, plus up to half.
    assert!((28..60).contains(&accrual), "{accrual}");
}

#[test]
fn a_pod_that_refuses_connections_costs_only_what_was_on_its_way() {
    let report = run(&[], &["20s us-east-1/payment crash"]);
    assert!(report.requests.failed <= 8, "{}", report.requests.failed);
    assert!(local(&report, "us-east-1") < 75.0, "the other region serves meanwhile");
}

#[test]
fn a_mirror_serves_only_while_no_own_pod_is_ready() {
    let mirror = ["mesh.linkerd.service=mirror"];
    assert_eq!(local(&run(&mirror, &[]), "us-east-1"), 100.0);
    assert_eq!(local(&run(&mirror, &["20s us-east-1/payment:3 notready"]), "us-east-1"), 100.0);
    let none = run(&mirror, &["45s us-east-1/payment notready"]);
    assert_eq!(none.requests.failed, 0);
    assert!((local(&none, "us-east-1") - 50.0).abs() < 2.0, "a cliff, halfway through the run");
}

#[test]
fn the_keys_mean_nothing_to_envoy() {
    let engine = |assignments: &[&str]| {
        let mut scenario = Scenario::shipped("one-service").unwrap();
        set_all(&mut scenario, assignments);
        let mut engine = Engine::new(&scenario, Seed(7), vec!["1s us-east-1/payment 503".parse().unwrap()]);
        run_to(&mut engine, at(20_000));
        engine.digest()
    };
    assert_eq!(engine(&[]), engine(&["mesh.linkerd.failure_accrual=true", "mesh.linkerd.max_failures=1"]));
}
