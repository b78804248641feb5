//! Pods' lives: scaling, rolling restarts, zones and regions that go and come back.

use eastwest::mesh_view::{MeshView, PlaceState};
use eastwest::sim::{Budget, Engine, Hearing, Report, Scenario, Seed, Timeline};

use crate::determinism::{at, run_to};
use crate::support::{read, set_all};

pub struct Run {
    pub report: Report,
    pub log: Vec<String>,
}

/// A run of a shipped scenario with assignments and interventions, counted from `from` to `until`, both in milliseconds.
pub fn run(scenario: &str, assignments: &[&str], interventions: &[&str], (from, until): (u64, u64)) -> Run {
    let mut scenario = Scenario::shipped(scenario).unwrap();
    set_all(&mut scenario, assignments);
    let interventions = read(interventions);
    for intervention in &interventions {
        scenario.check(intervention).unwrap_or_else(|error| panic!("{error}"));
    }
    let mut engine = Engine::new(&scenario, Seed(7), interventions);
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    engine.measure_from(at(from));
    run_to(&mut engine, at(until));
    let log = engine.take_log().into_iter().map(|line| line.text).collect();
    Run { report: engine.report(), log }
}

#[track_caller]
pub fn says(run: &Run, text: &str) {
    assert!(run.log.iter().any(|line| line.contains(text)), "nobody said: {text}\n{}", run.log.join("\n"));
}

#[test]
fn more_pods_get_calls_when_they_are_ready_and_go_again_when_healed() {
    let broken = ["10s us-east-1/payment scale=8 for 60s"];
    let grown = run("one-service", &[], &broken, (30_000, 60_000));
    assert_eq!(grown.report.requests.failed, 0);
    says(&grown, "payment in us-east-1 scales to 8 for 1m");
    says(&grown, "payment-8 is starting");
    says(&grown, "payment-8 is ready");
    // Not ready pods are listed from Istio 1.31 on, so that four of eight healthy spill over while the others start.
    says(&grown, "4 of 8 healthy in us-east-1 → 50 % × 1.4 = 70 → 70 % stays");
    says(&grown, "8 of 8 healthy in us-east-1");
    let pods = |until| run("one-service", &[], &broken, (0, until)).report.cost_usd_per_hour.pods;
    // Each second at what was there at its end: 8 pods, from 10 s on 12, from 70 s on 8 again, and those that drain.
    assert!((pods(9_000) - 8.0 * 0.048).abs() < 1e-9);
    assert!((pods(60_000) - (10.0 * 8.0 + 50.0 * 12.0) / 60.0 * 0.048).abs() < 0.001, "{}", pods(60_000));
    assert!((pods(300_000) - (8.0 + 4.0 * 65.0 / 300.0) * 0.048).abs() < 0.002, "{}", pods(300_000));
    let before = run("one-service", &["mesh.istio=1.30"], &broken, (0, 60_000));
    assert_eq!(before.report.cross_region.calls, 0, "left out of the list until they are ready");
}

#[test]
fn callers_can_be_scaled_too_and_have_proxies_of_their_own() {
    let grown = run("two-regions", &[], &["5s us-east-1/checkout scale=6"], (20_000, 60_000));
    assert_eq!(grown.report.requests.failed, 0);
    assert!(grown.report.requests.ok > 10_000);
    let none = run("two-regions", &[], &["5s us-east-1/payment scale=0"], (20_000, 60_000));
    assert_eq!(none.report.calls["payment"]["us-east-1"].to["us-east-1"], 0);
    assert_eq!(none.report.requests.failed, 0, "the other region takes all");
}

#[test]
fn pods_that_are_gone_keep_their_numbers_and_are_not_drawn() {
    let scenario = Scenario::shipped("two-regions").unwrap();
    let broken = ["2s us-east-1/payment scale=6", "10s us-east-1/payment scale=2"];
    let mut timeline =
        Timeline::new(scenario, Seed(7), broken.iter().map(|text| text.parse().unwrap()).collect());
    let mut view = MeshView::default();
    let mut state = |timeline: &mut Timeline, moment, pod: &str| {
        timeline.advance(at(moment), &mut Budget::endless());
        timeline.view(timeline.now(), &mut view);
        let place = view.places.iter().find(|place| place.region == 0 && place.name == pod);
        assert!(view.hops.iter().all(|hop| usize::from(hop.to) < view.places.len()));
        place.map(|place| place.state)
    };
    assert_eq!(state(&mut timeline, 1_000, "payment-6"), None);
    assert_eq!(state(&mut timeline, 2_500, "payment-6"), Some(PlaceState::NotReady));
    assert_eq!(state(&mut timeline, 9_000, "payment-6"), Some(PlaceState::Healthy));
    assert_eq!(state(&mut timeline, 10_500, "payment-6"), Some(PlaceState::NotReady));
    assert_eq!(state(&mut timeline, 50_000, "payment-6"), Some(PlaceState::Gone));
    assert_eq!(state(&mut timeline, 50_000, "payment-2"), Some(PlaceState::Healthy));
    let report = timeline.report();
    assert_eq!(report.calls["payment"]["us-east-1"].table.load_percent[0], 100);
}

