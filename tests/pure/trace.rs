//! One request followed: what is told of it is what happened to it, and that it is followed changes nothing.

use eastwest::sim::{
    Budget, Engine, Hearing, Intervention, Progress, Scenario, Seed, SimSpan, SimTime, TraceHop, TraceKind,
};

use crate::support::{read, set_all};

fn at(millis: u64) -> SimTime {
    SimTime::ZERO + SimSpan::from_millis(millis)
}

fn run(scenario: &Scenario, interventions: &[&str], request: Option<u64>, end: SimTime) -> Engine {
    let interventions: Vec<Intervention> = read(interventions);
    let mut engine = Engine::new(scenario, Seed(7), interventions);
    engine.hear(Hearing { trace: request, ..Hearing::NOTHING });
    assert_eq!(engine.run_until(end, &mut Budget::endless()), Progress::Reached);
    engine
}

fn traced(scenario: &Scenario, interventions: &[&str], request: u64) -> Vec<TraceHop> {
    run(scenario, interventions, Some(request), at(40_000)).take_trace()
}

fn two_regions(set: &[&str]) -> Scenario {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    set_all(&mut scenario, set);
    scenario
}

#[test]
fn following_a_request_changes_nothing() {
    let scenario = two_regions(&["mesh.retries.on=503", "mesh.timeout=1s"]);
    let broken = ["2s us-east-1/payment:2 503", "4s us-west-2 down for 3s"];
    let deaf = run(&scenario, &broken, None, at(12_000));
    for request in [0, 1500, 2000, u64::MAX] {
        let heard = run(&scenario, &broken, Some(request), at(12_000));
        assert_eq!(heard.digest(), deaf.digest(), "request {request}");
        assert_eq!(heard.report(), deaf.report(), "request {request}");
    }
}

#[test]
fn a_request_goes_from_its_users_through_every_service_to_the_stores() {
    let trace = traced(&two_regions(&[]), &[], 500);
    let ways: Vec<(u8, &str)> = trace.iter().map(|hop| (hop.depth, hop.service.as_str())).collect();
    assert_eq!(ways, [(0, "ingress"), (1, "checkout"), (2, "payment"), (3, "aurora"), (2, "dynamodb")]);
    let (users, inner) = (&trace[0], &trace[2]);
    assert!(users.from.ends_with("/users") && users.priority.is_none() && users.load_percent.is_none());
    assert_eq!((inner.priority, inner.load_percent.as_deref()), (Some(0), Some(&[100, 0][..])));
    assert_eq!(inner.from, *trace[1].to.as_ref().unwrap(), "who was called is who calls on");
    for hop in trace.iter().filter(|hop| hop.kind == TraceKind::Try) {
        assert_eq!(hop.outcome.as_deref(), Some("200"), "{hop:?}");
        assert!(hop.start + hop.took.unwrap() <= users.start + users.took.unwrap(), "{hop:?}");
        assert!(hop.queued.is_some(), "{hop:?}");
    }
}

#[test]
fn a_write_to_either_store_is_a_hop() {
    let text = "regions = [\"east\"]\nentry.service = \"web\"\n[users.east]\nrps = 10\nwrites = \"1/1\"\n\
                [service.web]\npods.east = 2\ncalls = [\"aurora\", \"dynamodb\"]\n\
                service_time = { median = \"1ms\", p99 = \"2ms\" }\n";
    let trace = traced(&Scenario::parse(text, "mesh.toml").unwrap(), &[], 3);
    let ways: Vec<&str> = trace.iter().map(|hop| hop.service.as_str()).collect();
    assert_eq!(ways, ["web", "aurora", "dynamodb"]);
}

#[test]
fn a_retry_comes_after_its_wait_and_names_the_pod_it_avoids() {
    let scenario = two_regions(&["mesh.retries.on=503"]);
    let retried = (1800..1900).map(|request| traced(&scenario, &["5s us-east-1/payment:2 503"], request));
    let trace = retried.into_iter().find(|trace| trace.iter().any(|hop| hop.attempt > 1)).unwrap();
    let calls: Vec<&TraceHop> =
        trace.iter().filter(|hop| hop.service == "payment" && hop.kind != TraceKind::Store).collect();
    let kinds: Vec<TraceKind> = calls.iter().map(|hop| hop.kind).collect();
    assert_eq!(kinds[..3], [TraceKind::Try, TraceKind::BackOff, TraceKind::Try]);
    assert_eq!((calls[0].outcome.as_deref(), calls[0].attempt, calls[2].attempt), (Some("503"), 1, 2));
    assert_eq!(calls[0].start + calls[0].took.unwrap(), calls[1].start);
    assert_eq!(calls[1].start + calls[1].took.unwrap(), calls[2].start);
    assert_ne!(calls[0].to, calls[2].to);
}

#[test]
fn a_connection_that_is_never_made_takes_its_time_out() {
    let scenario = two_regions(&["mesh.connect_timeout=700ms", "mesh.outlier.enabled=false"]);
    let broken = ["5s us-west-2 down", "5s us-east-1/payment notready"];
    let lost = |hop: &&TraceHop| hop.outcome.as_deref() == Some("connect-timeout");
    let traces: Vec<Vec<TraceHop>> =
        (2100..2140).map(|request| traced(&scenario, &broken, request)).collect();
    let hop = traces.iter().flatten().find(|hop| lost(hop) && hop.depth > 0).unwrap();
    assert_eq!(hop.took, Some(SimSpan::from_millis(700)), "{hop:?}");
    assert_eq!(hop.queued, None);
}

#[test]
fn what_waits_in_a_queue_says_how_long() {
    let scenario = two_regions(&["service.payment.pods.us-east-1=2"]);
    let waited =
        |request| traced(&scenario, &[], request).into_iter().any(|hop| hop.queued > Some(SimSpan::ZERO));
    assert!((1000..1020).any(waited));
}

#[test]
fn what_hangs_has_no_end() {
    let trace = (2000..2020)
        .map(|request| traced(&two_regions(&[]), &["5s us-east-1/payment blackhole"], request))
        .find(|trace| trace.iter().any(|hop| hop.took.is_none()))
        .unwrap();
    let open = trace.iter().filter(|hop| hop.took.is_none());
    assert!(open.clone().count() >= 3 && open.clone().all(|hop| hop.outcome.is_none()), "{trace:?}");
}
