//! Nothing is lost and nothing comes from nowhere, whatever the mesh and whatever happens to it.

use eastwest::mesh_view::{HopOutcome, MeshView};
use eastwest::sim::rng::{Concern, Stream, below};
use eastwest::sim::{Budget, Engine, Hearing, Intervention, Scenario, Seed, SimSpan, SimTime, Timeline};

use crate::determinism::{at, coarse, run_to};

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
            assert_eq!(loads, 100, "{about}: {service} from {region} {:?}", calls.table);
        }
    }
}

struct Random(Stream);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        below(self.0.draw(), bound)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// A mesh of any shape: sometimes coarse, sometimes with hundreds of requests a second on one pod.
    fn scenario(&mut self) -> (Scenario, Vec<String>) {
        let mut scenario = match self.below(3) {
            0 => coarse(),
            1 => Scenario::shipped("one-service").unwrap(),
            _ => Scenario::shipped("two-regions").unwrap(),
        };
        let mut said = vec![scenario.name().to_owned()];
        let region = scenario.regions().next().unwrap().to_owned();
        let service = scenario.services().last().unwrap().to_owned();
        for _ in 0..self.below(7) {
            let assignment = self.assignment(&region, &service);
            scenario.set(&assignment).unwrap_or_else(|error| panic!("{error}"));
            said.push(assignment);
        }
        (scenario, said)
    }

    fn assignment(&mut self, region: &str, service: &str) -> String {
        match self.below(24) {
            0 => format!("users.{region}.rps={}", self.below(500)),
            1 => format!("users.{region}.arrivals={}", self.one(&["poisson", "constant"])),
            2 => format!("service.{service}.pods.{region}={}", self.below(7)),
            3 => format!("service.{service}.concurrency={}", 1 + self.below(4)),
            4 => format!("mesh.istio={}", self.one(&["1.30", "1.31"])),
            5 => {
                format!("mesh.locality={}", self.one(&["off", "failover", "failover-priority", "distribute"]))
            }
            6 => format!("mesh.lb={}", self.one(&["least-request", "round-robin", "random"])),
            7 => format!("mesh.panic_threshold={}", self.below(101)),
            8 => format!("mesh.update_merge_window={}", self.one(&["0s", "1s"])),
            9 => format!("mesh.timeout={}", self.one(&["none", "50ms", "1s"])),
            10 => format!("mesh.retries.per_try_timeout={}", self.one(&["none", "20ms", "500ms"])),
            11 => format!("mesh.retries.attempts={}", self.below(11)),
            12 => format!("mesh.outlier.max_ejection_percent={}", self.below(101)),
            13 => format!("mesh.connection_pool.max_requests={}", 1 + self.below(20)),
            14 => format!("mesh.connection_pool.max_connections={}", 1 + self.below(12)),
            15 => format!("mesh.connection_pool.max_pending={}", 1 + self.below(12)),
            16 => format!("mesh.connection_pool.max_retries={}", 1 + self.below(3)),
            17 => format!("mesh.route_weights={}", self.one(&["none", "95/5", "50/50", "0/100"])),
            18 => format!("mesh.fault.abort_percent={}", self.one(&["0/100", "1/10"])),
            19 => self.one(&["mesh.fault.delay=70ms", "mesh.fault.delay_percent=1/3"]).to_string(),
            20 => format!("mesh.warmup.duration={}", self.one(&["none", "1s", "20s"])),
            21 => self
                .one(&["mesh.locality=zone-aware", "mesh.retries.ignore_previous_hosts=false"])
                .to_string(),
            22 => self
                .one(&[
                    "mesh.outlier.split_external_local_origin_errors=true",
                    "mesh.outlier.consecutive_gateway_errors=2",
                ])
                .to_string(),
            _ => format!("mesh.retries.on={}", self.one(&["default", "503", "5xx,reset,503"])),
        }
    }

    fn interventions(&mut self, scenario: &Scenario, seconds: u64) -> Vec<Intervention> {
        let regions: Vec<String> = scenario.regions().map(str::to_owned).collect();
        let services: Vec<String> = scenario.services().map(str::to_owned).collect();
        let mut made = Vec::new();
        for _ in 0..self.below(9) {
            let (one, other) = (&regions[0], &regions[1]);
            let region = self.one(&regions).clone();
            let service = self.one(&services).clone();
            let effect = self.one(&[
                "503",
                "errors=30/100",
                "slow=30ms",
                "refuse",
                "blackhole",
                "notready",
                "crash",
                "heal",
            ]);
            let what = match self.below(9) {
                0..=2 => format!("{region}/{service} {effect}"),
                3 => format!("{region}/{service}:1 {effect}"),
                4 => format!("{region}/{service}-1 {}", self.one(&["down", "crash", "503"])),
                5 => format!("{region} {}", self.one(&["down", "isolate", "heal"])),
                6 => format!("{one}~{other} {}", self.one(&["cut", "loss=20/100", "slow=40ms"])),
                7 => format!("{one}>{other} {}", self.one(&["cut", "loss=1/2", "heal"])),
                _ => format!("{region}/users surge={}", self.one(&["0", "0.5", "3"])),
            };
            let ending = if effect == &"heal" || what.ends_with("heal") {
                ""
            } else {
                self.one(&["", " for 700ms", " for 1s every 2s", " every 3s"])
            };
            let time = self.below(seconds * 10) * 100;
            let intervention: Intervention = format!("{time}ms {what}{ending}").parse().unwrap();
            if scenario.check(&intervention).is_ok() {
                made.push(intervention);
            }
        }
        made
    }
}

#[test]
fn a_swarm_of_meshes_conserves_requests_and_comes_to_rest() {
    for seed in 0..seeds() {
        let mut random = Random(Stream::new(Seed(seed), Concern::Fault, 2));
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
        for second in 1..=12 {
            run_to(&mut engine, at(second * 1000));
            conserved(&engine, &about);
        }
        // Users stop and everything is healed; whoever waits for an answer that never comes leaves after five minutes.
        run_to(&mut engine, at(400_000));
        conserved(&engine, &about);
        assert_eq!((engine.open(), engine.in_flight()), (0, 0), "{about}: something never ended");
        let mut again = Timeline::new(scenario.clone(), Seed(seed), drained(&scenario, interventions, 12));
        again.advance(at(400_000), &mut Budget::endless());
        assert_eq!(again.report(), engine.report(), "{about}");
    }
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
    for assignment in [
        "service.payment.concurrency=1",
        "service.payment.service_time.median=50ms",
        "service.payment.service_time.p99=50ms",
        "mesh.outlier.enabled=false",
    ] {
        scenario.set(assignment).unwrap();
    }
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
    engine.hear(Hearing { log: false, seconds: true, hops: false });
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
