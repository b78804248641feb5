//! The same run is the same run: whatever its steps, its budget, who listens, and whether it is had again.

use eastwest::sim::rng::{Concern, Stream, below};
use eastwest::sim::{
    Budget, Engine, Hearing, Intervention, Pattern, Progress, Scenario, Seed, SimSpan, SimTime, Timeline,
};

use crate::support::{read, set_all};

const COARSE: &str = include_str!("coarse.toml");

pub fn at(millis: u64) -> SimTime {
    SimTime::ZERO + SimSpan::from_millis(millis)
}

pub fn coarse() -> Scenario {
    Scenario::parse(COARSE, "coarse.toml").unwrap()
}

pub fn run_to(engine: &mut Engine, to: SimTime) {
    while engine.run_until(to, &mut Budget::endless()) == Progress::Behind {}
}

/// What happens in two regions.
const FINE: [&str; 14] = [
    "2s us-east-1/payment:2 503 for 3s",
    "3s us-west-2/checkout-1 crash",
    "4s us-east-1~us-west-2 cut for 2s every 3s",
    "6s us-east-1/users surge=3 for 1s",
    "7s us-east-1a down for 1s",
    "3s us-east-1/payment scale=6 for 4s",
    "3s us-west-2/payment restart",
    "5s us-east-1/istiod down for 2s",
    "5s us-west-2/dns slow=20ms",
    "8s us-east-1/payment errors=30/100",
    "2500ms dynamodb lag=2s for 1s",
    "5s aurora promote=us-west-2",
    "8500ms aurora down",
    "9s all heal",
];

/// What happens to one service.
const PLAIN: [&str; 5] = [
    "1s us-east-1/payment:3 503",
    "3s us-east-1 isolate for 1s every 4s",
    "5s us-west-2/payment-1 blackhole for 2s",
    "6s us-east-1~us-west-2 loss=20/100",
    "8s us-east-1 down for 500ms",
];

/// What happens at instants full of events.
const COARSE_ONES: [&str; 23] = [
    "1s east/bank:2 503",
    "2s west down for 1s",
    "2s east/shop-1 notready",
    "2500ms east/bank slow=7ms for 500ms every 1s",
    "1500ms west/istiod secret-lost for 1s",
    "2s east/bank scale=5",
    "2500ms west/shop restart",
    "3s east>west cut for 1s",
    "3500ms east/dns down for 500ms",
    "4s west/istiod slow=300ms",
    "4s east/shop blackhole for 100ms",
    "5s east/bank refuse for 1s",
    "6s west/users surge=2.5",
    "7s all heal",
    "8s west/bank-1 crash",
    "1s aurora lag=1s for 500ms",
    "3500ms aurora promote=east",
    "5s aurora down for 200ms",
    "5500ms aurora promote=west",
    "6s dynamodb lag=100ms every 700ms",
    "8500ms east~west cut",
    "8500ms east/web refuse for 600ms",
    "9s aurora promote=east",
];

/// What happens at gateways.
const AT_GATEWAYS: [&str; 7] = [
    "1s west/gateway down for 1s",
    "2500ms east/bank-1 crash",
    "3s west/gateway refuse for 200ms every 1s",
    "4s west/gateway blackhole for 500ms",
    "5s east~west cut for 300ms",
    "6s east/gateway slow=3ms",
    "7s east/bank 503",
];

/// Every scenario under every pattern: a fine one, a plain one and a coarse one, each with things that happen, some of
/// them at instants full of events.
fn cases() -> Vec<(Scenario, Vec<Intervention>)> {
    let in_order = |texts: &[&str]| -> Vec<Intervention> {
        let mut found = read(texts);
        found.sort_by_key(Intervention::at);
        found
    };
    let with = |assignments: &[&str]| {
        let mut scenario = coarse();
        set_all(&mut scenario, assignments);
        scenario
    };
    let dns = with(&[
        "dns.check=deep",
        "dns.ttl=300ms",
        "dns.check_interval=200ms",
        "dns.check_threshold=2",
        "dns.external_dns.owner=same",
        "dns.external_dns.interval=700ms",
    ]);
    let gateways = with(&["mesh.network=gateways", "mesh.locality=off", "federation.pick=gateway"]);
    let mut limited = Scenario::shipped("two-regions").unwrap();
    set_all(
        &mut limited,
        [
            "mesh.connection_pool.max_connections=3",
            "mesh.connection_pool.max_pending=4",
            "mesh.connection_pool.max_retries=1",
            "mesh.retries.on=5xx,reset",
            "mesh.timeout=200ms",
            "mesh.route_weights=90/10",
            "mesh.warmup.duration=3s",
        ],
    );
    let mut scenarios = vec![
        (Scenario::shipped("two-regions").unwrap(), in_order(&FINE)),
        (Scenario::shipped("one-service").unwrap(), in_order(&PLAIN)),
        (coarse(), in_order(&COARSE_ONES)),
        (dns, in_order(&COARSE_ONES)),
        (gateways, in_order(&AT_GATEWAYS)),
        (limited, in_order(&FINE)),
    ];
    scenarios[1].0.set("mesh.outlier.base_ejection_time=1s").unwrap();
    let mut cases = Vec::new();
    for pattern in Pattern::ALL {
        for (scenario, interventions) in &scenarios {
            let mut scenario = scenario.clone();
            scenario.set_pattern(pattern);
            cases.push((scenario, interventions.clone()));
        }
    }
    cases
}

