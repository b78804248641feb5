//! How one cluster's callers come to another's pods: the mesh's network, and what a federation picks by.

/// Whether pods of different regions reach each other directly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// One network: every pod is reached under its own address.
    #[default]
    Flat,
    /// A network a region: the other regions' pods are behind east-west gateways (Istio multi-network).
    Gateways,
}

/// How a caller of a federation, which has no proxy, finds a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// Any ready endpoint of the clusterset: kube-proxy over imported `EndpointSlice`s, as MCS implementations and
    /// Karmada's `MultiClusterService` leave it to do.
    #[default]
    Random,
    /// Another cluster's endpoints only while no local one is ready: Cilium's `service.cilium.io/affinity: local`.
    LocalFirstCliff,
    /// The ingress gateway that a name from `ExternalDNS` resolves to, and there any ready pod of its region.
    Gateway,
}

impl Network {
    /// As they are written in `mesh.network`.
    pub(super) const NAMES: [(&'static str, Self); 2] = [("flat", Self::Flat), ("gateways", Self::Gateways)];
}

impl Pick {
    /// As they are written in `federation.pick`.
    pub(super) const NAMES: [(&'static str, Self); 3] =
        [("random", Self::Random), ("local-first-cliff", Self::LocalFirstCliff), ("gateway", Self::Gateway)];
}
