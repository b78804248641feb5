//! Names inside a cluster: `CoreDNS` is asked before a proxy sees a call.

use crate::lives::{run, says};

#[test]
fn every_caller_asks_once_in_the_life_of_a_record() {
    let healthy = run("one-service", &[], &[], (0, 60_000));
    // Two clients, an answer for five seconds and until the next call, two names each, A and AAAA.
    let queries = healthy.report.dns.cluster_queries;
    assert!((88..=96).contains(&queries), "{queries}");
    let longer = run("one-service", &["dns.cluster_ttl=30s"], &[], (0, 60_000));
    assert!(longer.report.dns.cluster_queries <= 16, "{}", longer.report.dns.cluster_queries);
    let frugal = run("one-service", &["dns.ndots=0"], &[], (0, 60_000));
    assert!(frugal.report.dns.cluster_queries > queries, "as it is first, and then the search list");
    assert_eq!(frugal.report.latency_ms, healthy.report.latency_ms);
}

#[test]
fn without_coredns_calls_fail_when_what_is_known_has_expired() {
    let broken = ["20s us-east-1/dns down", "50s us-east-1/dns heal"];
    let away = run("two-regions", &[], &broken, (30_000, 50_000));
    assert_eq!(away.report.calls["payment"]["us-east-1"].ok, 0);
    assert_eq!(away.report.requests.retries, 0, "no proxy saw anything");
    assert_eq!(away.report.calls["payment"]["us-east-1"].table.ejected_now, 0, "nobody is charged");
    assert!(away.report.success_percent.unwrap() < 45.0);
    says(&away, "find no address (CoreDNS)");
    says(&away, "us-east-1's users: a request fails: no address for");
    let soon = run("two-regions", &["dns.cluster_ttl=60s"], &broken, (0, 49_000));
    assert_eq!(soon.report.requests.failed, 0, "a longer time to live rides it out");
    let back = run("two-regions", &[], &broken, (50_500, 80_000));
    assert_eq!(back.report.requests.failed, 0, "nothing negative is kept");
}

#[test]
fn a_slow_coredns_is_felt_at_each_look_up_and_one_slower_than_the_resolver_fails() {
    let slow = run("one-service", &[], &["10s us-east-1/dns slow=100ms"], (20_000, 60_000));
    assert_eq!(slow.report.requests.failed, 0);
    assert!(slow.report.latency_ms.max.unwrap() > 200.0, "two names, one after another");
    assert!(slow.report.latency_ms.p50.unwrap() < 10.0);
    let dead = run("one-service", &[], &["10s us-east-1/dns slow=6s"], (20_000, 60_000));
    assert!(dead.report.success_percent.unwrap() < 60.0);
}
