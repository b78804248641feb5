//! The language of interventions: what is read is printed again, and what is wrong is said.

use eastwest::mesh_view::LogKind;
use eastwest::sim::{Engine, Hearing, Intervention, Scenario, Seed, SimSpan, SimTime};

#[track_caller]
fn round_trips(text: &str) {
    let made: Intervention = text.parse().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(made.to_string(), text);
    assert_eq!(made.to_string().parse::<Intervention>().unwrap(), made);
}

#[track_caller]
fn refused(text: &str, part: &str) {
    let error = text.parse::<Intervention>().expect_err("should have been refused").to_string();
    assert!(error.contains(part), "{error}\nshould say: {part}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn every_target_with_every_effect_it_takes_reads_and_prints_the_same() {
    for text in [
        "0s us-east-1 down",
        "1m30s us-east-1 isolate",
        "20s us-east-1a down",
        "20s us-east-1 heal",
        "20s us-east-1/payment 503",
        "20s us-east-1/payment errors=30/100 for 10s every 1m",
        "20s us-east-1/payment slow=500ms",
        "20s us-east-1/payment:2 refuse",
        "20s us-east-1/payment:2 blackhole",
        "20s us-east-1/payment-3 notready",
        "20s us-east-1/payment-3 crash",
        "20s us-east-1/payment-3 down for 30s",
        "20s us-east-1/payment restart",
        "20s us-east-1/payment scale=6",
        "20s us-east-1/checkout-web-2 503",
        "20s us-east-1/gateway refuse",
        "20s us-east-1/istiod secret-lost",
        "20s us-east-1/dns slow=2s",
        "20s us-east-1~us-west-2 cut",
        "20s us-east-1~us-west-2 loss=5/100",
        "20s us-east-1>us-west-2 slow=40ms",
        "20s aurora promote=us-west-2",
        "20s dynamodb lag=5s",
        "20s us-east-1/users surge=1.5",
        "20s us-east-1/users surge=3 for 1m",
        "250ms all heal",
    ] {
        round_trips(text);
    }
}

#[test]
fn other_spellings_of_the_same_are_read_too() {
    let one: Intervention = " 90s   us-east-1/payment:2\t503  for 0.5m ".parse().unwrap();
    assert_eq!(one.to_string(), "1m30s us-east-1/payment:2 503 for 30s");
    let one: Intervention = "10s us-east-1 down every 10s for 6s".parse().unwrap();
    assert_eq!(one.to_string(), "10s us-east-1 down for 6s every 10s");
    let now =
        Intervention::parse_now("us-east-1/payment-3 crash", SimTime::from_nanos(1_500_000_000)).unwrap();
    assert_eq!(now.to_string(), "1.5s us-east-1/payment-3 crash");
}

#[test]
fn what_is_wrong_is_said_with_what_would_be_right() {
    refused("", "write TIME TARGET EFFECT");
    refused("20s", "write TIME TARGET EFFECT");
    refused("20s us-east-1", "write TIME TARGET EFFECT");
    refused("20 us-east-1 down", "'20' is not a span of time");
    refused("20s us-east-1 503", "a region does not take '503'; it takes down, isolate or heal");
    refused(
        "20s us-east-1~us-west-2 down",
        "a link does not take 'down'; it takes cut, loss=5/100, slow=50ms or heal",
    );
    refused("20s us-east-1/payment down", "a service in a region does not take 'down'");
    refused("20s us-east-1/payment:2 scale=3", "a group of first pods does not take 'scale=3'");
    refused("20s us-east-1/payment blakchole", "did you mean 'blackhole'?");
    refused("20s us-east-1/payment slow", "'slow' needs a value, such as slow=500ms");
    refused("20s us-east-1/payment 503=1", "'503' takes no value");
    refused("20s us-east-1/payment errors=0.3", "'0.3' is not a ratio");
    refused("20s us-east-1/payment slow=5", "'5' is not a span of time");
    refused("20s us-east-1/payment:0 503", "write how many pods");
    refused("20s us-east-1/payment-0 503", "counted from 1");
    refused("20s us-east-1/users surge=x", "is not a factor");
    refused("20s us-east-1/users surge=1000.001", "write a number from 0 to 1000");
    refused("20s us-east-1~us-east-1 cut", "two different regions");
    refused("20s US-EAST-1 down", "is not a name");
    refused("20s all down", "it takes heal");
    refused("20s us-east-1 down for", "'for' needs a span");
    refused("20s us-east-1 down for 0s", "would do nothing");
    refused("20s us-east-1 down every 1ms", "at least 100ms");
    refused("20s us-east-1 down for 5s for 6s", "'for' is there twice");
    refused("20s us-east-1 heal for 6s", "takes no 'for'");
    refused("20s us-east-1/gatway down", "did you mean 'us-east-1/gateway'?");
    refused("20s payment 503", "a service is written with its region, such as us-east-1/payment");
    refused("20s us-east-1 down fro 5s", "did you mean 'for'?");
    refused("20s us-east-1 down soon", "'soon' is not understood here");
}

#[test]
fn surges_on_top_of_each_other_stop_at_a_thousandfold() {
    let scenario = Scenario::shipped("one-service").unwrap();
    let surges = vec!["0s us-east-1/users surge=1000".parse().unwrap(); 9];
    let mut engine = Engine::new(&scenario, Seed(1), surges);
    // 100 requests a second, a thousand times over, are 10 in a tenth of a millisecond.
    crate::determinism::run_to(&mut engine, SimTime::ZERO + SimSpan::from_micros(100));
    assert!(engine.report().requests.issued <= 12, "{} issued", engine.report().requests.issued);
}

#[test]
fn what_repeats_without_an_end_is_there_once() {
    let p50 = |text: &str| {
        let scenario = Scenario::shipped("one-service").unwrap();
        let mut engine = Engine::new(&scenario, Seed(1), vec![text.parse().unwrap()]);
        crate::determinism::run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(40));
        engine.report().latency_ms.p50.unwrap()
    };
    let (once, repeated) =
        (p50("1s us-east-1/payment slow=30ms"), p50("1s us-east-1/payment slow=30ms every 1s"));
    assert!((once - repeated).abs() < 1.0, "{once} ms once, {repeated} ms again and again");
}

