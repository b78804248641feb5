//! `failoverPriority`: endpoints ranked by how many labels they share with the caller.

use super::assign::{Placed, compact};
use super::{Group, Labels};
use std::collections::BTreeMap;

pub const NETWORK_LABEL: &str = "topology.istio.io/network";
pub const REGION_LABEL: &str = "topology.kubernetes.io/region";
pub const ZONE_LABEL: &str = "topology.kubernetes.io/zone";
pub const SUBZONE_LABEL: &str = "topology.istio.io/subzone";

/// Splits each group by how far its endpoints match, and numbers the levels without gaps. Without labels on the proxy
/// nothing is split and all stay at level 0.
#[must_use]
pub fn failover_priority(proxy_labels: &Labels, priority_labels: &[String], groups: &[Group]) -> Vec<Placed> {
    if proxy_labels.is_empty() {
        return super::assign::unsplit(groups);
    }
    let wanted = Wanted::new(proxy_labels, priority_labels);
    let mut placed = Vec::new();
    for (locality_index, group) in groups.iter().enumerate() {
        let mut by_level: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, endpoint) in group.endpoints.iter().enumerate() {
            by_level.entry(wanted.level(&endpoint.labels)).or_default().push(index);
        }
        placed.extend(by_level.into_iter().map(|(priority, endpoints)| {
            let weights = endpoints.iter().map(|&index| group.endpoints[index].weight);
            let weight = weights.fold(0, u32::saturating_add);
            Placed { locality_index, endpoints, weight, priority }
        }));
    }
    compact(&mut placed);
    placed
}

/// The labels an endpoint is compared with: the rule's own value where it gives one, else the caller's.
struct Wanted<'a> {
    labels: Vec<(&'a str, &'a str)>,
}

impl<'a> Wanted<'a> {
    fn new(proxy_labels: &'a Labels, priority_labels: &'a [String]) -> Self {
        // As in Istio a value given once holds for each mention of its key, and `a=b=c` gives none.
        let values: BTreeMap<&str, &str> = priority_labels
            .iter()
            .filter_map(|label| label.split_once('='))
            .filter(|(_, value)| !value.contains('='))
            .collect();
        let wanted = |label: &'a String| {
            let key = label.split('=').next().unwrap_or_default();
            let own = proxy_labels.get(key).map_or("", String::as_str);
            (key, values.get(key).copied().unwrap_or(own))
        };
        Self { labels: priority_labels.iter().map(wanted).collect() }
    }

    /// 0 when all match; one more for each label from the first that does not to the last. A first label that is the
    /// network does not end the comparison: another network ranks behind every match in the own one.
    fn level(&self, endpoint: &Labels) -> u32 {
        let all = self.labels.len();
        let mut level = 0;
        for (index, (key, value)) in self.labels.iter().enumerate() {
            if endpoint.get(*key).map_or("", String::as_str) == *value {
                continue;
            }
            if index > 0 || *key != NETWORK_LABEL {
                level += all - index;
                break;
            }
            level += all;
        }
        level as u32
    }
}
