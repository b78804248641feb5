//! A Linkerd proxy in place of an Envoy: power of two choices by [`PeakEwma`] over all endpoints it has a connection to,
//! and a breaker for each where failure accrual is switched on.
//!
//! No priorities, no panic, no merge window. An endpoint that refuses connections is not ready, which costs no request:
//! the proxy connects in the background. What is simplified: with nobody ready a request fails at once, where a real
//! proxy lets it wait in its queue for 3 s first.

use super::{Proxy, Rules};
use crate::sim::policy::linkerd::{Breaker, FailureAccrual, PeakEwma, Tripped, two_of};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Host, PodId};

use super::levels::Draws;

/// The rules of Linkerd proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkerdRules {
    /// `None`: the Service carries no annotation, so nothing is ever left alone for its answers.
    pub accrual: Option<FailureAccrual>,
}

/// What one proxy knows of its endpoints.
#[derive(Clone, Debug)]
pub(super) struct Balancer {
    rules: LinkerdRules,
    hosts: Vec<Known>,
    /// Room for the endpoints that could take a request.
    ready: Vec<Host>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    ewma: PeakEwma,
    breaker: Breaker,
    /// Requests that wait for an answer, on whatever kind of connection.
    pending: u32,
}

impl Balancer {
    pub fn new(rules: LinkerdRules, hosts: usize) -> Self {
        let mut balancer = Self { rules, hosts: Vec::new(), ready: Vec::new() };
        balancer.grow(hosts);
        balancer
    }

    /// Hosts `0..hosts` are known from now on.
    fn grow(&mut self, hosts: usize) {
        let fresh = Known { ewma: PeakEwma::new(SimTime::ZERO), breaker: Breaker::default(), pending: 0 };
        if hosts > self.hosts.len() {
            self.hosts.resize(hosts, fresh);
        }
    }

    /// Forgets what was found out of hosts `from..to`; requests that are open stay open.
    pub fn forget(&mut self, from: usize, to: usize) {
        let known = self.hosts.iter_mut().take(to).skip(from);
        known.for_each(|known| {
            (known.ewma, known.breaker) = (PeakEwma::new(SimTime::ZERO), Breaker::default());
        });
    }

    fn shut(&self) -> usize {
        self.hosts.iter().filter(|known| known.breaker.is_shut()).count()
    }
}

impl Proxy {
    /// The endpoint for one request among those whose pods `connected` says it has a connection to; `None` if there is
    /// none.
    pub fn pick_linkerd(
        &mut self,
        draws: Draws,
        now: SimTime,
        connected: impl Fn(PodId) -> bool,
    ) -> Option<Host> {
        let hosts = self.endpoints.len();
        let balancer = self.balancer.as_mut()?;
        balancer.grow(hosts);
        let Balancer { hosts, ready, .. } = balancer;
        let level = self.levels.first()?;
        ready.clear();
        let endpoints = &self.endpoints;
        let admitted = |host: &Host| {
            let index = usize::from(*host);
            hosts[index].breaker.admits(now) && connected(endpoints[index].pod)
        };
        ready.extend(level.healthy.iter().copied().filter(admitted));
        let Some((one, other)) = two_of(ready.len(), [draws.level, draws.host]) else {
            return ready.first().copied();
        };
        let mut cost = |host: Host| {
            let known = &mut hosts[usize::from(host)];
            known.ewma.cost(known.pending, now)
        };
        let (one, other) = (ready[one], ready[other]);
        Some(if cost(other) < cost(one) { other } else { one })
    }

    /// A request goes to an endpoint. Nothing for Envoy.
    #[inline]
    pub fn linkerd_sent(&mut self, host: Host) {
        if let Some(balancer) = &mut self.balancer {
            let known = &mut balancer.hosts[usize::from(host)];
            known.pending += 1;
            known.breaker.sent();
        }
    }

    /// It has ended for the proxy after `took`; `answer` is how, unless the caller has gone. Nothing for Envoy.
    #[inline]
    pub fn linkerd_ended(
        &mut self,
        host: Host,
        took: SimSpan,
        answer: Option<bool>,
        now: SimTime,
        draw: impl FnOnce() -> u64,
    ) -> Option<Tripped> {
        let balancer = self.balancer.as_mut()?;
        let known = &mut balancer.hosts[usize::from(host)];
        known.pending -= 1;
        known.ewma.observe(took, now);
        let rule = balancer.rules.accrual.as_ref()?;
        known.breaker.ended(answer?, now, draw(), rule)
    }

    /// Endpoints whose breaker is not open.
    pub(super) fn linkerd_shut(&self) -> usize {
        self.balancer.as_ref().map_or(0, Balancer::shut)
    }

    /// When an endpoint's breaker lets a probe through.
    pub(super) fn linkerd_shut_until(&self, host: Host) -> Option<SimTime> {
        self.balancer.as_ref()?.hosts.get(usize::from(host))?.breaker.shut_until()
    }
}

impl Rules {
    /// What Linkerd proxies have instead of Istio's rules: one pool or a mirror to fall back on, and no retries, which
    /// are opt-in there.
    pub(super) fn follow_linkerd(&mut self, linkerd: &crate::sim::scenario::Linkerd) {
        use crate::sim::scenario::{LinkerdService, Locality};
        self.linkerd = Some(LinkerdRules { accrual: linkerd.failure_accrual.then_some(linkerd.accrual) });
        self.outlier.enabled = false;
        self.panic_percent = 0;
        self.lists_unhealthy = false;
        self.retries = 0;
        self.per_try_timeout = None;
        self.locality = match linkerd.service {
            LinkerdService::Federated => Locality::Off,
            // With no ready endpoint of its own a region's gap closes, and the mirror is level 0.
            LinkerdService::Mirror => Locality::FailoverPriority,
        };
    }
}

/// What a Linkerd proxy has found out of one endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub estimate: SimSpan,
    pub pending: u32,
    pub failures: u32,
    pub probing: bool,
}

impl Proxy {
    /// Nothing for Envoy.
    pub(super) fn linkerd_known(&self, host: Host, now: SimTime) -> Option<Found> {
        let balancer = self.balancer.as_ref()?;
        let known = balancer.hosts.get(usize::from(host))?;
        let breaker = &known.breaker;
        Some(Found {
            estimate: known.ewma.estimate(now),
            pending: known.pending,
            failures: breaker.failures(),
            probing: breaker.is_shut() && breaker.shut_until().is_none(),
        })
    }
}
