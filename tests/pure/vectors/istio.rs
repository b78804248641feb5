//! Istio's decisions.

use super::Case;
use super::read::{group_at, groups, labels, list, locality, number, setting, text};
use eastwest::sim::policy::istio as policy;
use eastwest::sim::policy::istio::{Effective, Group, Kind, Locality, LocalityLb, Placed, Proxy, Settings};
use eastwest::sim::policy::istio::{Severity, TrafficDistribution};
use eastwest::sim::policy::locality::{LocalityWeight, scheduler};
use serde_json::{Value, json};

fn caller(input: &Value) -> Proxy {
    Proxy {
        locality: locality(&input["proxy_locality"]).unwrap_or_default(),
        labels: labels(&input["proxy_labels"]),
    }
}

fn priorities(placed: &[Placed]) -> Value {
    json!(placed.iter().map(|part| part.priority).collect::<Vec<_>>())
}

pub fn priority(case: &Case) {
    let groups: Vec<Group> =
        list(&case.input["endpoint_localities"]).iter().map(|at| group_at(at, 1)).collect();
    let (proxy, rules) = (caller(case.input), setting(case.input));
    let failover_on = case.input["outlier_detection"] == true;
    let placed = match case.input["mode"].as_str().unwrap() {
        "disabled" => policy::apply(None, &proxy, &groups, failover_on),
        "locality" => policy::apply(Some(&rules), &proxy, &groups, failover_on),
        "zone_aware" => {
            let mut placed = policy::apply(None, &proxy, &groups, failover_on);
            policy::zone_aware_levels(&proxy.locality, &rules.failover, &groups, &mut placed);
            placed
        }
        mode => panic!("{}: mode {mode}", case.id),
    };
    assert_eq!(priorities(&placed), case.expect["priorities"], "{}", case.id);
}

pub fn distribute(case: &Case) {
    let weight = |endpoint: &Value| endpoint["weight"].as_u64().unwrap_or(1) as u32;
    let groups: Vec<Group> =
        list(&case.input["endpoints"]).iter().map(|end| group_at(&end["locality"], weight(end))).collect();
    let placed = policy::apply(Some(&setting(case.input)), &caller(case.input), &groups, false);
    let weights: Vec<u32> = placed.iter().map(|part| part.weight).collect();
    let dropped: Vec<bool> = placed.iter().map(|part| part.endpoints.is_empty()).collect();
    assert_eq!(&json!({"weights": weights, "dropped": dropped}), case.expect, "{}", case.id);
    assert!(placed.iter().all(|part| part.priority == 0), "{}: distribute sets no priorities", case.id);
}

pub fn failover_priority(case: &Case) {
    let placed = policy::apply(Some(&setting(case.input)), &caller(case.input), &groups(case.input), true);
    let group = |part: &Placed| json!({"locality_index": part.locality_index, "weight": part.weight, "priority": part.priority});
    assert_eq!(json!(placed.iter().map(group).collect::<Vec<_>>()), case.expect["groups"], "{}", case.id);
}

pub fn failover_priority_plus_failover(case: &Case) {
    let placed = policy::apply(Some(&setting(case.input)), &caller(case.input), &groups(case.input), true);
    assert_eq!(priorities(&placed), case.expect["priorities"], "{}", case.id);
}

pub fn effective_setting(case: &Case) {
    let written = |name: &str, word: &str| (case.input[name] == word).then_some(true);
    let settings = Settings {
        destination_rule_zone_aware: written("destination_rule", "zone-aware"),
        destination_rule_locality: written("destination_rule", "locality"),
        traffic_distribution: case.input["service_traffic_distribution"].as_str().map(distribution),
        mesh_zone_aware: written("mesh_zone_aware", "zone-aware"),
        mesh_locality: written("mesh", "locality"),
    };
    let name = match policy::effective(&settings) {
        Effective::Off => None,
        Effective::DestinationRule(Kind::Locality) => Some("dr locality"),
        Effective::DestinationRule(Kind::ZoneAware) => Some("dr zone-aware"),
        Effective::TrafficDistribution(_) => Some("service traffic distribution (failover forced)"),
        Effective::Mesh(Kind::Locality) => Some("mesh locality"),
        Effective::Mesh(Kind::ZoneAware) => Some("mesh zone-aware"),
    };
    assert_eq!(json!(name), case.expect["effective"], "{}", case.id);
}

