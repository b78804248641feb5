//! What all callers of a run go by: the scenario's pattern and `mesh.*` keys in the form that decisions need.
//!
//! A caller without a sidecar is a proxy with fewer rules: it sees ready endpoints only, picks any of them, ejects
//! nobody and does not try again. Its time-outs are those of the mesh (`mesh.timeout`, `mesh.connect_timeout`), though
//! an application's own client would set them: so that patterns differ in routing alone.

use super::linkerd::LinkerdRules;
use super::{Reach, Site};
use crate::sim::policy::outlier::OutlierConfig;
use crate::sim::policy::retry::RetryOn;
use crate::sim::scenario::{Balance, Locality, MeshKind, Network, Pattern, Pick, Scenario};
use crate::sim::time::SimSpan;

/// Envoy's over-provisioning factor in percent.
pub const OVERPROVISION: u32 = 140;

/// How names that lead to gateways are checked and kept: the scenario's `dns.*` keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// How long a caller keeps an answer.
    pub kept: SimSpan,
    pub check_interval: SimSpan,
    /// Equal results in a row that change a check's mind.
    pub check_threshold: u32,
}

impl Names {
    fn of(scenario: &Scenario) -> Self {
        let dns = &scenario.dns;
        Self {
            kept: dns.ttl + dns.resolver_overstay,
            check_interval: dns.check_interval,
            check_threshold: dns.check_threshold,
        }
    }
}

/// The rules of all proxies.
#[derive(Clone, Debug)]
pub struct Rules {
    pub reach: Reach,
    /// Proxies stand beside callers; else it is kube-proxy, or Cilium, that picks.
    pub sidecars: bool,
    pub names: Names,
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
    /// Proxies balance as Linkerd does.
    pub linkerd: Option<LinkerdRules>,
}

impl Rules {
    /// The rules that a scenario sets: by its pattern, and under the mesh pattern by its `mesh.*` keys.
    pub fn new(scenario: &Scenario) -> Self {
        let of_mesh = Self::of_mesh(scenario);
        match (scenario.pattern(), scenario.federation) {
            (Pattern::Mesh, _) => of_mesh,
            (Pattern::Dual, _) => of_mesh.without_sidecars(Reach::Own, Locality::Off),
            (Pattern::Federation, Pick::Random) => of_mesh.without_sidecars(Reach::Flat, Locality::Off),
            // Ready endpoints by level: the next one serves only when nobody is left in the first.
            (Pattern::Federation, Pick::LocalFirstCliff) => {
                of_mesh.without_sidecars(Reach::Flat, Locality::FailoverPriority)
            }
            (Pattern::Federation, Pick::Gateway) => of_mesh.without_sidecars(Reach::Ingress, Locality::Off),
        }
    }

    fn without_sidecars(self, reach: Reach, locality: Locality) -> Self {
        Self {
            reach,
            sidecars: false,
            outlier: OutlierConfig { enabled: false, ..self.outlier },
            panic_percent: 0,
            lists_unhealthy: false,
            balance: Balance::Random,
            locality,
            retry_on: RetryOn::never(),
            retries: 0,
            remote_localities: false,
            per_try_timeout: None,
            ..self
        }
    }

    fn of_mesh(scenario: &Scenario) -> Self {
        let mesh = &scenario.mesh;
        let outlier = OutlierConfig {
            enabled: mesh.outlier.enabled,
            consecutive_5xx: mesh.outlier.consecutive_5xx,
            interval: mesh.outlier.interval,
            base_ejection_time: mesh.outlier.base_ejection_time,
            max_ejection_percent: mesh.outlier.max_ejection_percent,
            ..OutlierConfig::default()
        };
        let mut rules = Self {
            reach: match mesh.network {
                Network::Flat => Reach::Flat,
                Network::Gateways => Reach::EastWest,
            },
            sidecars: true,
            names: Names::of(scenario),
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
            linkerd: None,
        };
        if scenario.pattern() == Pattern::Mesh && mesh.kind == MeshKind::Linkerd {
            // Federated services need a flat network; mirrors behind gateways are left out.
            rules.reach = Reach::Flat;
            rules.follow_linkerd(&mesh.linkerd);
        }
        rules
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
        self.sidecars && matches!(self.locality, Locality::Distribute | Locality::FailoverPriority)
    }
}
