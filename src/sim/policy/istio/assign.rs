//! Priorities and weights for the groups of endpoints that a proxy is told about.

use super::{Distribute, Failover, Group, Locality, LocalityLb, Proxy, labels};

/// A part of one group with its place in the proxy's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which of the groups it comes from.
    pub locality_index: usize,
    /// Which of that group's endpoints; empty if no rule names the locality.
    pub endpoints: Vec<usize>,
    pub weight: u32,
    /// Envoy's priority, 0 the most preferred.
    pub priority: u32,
}

/// The table for one proxy. `setting` is `None` where locality load balancing is off; `failover_on` where something can
/// take hosts out: `outlierDetection` in the `DestinationRule`, or the service's `trafficDistribution`.
#[must_use]
pub fn apply(
    setting: Option<&LocalityLb>,
    proxy: &Proxy,
    groups: &[Group],
    failover_on: bool,
) -> Vec<Placed> {
    let mut placed = unsplit(groups);
    let Some(setting) = setting else { return placed };
    if !setting.distribute.is_empty() {
        distribute_weights(&proxy.locality, &setting.distribute, groups, &mut placed);
    } else if failover_on && !setting.failover_priority.is_empty() {
        placed = labels::failover_priority(&proxy.labels, &setting.failover_priority, groups);
        if !setting.failover.is_empty() {
            failover_levels(&proxy.locality, &setting.failover, groups, &mut placed);
        }
    } else if failover_on {
        failover_levels(&proxy.locality, &setting.failover, groups, &mut placed);
    }
    placed
}

/// Does the cluster balance by locality weights? Bare `outlierDetection` gives priorities with the level's hosts in one pool.
#[must_use]
pub fn uses_locality_weights(setting: Option<&LocalityLb>, failover_on: bool) -> bool {
    setting.is_some_and(|setting| {
        let written = !setting.failover.is_empty() || !setting.failover_priority.is_empty();
        !setting.distribute.is_empty() || (failover_on && written)
    })
}

/// Each group whole, at level 0.
pub(super) fn unsplit(groups: &[Group]) -> Vec<Placed> {
    let whole = |(locality_index, group): (usize, &Group)| Placed {
        locality_index,
        endpoints: (0..group.endpoints.len()).collect(),
        weight: group.weight(),
        priority: 0,
    };
    groups.iter().enumerate().map(whole).collect()
}

/// `failover`, also when the list is empty: own subzone, own zone, own region, other regions; the region a rule names
/// goes ahead of the rest. Levels set before count first.
pub fn failover_levels(proxy: &Locality, rules: &[Failover], groups: &[Group], placed: &mut [Placed]) {
    let target = rules.iter().find(|rule| rule.from == proxy.region).map(|rule| rule.to.as_str());
    for part in &mut *placed {
        let locality = groups[part.locality_index].locality.as_ref();
        let mut level = proxy.distance(locality);
        if level == 3 && misses(target, locality) {
            level = 4;
        }
        part.priority = part.priority * 5 + level;
    }
    compact(placed);
}

/// `zoneAwareLbSetting` (1.31): the own region, the region a rule names, the rest. Envoy balances the zones of level 0.
pub fn zone_aware_levels(proxy: &Locality, rules: &[Failover], groups: &[Group], placed: &mut [Placed]) {
    let target = rules.iter().find(|rule| rule.from == proxy.region).map(|rule| rule.to.as_str());
    for part in &mut *placed {
        let locality = groups[part.locality_index].locality.as_ref();
        part.priority = match proxy.distance(locality) {
            0..=2 => 0,
            _ if misses(target, locality) => 2,
            _ => 1,
        };
    }
    compact(placed);
}

/// Is there a target, and is this not it? An unknown place is never it.
fn misses(target: Option<&str>, locality: Option<&Locality>) -> bool {
    target.is_some_and(|target| locality.is_none_or(|locality| locality.region != target))
}

/// Renumbers the levels from 0 without gaps, in the same order.
pub(super) fn compact(placed: &mut [Placed]) {
    let mut levels: Vec<u32> = placed.iter().map(|part| part.priority).collect();
    levels.sort_unstable();
    levels.dedup();
    for part in placed {
        part.priority = levels.partition_point(|&level| level < part.priority) as u32;
    }
}

/// `distribute`: the first rule for the caller divides each of its weights over the groups it names, in proportion to
/// their own weights and rounded up. Groups that it does not name lose their endpoints.
pub fn distribute_weights(proxy: &Locality, rules: &[Distribute], groups: &[Group], placed: &mut [Placed]) {
    let Some(rule) = rules.iter().find(|rule| proxy.matches(&rule.from)) else { return };
    let nowhere = Locality::default();
    let mut unnamed: Vec<usize> = (0..placed.len()).collect();
    for (to, percent) in &rule.to {
        let place = |index: usize| groups[placed[index].locality_index].locality.as_ref().unwrap_or(&nowhere);
        let (named, rest): (Vec<usize>, Vec<usize>) =
            unnamed.iter().partition(|&&index| place(index).matches(to));
        let sum: u64 = named.iter().map(|&index| u64::from(placed[index].weight)).sum();
        for index in named {
            let part = u64::from(placed[index].weight) * u64::from(*percent);
            if part > 0 {
                placed[index].weight = part.div_ceil(sum) as u32;
            }
        }
        unnamed = rest;
    }
    for index in unnamed {
        placed[index].endpoints.clear();
        placed[index].weight = 0;
    }
}
