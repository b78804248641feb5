//! What a proxy knows, laid open for whoever looks. Looking changes nothing.

use super::{Endpoint, OVERPROVISION, Proxy, Rules};
use crate::mesh_view::{ProxyEndpoint, ProxyKind, ProxyLevel};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::Host;

impl Rules {
    /// What picks endpoints for callers.
    pub fn proxy_kind(&self) -> ProxyKind {
        match (self.sidecars, &self.linkerd) {
            (false, _) => ProxyKind::KubeProxy,
            (true, Some(_)) => ProxyKind::Linkerd,
            (true, None) => ProxyKind::Envoy,
        }
    }

    /// How much a healthy endpoint counts, in percent.
    pub const fn overprovision_percent() -> u32 {
        OVERPROVISION
    }

    /// Failures in a row that eject an endpoint, and how long at first; `None` where none is ever ejected.
    pub fn ejects(&self) -> Option<(u32, SimSpan)> {
        match &self.linkerd {
            Some(linkerd) => linkerd.accrual.map(|rule| (rule.max_failures, rule.min_penalty)),
            None if self.outlier.enabled => {
                Some((self.outlier.consecutive_5xx, self.outlier.base_ejection_time))
            }
            None => None,
        }
    }
}

impl Proxy {
    /// The levels as the load balancer has them.
    pub fn levels_seen(&self) -> Vec<ProxyLevel> {
        let of = |list: &[u32], index: usize| list.get(index).copied().unwrap_or(0);
        let level = |(index, (healthy, total)): (usize, (u32, u32))| ProxyLevel {
            healthy,
            total,
            score: of(&self.table.health, index),
            load_percent: of(&self.table.healthy_load, index),
            panic: self.table.panic.get(index).copied().unwrap_or(false),
        };
        self.counts().enumerate().map(level).collect()
    }

    /// The endpoints in its list with their zones, as far as a proxy knows them; places and zone names are the
    /// caller's to fill in.
    pub fn endpoints_seen(&self, now: SimTime) -> impl Iterator<Item = (Host, u16, ProxyEndpoint)> {
        let listed = self.endpoints.iter().enumerate().filter(|(_, endpoint)| endpoint.listed);
        listed.map(move |(host, endpoint)| {
            (host as Host, endpoint.site.zone, self.endpoint_seen(host as Host, endpoint, now))
        })
    }

    fn endpoint_seen(&self, host: Host, endpoint: &Endpoint, now: SimTime) -> ProxyEndpoint {
        let index = usize::from(host);
        let level = self.levels.get(usize::from(endpoint.level));
        let known = self.linkerd_known(host, now);
        ProxyEndpoint {
            priority: endpoint.level,
            ready: endpoint.ready,
            taken: level.is_some_and(|level| level.healthy.contains(&host)),
            ejected_until: self.ejected_until(host).map(SimTime::nanos),
            probing: known.is_some_and(|known| known.probing),
            multiplier: self.multiplier(host),
            errors_in_a_row: known
                .map_or_else(|| self.detector.errors_in_a_row(index), |known| known.failures),
            active: known.map_or_else(|| self.active.get(index).copied().unwrap_or(0), |known| known.pending),
            weight: endpoint.weight,
            cost_ms: known.map(|known| {
                let estimate = known.estimate.as_millis_f64();
                (estimate, estimate * f64::from(known.pending.saturating_add(1)))
            }),
            ..ProxyEndpoint::default()
        }
    }
}
