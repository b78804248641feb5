//! Rules that have no effect under the present pattern and the other rules, and why.

use super::fields::{Field, Group};
use crate::sim::{Pattern, Scenario};

/// Why a field has no effect now; `None` where it may have one. A test holds these to runs.
#[must_use]
pub fn reason(field: &Field, scenario: &Scenario) -> Option<&'static str> {
    let is = |key: &str, value: &str| scenario.told(key).is_some_and(|told| told == value);
    match field.group {
        Group::Dns => dns(scenario),
        Group::Others if field.key == "federation.pick" => {
            (scenario.pattern() != Pattern::Federation).then_some("Only pattern 2 has such a choice.")
        }
        Group::Others => None,
        // An application's own client has them where there is no proxy.
        _ if ["mesh.timeout", "mesh.connect_timeout"].contains(&field.key) => None,
        _ if scenario.pattern() != Pattern::Mesh => Some("Only pattern 3 has proxies."),
        Group::Mesh if field.key != "mesh.istio" => None,
        Group::Linkerd if is("mesh.kind", "istio") => Some("The proxies are Istio's: mesh.kind."),
        Group::Linkerd if field.key.contains("max_") || field.key.contains("min_") => {
            is("mesh.linkerd.failure_accrual", "false").then_some("Failure accrual is off.")
        }
        Group::Linkerd => None,
        _ if is("mesh.kind", "linkerd") => Some("The proxies are Linkerd's, which have no such rule."),
        _ => of_istio(field, scenario, is),
    }
}

fn dns(scenario: &Scenario) -> Option<&'static str> {
    let by_balancer = scenario.told("entry.via").is_some_and(|via| via == "load-balancer");
    (!by_balancer).then_some("Users of this scenario come through no load balancer.")
}

fn of_istio(field: &Field, scenario: &Scenario, is: impl Fn(&str, &str) -> bool) -> Option<&'static str> {
    let no_outlier = is("mesh.outlier.enabled", "false");
    let failover = is("mesh.locality", "failover");
    match field.key {
        "mesh.locality" if no_outlier && (failover || is("mesh.locality", "failover-priority")) => {
            Some("Without outlier detection there is no failover: all pods of all regions are one pool.")
        }
        "mesh.distribute" => (!is("mesh.locality", "distribute")).then_some("Locality is not distribute."),
        "mesh.failover" if !failover && !is("mesh.locality", "zone-aware") => {
            Some("It goes with locality failover or zone-aware only.")
        }
        "mesh.failover" if failover && no_outlier => Some("Without outlier detection there is no failover."),
        "mesh.failover" if !failover && scenario.regions().count() < 3 => {
            Some("With two regions there is only one other.")
        }
        "mesh.warmup.minimum_percent" | "mesh.warmup.aggression" => {
            is("mesh.warmup.duration", "none").then_some("Nobody warms up: the duration is none.")
        }
        "mesh.outlier.enabled" => None,
        key if key.starts_with("mesh.outlier.") && no_outlier => Some("There is no outlierDetection."),
        "mesh.outlier.consecutive_local_origin_failures" => {
            is("mesh.outlier.split_external_local_origin_errors", "false")
                .then_some("They are not counted apart.")
        }
        "mesh.retries.remote_localities" if is("mesh.retries.attempts", "1") => {
            Some("The first retry stays in the region; only the second leaves it.")
        }
        "mesh.retries.attempts" | "mesh.retries.per_try_timeout" => None,
        key if key.starts_with("mesh.retries.") || key == "mesh.connection_pool.max_retries" => {
            is("mesh.retries.attempts", "0").then_some("Nothing is tried again: attempts is 0.")
        }
        _ => None,
    }
}