fn distribution(name: &str) -> TrafficDistribution {
    match name {
        "PreferClose" => TrafficDistribution::PreferClose,
        "PreferSameZone" => TrafficDistribution::PreferSameZone,
        "PreferSameNode" => TrafficDistribution::PreferSameNode,
        _ => panic!("trafficDistribution {name}"),
    }
}

pub fn validate_locality_lb(case: &Case) {
    let outlier_detection = case.input["outlier_detection"] == true;
    let findings = policy::validate(&setting(&case.input["localityLbSetting"]), outlier_detection);
    let any = |severity: Severity| findings.iter().any(|finding| finding.severity == severity);
    let found = json!({"error": any(Severity::Error), "warning": any(Severity::Warning)});
    assert_eq!(&found, case.expect, "{}: {findings:?}", case.id);
}

/// The file describes the pods in words: three in the proxy's own network, two behind network 1's gateway and one in a
/// network without any.
pub fn eastwest_weights(case: &Case) {
    let gateway = |value: &Value| policy::Gateway {
        network: text(&value["network"]),
        cluster: text(&value["cluster"]),
        address: text(&value["addr"]),
    };
    let gateways: Vec<_> = list(&case.input["gateways"]).iter().map(gateway).collect();
    let pod = |network: &str, cluster: &str, address: &str| policy::Pod {
        network: network.to_owned(),
        cluster: cluster.to_owned(),
        address: address.to_owned(),
        weight: 1,
    };
    let pods = [
        pod("network1", "cluster1a", "10.0.0.1"),
        pod("network1", "cluster1a", "10.0.0.2"),
        pod("network2", "cluster2a", "20.0.0.1"),
        pod("network2", "cluster2b", "20.0.0.2"),
        pod("network2", "cluster2b", "20.0.0.3"),
        pod("network4", "cluster4", "40.0.0.1"),
    ];
    assert_eq!(policy::scale_factor(&gateways), number(&case.input["scale_factor"]), "{}", case.id);
    let mut found = policy::endpoints_by_network(&text(&case.input["proxy_network"]), &pods, &gateways);
    let weight: u32 = found.iter().map(|(_, weight)| weight).sum();
    let mut expected: Vec<(String, u32)> =
        list(&case.expect["endpoints"]).iter().map(|pair| (text(&pair[0]), number(&pair[1]))).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{}", case.id);
    assert_eq!(weight, number(&case.expect["locality_weight"]), "{}", case.id);
}

/// Istio's integration test as the two steps that decide it: weights for each locality, and picks by them.
pub fn end_to_end(case: &Case) {
    let endpoints = list(&case.input["endpoints"]);
    let groups: Vec<Group> = endpoints.iter().map(|end| group_at(&end["locality"], 1)).collect();
    let rules: LocalityLb = setting(&case.input["destination_rule"]);
    let proxy = Proxy { locality: caller(case.input).locality, ..Proxy::default() };
    let placed = policy::apply(Some(&rules), &proxy, &groups, true);
    let weighted = |part: &Placed| {
        let hosts = part.endpoints.len() as u32;
        LocalityWeight { weight: part.weight, total: hosts, healthy: hosts, excluded: 0 }
    };
    let mut queue = scheduler(&placed.iter().map(weighted).collect::<Vec<_>>(), 140).unwrap();
    let mut received = vec![0_u32; endpoints.len()];
    for _ in 0..number(&case.input["requests"]) {
        received[queue.pick()] += 1;
    }
    for (endpoint, received) in endpoints.iter().zip(received) {
        let expected = case.expect["received"][text(&endpoint["name"])].as_u64().unwrap_or(0) as u32;
        assert!(received.abs_diff(expected) <= 3, "{}: {} got {received}", case.id, endpoint["name"]);
    }
}

#[test]
fn a_rule_without_zones_means_all_of_its_region() {
    let place = Locality::new("us-east-1", "us-east-1a");
    for (rule, means) in [
        ("us-east-1", true),
        ("us-east-1/*", true),
        ("*", true),
        ("us-east-1/us-east-1b", false),
        ("us-west-2/*", false),
    ] {
        assert_eq!(place.matches(rule), means, "{rule}");
    }
}
