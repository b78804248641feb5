//! Where Istio puts an endpoint: priorities, weights, networks, and what it refuses.

use eastwest::sim::policy::istio::{
    Distribute, Endpoint, Failover, Group, Labels, Locality, LocalityLb, Pod, Proxy, REGION_LABEL, apply,
    endpoints_by_network, uses_locality_weights, validate,
};
use eastwest::sim::policy::istio::{Gateway, scale_factor};

fn group(region: &str, zone: &str, pods: usize) -> Group {
    let labels: Labels = [(REGION_LABEL.to_owned(), region.to_owned())].into();
    Group {
        locality: Some(Locality::new(region, zone)),
        endpoints: vec![Endpoint { labels, weight: 1 }; pods],
    }
}

fn two_regions() -> [Group; 4] {
    [group("east", "a", 2), group("east", "b", 2), group("west", "a", 2), group("west", "b", 2)]
}

fn caller() -> Proxy {
    let labels = [(REGION_LABEL.to_owned(), "east".to_owned())].into();
    Proxy { locality: Locality::new("east", "a"), labels }
}

#[track_caller]
fn check(setting: Option<&LocalityLb>, failover_on: bool, priorities: [u32; 4]) {
    let placed = apply(setting, &caller(), &two_regions(), failover_on);
    assert_eq!(placed.iter().map(|part| part.priority).collect::<Vec<_>>(), priorities);
}

#[test]
fn without_outlier_detection_both_regions_are_one_pool() {
    check(Some(&LocalityLb::default()), false, [0, 0, 0, 0]);
    check(None, true, [0, 0, 0, 0]);
}

#[test]
fn plain_failover_is_zone_first() {
    check(Some(&LocalityLb::default()), true, [0, 1, 2, 2]);
}

#[test]
fn failover_priority_by_region_makes_zones_equal() {
    let setting = LocalityLb { failover_priority: vec![REGION_LABEL.to_owned()], ..LocalityLb::default() };
    check(Some(&setting), true, [0, 0, 1, 1]);
    assert!(uses_locality_weights(Some(&setting), true));
    assert!(!uses_locality_weights(Some(&setting), false));
    assert!(!uses_locality_weights(Some(&LocalityLb::default()), true), "bare outlier detection has none");
}

#[test]
fn a_caller_without_labels_is_not_sorted_by_them() {
    let setting = LocalityLb { failover_priority: vec![REGION_LABEL.to_owned()], ..LocalityLb::default() };
    let unlabelled = Proxy { labels: Labels::new(), ..caller() };
    let placed = apply(Some(&setting), &unlabelled, &two_regions(), true);
    assert!(placed.iter().all(|part| part.priority == 0 && part.weight == 2));
}

#[test]
fn remote_endpoints_are_level_0_once_the_local_ones_are_gone_from_the_list() {
    let [_, _, west_a, west_b] = two_regions();
    let placed = apply(Some(&LocalityLb::default()), &caller(), &[west_a, west_b], true);
    assert!(placed.iter().all(|part| part.priority == 0));
}

#[test]
fn admission_speaks_in_its_own_words() {
    let failover = |from: &str, to: &str| Failover { from: from.to_owned(), to: to.to_owned() };
    let distribute = |to: &[(&str, u32)]| Distribute {
        from: "east/*".to_owned(),
        to: to.iter().map(|(place, weight)| ((*place).to_owned(), *weight)).collect(),
    };
    let regions = |rules: Vec<Failover>| LocalityLb { failover: rules, ..LocalityLb::default() };
    let weights =
        |to: &[(&str, u32)]| LocalityLb { distribute: vec![distribute(to)], ..LocalityLb::default() };
    let both =
        LocalityLb { distribute: vec![distribute(&[("east", 100)])], ..regions(vec![failover("a", "b")]) };
    for (setting, outlier_detection, says) in [
        (both, true, "can not simultaneously specify 'distribute' and 'failover'"),
        (weights(&[("east/*", 100), ("west/*", 100)]), true, "total locality weight 200 != 100"),
        (regions(vec![failover("a", "b")]), false, "outlier detection policy must be provided for failover"),
        (
            weights(&[("east/*", 95), ("east/a", 5)]),
            true,
            "locality east/a overlap with previous specified ones",
        ),
        (
            weights(&[("east", 95), ("*/a", 5)]),
            true,
            "locality */a wildcard '*' number can not exceed 1 and must be in the end",
        ),
        (
            weights(&[("east//x", 100)]),
            true,
            "locality east//x must not contain empty region/zone/subzone info",
        ),
        (regions(vec![failover("a/x", "b")]), true, "locality lb failover only specify region"),
    ] {
        let findings = validate(&setting, outlier_detection);
        assert_eq!(findings.iter().map(|finding| finding.text.as_str()).collect::<Vec<_>>(), [says]);
    }
    assert!(
        validate(&weights(&[("east/a", 95), ("east/*", 5)]), true).is_empty(),
        "the order counts, as in Istio"
    );
}

#[test]
fn two_gateways_of_a_cluster_share_its_pods() {
    let gateway = |address: &str| Gateway {
        network: "west".to_owned(),
        cluster: "west".to_owned(),
        address: address.to_owned(),
    };
    let pod = |network: &str| Pod {
        network: network.to_owned(),
        cluster: network.to_owned(),
        address: network.to_owned(),
        weight: 1,
    };
    let gateways = [gateway("g1"), gateway("g2")];
    assert_eq!(scale_factor(&gateways), 2);
    assert_eq!(scale_factor(&[]), 1);
    let seen = endpoints_by_network("east", &[pod("east"), pod("west"), pod("west"), pod("west")], &gateways);
    assert_eq!(seen, [("east".to_owned(), 2), ("g1".to_owned(), 3), ("g2".to_owned(), 3)]);
}
