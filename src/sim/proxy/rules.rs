//! What all proxies of a run go by: the scenario's `mesh.*` keys in the form that decisions need.

use super::Site;
use crate::sim::policy::outlier::OutlierConfig;
use crate::sim::policy::pool::Limits;
use crate::sim::policy::retry::RetryOn;
use crate::sim::scenario::{Balance, Locality, Scenario};
use crate::sim::time::SimSpan;

/// Envoy's over-provisioning factor in percent.
pub const OVERPROVISION: u32 = 140;

/// The rules of all proxies.
#[derive(Clone, Debug)]
pub struct Rules {
    pub outlier: OutlierConfig,
    pub outlier_phase: Option<SimSpan>,
    pub panic_percent: u32,
    pub merge_window: SimSpan,
    pub lists_unhealthy: bool,
    pub balance: Balance,
    pub locality: Locality,
    /// Weights of the own and of the other regions.
    pub distribute: (u32, u32),
    pub retry_on: RetryOn,
    pub retries: u8,
    pub remote_localities: bool,
    pub per_try_timeout: Option<SimSpan>,
    pub timeout: Option<SimSpan>,
    pub connect_timeout: SimSpan,
    /// Connection-pool limits; `None`: no limit at all, so that nobody counts.
    pub limits: Option<Limits>,
}

impl Rules {
    /// The rules that a scenario sets: under the mesh pattern its `mesh.*` keys.
    pub fn new(scenario: &Scenario) -> Self {
        let mesh = &scenario.mesh;
        let outlier = OutlierConfig {
            enabled: mesh.outlier.enabled,
            consecutive_5xx: mesh.outlier.consecutive_5xx,
            interval: mesh.outlier.interval,
            base_ejection_time: mesh.outlier.base_ejection_time,
            max_ejection_percent: mesh.outlier.max_ejection_percent,
            ..OutlierConfig::default()
        };
        Self {
            outlier,
            outlier_phase: mesh.outlier.phase,
            panic_percent: mesh.panic_percent(),
            merge_window: mesh.update_merge_window,
            lists_unhealthy: mesh.lists_unhealthy(),
            balance: mesh.lb,
            locality: mesh.locality_in_force(),
            distribute: mesh.distribute,
            retry_on: mesh.retries.on.parse().unwrap_or_default(),
            retries: mesh.retries.attempts.min(10) as u8,
            remote_localities: mesh.retries.remote_localities,
            per_try_timeout: mesh.retries.per_try_timeout,
            timeout: mesh.timeout,
            connect_timeout: mesh.connect_timeout,
            limits: (mesh.pool != Limits::default()).then_some(mesh.pool),
        }
    }

    /// The level of an endpoint for a caller, before gaps are closed.
    pub fn rank(&self, caller: Site, endpoint: Site) -> u8 {
        match self.locality {
            Locality::Off | Locality::Distribute => 0,
            Locality::FailoverPriority => u8::from(caller.region != endpoint.region),
            Locality::Failover if caller.region != endpoint.region => 2,
            Locality::Failover => u8::from(caller.zone != endpoint.zone),
        }
    }

    /// Whether zones inside a level are picked by weight: Istio switches that on where `distribute`, `failover` or
    /// `failoverPriority` is written, and not for bare outlier detection.
    pub fn weighs_zones(&self) -> bool {
        matches!(self.locality, Locality::Distribute | Locality::FailoverPriority)
    }
}
