//! Scenarios: the shipped ones, and what is said of wrong ones.

use eastwest::sim::{Intervention, Scenario};

use crate::support::set_all;

fn two_regions() -> Scenario {
    Scenario::shipped("two-regions").unwrap()
}

#[test]
fn the_shipped_scenarios_are_those_of_the_lesson() {
    assert_eq!(Scenario::shipped_names().collect::<Vec<_>>(), ["two-regions", "one-service"]);
    let mesh = two_regions();
    assert_eq!(mesh.name(), "two-regions");
    assert_eq!(mesh.regions().collect::<Vec<_>>(), ["us-east-1", "us-west-2"]);
    assert_eq!(mesh.services().collect::<Vec<_>>(), ["ingress", "checkout", "payment"]);
    assert_eq!([mesh.pods("us-east-1", "checkout"), mesh.pods("us-west-2", "payment")], [3, 4]);
    assert_eq!(Scenario::shipped("one-service").unwrap().services().collect::<Vec<_>>(), ["payment"]);
    assert!(Scenario::shipped("three-regions").is_none());
}

#[track_caller]
fn refused(assignment: &str, part: &str) {
    let mut scenario = two_regions();
    let error = scenario.set(assignment).expect_err("should have been refused").to_string();
    assert!(error.contains(part), "{error}\nshould say: {part}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert_eq!(scenario, two_regions(), "a refused assignment changed something");
}

#[test]
fn values_are_read_by_their_keys_type() {
    let mut scenario = two_regions();
    set_all(
        &mut scenario,
        [
            "mesh.istio=1.30",
            "mesh.panic_threshold=50",
            "users.us-east-1.rps=0.5",
            "users.us-west-2.arrivals=constant",
            "service.payment.pods.us-west-2=6",
            "mesh.retries.on=connect-failure,reset,503",
            "mesh.outlier.phase=2.5s",
            "mesh.timeout=1s",
            "mesh.timeout=none",
            "mesh.network=flat",
        ],
    );
    assert_eq!(scenario.changes().len(), 10);
    assert_eq!(scenario.pods("us-west-2", "payment"), 6);
    assert_eq!(scenario.validate(), Ok(()));
}

#[test]
fn a_wrong_assignment_is_said_with_what_would_be_right() {
    refused("mesh.retries.attempts", "write KEY=VALUE");
    refused(
        "mesh.retires.attempts=2",
        "there is no key 'mesh.retires.attempts'; did you mean 'mesh.retries.attempts'?",
    );
    refused(
        "service.paymnet.concurrency=2",
        "there is no service 'paymnet'; there is ingress, checkout, payment; did you mean 'payment'?",
    );
    refused("users.us-east-2.rps=5", "did you mean 'us-east-1'?");
    refused("users.us-east-1.rps=fast", "is not a rate");
    refused("mesh.istio=1", "is not an Istio version");
    refused("mesh.locality=failover-prio", "did you mean 'failover-priority'?");
    refused("mesh.outlier.enabled=yes", "neither true nor false");
    refused("mesh.outlier.max_ejection_percent=101", "whole number from 0 to 100");
    refused("mesh.outlier.interval=0s", "too short");
    refused("mesh.connect_timeout=10", "is not a span of time");
    refused("mesh.distribute=95/6", "sum to 100");
    refused("mesh.retries.on=conect-failure", "did you mean 'connect-failure'?");
    refused("mesh.retries.on=reset,often", "'often' is not a retry condition");
    refused("users.us-east-1.writes=0.5", "is not a ratio");
    refused("mesh.network=tunnels", "is not one of flat, gateways");
    refused("mesh.connection_pool.max_requests=many", "write unlimited or a whole number");
    refused("service.payment.calls=aurora", "set in a scenario file");
    refused("=", "there is no key ''");
}

#[test]
fn what_assignments_must_agree_on_is_asked_after_the_last() {
    let mut scenario = two_regions();
    scenario.set("service.payment.service_time.median=30ms").unwrap();
    let error = scenario.validate().unwrap_err().to_string();
    assert!(error.contains("service.payment.service_time.p99 is 20ms, which is below"), "{error}");
    scenario.set("service.payment.service_time.p99=60ms").unwrap();
    assert_eq!(scenario.validate(), Ok(()));
    scenario.set("mesh.kind=linkerd").unwrap();
    scenario.set("mesh.network=gateways").unwrap();
    let error = scenario.validate().unwrap_err().to_string();
    assert!(error.contains("mesh.kind=linkerd needs mesh.network=flat"), "{error}");
}

#[track_caller]
fn file_refused(text: &str, expected: &str) {
    let error = Scenario::parse(text, "mesh.toml").expect_err("should have been refused").to_string();
    assert!(error.contains(expected), "{error}\nshould say: {expected}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_wrong_file_is_said_with_line_and_column() {
    const GOOD: &str = "regions = [\"east\"]\nentry.service = \"web\"\nusers.east.rps = 10\n\
                        [service.web]\npods.east = 2\nservice_time = { median = \"1ms\", p99 = \"2ms\" }\n";
    assert_eq!(Scenario::parse(GOOD, "some/mesh.toml").unwrap().name(), "mesh");
    file_refused("", "mesh.toml:1:1: regions is missing");
    file_refused("regions = [", "mesh.toml:1:12: ");
    file_refused(
        &format!("{GOOD}[mesh]\nlocalitty = \"off\"\n"),
        "mesh.toml:8:1: mesh.localitty: there is no key 'mesh.localitty'; did you mean 'mesh.locality'?",
    );
    file_refused(
        &GOOD.replace("pods.east", "pods.west"),
        "mesh.toml:5:6: service.web.pods.west: there is no region 'west'",
    );
    file_refused(
        &GOOD.replace("2ms", "2"),
        "mesh.toml:6:34: service.web.service_time.p99: '2' is not a span",
    );
    file_refused(&GOOD.replace("2ms", "0.5ms"), "p99 is 500us, which is below");
    file_refused(&GOOD.replace("[service.web]", "[service.web-2]"), "reads as its pod number 2");
    file_refused(&GOOD.replace("[service.web]", "[service.dns]"), "'dns' cannot be a name");
    file_refused(&GOOD.replace("[\"east\"]", "[\"east\", \"east\"]"), "region 'east' is there twice");
    file_refused(
        &GOOD.replace("pods.east = 2", "calls = [\"web\"]\npods.east = 2"),
        "would come to call itself",
    );
    file_refused(&GOOD.replace("pods.east = 2", "pods.east = 0"), "has no pods in any region");
    file_refused(&GOOD.replace("rps = 10", "rps = 2024-01-01"), "no key takes a datetime");
    file_refused(
        &GOOD.replace("rps = 10", "rps = 0x10"),
        "mesh.toml:3:18: write this number with decimal digits",
    );
    file_refused(&format!("{GOOD}[mehs]\n"), "nothing is set in [mehs]");
    file_refused(&GOOD.replace("[\"east\"]", "[]"), "mesh.toml:1:1: regions is empty");
    let calls = vec!["\"aurora\""; 300].join(",");
    file_refused(
        &GOOD.replace("pods.east = 2", &format!("calls = [{calls}]\npods.east = 2")),
        "300 calls are more than the 64 that one service can make",
    );
}

#[track_caller]
fn has_no(text: &str, part: &str) {
    let intervention: Intervention = text.parse().unwrap();
    let error = two_regions().check(&intervention).expect_err("should have been refused").to_string();
    assert!(error.contains(part), "{error}\nshould say: {part}");
}

#[test]
fn an_intervention_must_name_what_the_scenario_has() {
    for good in [
        "1s us-east-1b down",
        "1s us-east-1/payment-4 503",
        "1s us-east-1/checkout:3 crash",
        "1s aurora down for 5s",
        "1s aurora promote=us-west-2",
        "1s dynamodb lag=2s",
        "1s all heal",
    ] {
        assert_eq!(two_regions().check(&good.parse().unwrap()), Ok(()), "{good}");
    }
    has_no(
        "1s us-east-2 down",
        "there is no region or zone 'us-east-2'; there is us-east-1, us-west-2, us-east-1a",
    );
    has_no("1s us-east-1/paiment 503", "did you mean 'payment'?");
    has_no("1s us-east-1/payment-5 503", "us-east-1/payment has 4 pods, so there is no pod 5");
    has_no("1s us-east-1/payment:9 503", "so there is no pod 9");
    has_no("1s us-east-1~eu-west-1 cut", "there is no region 'eu-west-1'");
    has_no("1s us-east-1a isolate", "is a zone; a zone takes down or heal");
    has_no("1s aurora promote=us-west-3", "there is no region 'us-west-3'");
    has_no("1s aurora promote=us-west-2 for 10s", "takes no 'for'");
    let alone = Scenario::shipped("one-service").unwrap();
    let error = alone.check(&"1s aurora down".parse().unwrap()).unwrap_err().to_string();
    assert!(error.contains("no service of this scenario calls aurora"), "{error}");
}
