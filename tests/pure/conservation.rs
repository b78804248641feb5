//! Nothing is lost and nothing comes from nowhere, whatever the mesh and whatever happens to it.

use eastwest::mesh_view::{HopOutcome, MeshView};
use eastwest::sim::{Budget, Engine, Hearing, Intervention, Scenario, Seed, SimSpan, SimTime, Timeline};

use crate::determinism::{at, run_to};
use crate::support::set_all;

mod random;

use random::{Drawn, Random};

/// How many random meshes: few by default, `EASTWEST_SEEDS` for more.
fn seeds() -> u64 {
    std::env::var("EASTWEST_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(12)
}

#[track_caller]
fn conserved(engine: &Engine, about: &str) {
    let report = engine.report();
    let requests = &report.requests;
    assert_eq!(requests.issued, requests.ok + requests.failed + requests.open, "{about}");
    assert_eq!(requests.open, engine.open(), "{about}: counted open and really open");
    for (service, callers) in &report.calls {
        for (region, calls) in callers {
            assert!(calls.ok <= calls.total, "{about}: {service} from {region}");
            let loads: u32 = calls.table.load_percent.iter().sum();
            // Where every endpoint has left the list there is no level to load.
            let whole = if calls.table.load_percent.is_empty() { 0 } else { 100 };
            assert_eq!(loads, whole, "{about}: {service} from {region} {:?}", calls.table);
        }
    }
}

/// What the seconds told adds up to what was counted in another place.
#[track_caller]
fn adds_up(engine: &mut Engine, about: &str) {
    let (mut ok, mut failed, mut bytes) = (0, 0, 0);
    for (_, second) in engine.take_seconds() {
        ok += u64::from(second.ok);
        failed += u64::from(second.failed);
        bytes += second.cross_bytes;
    }
    let report = engine.report();
    assert_eq!((ok, failed), (report.requests.ok, report.requests.failed), "{about}: by seconds and in all");
    assert_eq!(bytes, report.cross_region.bytes, "{about}: bytes by seconds and in all");
}

#[test]
fn a_swarm_of_meshes_conserves_requests_and_comes_to_rest() {
    for seed in 0..seeds() {
        let mut random = Random::new(seed);
        let (scenario, said) = random.scenario();
        let interventions = random.interventions(&scenario, 12);
        let about = format!(
            "seed {seed}: {said:?} {:?}",
            interventions.iter().map(ToString::to_string).collect::<Vec<_>>()
        );
        if scenario.validate().is_err() {
            continue;
        }
        let mut engine = Engine::new(&scenario, Seed(seed), drained(&scenario, interventions.clone(), 12));
        engine.hear(Hearing { log: false, seconds: true, ..Hearing::NOTHING });
        for second in 1..=12 {
            run_to(&mut engine, at(second * 1000));
            conserved(&engine, &about);
        }
        // Users stop and everything is healed; whoever waits for an answer that never comes leaves after five minutes.
        run_to(&mut engine, at(400_000));
        conserved(&engine, &about);
        adds_up(&mut engine, &about);
        assert_eq!((engine.open(), engine.in_flight()), (0, 0), "{about}: something never ended");
        let mut again = Timeline::new(scenario.clone(), Seed(seed), drained(&scenario, interventions, 12));
        again.advance(at(400_000), &mut Budget::endless());
        assert_eq!(again.report(), engine.report(), "{about}");
        let mut view = MeshView::default();
        again.view(again.now(), &mut view);
        let busy = view.places.iter().find(|place| place.active + place.queued > 0);
        assert_eq!(busy, None, "{about}: a queue that never drained");
    }
}

#[test]
fn the_swarm_draws_every_key_every_effect_and_every_pattern() {
    let mut drawn = Drawn::default();
    for seed in 0..600 {
        let mut random = Random::new(seed);
        let (scenario, said) = random.scenario();
        drawn.note(&scenario, &said, &random.interventions(&scenario, 12));
    }
    assert_eq!(drawn.missing(), Vec::<String>::new());
}

fn drained(scenario: &Scenario, mut interventions: Vec<Intervention>, seconds: u64) -> Vec<Intervention> {
    let mut texts = vec![format!("{seconds}s all heal")];
    texts.extend(scenario.regions().map(|region| format!("{seconds}s {region}/users surge=0")));
    interventions.extend(texts.iter().map(|text| text.parse::<Intervention>().unwrap()));
    interventions
}

#[test]
fn bytes_billed_are_bytes_crossed() {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    scenario.set("mesh.locality=off").unwrap();
    let mut engine = Engine::new(&scenario, Seed(7), drained(&scenario, Vec::new(), 20));
    run_to(&mut engine, at(30_000));
    let report = engine.report();
    assert!(report.cross_region.calls > 1_000);
    assert_eq!(report.cross_region.bytes, report.cross_region.calls * 25_000);
    let sent: u64 = report.calls["payment"].values().flat_map(|calls| calls.to.values()).sum();
    assert_eq!(sent, report.requests.issued);
}

#[test]
fn an_overloaded_service_answers_what_it_can_and_refuses_the_rest() {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    set_all(
        &mut scenario,
        [
            "service.payment.concurrency=1",
            "service.payment.service_time.median=50ms",
            "service.payment.service_time.p99=50ms",
            "mesh.outlier.enabled=false",
        ],
    );
    let mut engine = Engine::new(&scenario, Seed(7), Vec::new());
    // It takes 205 s until all queues are full.
    engine.measure_from(at(300_000));
    run_to(&mut engine, at(1_500_000));
    let report = engine.report();
    // 8 pods of 20 a second take 160 of the 200 that come; a full queue is 1024 deep, 51 s long.
    assert!((report.success_percent.unwrap() - 80.0).abs() < 2.0, "{:?}", report.success_percent);
    assert!((report.latency_ms.p50.unwrap() - 51_200.0).abs() < 3_000.0, "{:?}", report.latency_ms);
}

#[test]
fn weights_of_drawn_hops_sum_to_the_hops_there_were() {
    let broken = vec!["3s us-east-1/payment:1 errors=1/2".parse().unwrap()];
    let scenario = Scenario::shipped("two-regions").unwrap();
    let mut engine = Engine::new(&scenario, Seed(7), broken.clone());
    engine.hear(Hearing { seconds: true, ..Hearing::NOTHING });
    run_to(&mut engine, at(6_000));
    let mut timeline = Timeline::new(scenario, Seed(7), broken);
    let mut view = MeshView::default();
    let mut drawn = 0;
    for step in 1..=60 {
        timeline.advance(at(step * 100), &mut Budget::endless());
        timeline.view(timeline.now(), &mut view);
        let window = 2_000_000_000;
        assert!(view.hops.iter().all(|hop| hop.start + window >= view.at && hop.start <= view.at));
        assert!(
            view.hops.iter().all(
                |hop| (hop.outcome != HopOutcome::Failed || hop.weight == 1) && hop.weight <= view.sample
            )
        );
        if step % 20 == 0 {
            drawn += view.hops.iter().map(|hop| u64::from(hop.weight)).sum::<u64>();
        }
    }
    // Three windows of two seconds make the whole run: every user's request, every call of checkout and of payment.
    let report = engine.report();
    let sent: u64 =
        report.calls.values().flat_map(|callers| callers.values()).flat_map(|calls| calls.to.values()).sum();
    let edges = 3;
    assert!(
        drawn.abs_diff(report.requests.issued + sent) <= edges,
        "{drawn} drawn of {}",
        report.requests.issued + sent
    );
    assert_eq!(view.seconds.len(), 6);
    assert_eq!(
        view.seconds.iter().map(|row| u64::from(row.ok)).sum::<u64>(),
        engine.take_seconds().iter().map(|(_, row)| u64::from(row.ok)).sum::<u64>()
    );
}

#[test]
fn a_view_of_a_moment_is_the_same_however_one_came_to_it() {
    let broken: Vec<Intervention> =
        vec!["3s us-east-1/payment:2 503".parse().unwrap(), "8s all heal".parse().unwrap()];
    let scenario = Scenario::shipped("two-regions").unwrap();
    let mut straight = Timeline::new(scenario.clone(), Seed(7), broken.clone());
    let mut walker = Timeline::new(scenario, Seed(7), broken);
    walker.advance(at(30_000), &mut Budget::endless());
    let (mut one, mut other) = (MeshView::default(), MeshView::default());
    for moment in [2_500, 4_000, 8_000, 9_250, 20_001] {
        straight.advance(at(moment), &mut Budget::endless());
        walker.seek(at(moment), &mut Budget::endless());
        straight.view(straight.now(), &mut one);
        walker.view(walker.now(), &mut other);
        assert_eq!(one, other, "at {moment} ms");
        walker.seek(at(29_000), &mut Budget::endless());
    }
    assert!(one.log.iter().any(|line| line.text.starts_with("payment: 2 of 4 healthy")), "{:?}", one.log);
    assert_eq!(one.regions[0].tables.len(), 2);
    assert_eq!(one.marks.len(), 2);
}

#[test]
fn checkpoints_stay_few_in_a_long_run() {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    for region in ["us-east-1", "us-west-2"] {
        scenario.set(&format!("users.{region}.rps=1")).unwrap();
    }
    let mut timeline = Timeline::new(scenario, Seed(7), Vec::new());
    timeline.advance(SimTime::ZERO + SimSpan::from_seconds(5 * 3600), &mut Budget::endless());
    assert!(timeline.checkpoints() < 260, "{} checkpoints", timeline.checkpoints());
    timeline.seek(at(100_000), &mut Budget::endless());
    assert_eq!(timeline.now(), at(100_000));
}
