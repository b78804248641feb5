//! The rule in a few words, for a heading.

use crate::sim::{Pattern, Scenario};

/// `failover-priority · eject 100 %`: what decides where calls go.
#[must_use]
pub fn words(scenario: &Scenario) -> String {
    let told = |key: &str| scenario.told(key).unwrap_or_default();
    match scenario.pattern() {
        Pattern::Dual => {
            format!(
                "DNS {} · {} checks, {} apart",
                told("dns.ttl"),
                told("dns.check_threshold"),
                told("dns.check_interval")
            )
        }
        Pattern::Federation => format!("pick {}", told("federation.pick")),
        Pattern::Mesh if told("mesh.kind") == "linkerd" => {
            let accrual = if told("mesh.linkerd.failure_accrual") == "true" { "on" } else { "off" };
            format!("linkerd {} · accrual {accrual}", told("mesh.linkerd.service"))
        }
        Pattern::Mesh => of_istio(told),
    }
}

fn of_istio(told: impl Fn(&str) -> String) -> String {
    let ejects = told("mesh.outlier.enabled") == "true";
    let locality = told("mesh.locality");
    let (weights, split) = (told("mesh.route_weights"), told("mesh.distribute"));
    let where_to = match locality.as_str() {
        _ if weights != "none" => format!("weights {weights}"),
        "distribute" => format!("distribute {split}"),
        "off" if told("mesh.traffic_distribution") != "none" => "PreferClose".to_owned(),
        "failover" | "failover-priority" if !ejects => "one pool".to_owned(),
        "off" => "one pool".to_owned(),
        _ => locality,
    };
    if ejects {
        format!("{where_to} · eject {} %", told("mesh.outlier.max_ejection_percent"))
    } else {
        format!("{where_to} · no ejection")
    }
}
