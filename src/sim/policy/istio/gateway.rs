//! Several networks: pods behind an east-west gateway are replaced by the gateway's address.

use std::collections::BTreeMap;

/// An east-west gateway into one cluster's network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    pub network: String,
    pub cluster: String,
    pub address: String,
}

/// A pod of the service that is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pod {
    pub network: String,
    pub cluster: String,
    pub address: String,
    /// 1 unless set.
    pub weight: u32,
}

/// What all weights are multiplied with, so that they divide among gateways: the least common multiple of the numbers of
/// gateways a network and a cluster have. 1 without gateways.
#[must_use]
pub fn scale_factor(gateways: &[Gateway]) -> u32 {
    let mut counts: BTreeMap<(&str, Option<&str>), u32> = BTreeMap::new();
    for gateway in gateways {
        *counts.entry((&gateway.network, None)).or_default() += 1;
        *counts.entry((&gateway.network, Some(&gateway.cluster))).or_default() += 1;
    }
    counts.into_values().fold(1, |factor, count| (factor / gcd(factor, count)).saturating_mul(count))
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The endpoints of one locality as a proxy in `proxy_network` sees them, with weights: first the pods it reaches
/// directly, then the gateways that stand for the rest, by address. Pods in a network without a known gateway stay in
/// the list under their own address, where they time out.
#[must_use]
pub fn endpoints_by_network(proxy_network: &str, pods: &[Pod], gateways: &[Gateway]) -> Vec<(String, u32)> {
    let factor = scale_factor(gateways);
    let mut direct = Vec::new();
    let mut behind: BTreeMap<&str, u32> = BTreeMap::new();
    for pod in pods {
        let weight = pod.weight.saturating_mul(factor);
        let doors = if pod.network == proxy_network { Vec::new() } else { doors_to(pod, gateways) };
        if doors.is_empty() {
            direct.push((pod.address.clone(), weight));
        }
        for door in &doors {
            *behind.entry(&door.address).or_default() += weight / doors.len() as u32;
        }
    }
    direct.extend(behind.into_iter().map(|(address, weight)| (address.to_owned(), weight)));
    direct
}

/// The gateways of the pod's own cluster, else all of its network.
fn doors_to<'a>(pod: &Pod, gateways: &'a [Gateway]) -> Vec<&'a Gateway> {
    let network: Vec<&Gateway> = gateways.iter().filter(|gateway| gateway.network == pod.network).collect();
    let cluster: Vec<&Gateway> =
        network.iter().copied().filter(|gateway| gateway.cluster == pod.cluster).collect();
    if cluster.is_empty() { network } else { cluster }
}
