//! Lines of YAML that need more than their own value: names of regions, or what Istio makes of a value.

use crate::sim::{Scenario, SimSpan};

const BALANCER: &str = "trafficPolicy.loadBalancer";
/// What Istio retries when nothing is written, since 1.24.
const RETRY_ON: &str = "connect-failure,refused-stream,unavailable,cancelled";

fn told(scenario: &Scenario, key: &str) -> String {
    scenario.told(key).unwrap_or_default()
}

pub fn locality(scenario: &Scenario) -> String {
    let setting = format!("{BALANCER}.localityLbSetting");
    match told(scenario, "mesh.locality").as_str() {
        "off" => format!("{setting}.enabled: false"),
        "failover" => format!("{setting}.enabled: true"),
        "failover-priority" => format!("{setting}.failoverPriority: [topology.kubernetes.io/region]"),
        "distribute" => distribute(scenario),
        _ => format!("{BALANCER}.zoneAwareLbSetting.enabled: true"),
    }
}

/// A rule a region. What the others get is divided by their pods where there are several.
pub fn distribute(scenario: &Scenario) -> String {
    let value = told(scenario, "mesh.distribute");
    let (own, other) = split(&value);
    let regions: Vec<&str> = scenario.regions().collect();
    let rule = |from: &&str| {
        let mut to = vec![format!("\"{from}/*\": {own}")];
        match regions[..] {
            [one, two] => to.push(format!("\"{}/*\": {other}", if one == *from { two } else { one })),
            [_] | [] => {}
            _ => to.push(format!("the others: {other}")),
        }
        // Istio refuses a weight of 0; who is not named gets nothing.
        to.retain(|weight| !weight.ends_with(": 0"));
        format!("{{from: {from}/*, to: {{{}}}}}", to.join(", "))
    };
    let rules: Vec<String> = regions.iter().map(rule).collect();
    format!("{BALANCER}.localityLbSetting.distribute: [{}]", rules.join(", "))
}

pub fn failover(scenario: &Scenario) -> String {
    let path = format!("{BALANCER}.localityLbSetting.failover");
    let rules = told(scenario, "mesh.failover");
    let rule = |rule: &str| rule.split_once(':').map(|(from, to)| format!("{{from: {from}, to: {to}}}"));
    let rules: Vec<String> = rules.split(',').filter_map(rule).collect();
    if rules.is_empty() {
        format!("{path} is not written")
    } else {
        format!("{path}: [{}]", rules.join(", "))
    }
}

/// For callers of the first region; the other's route is the same the other way round.
pub fn route_weights(scenario: &Scenario) -> String {
    let value = told(scenario, "mesh.route_weights");
    if value == "none" {
        return "http[].route: one destination, no subset, no weight".to_owned();
    }
    let (own, other) = split(&value);
    let mut regions = scenario.regions();
    let (Some(one), Some(two)) = (regions.next(), regions.next()) else {
        return "http[].route: one destination, since there is one region".to_owned();
    };
    format!(
        "http[].route: [{{destination: {{subset: {one}}}, weight: {own}}}, {{destination: {{subset: {two}}}, weight: {other}}}] for callers in {one}"
    )
}

pub fn max_ejection(scenario: &Scenario) -> String {
    match told(scenario, "mesh.outlier.max_ejection_percent").as_str() {
        "0" => "trafficPolicy.outlierDetection.maxEjectionPercent: 0 is not sent by Istio, so that Envoy's 10 would hold; here it is 0".to_owned(),
        percent => format!("trafficPolicy.outlierDetection.maxEjectionPercent: {percent}"),
    }
}

pub fn panic(scenario: &Scenario) -> String {
    match told(scenario, "mesh.panic_threshold").as_str() {
        "istio" => format!(
            "common_lb_config.healthy_panic_threshold.value: {}, sent by Istio",
            scenario.panic_percent()
        ),
        percent => format!("common_lb_config.healthy_panic_threshold.value: {percent}, by an EnvoyFilter"),
    }
}

pub fn retry_on(scenario: &Scenario) -> String {
    let on = match told(scenario, "mesh.retries.on").as_str() {
        "default" => RETRY_ON.to_owned(),
        "503" => format!("{RETRY_ON},503"),
        other => other.to_owned(),
    };
    format!("http[].retries.retryOn: {on}")
}

pub fn not_ready(scenario: &Scenario) -> String {
    if scenario.sends_not_ready() {
        "PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS=true".to_owned()
    } else {
        "PILOT_SEND_UNHEALTHY_ENDPOINTS=false".to_owned()
    }
}

pub fn network(scenario: &Scenario) -> String {
    if told(scenario, "mesh.network") == "flat" {
        return "global.network: one name for all clusters".to_owned();
    }
    let names: Vec<&str> = scenario.regions().collect();
    format!("global.network: {}; and a Gateway on port 15443, tls.mode: AUTO_PASSTHROUGH", names.join(", "))
}

pub fn dns_policy(scenario: &Scenario) -> String {
    let primary = told(scenario, "dns.primary");
    if told(scenario, "dns.policy") == "latency" {
        let names: Vec<&str> = scenario.regions().collect();
        return format!("Region: {}, a record each", names.join(", "));
    }
    format!("Failover: PRIMARY for {primary}, SECONDARY for the other")
}

pub fn check_interval(scenario: &Scenario) -> String {
    let value = told(scenario, "dns.check_interval");
    let nanos = value.parse::<SimSpan>().map_or(0, SimSpan::nanos);
    match nanos / 1_000_000 {
        10_000 => "HealthCheckConfig.RequestInterval: 10".to_owned(),
        30_000 => "HealthCheckConfig.RequestInterval: 30".to_owned(),
        _ => format!("HealthCheckConfig.RequestInterval takes 10 or 30, not {value}"),
    }
}

pub fn check_threshold(scenario: &Scenario) -> String {
    let value = told(scenario, "dns.check_threshold");
    if value.parse().is_ok_and(|count: u32| (1..=10).contains(&count)) {
        return format!("HealthCheckConfig.FailureThreshold: {value}");
    }
    format!("HealthCheckConfig.FailureThreshold takes 1 to 10, not {value}")
}

fn split(value: &str) -> (&str, &str) {
    value.split_once('/').unwrap_or((value, "0"))
}
