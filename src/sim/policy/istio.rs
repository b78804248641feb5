//! From Istio's rules to Envoy's priorities and weights, for one calling proxy.
//!
//! Source: Istio's `loadbalancer.go`, `validation.go` and `ep_filters.go`.

mod assign;
mod effective;
mod gateway;
mod labels;
mod locality;
mod validate;

pub use assign::{
    Placed, apply, distribute_weights, failover_levels, uses_locality_weights, zone_aware_levels,
};
pub use effective::{Effective, Kind, Settings, TrafficDistribution, effective};
pub use gateway::{Gateway, Pod, endpoints_by_network, scale_factor};
pub use labels::{NETWORK_LABEL, REGION_LABEL, SUBZONE_LABEL, ZONE_LABEL, failover_priority};
pub use locality::Locality;
pub use validate::{Finding, Severity, validate};

use std::collections::BTreeMap;

/// Labels by key.
pub type Labels = BTreeMap<String, String>;

/// The calling proxy: all that decides its view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxy {
    pub locality: Locality,
    pub labels: Labels,
}

/// The endpoints of one locality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// `None` if nobody knows where they are.
    pub locality: Option<Locality>,
    pub endpoints: Vec<Endpoint>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub labels: Labels,
    /// 1 for a pod; the pods' sum for a gateway that stands for them.
    pub weight: u32,
}

impl Group {
    /// The sum of its endpoints' weights.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.endpoints.iter().fold(0, |sum, endpoint| sum.saturating_add(endpoint.weight))
    }
}

/// `localityLbSetting` of a `DestinationRule` or the mesh, once it is known to be enabled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalityLb {
    pub distribute: Vec<Distribute>,
    pub failover: Vec<Failover>,
    /// `key` or `key=value`, the most important first.
    pub failover_priority: Vec<String>,
}

/// Callers `from` one place send these percentages to those places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribute {
    pub from: String,
    pub to: Vec<(String, u32)>,
}

/// Callers of one region prefer this other region when they have to leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failover {
    pub from: String,
    pub to: String,
}
