//! East-west gateways against what a real Envoy 1.40 was measured to do behind a TCP pass-through (the design's
//! envoy.md, sections A5, F and G).

use eastwest::mesh_view::{MeshView, PlaceKind, PlaceState};
use eastwest::sim::{Budget, Engine, Hearing, Report, Scenario, Seed, Timeline};

use crate::determinism::{at, run_to};
use crate::support::{read, set_all};

/// The measured set-up: one client, everything on one machine, remote pods behind a gateway that weighs 4.
const MEASURED: [&str; 9] = [
    "mesh.network=gateways",
    "users.us-east-1.rps=200",
    "users.us-west-2.rps=0",
    "mesh.outlier.interval=1s",
    "mesh.outlier.base_ejection_time=5s",
    "link.rtt=0.5ms",
    "link.jitter=0s",
    "zone.rtt=0.5ms",
    "mesh.retries.attempts=0",
];

fn run(seed: u64, assignments: &[&str], interventions: &[&str], seconds: u64) -> (Report, Vec<String>) {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    set_all(&mut scenario, MEASURED.iter().chain(assignments));
    let interventions = read(interventions);
    let mut engine = Engine::new(&scenario, Seed(seed), interventions);
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    engine.measure_from(at(10_000));
    run_to(&mut engine, at(seconds * 1000));
    (engine.report(), engine.take_log().into_iter().map(|line| line.text).collect())
}

fn local(report: &Report) -> f64 {
    report.number("calls.payment.us-east-1.local_percent").unwrap()
}

#[test]
fn callers_stay_in_their_region_while_it_is_well() {
    let (report, _) = run(1, &[], &[], 20);
    assert_eq!((report.requests.failed, report.cross_region.calls), (0, 0));
    assert_eq!(report.calls["payment"]["us-east-1"].table.load_percent, [100, 0]);
}

#[test]
fn a_gateway_weighs_what_it_stands_for() {
    // Envoy with weights 1, 1, 1, 1 and 4 in one pool: 50/50, and 62/38.
    let (report, log) =
        run(1, &["mesh.locality=off", "mesh.lb=round-robin"], &["1s us-west-2/payment:1 crash"], 8);
    assert_eq!(report.requests.failed, 0);
    assert!(
        log.iter().all(|text| !text.contains("gateway weighs 3")),
        "a pod that is listed as unhealthy counts: {log:?}"
    );
    let (report, _) = run(1, &["mesh.locality=off", "mesh.lb=round-robin"], &[], 60);
    assert!((local(&report) - 50.0).abs() < 0.2, "{} % local", local(&report));
    let slow = [
        "mesh.locality=off",
        "service.payment.service_time.median=5ms",
        "service.payment.service_time.p99=8ms",
    ];
    let (report, _) = run(1, &slow, &[], 60);
    assert!((55.0..68.0).contains(&local(&report)), "{} % local", local(&report));
    let old = ["mesh.locality=off", "mesh.lb=round-robin", "mesh.istio=1.30"];
    let (report, log) = run(1, &old, &["1s us-west-2/payment:2 notready"], 60);
    assert!((local(&report) - 100.0 * 4.0 / 6.0).abs() < 0.3, "{} % local", local(&report));
    assert!(log.iter().any(|text| text.ends_with("us-west-2's gateway weighs 2")), "{log:?}");
}

#[test]
fn failing_over_through_a_gateway_works() {
    for seed in 0..5 {
        // Envoy: 215.
        let (report, log) = run(seed, &[], &["10s us-east-1/payment 503"], 14);
        assert!((209..=219).contains(&report.requests.failed), "{} failed", report.requests.failed);
        assert!(log.iter().any(|text| text.contains("100 % goes to us-west-2's gateway")), "{log:?}");
    }
}

#[test]
fn a_gateway_that_is_down_hurts_nobody_whose_own_pods_are_well() {
    for effect in ["down", "refuse", "blackhole", "slow=50ms"] {
        let broken = format!("10s us-west-2/gateway {effect}");
        let (report, _) = run(1, &[], &[&broken], 20);
        assert_eq!(report.requests.failed, 0, "{effect}");
    }
}

#[test]
fn a_gateway_that_is_down_after_the_own_pods_is_503_at_once() {
    for effect in ["down", "refuse"] {
        let broken = ["5s us-east-1/payment 503", &format!("10s us-west-2/gateway {effect}")];
        let rules = ["mesh.connect_timeout=1s", "mesh.outlier.base_ejection_time=60s"];
        let (report, log) = run(1, &rules, &broken, 20);
        assert!(report.requests.ok <= 2, "{effect}: {} went well", report.requests.ok);
        assert!(
            log.iter().any(|text| text.contains("us-west-2's gateway: 5 errors in a row → ejected")),
            "{log:?}"
        );
        assert!(log.iter().any(|text| text.contains("503 at once (UH)")), "{log:?}");
        let sent: u64 = report.calls["payment"]["us-east-1"].to.values().sum();
        assert!(sent < 1_000, "{effect}: {sent} tries of 2,000 requests were sent anywhere");
    }
}

