//! One proxy's own view of one service: its endpoint list, and how it splits its calls.

use super::{Nanos, PlaceId};

/// What picks endpoints for a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyKind {
    /// Envoy beside the caller: priorities, outlier detection.
    #[default]
    Envoy,
    /// Linkerd's proxy beside it: the cheaper one of two by measured latency, a breaker for each endpoint.
    Linkerd,
    /// Nothing beside it; kube-proxy, or what stands in for it, picks any ready endpoint.
    KubeProxy,
}

impl ProxyKind {
    /// `Envoy`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Envoy => "Envoy",
            Self::Linkerd => "Linkerd's proxy",
            Self::KubeProxy => "kube-proxy, no sidecar",
        }
    }
}

/// Which proxy: who calls, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyRef {
    /// Its number, for asking after it.
    pub number: u16,
    /// Whose it is: a pod, or the users of a region.
    pub caller: PlaceId,
    /// The called service, counted from 0 in the order of the scenario.
    pub service: u16,
}

/// What one proxy knows of one service at the moment on show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProxyView {
    pub kind: ProxyKind,
    /// Whose it is: a pod, or the users of a region.
    pub caller: PlaceId,
    /// The caller's zone, such as `us-east-1a`.
    pub zone: String,
    /// The service it calls.
    pub service: String,
    /// The region whose pods alone it sends to, where a route is split over subsets.
    pub subset: Option<String>,
    /// By priority, 0 the most preferred; at least one.
    pub levels: Vec<ProxyLevel>,
    /// The endpoints in its list, in the order of the list.
    pub endpoints: Vec<ProxyEndpoint>,
    /// How much a healthy endpoint counts, in percent: Envoy's 140.
    pub overprovision_percent: u32,
    /// The sum of all levels' scores, at most 100; less shares the calls out in proportion.
    pub normalized_total: u32,
    /// Server errors in a row that eject an endpoint (Linkerd: failures that shut a breaker); `None`: nothing is
    /// ever ejected for its answers.
    pub ejects_after: Option<u32>,
    /// How long the first ejection lasts.
    pub ejection_base: Nanos,
    /// Until when the answer for a name holds, where the caller goes by one.
    pub asks_at: Option<Nanos>,
}

/// One priority level as the load balancer has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProxyLevel {
    pub healthy: u32,
    pub total: u32,
    /// Over-provisioning × healthy ÷ total, truncated, 0 to 100.
    pub score: u32,
    /// Percent of calls.
    pub load_percent: u32,
    /// It uses all of its endpoints, whatever their health.
    pub panic: bool,
}

/// One endpoint in a proxy's list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProxyEndpoint {
    /// The pod or the gateway that it is.
    pub place: PlaceId,
    pub zone: String,
    /// Its priority, 0 the most preferred.
    pub priority: u8,
    /// What the control plane says of it.
    pub ready: bool,
    /// The load balancer sends to it: a verdict may wait for the merge window.
    pub taken: bool,
    /// Ejected, or behind a shut breaker, and the earliest moment it comes back.
    pub ejected_until: Option<Nanos>,
    /// A shut breaker lets one request through, and waits for its answer.
    pub probing: bool,
    /// How many base ejection times its last ejection lasts; 0 for one without a past.
    pub multiplier: u32,
    /// Server errors in a row so far.
    pub errors_in_a_row: u32,
    /// Open requests.
    pub active: u32,
    /// What it weighs in the list: 1 for a pod, a gateway as many as it stands for.
    pub weight: u32,
    /// Linkerd: the running estimate of its latency, and that times one more than its open requests.
    pub cost_ms: Option<(f64, f64)>,
}
