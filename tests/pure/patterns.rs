//! The three patterns: how a caller of one cluster comes to the other, with and without proxies.

use eastwest::sim::{Engine, Hearing, Pattern, Report, Scenario, Seed};

use crate::determinism::{at, run_to};
use crate::support::{read, set_all};

/// 100 requests a second from each region's client to 4 + 4 pods, 20 s, broken as said; and what was told.
fn run(pattern: Pattern, assignments: &[&str], interventions: &[&str]) -> (Report, Vec<String>) {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    scenario.set_pattern(pattern);
    set_all(&mut scenario, assignments);
    let interventions = read(interventions);
    let mut engine = Engine::new(&scenario, Seed(7), interventions);
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    engine.measure_from(at(5_000));
    run_to(&mut engine, at(20_000));
    (engine.report(), engine.take_log().into_iter().map(|line| line.text).collect())
}

fn number(report: &Report, path: &str) -> f64 {
    report.number(path).unwrap_or_else(|| panic!("{path} is null"))
}

const LOCAL: &str = "calls.payment.us-east-1.local_percent";
const CLIFF: &str = "federation.pick=local-first-cliff";
const INGRESS: &str = "federation.pick=gateway";
const SHORT_NAMES: [&str; 2] = [INGRESS, "mesh.connect_timeout=1s"];

#[test]
fn dual_clusters_never_call_each_other() {
    let (report, _) = run(Pattern::Dual, &[], &[]);
    assert_eq!((report.requests.failed, report.cross_region.calls), (0, 0));
    assert_eq!(report.number(LOCAL), Some(100.0));
    assert_eq!(report.number("calls.payment.us-east-1.load_percent.0"), Some(100.0));
}

#[test]
fn a_dual_cluster_without_a_ready_pod_refuses_at_once_in_words_of_kubernetes() {
    let (report, log) = run(Pattern::Dual, &[], &["5s us-east-1/payment notready"]);
    let east = &report.calls["payment"]["us-east-1"];
    // It takes up to half a second until kube-proxy has heard of it.
    assert!((east.total - east.ok).abs_diff(1_500) <= 100, "{} of {} went well", east.ok, east.total);
    assert_eq!(report.calls["payment"]["us-west-2"].ok, report.calls["payment"]["us-west-2"].total);
    let said = log.iter().find(|text| text.contains("no ready endpoint in us-east-1")).unwrap();
    assert!(said.contains("kube-proxy rejects it") && !said.contains("UH"), "{said}");
    assert!(log.iter().all(|text| !text.contains("istiod")), "{log:?}");
}

#[test]
fn without_proxies_a_pod_that_answers_503_stays_in_rotation_for_ever() {
    for (pattern, assignments, share) in [
        (Pattern::Dual, &[][..], 25.0),
        (Pattern::Federation, &[][..], 12.5),
        (Pattern::Federation, &[CLIFF][..], 25.0),
        (Pattern::Federation, &[INGRESS][..], 25.0),
    ] {
        let (report, log) = run(pattern, assignments, &["5s us-east-1/payment-1 503"]);
        let east = &report.calls["payment"]["us-east-1"];
        let failing = 100.0 * (east.total - east.ok) as f64 / east.total as f64;
        assert!((failing - share).abs() < 3.0, "{pattern} {assignments:?}: {failing} % fail");
        assert_eq!(east.table.ejected_now, 0);
        assert!(log.iter().all(|text| !text.contains("ejected")), "{log:?}");
    }
}

#[test]
fn a_crashed_pod_leaves_the_list_after_the_push() {
    for (pattern, most) in [(Pattern::Dual, 40), (Pattern::Federation, 60)] {
        let (report, _) = run(pattern, &[], &["10s us-east-1/payment-1 crash"]);
        // A quarter or an eighth of 100 requests a second for a third of a second; other clusters hear a second later.
        assert!((2..most).contains(&report.requests.failed), "{pattern}: {} failed", report.requests.failed);
    }
}

#[test]
fn a_clusterset_knows_no_locality() {
    let (report, _) = run(Pattern::Federation, &[], &[]);
    assert!((number(&report, LOCAL) - 50.0).abs() < 2.5, "{}", number(&report, LOCAL));
    let (report, log) = run(Pattern::Federation, &[], &["1s us-east-1/payment:3 notready"]);
    assert!((number(&report, LOCAL) - 20.0).abs() < 2.5, "{}", number(&report, LOCAL));
    let said = log.iter().any(|text| {
        text.contains("1 in us-east-1 and 4 in us-west-2 → any of them: 20 % stays, 80 % goes to us-west-2")
    });
    assert!(said, "{log:?}");
}

#[test]
fn affinity_local_is_a_cliff() {
    let (report, log) = run(Pattern::Federation, &[CLIFF], &["1s us-east-1/payment:3 notready"]);
    assert_eq!(report.number(LOCAL), Some(100.0));
    assert!(log.iter().any(|text| text.contains("100 % stays, be they too few")), "{log:?}");
    let (report, log) = run(Pattern::Federation, &[CLIFF], &["1s us-east-1/payment notready"]);
    assert_eq!(report.number(LOCAL), Some(0.0));
    assert_eq!(report.requests.failed, 0);
    assert!(log.iter().any(|text| text.contains("100 % goes to us-west-2")), "{log:?}");
}

