//! The rules of a mesh made of Linkerd proxies.

use super::value;
use crate::sim::policy::linkerd::FailureAccrual;

/// Whose proxies the mesh is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeshKind {
    /// Istio with sidecars: Envoy.
    #[default]
    Istio,
    /// Linkerd.
    Linkerd,
}

/// All `mesh.linkerd.*` keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linkerd {
    pub service: LinkerdService,
    /// `balancer.linkerd.io/failure-accrual: consecutive` is on the Service; off by default, as in Linkerd.
    pub failure_accrual: bool,
    pub accrual: FailureAccrual,
}

/// How a service of the other cluster is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkerdService {
    /// `mirror.linkerd.io/federated=member`: all pods of all clusters in one pool, no region first.
    #[default]
    Federated,
    /// `mirror.linkerd.io/exported=remote-discovery` with the (deprecated) failover extension: the mirror gets traffic
    /// only when no own pod is ready.
    Mirror,
}

pub(super) const SERVICES: [(&str, LinkerdService); 2] =
    [("federated", LinkerdService::Federated), ("mirror", LinkerdService::Mirror)];

pub(super) fn assign(linkerd: &mut Linkerd, key: &str, text: &str) -> Result<(), String> {
    match key {
        "service" => linkerd.service = value::one_of(text, &SERVICES)?,
        "failure_accrual" => linkerd.failure_accrual = value::truth(text)?,
        "max_failures" => linkerd.accrual.max_failures = value::whole(text, 1, 1_000_000)?,
        "min_penalty" => linkerd.accrual.min_penalty = value::period(text)?,
        _ => linkerd.accrual.max_penalty = value::period(text)?,
    }
    Ok(())
}