fn about(scenario: &Scenario) -> String {
    format!("{} as {}", scenario.name(), scenario.pattern())
}

fn straight(scenario: &Scenario, seed: u64, interventions: &[Intervention], to: SimTime) -> Engine {
    let mut engine = Engine::new(scenario, Seed(seed), interventions.to_vec());
    run_to(&mut engine, to);
    engine
}

#[test]
fn the_same_run_has_the_same_digest_and_another_seed_another() {
    for (scenario, interventions) in cases() {
        let one = straight(&scenario, 1, &interventions, at(10_000));
        let again = straight(&scenario, 1, &interventions, at(10_000));
        assert_eq!(one.report(), again.report());
        assert_eq!(one.events(), again.events());
        let other = straight(&scenario, 2, &interventions, at(10_000));
        assert_ne!(one.digest(), other.digest());
        let without = straight(&scenario, 1, &[], at(10_000));
        assert_ne!(one.digest(), without.digest());
    }
}

#[test]
fn steps_and_budgets_do_not_matter() {
    for (scenario, interventions) in cases() {
        let whole = straight(&scenario, 5, &interventions, at(10_000));
        for lane in 0..4 {
            let mut dice = Stream::new(Seed(lane), Concern::Fault, 0);
            let mut engine = Engine::new(&scenario, Seed(5), interventions.clone());
            let mut to = SimTime::ZERO;
            while to < at(10_000) {
                // Steps of whole milliseconds end on instants at which things happen.
                to = (to + SimSpan::from_millis(below(dice.draw(), 700))).min(at(10_000));
                while engine.run_until(to, &mut Budget(below(dice.draw(), 300) as u32)) == Progress::Behind {}
                assert_eq!(engine.now(), to);
            }
            assert_eq!(engine.report(), whole.report(), "{} in steps of lane {lane}", about(&scenario));
        }
    }
}

#[test]
fn listening_changes_nothing() {
    for (scenario, interventions) in cases() {
        let deaf = straight(&scenario, 3, &interventions, at(10_000));
        let mut heard = Engine::new(&scenario, Seed(3), interventions);
        heard.hear(Hearing { trace: Some(700), ..Hearing::ALL });
        run_to(&mut heard, at(10_000));
        assert_eq!(heard.report(), deaf.report(), "{}", about(&scenario));
        assert!(!heard.take_log().is_empty() && heard.take_seconds().len() == 10);
        assert!(!heard.take_trace().is_empty(), "request 700 was followed");
    }
}

#[test]
fn a_timeline_runs_as_an_engine_does() {
    for (scenario, interventions) in cases() {
        let engine = straight(&scenario, 4, &interventions, at(10_000));
        let mut timeline = Timeline::new(scenario.clone(), Seed(4), interventions);
        let mut steps = 0;
        while timeline.advance(at(10_000), &mut Budget(77)) == Progress::Behind {
            steps += 1;
        }
        assert!(steps > 10, "the budget was meant to be spent often");
        assert_eq!(timeline.report(), engine.report(), "{}", about(&scenario));
    }
}

#[test]
fn what_is_done_at_its_moment_is_what_was_planned_for_it() {
    for (scenario, interventions) in cases() {
        // Repetitions and ends follow by themselves; only what somebody asked for is done live.
        let planned = straight(&scenario, 6, &interventions, at(10_000));
        let mut live = Timeline::new(scenario.clone(), Seed(6), Vec::new());
        for intervention in &interventions {
            live.advance(intervention.at(), &mut Budget::endless());
            live.intervene(intervention.clone());
        }
        live.advance(at(10_000), &mut Budget::endless());
        assert_eq!(live.digest(), planned.digest(), "{}", about(&scenario));
        assert_eq!(live.report(), planned.report(), "{}", about(&scenario));
        // And again, from a moment one went back to.
        live.seek(at(4_321), &mut Budget::endless());
        live.seek(at(10_000), &mut Budget::endless());
        assert_eq!(live.report(), planned.report(), "{} after going back", about(&scenario));
    }
}

