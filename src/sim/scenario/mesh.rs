//! The rules that proxies follow, as an Istio operator would set them.

mod policies;

use std::fmt;
use std::str::FromStr;

use super::{Linkerd, MeshKind, Network};
use crate::sim::policy::pool::Limits;
use crate::sim::policy::retry::BACKOFF_BASE;
use crate::sim::time::SimSpan;

pub use policies::{Fault, Warmup};

/// All `mesh.*` keys. The defaults are those of `two-regions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mesh {
    pub kind: MeshKind,
    pub linkerd: Linkerd,
    pub istio: Version,
    pub network: Network,
    pub locality: Locality,
    /// Weights of the own and of the other regions under [`Locality::Distribute`]; they sum to 100.
    pub distribute: (u32, u32),
    pub lb: Balance,
    /// Percent; `None`: what Istio would send for this version and rule.
    pub panic_threshold: Option<u32>,
    pub update_merge_window: SimSpan,
    /// The route's timeout over all tries; `None`: none, as in Istio.
    pub timeout: Option<SimSpan>,
    pub connect_timeout: SimSpan,
    pub outlier: Outlier,
    pub retries: Retries,
    /// Connection-pool limits, for each proxy and service.
    pub pool: Limits,
    /// `VirtualService` weights of the own and of the other regions, each a subset of its own; they sum to 100.
    pub route_weights: Option<(u32, u32)>,
    pub fault: Fault,
    pub warmup: Warmup,
    /// `localityLbSetting.failover`: callers in one region prefer another one, by index.
    pub failover: Vec<(usize, usize)>,
    /// The services carry `trafficDistribution: PreferClose`.
    pub prefer_close: bool,
}

/// Outlier detection, as in a `DestinationRule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlier {
    pub enabled: bool,
    /// Errors in a row that eject; 0 never does.
    pub consecutive_5xx: u32,
    /// 502, 503 and 504 in a row that eject; 0 never does.
    pub consecutive_gateway_errors: u32,
    /// Count refused and timed-out connections apart from answers.
    pub split_external_local_origin_errors: bool,
    pub consecutive_local_origin_failures: u32,
    pub interval: SimSpan,
    pub base_ejection_time: SimSpan,
    pub max_ejection_percent: u32,
    pub min_health_percent: u32,
    /// When the first sweep happens; `None`: drawn per proxy in [0, interval).
    pub phase: Option<SimSpan>,
}

/// Retries, as in a `VirtualService`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    /// Tries beyond the first.
    pub attempts: u32,
    /// `default`, `503`, or Envoy's names joined by commas.
    pub on: String,
    pub per_try_timeout: Option<SimSpan>,
    /// `retryRemoteLocalities`: from the second retry on, priorities already tried are left out.
    pub remote_localities: bool,
    /// The base interval between tries.
    pub backoff: SimSpan,
    /// `retryIgnorePreviousHosts`: a retry avoids endpoints already tried.
    pub ignore_previous_hosts: bool,
}

/// An Istio version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u32,
    pub minor: u32,
}

/// How endpoints become priorities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locality {
    /// One flat pool.
    Off,
    /// Istio's plain failover: own zone, own region, others.
    Failover,
    /// `failoverPriority` by region: own region, others.
    #[default]
    FailoverPriority,
    /// Weights by region, which shrink with health.
    Distribute,
    /// `zoneAwareLbSetting` of Istio 1.31: own region, the region a `failover` rule names, others; zones of the own
    /// region by Envoy's zone-aware routing.
    ZoneAware,
    /// A Service's `trafficDistribution`: own zone, own region, others, without outlier detection. No value of
    /// `mesh.locality`: [`Mesh::locality_in_force`] makes it.
    PreferClose,
}

/// How an endpoint is chosen inside a priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Balance {
    /// The less busy of two drawn at random: Istio's default.
    #[default]
    LeastRequest,
    /// In turn.
    RoundRobin,
    /// Any.
    Random,
}

impl Default for Mesh {
    fn default() -> Self {
        Self {
            kind: MeshKind::default(),
            linkerd: Linkerd::default(),
            istio: Version { major: 1, minor: 31 },
            network: Network::default(),
            locality: Locality::default(),
            distribute: (95, 5),
            lb: Balance::default(),
            panic_threshold: None,
            update_merge_window: SimSpan::from_seconds(1),
            timeout: None,
            connect_timeout: SimSpan::from_seconds(10),
            outlier: Outlier::default(),
            retries: Retries::default(),
            pool: Limits::default(),
            route_weights: None,
            fault: Fault::default(),
            warmup: Warmup::default(),
            failover: Vec::new(),
            prefer_close: false,
        }
    }
}

impl Default for Outlier {
    fn default() -> Self {
        Self {
            enabled: true,
            consecutive_5xx: 5,
            consecutive_gateway_errors: 0,
            split_external_local_origin_errors: false,
            consecutive_local_origin_failures: 5,
            interval: SimSpan::from_seconds(10),
            base_ejection_time: SimSpan::from_seconds(30),
            max_ejection_percent: 100,
            min_health_percent: 0,
            phase: None,
        }
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            attempts: 2,
            on: "default".to_owned(),
            per_try_timeout: None,
            remote_localities: false,
            backoff: BACKOFF_BASE,
            ignore_previous_hosts: true,
        }
    }
}

impl Mesh {
    /// Istio keeps not-ready pods in the endpoint list from 1.31 on, unless `minHealthPercent` is set, and those of
    /// services with `trafficDistribution` ever since there is that.
    pub fn lists_unhealthy(&self) -> bool {
        if self.prefers_close() {
            return true;
        }
        self.istio >= Version { major: 1, minor: 31 } && self.panic_percent_of_rule() == 0
    }

    /// The panic threshold in percent: set, or what Istio would send for this version and rule.
    pub fn panic_percent(&self) -> u32 {
        self.panic_threshold.unwrap_or_else(|| {
            if self.outlier.enabled {
                self.outlier.min_health_percent
            } else if self.istio >= (Version { major: 1, minor: 31 }) {
                0
            } else {
                50
            }
        })
    }

    fn prefers_close(&self) -> bool {
        self.locality_in_force() == Locality::PreferClose
    }

    fn panic_percent_of_rule(&self) -> u32 {
        if self.outlier.enabled { self.outlier.min_health_percent } else { 0 }
    }

    /// The locality setting in force: without outlier detection there is no failover, only `distribute`.
    pub fn locality_in_force(&self) -> Locality {
        match self.locality {
            Locality::Off if self.prefer_close => Locality::PreferClose,
            Locality::Failover | Locality::FailoverPriority if !self.outlier.enabled => Locality::Off,
            other => other,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| {
            part.parse::<u32>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()) && part.len() < 4)
        };
        text.split_once('.')
            .and_then(|(major, minor)| Some(Self { major: number(major)?, minor: number(minor)? }))
            .filter(|version| version.major == 1 && version.minor >= 10)
            .ok_or_else(|| format!("'{text}' is not an Istio version; write one from 1.10, such as 1.31"))
    }
}