#[test]
fn a_silent_gateway_is_ejected_because_no_new_connection_is_made() {
    // What is sent over the few free connections hangs; after that TLS handshakes get no answer for a second.
    let broken = ["5s us-east-1/payment 503", "10s us-west-2/gateway blackhole"];
    let rules = ["mesh.connect_timeout=1s", "mesh.outlier.base_ejection_time=60s"];
    let (report, log) = run(1, &rules, &broken, 20);
    assert!(report.requests.ok <= 2, "{} went well", report.requests.ok);
    assert!((1..20).contains(&report.requests.open), "{} hang", report.requests.open);
    assert!(log.iter().any(|text| text == "no connection to us-west-2's gateway within 1s"), "{log:?}");
    assert!(
        log.iter().any(|text| text.contains("us-west-2's gateway: 5 errors in a row → ejected")),
        "{log:?}"
    );
}

#[test]
fn bad_pods_behind_a_gateway_are_ejected_all_at_once() {
    // Envoy: 85 % of requests fail when pods behind the gateway fail 30 % and no local one is left.
    let mut sum = 0.0;
    for seed in 0..8 {
        let rules = ["mesh.outlier.base_ejection_time=30s", "mesh.outlier.interval=10s"];
        let broken = ["5s us-east-1/payment 503", "10s us-west-2/payment errors=30/100"];
        let (report, log) = run(seed, &rules, &broken, 40);
        sum += 100.0 - report.success_percent.unwrap();
        assert!(log.iter().all(|text| !text.contains("us-west-2's payment-1: 5 errors")), "{log:?}");
    }
    let failing = sum / 8.0;
    assert!((70.0..93.0).contains(&failing), "{failing} % fail");
}

#[test]
fn connections_stay_with_the_pods_they_were_made_to() {
    // Two requests a second at most overlap never: one connection, one pod.
    let mut scenario = Scenario::shipped("one-service").unwrap();
    for assignment in
        MEASURED.iter().chain(&["users.us-east-1.rps=2", "mesh.locality=off", "mesh.lb=round-robin"])
    {
        scenario.set(assignment).unwrap();
    }
    let used = |interventions: &[&str]| {
        let read = read(interventions);
        let mut timeline = Timeline::new(scenario.clone(), Seed(3), read);
        let mut view = MeshView::default();
        let mut used = std::collections::BTreeSet::new();
        for second in 1..=60 {
            timeline.advance(at(second * 1000), &mut Budget::endless());
            timeline.view(timeline.now(), &mut view);
            let west = view.places.iter().filter(|place| place.region == 1 && place.service == "payment");
            used.extend(west.filter(|place| place.rate > 0.0).map(|place| place.name.clone()));
        }
        assert_eq!(timeline.report().requests.failed, 0);
        used
    };
    let only = used(&[]);
    assert_eq!(only.len(), 1, "{only:?}");
    let number = only.first().unwrap().rsplit('-').next().unwrap();
    let replaced = used(&[&format!("20020ms us-west-2/payment-{number} crash")]);
    assert!(replaced.len() >= 2, "{replaced:?}");
}

#[test]
fn a_slow_gateway_and_its_hop_add_to_a_call() {
    let everything_far = ["service.payment.pods.us-east-1=0"];
    let p50 = |assignments: &[&str], broken: &[&str]| {
        let all = [assignments, &everything_far].concat();
        run(1, &all, broken, 20).0.latency_ms.p50.unwrap()
    };
    let flat = p50(&["mesh.network=flat"], &[]);
    let through = p50(&[], &[]);
    assert!((0.15..1.3).contains(&(through - flat)), "{flat} ms and {through} ms");
    let slow = p50(&[], &["1s us-west-2/gateway slow=40ms"]);
    assert!((slow - through - 40.0).abs() < 1.5, "{slow} ms after {through} ms");
}

#[test]
fn a_gateway_is_a_place_of_the_picture_only_where_calls_go_through_it() {
    let kinds = |network: &str| {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        scenario.set(network).unwrap();
        let broken =
            vec!["1s us-west-2/gateway down".parse().unwrap(), "1s us-east-1/payment 503".parse().unwrap()];
        let mut timeline = Timeline::new(scenario, Seed(3), broken);
        timeline.advance(at(12_000), &mut Budget::endless());
        let mut view = MeshView::default();
        timeline.view(timeline.now(), &mut view);
        assert!(view.hops.iter().all(|hop| usize::from(hop.to) < view.places.len()));
        let gateways = view.places.iter().filter(|place| place.kind == PlaceKind::Gateway);
        gateways.map(|place| (place.region, place.state, place.ejected_by > 0)).collect::<Vec<_>>()
    };
    assert_eq!(kinds("mesh.network=flat"), []);
    assert_eq!(
        kinds("mesh.network=gateways"),
        [(0, PlaceState::Healthy, false), (1, PlaceState::Down, true)]
    );
}