#[test]
fn a_rolling_restart_is_felt_only_as_a_few_refused_connections_that_are_tried_again() {
    let restarted = run("one-service", &[], &["10s us-east-1/payment restart"], (0, 120_000));
    for pod in 1..=4 {
        says(&restarted, &format!("payment-{pod} is asked to stop"));
        says(&restarted, &format!("payment-{pod} is ready"));
    }
    says(&restarted, "every payment pod in us-east-1 has been restarted");
    assert_eq!(restarted.report.requests.failed, 0);
    assert!(restarted.report.requests.retries > 0, "packets race the push");
    let hooked =
        run("one-service", &["kubernetes.pre_stop=1s"], &["10s us-east-1/payment restart"], (0, 120_000));
    assert_eq!((hooked.report.requests.failed, hooked.report.requests.retries), (0, 0));
    let bare =
        run("one-service", &["mesh.retries.attempts=0"], &["10s us-east-1/payment restart"], (0, 120_000));
    assert!(bare.report.requests.failed > 0, "without retries they fail");
}

#[test]
fn a_load_balancer_does_not_try_again() {
    let restarted = run("two-regions", &[], &["10s us-east-1/ingress restart"], (0, 120_000));
    assert!(restarted.report.requests.failed > 0);
    let hook = ["kubernetes.pre_stop=1s"];
    let hooked = run("two-regions", &hook, &["10s us-east-1/ingress restart"], (0, 120_000));
    assert_eq!(hooked.report.requests.failed, 0);
}

#[test]
fn heal_stops_a_restart_where_it_is() {
    let broken = ["10s us-east-1/payment restart", "15s us-east-1/payment heal"];
    let stopped = run("one-service", &[], &broken, (0, 120_000));
    says(&stopped, "payment-1 is ready");
    assert!(!stopped.log.iter().any(|line| line.starts_with("payment-2 is asked")));
    assert_eq!(stopped.report.calls["payment"]["us-east-1"].table.load_percent, [100, 0]);
}

#[test]
fn a_zone_that_is_lost_is_left_by_its_neighbors_and_taken_back() {
    let zone_first = ["mesh.locality=failover"];
    let lost = run("two-regions", &zone_first, &["10s us-east-1a down", "100s us-east-1a heal"], (0, 80_000));
    // Fifty seconds of silence, and Kubernetes takes the node for lost.
    says(&lost, "payment-1 is not ready");
    let zones = lost.report.calls["payment"]["us-east-1"].zones.clone().unwrap();
    assert_eq!(zones["us-east-1b"].load_percent, [100, 0, 0], "its own zone is all a caller needs");
    let pending = ["10s us-east-1a down", "20s us-east-1/payment scale=6", "40s us-east-1a heal"];
    let waits = run("two-regions", &[], &pending, (0, 39_000));
    says(&waits, "payment-6 is ready");
    assert!(!waits.log.iter().any(|line| line.contains("payment-5 is ready")), "its node is dead");
    says(&run("two-regions", &[], &pending, (0, 60_000)), "payment-5 is ready");
    let back =
        run("two-regions", &zone_first, &["10s us-east-1a down", "100s us-east-1a heal"], (300_000, 400_000));
    assert_eq!((back.report.requests.failed, back.report.cross_region.calls), (0, 0));
}

#[test]
fn a_region_that_comes_back_takes_its_own_users_at_once() {
    let broken = ["10s us-east-1 down", "100s us-east-1 heal"];
    // Nobody writes: Aurora's writer is in the region that goes.
    let flat = ["mesh.locality=off", "users.us-east-1.writes=0", "users.us-west-2.writes=0"];
    let away = run("two-regions", &flat, &broken, (20_000, 100_000));
    assert!(away.report.requests.failed > 0);
    // Nobody tells the other region: its proxies eject, let back in, and eject again. Seldom for longer: a connection
    // takes ten seconds to fail, and after a whole sweep in service an ejection is half forgotten.
    let ejected =
        |line: &&String| line.starts_with("us-east-1's payment-1: 5 errors in a row → ejected for ");
    assert!(away.log.iter().filter(ejected).count() >= 2, "{}", away.log.join("\n"));
    let back = run("two-regions", &flat, &broken, (250_000, 320_000));
    assert_eq!(back.report.requests.failed, 0);
    assert_eq!(back.report.calls["payment"]["us-west-2"].table.ejected_now, 0);
    assert!(back.report.calls["payment"]["us-west-2"].local_percent.unwrap() < 60.0);
}
