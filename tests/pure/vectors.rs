//! Cases that Envoy and Istio publish in their own tests and pages, or that follow from their code: every one is run.

mod envoy;
mod istio;
mod read;

use serde_json::Value;
use std::collections::BTreeMap;

const MESH: &str = include_str!("../vectors/mesh.json");

/// One case of the file, with its name for the message of a failure.
struct Case<'a> {
    id: &'a str,
    input: &'a Value,
    expect: &'a Value,
}

type Check = fn(&Case);

/// How each kind is checked. A kind that is missing here fails the count below.
const CHECKS: [(&str, Check); 23] = [
    ("priority_load", envoy::priority_load),
    ("choose_priority", envoy::choose_priority),
    ("locality_weight", envoy::locality_weight),
    ("locality_wrr_picks", envoy::locality_wrr_picks),
    ("locality_wrr_sequence", envoy::locality_wrr_sequence),
    ("host_wrr_sequence", envoy::host_wrr_sequence),
    ("zone_aware", envoy::zone_aware),
    ("zone_aware_residual_only", envoy::zone_aware_residual_only),
    ("retry_previous_priorities", envoy::retry_previous_priorities),
    ("outlier_timeline", envoy::outlier_timeline),
    ("outlier_success_rate", envoy::outlier_success_rate),
    ("outlier_jitter", envoy::outlier_jitter),
    ("outlier_ejection_duration", envoy::outlier_ejection_duration),
    ("outlier_max_ejected", envoy::outlier_max_ejected),
    ("slow_start_factor", envoy::slow_start),
    ("istio_priority", istio::priority),
    ("istio_distribute", istio::distribute),
    ("istio_failover_priority", istio::failover_priority),
    ("istio_failover_priority_plus_failover", istio::failover_priority_plus_failover),
    ("istio_effective_setting", istio::effective_setting),
    ("istio_validate_locality_lb", istio::validate_locality_lb),
    ("eastwest_weights", istio::eastwest_weights),
    ("end_to_end", istio::end_to_end),
];

#[test]
fn every_published_case_comes_out_as_published() {
    let mesh: Value = serde_json::from_str(MESH).unwrap();
    let mut run: BTreeMap<&str, u64> = BTreeMap::new();
    for case in mesh["cases"].as_array().unwrap() {
        let kind = case["kind"].as_str().unwrap();
        let (_, check) =
            CHECKS.iter().find(|(name, _)| *name == kind).unwrap_or_else(|| panic!("kind {kind}"));
        check(&Case { id: case["id"].as_str().unwrap(), input: &case["input"], expect: &case["expect"] });
        *run.entry(kind).or_default() += 1;
    }
    let counts: BTreeMap<&str, u64> = mesh["counts_by_kind"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_u64().unwrap()))
        .collect();
    assert_eq!(run, counts);
}
