//! Discovery: control planes that are down, slow, blind or split.

use crate::lives::{run, says};

/// One pool of all endpoints, each as likely as any other.
const FLAT: [&str; 2] = ["mesh.locality=off", "mesh.lb=random"];

#[test]
fn without_istiod_nothing_new_is_known_and_everything_goes_on() {
    let frozen = ["10s us-east-1/istiod down", "20s us-west-2/payment scale=8"];
    let away = run("one-service", &FLAT, &frozen, (0, 60_000));
    assert_eq!(away.report.requests.failed, 0);
    let calls = &away.report.calls["payment"];
    assert_eq!(calls["us-east-1"].table.load_percent, [100]);
    // The west has twelve endpoints, the east still eight.
    assert!(calls["us-west-2"].to["us-west-2"] > calls["us-east-1"].to["us-west-2"]);
    says(&away, "us-east-1's istiod is down");
    let healed = [frozen[0], frozen[1], "60s us-east-1/istiod heal"];
    let back = run("one-service", &FLAT, &healed, (70_000, 130_000));
    let share = back.report.calls["payment"]["us-east-1"].local_percent.unwrap();
    assert!((share - 100.0 / 3.0).abs() < 3.0, "four of twelve: {share}");
}

#[test]
fn without_istiod_pods_that_are_gone_stay_on_the_list_and_no_pod_starts() {
    let broken = ["10s us-east-1/istiod down for 60s", "20s us-east-1/payment restart"];
    let frozen = run("one-service", &["mesh.connect_timeout=1s"], &broken, (0, 65_000));
    assert!(!frozen.log.iter().any(|line| line.contains("payment-1 is ready")));
    assert!(!frozen.log.iter().any(|line| line.contains("payment-2 is asked")), "the restart waits");
    says(&frozen, "payment-1: 5 errors in a row → ejected");
    let back = run("one-service", &["mesh.connect_timeout=1s"], &broken, (0, 200_000));
    says(&back, "every payment pod in us-east-1 has been restarted");
}

#[test]
fn certificates_run_out_between_half_their_life_and_all_of_it() {
    let day = ["mesh.cert_ttl=10m", "users.us-west-2.rps=20", "users.us-east-1.rps=20"];
    let broken = ["1m us-east-1/istiod down", "15m us-east-1/istiod heal"];
    let before = run("two-regions", &day, &broken, (0, 355_000));
    assert_eq!(before.report.requests.failed, 0, "nobody notices for half the life");
    let after = run("two-regions", &day, &broken, (665_000, 900_000));
    assert!(after.report.success_percent.unwrap() < 60.0, "{:?}", after.report.success_percent);
    says(&after, "checkout-1's certificate has expired: istiod has renewed none for ");
    says(&after, "no mTLS connection to");
    let healed = run("two-regions", &day, &broken, (1_100_000, 1_200_000));
    assert_eq!(healed.report.requests.failed, 0, "renewed at once");
}

#[test]
fn a_slow_istiod_tells_later() {
    let broken = ["5s us-east-1/istiod slow=20s", "10s us-east-1/payment-1 notready"];
    let soon = run("one-service", &[], &broken, (0, 20_000));
    assert!(!soon.log.iter().any(|line| line.contains("payment-1 is not ready")));
    let late = run("one-service", &[], &broken, (0, 40_000));
    says(&late, "payment-1 is not ready");
}

#[test]
fn a_lost_secret_takes_the_other_region_off_the_lists_cleanly() {
    let broken = ["10s us-east-1/istiod secret-lost", "40s us-east-1/istiod heal"];
    let lost = run("one-service", &FLAT, &broken, (15_000, 40_000));
    let calls = &lost.report.calls["payment"];
    assert_eq!(calls["us-east-1"].to["us-west-2"], 0);
    assert!(calls["us-west-2"].to["us-east-1"] > 0, "the other control plane has its own secret");
    assert_eq!(lost.report.requests.failed, 0);
    let back = run("one-service", &FLAT, &broken, (45_000, 80_000));
    assert!((back.report.calls["payment"]["us-east-1"].local_percent.unwrap() - 50.0).abs() < 3.0);
    let trap = [broken[0], "12s us-east-1/payment 503"];
    let down = run("one-service", &[], &trap, (20_000, 40_000));
    assert!(down.report.calls["payment"]["us-east-1"].ok < 50, "there is nobody to fail over to");
}

#[test]
fn in_a_partition_an_available_registry_is_stale_and_a_consistent_one_refuses() {
    let cut = ["10s us-east-1~us-west-2 cut", "60s us-east-1~us-west-2 heal"];
    let stale = run("one-service", &[], &cut, (0, 60_000));
    assert_eq!(stale.report.requests.failed, 0);
    assert_eq!(stale.report.calls["payment"]["us-west-2"].table.load_percent, [100, 0]);
    let consistent = ["registry.consistency=consistent"];
    let refused = run("one-service", &consistent, &cut, (25_000, 60_000));
    let calls = &refused.report.calls["payment"];
    assert_eq!(calls["us-west-2"].ok, 0, "no quorum, no endpoints, 503");
    assert_eq!(calls["us-east-1"].ok, calls["us-east-1"].total);
    assert_eq!(calls["us-east-1"].table.load_percent, [100], "the other side's leases have run out");
    says(&refused, "us-west-2's registry has no quorum and answers nobody");
    let before = run("one-service", &consistent, &cut, (0, 19_900));
    assert_eq!(before.report.requests.failed, 0, "leases last ten seconds");
    let back = run("one-service", &consistent, &cut, (62_000, 100_000));
    assert_eq!(back.report.requests.failed, 0);
    assert_eq!(back.report.calls["payment"]["us-west-2"].table.load_percent, [100, 0]);
}

#[test]
fn a_consistent_registry_of_two_regions_dies_with_the_first() {
    let consistent = ["registry.consistency=consistent"];
    let gone = run("one-service", &consistent, &["10s us-east-1 down"], (30_000, 60_000));
    assert_eq!(gone.report.calls["payment"]["us-west-2"].ok, 0, "two need a third for a quorum");
    let second = run("one-service", &consistent, &["10s us-west-2 down"], (30_000, 60_000));
    let east = &second.report.calls["payment"]["us-east-1"];
    assert_eq!(east.ok, east.total);
}