#[test]
fn a_link_is_healed_by_either_of_its_names() {
    let broken = ["1s us-east-1~us-west-2 cut", "2s us-west-2~us-east-1 heal"];
    let healed = told("two-regions", &broken, 3);
    assert!(healed.iter().any(|text| text == "us-west-2~us-east-1 is healed"), "{healed:?}");
}

#[test]
fn a_heal_that_only_stops_a_repetition_is_no_empty_one() {
    let broken = ["1s us-east-1/payment 503 for 1s every 5s", "3s us-east-1/payment heal"];
    let healed = told("one-service", &broken, 10);
    assert!(healed.iter().any(|text| text == "us-east-1/payment is healed"), "{healed:?}");
    assert!(!healed.iter().any(|text| text.contains("nothing was broken")), "{healed:?}");
}

#[test]
fn a_container_that_waits_for_its_restart_cannot_crash() {
    // Restarted after 10 s, crashed again at once, restarted 20 s later: the crash in between finds nobody.
    let healed = told("one-service", &["1s us-east-1/payment-1 crash every 11s"], 40);
    let restarted = healed.iter().filter(|text| *text == "us-east-1/payment-1: restarted").count();
    assert_eq!(restarted, 2, "{healed:?}");
    let crashed = healed.iter().filter(|text| text.contains("will be restarted after")).count();
    assert_eq!(crashed, 3, "{healed:?}");
    assert!(healed.iter().any(|text| text.contains("cannot crash again")), "{healed:?}");
}

/// What interventions are said to do.
fn told(scenario: &str, broken: &[&str], seconds: u64) -> Vec<String> {
    let scenario = Scenario::shipped(scenario).unwrap();
    let mut engine =
        Engine::new(&scenario, Seed(7), broken.iter().map(|text| text.parse().unwrap()).collect());
    engine.hear(Hearing { log: true, ..Hearing::NOTHING });
    crate::determinism::run_to(&mut engine, crate::determinism::at(seconds * 1000));
    let log = engine.take_log();
    log.into_iter().filter(|line| line.kind == LogKind::Intervention).map(|line| line.text).collect()
}
