//! Slow start: a pod that joins the endpoint list is picked seldom at first.

use eastwest::mesh_view::MeshView;
use eastwest::sim::{Budget, Timeline};
use eastwest::sim::{Engine, Scenario, Seed, SimSpan, SimTime};

use crate::support::{read, set_all};

const BASE: [&str; 4] =
    ["users.us-east-1.rps=1000", "users.us-west-2.rps=0", "mesh.warmup.duration=60s", "mesh.lb=round-robin"];

/// Calls that payment-1 gets a second, of 1000 to four pods, at these moments.
fn rates(assignments: &[&str], interventions: &[&str], moments: &[u64]) -> Vec<f64> {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    set_all(&mut scenario, BASE.iter().chain(assignments));
    let interventions = read(interventions);
    let mut timeline = Timeline::new(scenario, Seed(2), interventions);
    let mut view = MeshView::default();
    let mut rates = Vec::new();
    for moment in moments {
        timeline.advance(SimTime::ZERO + SimSpan::from_seconds(*moment), &mut Budget::endless());
        timeline.view(timeline.now(), &mut view);
        rates.push(view.places.iter().find(|place| place.name == "payment-1").unwrap().rate);
    }
    rates
}

/// What one of four gets while its weight is `factor` and that of the others 1.
fn expected(factor: f64) -> f64 {
    1000.0 * factor / (3.0 + factor)
}

const AWAY: [&str; 1] = ["100s us-east-1/payment-1 notready for 20s"];

#[test]
fn a_pod_that_joins_again_warms_up_before_istio_1_31() {
    let seen = rates(&["mesh.istio=1.30"], &AWAY, &[99, 110, 122, 136, 151, 190]);
    // It is back about 120.3 s: a tenth at first, then its age in 60 s.
    let wanted = [250.0, 0.0, expected(0.1), expected(0.25), expected(0.5), 250.0];
    for (seen, wanted) in seen.iter().zip(wanted) {
        assert!((seen - wanted).abs() < 8.0, "{seen}, not {wanted}");
    }
    let steep = rates(&["mesh.istio=1.30", "mesh.warmup.aggression=2"], &AWAY, &[136]);
    assert!((steep[0] - expected(0.51)).abs() < 10.0, "{steep:?}: the square root of a quarter");
    let floor = rates(&["mesh.istio=1.30", "mesh.warmup.minimum_percent=40"], &AWAY, &[130]);
    assert!((floor[0] - expected(0.4)).abs() < 8.0, "{floor:?}");
}

#[test]
fn a_pod_that_stays_listed_or_was_only_ejected_does_not_warm_up() {
    let listed = rates(&[], &AWAY, &[110, 122]);
    assert!(listed[0] < 1.0 && (listed[1] - 250.0).abs() < 5.0, "{listed:?}");
    let rules = ["mesh.outlier.interval=1s", "mesh.outlier.base_ejection_time=5s"];
    let ejected = rates(&rules, &["100s us-east-1/payment-1 503 for 2s"], &[104, 110]);
    assert!(ejected[0] < 1.0 && (ejected[1] - 250.0).abs() < 5.0, "{ejected:?}");
}

#[test]
fn under_least_request_a_young_pod_gets_less_too() {
    let seen = rates(&["mesh.istio=1.30", "mesh.lb=least-request"], &AWAY, &[99, 122, 190]);
    assert!(seen[1] < 60.0, "{seen:?}");
    assert!((seen[0] - 250.0).abs() < 20.0 && (seen[2] - 250.0).abs() < 20.0, "{seen:?}");
}

#[test]
fn everybody_is_young_at_the_start_so_that_nobody_is_spared() {
    let run = |assignment: &str| {
        let mut scenario = Scenario::shipped("one-service").unwrap();
        scenario.set(assignment).unwrap();
        let mut engine = Engine::new(&scenario, Seed(1), Vec::new());
        crate::determinism::run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(20));
        let report = engine.report();
        (report.requests.ok, report.requests.failed, report.number("calls.payment.us-east-1.local_percent"))
    };
    assert_eq!(run("mesh.warmup.duration=30s"), run("mesh.warmup.duration=none"));
}
