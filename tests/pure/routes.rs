//! `VirtualService` weights and faults, `failover` lists, zone-aware routing and `trafficDistribution`.

use eastwest::sim::{Engine, Hearing, Report, Scenario, Seed, SimSpan, SimTime};

use crate::determinism::run_to;
use crate::support::{read, set_all};

const CLIENT: [&str; 4] = [
    "users.us-east-1.rps=200",
    "users.us-west-2.rps=0",
    "mesh.outlier.interval=1s",
    "mesh.outlier.base_ejection_time=10m",
];

fn engine(scenario: &str, assignments: &[&str], interventions: &[&str]) -> Engine {
    let mut scenario = Scenario::shipped(scenario).unwrap();
    set_all(&mut scenario, assignments);
    scenario.validate().unwrap_or_else(|error| panic!("{error}"));
    let interventions = read(interventions);
    Engine::new(&scenario, Seed(3), interventions)
}

fn run(assignments: &[&str], interventions: &[&str], from: u64, to: u64) -> Report {
    let all: Vec<&str> = CLIENT.iter().chain(assignments).copied().collect();
    let mut engine = engine("one-service", &all, interventions);
    engine.measure_from(SimTime::ZERO + SimSpan::from_seconds(from));
    run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(to));
    engine.report()
}

fn number(report: &Report, path: &str) -> f64 {
    report.number(&format!("calls.payment.us-east-1.{path}")).unwrap_or_else(|| panic!("no {path}"))
}

const CUT: [&str; 1] = ["10s us-east-1~us-west-2 cut"];
const QUICK: &str = "mesh.connect_timeout=1s";

#[test]
fn route_weights_lose_their_share_for_ever_and_the_same_split_by_distribute_heals() {
    // Envoy: 5 % for ever; 27 failures in 25 s at 200 requests a second, then none.
    let weights = run(&["mesh.route_weights=95/5", QUICK], &CUT, 60, 120);
    let lost = 100.0 - weights.success_percent.unwrap();
    assert!((lost - 5.0).abs() < 0.7, "{lost} % lost");
    assert_eq!(
        (number(&weights, "weights_percent.us-east-1"), number(&weights, "load_percent.0")),
        (95.0, 100.0)
    );
    assert_eq!(
        number(&weights, "ejected_now"),
        4.0,
        "its far subset is ejected whole and still gets its share"
    );
    let rules = ["mesh.locality=distribute", "mesh.distribute=95/5", "mesh.retries.attempts=0", QUICK];
    let early = run(&rules, &CUT, 10, 35).requests.failed;
    assert!((10..60).contains(&early), "{early} failures");
    assert_eq!(run(&rules, &CUT, 40, 120).requests.failed, 0);
}

#[test]
fn a_subset_counts_its_own_hosts_and_keeps_its_retries() {
    let split = "mesh.route_weights=50/50";
    let report = run(&[split], &[], 0, 60);
    assert!((number(&report, "local_percent") - 50.0).abs() < 1.5, "{}", number(&report, "local_percent"));
    // Half of four hosts are two, whatever the other subset has.
    let limit = [split, "mesh.outlier.max_ejection_percent=50"];
    let report = run(&limit, &["5s us-east-1/payment 503"], 10, 60);
    assert_eq!(number(&report, "ejected_now"), 2.0);
    // With its own subset gone a call fails there, however well the other one is.
    let rules = [split, "mesh.retries.on=5xx,reset", "mesh.retries.remote_localities=true"];
    let report = run(&rules, &["5s us-east-1/payment 503"], 10, 60);
    let lost = 100.0 - report.success_percent.unwrap();
    assert!((lost - 50.0).abs() < 2.0, "{lost} % lost");
}

#[test]
fn injected_faults_hurt_calls_and_nobody_else() {
    let rules = [
        "mesh.fault.abort=503",
        "mesh.fault.abort_percent=30/100",
        "mesh.retries.on=503",
        "mesh.timeout=100ms",
    ];
    let report = run(&rules, &[], 0, 60);
    let failed = 100.0 - report.success_percent.unwrap();
    assert!((failed - 30.0).abs() < 1.5, "{failed} % failed");
    assert_eq!(
        (report.requests.retries, number(&report, "ejected_now"), number(&report, "to.us-west-2")),
        (0, 0.0, 0.0)
    );
    let slow = ["mesh.fault.delay=2s", "mesh.fault.delay_percent=1/2", "mesh.timeout=100ms"];
    let report = run(&slow, &[], 0, 60);
    assert_eq!(report.requests.failed, 0, "a route with a fault has no timeout");
    assert!(
        report.latency_ms.p50.unwrap() < 2_003.0 && report.latency_ms.p90.unwrap() > 2_000.0,
        "{:?}",
        report.latency_ms
    );
    let elsewhere =
        engine("two-regions", &["mesh.fault.service=checkout", "mesh.fault.abort_percent=1/1"], &[]);
    let mut elsewhere = elsewhere;
    run_to(&mut elsewhere, SimTime::ZERO + SimSpan::from_seconds(5));
    assert_eq!(elsewhere.report().requests.ok, 0);
    assert_eq!(elsewhere.report().number("calls.payment.us-east-1.total"), Some(0.0));
}