#[test]
fn affinity_local_does_not_see_that_ready_pods_fail() {
    let (report, _) = run(Pattern::Federation, &[CLIFF], &["5s us-east-1/payment 503"]);
    let east = &report.calls["payment"]["us-east-1"];
    assert_eq!(east.ok, 0, "of {}", east.total);
    assert_eq!(report.number(LOCAL), Some(100.0));
}

#[test]
fn slices_of_another_cluster_come_later_and_freeze_while_the_link_is_cut() {
    // West's pods go while nobody can tell east: east keeps sending there and fails.
    let broken = [
        "2s us-east-1~us-west-2 cut for 8s",
        "3s us-west-2/payment notready",
        "4s us-east-1/payment notready",
    ];
    let (report, _) = run(Pattern::Federation, &[CLIFF, "mesh.connect_timeout=500ms"], &broken);
    let east = &report.calls["payment"]["us-east-1"];
    // From the cut's end on word comes after 1.1 to 1.5 s; until then calls go well, for those pods still serve.
    assert!((600..720).contains(&east.to["us-west-2"]), "{:?}", east.to);
    assert!((100..220).contains(&east.ok), "{} went well", east.ok);
}

#[test]
fn one_direction_is_enough_to_lose_a_connection() {
    for cut in ["5s us-east-1>us-west-2 cut", "5s us-west-2>us-east-1 cut"] {
        let (report, _) = run(Pattern::Federation, &["mesh.connect_timeout=1s"], &[cut]);
        // Half of the calls of either side cross, whichever of SYN and SYN-ACK is lost.
        for region in ["us-east-1", "us-west-2"] {
            let calls = &report.calls["payment"][region];
            let failing = 100.0 * (calls.total - calls.ok) as f64 / calls.total as f64;
            assert!((failing - 48.0).abs() < 5.0, "{cut}, {region}: {failing} % fail");
        }
        for (pattern, pick) in [(Pattern::Dual, CLIFF), (Pattern::Federation, CLIFF), (Pattern::Mesh, CLIFF)]
        {
            let (report, _) = run(pattern, &[pick], &[cut]);
            assert_eq!(report.requests.failed, 0, "{pattern}: nothing crosses");
        }
    }
}

#[test]
fn a_name_leads_to_the_own_gateway_until_its_check_fails_and_answers_expire() {
    let (report, _) = run(Pattern::Federation, &[INGRESS], &[]);
    assert_eq!((report.requests.failed, report.number(LOCAL)), (0, Some(100.0)));
    let mut scenario = Scenario::shipped("one-service").unwrap();
    scenario.set_pattern(Pattern::Federation);
    set_all(&mut scenario, SHORT_NAMES);
    let broken = vec!["15s us-east-1/gateway down".parse().unwrap()];
    let mut engine = Engine::new(&scenario, Seed(7), broken);
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    // The third check fails at 40 s; no answer is older than 60 s.
    run_to(&mut engine, at(40_000));
    assert_eq!(engine.report().cross_region.calls, 0);
    run_to(&mut engine, at(101_100));
    engine.measure_from(at(101_100));
    let failed = engine.report().requests.failed;
    assert!((4_900..17_300).contains(&failed), "{failed} failed");
    run_to(&mut engine, at(120_000));
    assert_eq!(engine.report().requests.failed, failed);
    let log: Vec<String> = engine.take_log().into_iter().map(|line| line.text).collect();
    assert!(
        log.iter().any(|text| text.contains("leads us-east-1's callers to us-west-2's gateway")),
        "{log:?}"
    );
}

#[test]
fn a_check_of_the_gateway_does_not_see_the_pods() {
    let (report, log) = run(Pattern::Federation, &[INGRESS], &["5s us-east-1/payment notready"]);
    let east = &report.calls["payment"]["us-east-1"];
    assert!(east.ok < 120, "{} went well", east.ok);
    assert_eq!(report.number(LOCAL), Some(100.0));
    assert!(log.iter().any(|text| text == "us-east-1's gateway answers 503"), "{log:?}");
}

#[test]
fn where_no_call_goes_through_a_gateway_that_is_said() {
    for pattern in [Pattern::Dual, Pattern::Federation, Pattern::Mesh] {
        let (report, log) = run(pattern, &[], &["5s us-east-1/gateway down"]);
        assert_eq!(report.requests.failed, 0);
        assert!(
            log.iter().any(|text| text.ends_with("goes through a gateway: this changes nothing")),
            "{log:?}"
        );
    }
}

#[test]
fn all_patterns_meet_the_same_requests() {
    let issued = |pattern: Pattern, pick: &str| {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        scenario.set_pattern(pattern);
        scenario.set(pick).unwrap();
        let broken = vec!["3s us-east-1/payment 503".parse().unwrap()];
        let mut engine = Engine::new(&scenario, Seed(7), broken);
        run_to(&mut engine, at(10_000));
        let report = engine.report();
        (report.requests.issued, report.data.writes)
    };
    let first = issued(Pattern::Mesh, "federation.pick=random");
    for pattern in Pattern::ALL {
        for pick in ["federation.pick=random", CLIFF, INGRESS, "mesh.network=gateways"] {
            assert_eq!(issued(pattern, pick), first, "{pattern} {pick}");
        }
    }
}
