//! What Kubernetes, istiod and `CoreDNS` of a cluster are set to.

use crate::sim::time::SimSpan;

/// The keys about pods' lives, certificates, names and the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// What a pod takes from its creation until it is ready: at least this, and at most two and a half times as much.
    pub start: SimSpan,
    /// How long a `preStop` hook waits before a pod stops listening; Kubernetes has none by default.
    pub pre_stop: SimSpan,
    /// Life of a workload's certificate, which is renewed at half of it (Istio's `SECRET_TTL` and
    /// `SECRET_GRACE_PERIOD_RATIO`).
    pub cert_ttl: SimSpan,
    /// Time to live of a record of the cluster's DNS (`CoreDNS`, plug-in `kubernetes`, option `ttl`).
    pub cluster_ttl: SimSpan,
    /// Names with fewer dots are tried with every search suffix first (`resolv.conf`; Kubernetes writes 5).
    pub ndots: u32,
    pub consistency: Consistency,
}

/// What a registry of endpoints does in a partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consistency {
    /// It goes on with what it knew: istiod, `MCS`, Cilium.
    #[default]
    Available,
    /// It answers only with a quorum, and endpoints live on leases.
    Consistent,
}

impl Consistency {
    /// As they are written in `registry.consistency`.
    pub(super) const NAMES: [(&'static str, Self); 2] =
        [("available", Self::Available), ("consistent", Self::Consistent)];
}

impl Default for Control {
    fn default() -> Self {
        Self {
            start: SimSpan::from_seconds(2),
            pre_stop: SimSpan::ZERO,
            cert_ttl: SimSpan::from_seconds(24 * 3600),
            cluster_ttl: SimSpan::from_seconds(5),
            ndots: 5,
            consistency: Consistency::default(),
        }
    }
}