/// What somebody at a screen does: steps on, breaks things, scrubs, takes back.
fn wander(timeline: &mut Timeline, texts: &[&str], dice: &mut Stream) {
    for _ in 0..60 {
        let target = at(below(dice.draw(), 10_000));
        let mut budget = Budget(below(dice.draw(), 1_500) as u32);
        match below(dice.draw(), 12) {
            0..=3 => {
                let to = timeline.now() + SimSpan::from_millis(below(dice.draw(), 900));
                timeline.advance(to, &mut budget);
            }
            4..=6 => {
                while timeline.seek(target, &mut budget) == Progress::Behind {
                    budget = Budget(1000);
                }
            }
            7 => {
                timeline.seek(target, &mut budget);
            }
            8..=9 => {
                let text = texts[below(dice.draw(), texts.len() as u64) as usize];
                timeline.intervene(Intervention::parse_now(text, timeline.now()).unwrap());
            }
            10 => {
                let mut log = timeline.log().to_vec();
                if !log.is_empty() {
                    log.remove(below(dice.draw(), log.len() as u64) as usize);
                }
                timeline.rewrite(log);
            }
            _ => {
                let text = texts[below(dice.draw(), texts.len() as u64) as usize];
                let mut log = timeline.log().to_vec();
                log.push(Intervention::parse_now(text, target).unwrap());
                timeline.rewrite(log);
            }
        }
    }
}

#[test]
fn what_was_done_live_can_be_had_again() {
    let texts = [
        "east/bank:2 503",
        "east/shop-1 crash",
        "all heal",
        "east~west cut for 500ms",
        "west down for 1s",
        "aurora promote=east",
        "aurora lag=1s for 1s",
    ];
    let fine =
        ["us-east-1/payment:2 503", "us-east-1 down for 1s", "all heal", "aurora promote=us-west-2 every 3s"];
    for (scenario, texts) in [(coarse(), &texts[..]), (Scenario::shipped("two-regions").unwrap(), &fine[..])]
    {
        for seed in 0..6 {
            let mut dice = Stream::new(Seed(seed), Concern::Fault, 1);
            let mut timeline = Timeline::new(scenario.clone(), Seed(seed), Vec::new());
            wander(&mut timeline, texts, &mut dice);
            let now = timeline.now();
            let so_far: Vec<Intervention> =
                timeline.log().iter().filter(|done| done.at() <= now).cloned().collect();
            let engine = straight(&scenario, seed, &so_far, now);
            // Interventions at this very instant may not have been reached yet by a timeline that was stopped short.
            timeline.advance(now, &mut Budget::endless());
            assert_eq!(timeline.report(), engine.report(), "seed {seed}, {}: {so_far:?}", scenario.name());
        }
    }
}

#[test]
fn a_run_with_another_log_is_as_if_it_had_had_no_other() {
    let mut timeline = Timeline::new(coarse(), Seed(9), Vec::new());
    timeline.advance(at(1_500), &mut Budget::endless());
    timeline.intervene(Intervention::parse_now("east/bank 503", timeline.now()).unwrap());
    timeline.advance(at(4_000), &mut Budget::endless());
    let (log, broken) = (timeline.log().to_vec(), timeline.digest());
    timeline.rewrite(Vec::new());
    assert!(timeline.now() <= at(1_500), "what was run beyond is void");
    timeline.advance(at(4_000), &mut Budget::endless());
    assert_eq!(timeline.digest(), straight(&coarse(), 9, &[], at(4_000)).digest());
    timeline.rewrite(log.clone());
    timeline.advance(at(4_000), &mut Budget::endless());
    assert_eq!(timeline.digest(), broken);
    let later =
        read(&["east/bank 503", "all heal"].map(|what| format!("6s {what}")).each_ref().map(String::as_str));
    timeline.rewrite([log, later].concat());
    assert_eq!(timeline.now(), at(4_000), "what is still to come takes nothing back");
    assert_eq!(timeline.digest(), broken);
}

/// How many requests users have issued, and how many of them write, every ten milliseconds.
fn arrivals(scenario: &Scenario, interventions: &[&str]) -> Vec<(u64, u64)> {
    let does = read(interventions);
    let mut engine = Engine::new(scenario, Seed(7), does);
    let moments = (1..=600).map(|step| {
        run_to(&mut engine, at(step * 10));
        let report = engine.report();
        (report.requests.issued, report.data.writes)
    });
    moments.collect()
}

#[test]
fn users_send_the_same_requests_under_every_pattern_and_policy() {
    let policies = [
        "mesh.retries.attempts=0",
        "mesh.retries.on=503",
        "mesh.locality=off",
        "mesh.lb=round-robin",
        "mesh.outlier.enabled=false",
        "mesh.timeout=20ms",
    ];
    for name in ["two-regions", "one-service"] {
        let mut plain = Scenario::shipped(name).unwrap();
        set_all(&mut plain, ["users.us-east-1.writes=1/20", "users.us-west-2.arrivals=poisson"]);
        let broken =
            ["1s us-east-1/payment 503", "2s us-west-2/payment-1 slow=200ms", "3s us-east-1 isolate"];
        let calm = arrivals(&plain, &[]);
        assert!(
            calm.last().is_some_and(|&(issued, writes)| issued > 1_000 && writes > 20),
            "{:?}",
            calm.last()
        );
        for pattern in Pattern::ALL {
            for policy in policies {
                let mut scenario = plain.clone();
                scenario.set_pattern(pattern);
                scenario.set(policy).unwrap();
                assert_eq!(arrivals(&scenario, &broken), calm, "{name} as {pattern}, {policy}");
            }
        }
    }
}