#[test]
fn an_injected_fault_is_told_with_its_share() {
    let mut engine = engine("one-service", &["mesh.fault.abort_percent=1/10"], &[]);
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(5));
    let told: Vec<String> = engine.take_log().into_iter().map(|line| line.text).collect();
    let line = "payment: 503 is injected into 1/10 of calls (FI), before the router → no endpoint is charged, no retry, no timeout";
    assert!(told.iter().any(|text| text == line), "{told:?}");
    assert!(
        told.iter()
            .any(|text| text.ends_with("a request fails: 503 is injected into a call of payment (FI)")),
        "{told:?}"
    );
}

#[test]
fn traffic_distribution_prefers_the_zone_without_outlier_detection() {
    let off = ["mesh.outlier.enabled=false", "mesh.locality=off"];
    let flat = run(&off, &[], 0, 30);
    assert!(number(&flat, "local_percent") < 80.0);
    let close = ["mesh.traffic_distribution=prefer-close"];
    let report = run(&[&off[..], &close].concat(), &["10s us-east-1/payment notready"], 0, 9);
    assert_eq!(number(&report, "local_percent"), 100.0);
    let report = run(&[&off[..], &close].concat(), &["10s us-east-1/payment notready"], 12, 30);
    assert_eq!(number(&report, "local_percent"), 0.0, "readiness moves it");
}

#[test]
fn zone_aware_routing_balances_the_zones_of_the_own_region() {
    let even = ["mesh.locality=zone-aware", "service.payment.pods.us-east-1=6"];
    let share = |assignments: &[&str]| {
        let mut engine = engine("two-regions", assignments, &[]);
        run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(30));
        let report = engine.report();
        assert_eq!(report.number("calls.payment.us-east-1.local_percent"), Some(100.0));
        report.latency_ms.p50.unwrap()
    };
    // Calls within a zone are half a millisecond quicker a way and hop.
    let quick = share(&even);
    let few = share(&["mesh.locality=zone-aware", "service.payment.pods.us-east-1=5"]);
    assert!(quick < few, "{quick} ms, and {few} ms below six pods, where zones are left aside");
}

#[test]
fn what_istio_would_refuse_is_refused() {
    let wrong = |assignments: &[&str]| {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        for assignment in assignments {
            if let Err(error) = scenario.set(assignment) {
                return error.to_string();
            }
        }
        scenario.validate().map_or_else(|error| error.to_string(), |()| "fine".to_owned())
    };
    for (assignments, says) in [
        (&["mesh.locality=zone-aware", "mesh.istio=1.30"][..], "needs Istio 1.31"),
        (&["mesh.failover=us-east-1:us-west-2"], "mesh.locality=failover or zone-aware only"),
        (&["mesh.failover=us-east-1:us-east-1"], "leads nowhere"),
        (&["mesh.failover=us-east-1"], "write FROM:TO"),
        (&["mesh.traffic_distribution=prefer-close"], "set mesh.locality=off too"),
        (&["mesh.warmup.duration=30s", "mesh.lb=random"], "not with random"),
        (&["mesh.warmup.aggression=0.5"], "write a number from 1 to 100"),
        (&["mesh.connection_pool.max_pending=0"], "write unlimited or a whole number from 1"),
        (&["mesh.route_weights=90/5"], "sum to 100"),
        (&["mesh.fault.service=nobody"], "there is no service 'nobody'"),
    ] {
        let said = wrong(assignments);
        assert!(said.contains(says), "{assignments:?}: {said}");
    }
}

#[test]
fn local_failures_are_counted_apart_where_asked() {
    // Refused connections eject after three in a row; answers still after five.
    let split = [
        "mesh.outlier.split_external_local_origin_errors=true",
        "mesh.outlier.consecutive_local_origin_failures=3",
        "mesh.retries.attempts=0",
    ];
    let one = ["5s us-east-1/payment-1 refuse"];
    assert_eq!(run(&split, &one, 0, 30).requests.failed, 3);
    let answers = run(&split, &["5s us-east-1/payment-1 503"], 0, 30);
    assert_eq!(answers.requests.failed, 5);
    // Time-outs on connections that stand never add up, for each new request gets its connection and clears the count.
    let timeouts = [&split[..], &["mesh.timeout=500ms", "mesh.lb=round-robin"]].concat();
    let silent = run(&timeouts, &["5s us-east-1/payment-1 blackhole"], 0, 30);
    assert_eq!(number(&silent, "ejected_now"), 0.0);
    let gateway = ["mesh.outlier.consecutive_gateway_errors=2", "mesh.retries.attempts=0"];
    assert_eq!(run(&gateway, &["5s us-east-1/payment-1 503"], 0, 30).requests.failed, 2);
}

#[test]
fn a_longer_back_off_and_the_same_host_again() {
    let broken = ["5s us-east-1/payment-1 503"];
    let base = ["mesh.retries.on=503", "mesh.outlier.consecutive_5xx=0"];
    let usual = run(&base, &broken, 6, 60);
    let patient = run(&[&base[..], &["mesh.retries.backoff=250ms"]].concat(), &broken, 6, 60);
    assert!(usual.latency_ms.max.unwrap() < 120.0 && patient.latency_ms.max.unwrap() > 240.0);
    let stubborn = run(&[&base[..], &["mesh.retries.ignore_previous_hosts=false"]].concat(), &broken, 6, 60);
    assert!(
        usual.requests.failed < 5 && stubborn.requests.failed > 60,
        "{} and {}",
        usual.requests.failed,
        stubborn.requests.failed
    );
}
