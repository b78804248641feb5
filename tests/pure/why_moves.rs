//! The Why log tells each move of traffic, in the words of whoever makes it.

use eastwest::mesh_view::{LogKind, LogLine};
use eastwest::sim::{Engine, Hearing, Pattern, Scenario, Seed};

use crate::determinism::{at, run_to};

fn log(scenario: &str, pattern: Pattern, set: &[&str], broken: &[&str], until: u64) -> Vec<LogLine> {
    let mut scenario = Scenario::shipped(scenario).unwrap();
    scenario.set_pattern(pattern);
    for assignment in set {
        scenario.set(assignment).unwrap();
    }
    let mut engine =
        Engine::new(&scenario, Seed(7), broken.iter().map(|text| text.parse().unwrap()).collect());
    engine.hear(Hearing { log: true, ..Hearing::NOTHING });
    run_to(&mut engine, at(until));
    engine.take_log()
}

#[track_caller]
fn times(log: &[LogLine], kind: LogKind, part: &str) -> Vec<u64> {
    let found = log.iter().filter(|line| line.kind == kind && line.text.contains(part));
    let found: Vec<u64> = found.map(|line| line.at / 1_000_000_000).collect();
    let all: Vec<&str> = log.iter().map(|line| line.text.as_str()).collect();
    assert!(!found.is_empty(), "nobody said: {part}\n{}", all.join("\n"));
    found
}

#[test]
fn a_table_that_a_proxy_comes_back_to_is_told_however_soon() {
    let broken = ["5s us-east-1/payment notready for 3s"];
    let log = log("one-service", Pattern::Mesh, &["mesh.istio=1.30"], &broken, 12_000);
    // With the first pod that is back all traffic is back, and not only with the last.
    assert_eq!(times(&log, LogKind::Shift, "1 of 1 healthy in us-east-1 →"), [5, 8]);
    assert_eq!(times(&log, LogKind::Shift, "3 of 3 healthy in us-east-1 →"), [5, 8]);
}

#[test]
fn an_idle_level_that_comes_or_goes_is_no_shift() {
    let log = log("two-regions", Pattern::Mesh, &[], &["5s us-east-1/istiod secret-lost for 5s"], 15_000);
    let shifts: Vec<&LogLine> = log.iter().filter(|line| line.kind == LogKind::Shift).collect();
    assert!(shifts.is_empty(), "{shifts:?}");
}

#[test]
fn without_proxies_only_ready_endpoints_are_on_a_list() {
    let log = log("two-regions", Pattern::Dual, &[], &["5s us-east-1/payment scale=5"], 15_000);
    assert_eq!(times(&log, LogKind::Control, "payment-5").len(), 1, "starting changes no list");
    times(&log, LogKind::Control, "payment-5 is ready: the EndpointSlice lists it");
}

#[test]
fn linkerd_is_not_spoken_of_as_istio() {
    let broken = ["5s us-east-1/payment-1 notready", "6s us-east-1/istiod down"];
    let log = log("one-service", Pattern::Mesh, &["mesh.kind=linkerd"], &broken, 10_000);
    times(&log, LogKind::Control, "Linkerd's control plane tells us-east-1's proxies, left out of the list");
    times(&log, LogKind::Shift, "7 of 7 ready in one pool → of two at random");
    let istio = log.iter().find(|line| line.text.to_lowercase().contains("istio"));
    assert!(istio.is_none(), "{istio:?}");
}

#[test]
fn panic_is_told_with_the_threshold_and_the_split() {
    let broken = ["5s us-east-1/payment:3 notready", "6s us-west-2/payment notready"];
    let log = log("one-service", Pattern::Mesh, &["mesh.panic_threshold=50"], &broken, 10_000);
    let all = "1 of 4 healthy in us-east-1 (35), 0 of 4 in us-west-2 (0), each below 50 % → panic: all pods get calls, \
               healthy or not: 50 % stays, 50 % goes to us-west-2";
    times(&log, LogKind::Shift, all);
}

#[test]
fn a_pod_that_fails_because_of_a_store_or_its_queue_says_so() {
    let aurora = log("two-regions", Pattern::Mesh, &[], &["5s aurora down"], 15_000);
    times(
        &aurora,
        LogKind::Failure,
        "users: a request fails: payment-4 answers 503, because its write to Aurora fails",
    );
    let crowd = log("two-regions", Pattern::Mesh, &[], &["1s us-east-1/users surge=20"], 15_000);
    times(&crowd, LogKind::Failure, "queue is full, so it answers 503");
}

#[test]
fn a_route_with_weights_is_named_in_what_becomes_of_it() {
    let log = log(
        "one-service",
        Pattern::Mesh,
        &["mesh.route_weights=95/5"],
        &["1s us-west-2/payment refuse"],
        20_000,
    );
    times(
        &log,
        LogKind::Shift,
        "payment, calls routed to us-west-2: no pod is healthy in us-west-2 → every such call",
    );
    assert!(!log.iter().any(|line| line.text.contains("anywhere")));
}

#[test]
fn distribute_shows_what_health_leaves_of_each_weight() {
    let log = log(
        "one-service",
        Pattern::Mesh,
        &["mesh.locality=distribute"],
        &["5s us-east-1/payment:2 503"],
        15_000,
    );
    let text = "2 of 4 healthy in us-east-1 → weight 66.5 of 95, 4 of 4 healthy in us-west-2 → weight 5 of 5 → 93 % to \
                us-east-1, 7 % to us-west-2";
    times(&log, LogKind::Shift, text);
}

#[test]
fn a_loss_is_one_of_requests_and_one_of_answers() {
    let broken = [
        "1s us-east-1~us-west-2 loss=5/100",
        "1s us-east-1>us-west-2 loss=5/100",
        "1s us-east-1/istiod down",
    ];
    let log = log("two-regions", Pattern::Dual, &[], &broken, 2_000);
    times(&log, LogKind::Intervention, "loses 5/100 of requests and 5/100 of answers");
    times(&log, LogKind::Intervention, "loses 5/100 of what is sent that way");
    times(&log, LogKind::Intervention, "us-east-1's istiod is down, and nothing here asks one");
}

#[test]
fn proxies_that_come_to_a_table_one_after_another_tell_it_once() {
    let broken = ["20s us-east-1/users surge=3"];
    let log = log("two-regions", Pattern::Mesh, &[], &broken, 240_000);
    let shifts: Vec<&LogLine> = log.iter().filter(|line| line.kind == LogKind::Shift).collect();
    assert!(shifts.len() > 8, "{shifts:?}");
    for (index, line) in shifts.iter().enumerate() {
        let again = shifts[index + 1..].iter().find(|later| later.text == line.text);
        assert!(again.is_none_or(|later| later.at - line.at > 5_000_000_000), "{line:?} and {again:?}");
    }
}
