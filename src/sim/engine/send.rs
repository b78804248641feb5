//! A caller sends: which endpoint, and until when it waits for it.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::{Draws, Reach};
use crate::sim::rng::Concern;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Cause, Host, NONE, Told, Try, gateway_region};

/// Envoy looks for an untried endpoint this often beyond the first pick (`host_selection_retry_max_attempts`).
const RESELECT_MAX: u32 = 5;
/// What a user's side waits for a connection to the load balancer's pod.
const USER_CONNECT_TIMEOUT: SimSpan = SimSpan::from_seconds(10);

impl Engine {
    /// A try through a mesh proxy: the first of its call, or a retry.
    #[inline]
    pub(super) fn send(&mut self, made: Try) {
        if self.fixed.rules.faulted(made.service) {
            self.inject(made);
        } else {
            self.dispatch(made);
        }
    }

    /// The router's part: an endpoint is picked, and the try goes there.
    #[inline]
    pub(super) fn dispatch(&mut self, mut made: Try) {
        made.sent = self.now;
        if self.fixed.rules.reach == Reach::Ingress {
            self.ask_for_gateway(made.proxy);
        }
        let Some((host, level)) = self.pick(&made) else {
            made.pod = NONE;
            made.outcome = Outcome::NoHost;
            made.cause = Cause::new(made.service, NONE, Outcome::NoHost);
            self.no_host(&made);
            self.trace_sent(&made);
            self.settle(made);
            return;
        };
        let attempt = usize::from(made.attempt);
        (made.tried[attempt], made.tried_levels[attempt]) = (host, level);
        made.host = host;
        let pod = self.world.proxies[usize::from(made.proxy)].pod(host);
        made.pod = pod;
        self.world.proxies[usize::from(made.proxy)].linkerd_sent(host);
        let to = self.region_of(pod);
        made.flags.crosses = to != made.region;
        if self.world.proxies[usize::from(made.proxy)].pool.is_some() {
            self.ask_pool(made);
        } else {
            self.depart(made);
        }
    }

    /// A try leaves its proxy for the endpoint that was picked.
    #[inline]
    pub(super) fn depart(&mut self, mut made: Try) {
        let gateway = gateway_region(made.pod);
        let (to, zone) = match gateway {
            Some(region) => (region, self.world.gateway_site(region).zone),
            None => self.world.pods[usize::from(made.pod)].place(),
        };
        self.note_caller(&mut made, zone);
        self.meter.sent(made.service, made.region, to, made.attempt > 0, made.flags.measured);
        if made.attempt > 0 {
            let reason = self.reason(&made);
            self.meter.retried_because(made.region, made.service, reason);
        }
        if let Some(region) = gateway {
            self.send_through(made, region);
            return;
        }
        made.hop = self.record_hop(&made);
        self.trace_sent(&made);
        self.transmit(made);
    }

    /// A user's request through the load balancer of region `door`: the next ready pod in turn, and no second try.
    /// False if no connection will come of it.
    pub(super) fn enter(&mut self, mut made: Try, door: u8) -> bool {
        made.sent = self.now;
        let pods = &self.world.services[usize::from(made.service)].by_region[usize::from(door)];
        let region = &mut self.world.regions[usize::from(door)];
        let turns = pods.len();
        let at = |turn: usize| pods[(region.turn + turn) % turns];
        let ready = |&turn: &usize| self.world.pods[usize::from(at(turn))].listed == Told::Ready;
        let Some(turn) = (0..turns).find(ready) else {
            made.outcome = Outcome::NoHost;
            made.cause = Cause::new(made.service, NONE, Outcome::NoHost);
            self.trace_sent(&made);
            self.settle(made);
            return true;
        };
        made.pod = at(turn);
        region.turn = (region.turn + turn + 1) % turns;
        made.hop = self.record_hop(&made);
        self.trace_sent(&made);
        let pod = &self.world.pods[usize::from(made.pod)];
        if pod.unreachable() {
            made.outcome = Outcome::ConnectTimeout;
            made.cause = Cause::new(made.service, made.pod, made.outcome);
            let of = self.world.tries.insert(made);
            self.queue.schedule(self.now + USER_CONNECT_TIMEOUT, Event::Answer(of));
            return false;
        }
        made.flags.in_flight = true;
        let of = self.world.tries.insert(made);
        if door == made.region {
            // The load balancer is next to its pods: users' latency is counted from its door.
            self.reach(of);
        } else {
            let travel = self.user_travel(made.region, door);
            self.queue.schedule(self.now + travel, Event::Reach(of));
        }
        true
    }

    /// A pick that avoids endpoints already tried, if one is found soon enough.
    #[inline]
    fn pick(&mut self, made: &Try) -> Option<(Host, u8)> {
        if self.fixed.rules.linkerd.is_some() {
            return self.pick_linkerd(made);
        }
        let rules = &self.fixed.rules;
        let proxy = &mut self.world.proxies[usize::from(made.proxy)];
        let attempt = usize::from(made.attempt);
        let mut picked = None;
        for again in 0..=RESELECT_MAX {
            let draw = |concern| {
                self.fixed.dice.draw(concern, made.request, made.call, u32::from(made.attempt) * 8 + again)
            };
            let zone = if rules.routes_by_zone() { draw(Concern::Zone) } else { 0 };
            let draws = Draws { level: draw(Concern::Level), host: draw(Concern::Host), zone };
            picked = if attempt > 0 && rules.remote_localities {
                proxy.pick_elsewhere(&made.tried_levels[..attempt], draws, self.now, rules)
            } else {
                proxy.pick(draws, self.now, rules)
            };
            let (host, _) = picked?;
            if attempt == 0 || !rules.ignore_previous_hosts || !made.tried_before().contains(&host) {
                break;
            }
        }
        picked
    }

    /// Schedules the ends of waiting that the rules set for a try.
    #[inline]
    pub(super) fn arm(&mut self, of: TryRef) {
        let rules = &self.fixed.rules;
        if rules.per_try_timeout.is_none() && rules.timeout.is_none() {
            return;
        }
        let Some(made) = self.world.tries.get(of) else { return };
        if rules.faulted(made.service) {
            return;
        }
        let later = |at: SimTime| at.max(self.now);
        // The clock of a try starts with its connection (Envoy's `UpstreamRequest::onPoolReady`), that of the route at once.
        let per_try = rules.per_try_timeout.filter(|_| made.flags.connected);
        let ends = [
            per_try.map(|span| (later(made.sent + span), Event::TryTimeout(of))),
            self.timeout_of(made).map(|span| (later(made.began + span), Event::RouteTimeout(of))),
        ];
        for (at, event) in ends.into_iter().flatten() {
            self.queue.schedule(at, event);
        }
    }

    /// The route's timeout for a call.
    #[inline]
    pub(super) fn timeout_of(&self, made: &Try) -> Option<SimSpan> {
        self.fixed.rules.timeout.filter(|_| !self.fixed.rules.faulted(made.service))
    }
}
