//! A caller sends: which endpoint, whether packets get there, and how long they take.

use super::Engine;
use crate::mesh_view::{HopOutcome, PlaceId};
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::{Caller, Draws};
use crate::sim::rng::Concern;
use crate::sim::sink::Hop;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Cause, Host, NONE, Told, Try};

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
        let Some((host, level)) = self.pick(&made) else {
            made.pod = NONE;
            made.outcome = Outcome::NoHost;
            made.cause = Cause { service: made.service, pod: NONE, outcome: Outcome::NoHost };
            self.no_host(&made);
            self.settle(made);
            return;
        };
        let attempt = usize::from(made.attempt);
        (made.tried[attempt], made.tried_levels[attempt]) = (host, level);
        made.host = host;
        let pod = self.world.proxies[usize::from(made.proxy)].pod(host);
        made.pod = pod;
        self.world.proxies[usize::from(made.proxy)].linkerd_sent(host);
        let to = self.world.pods[usize::from(pod)].region;
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
        let to = self.world.pods[usize::from(made.pod)].region;
        self.meter.sent(made.service, made.region, to, made.attempt > 0, made.flags.measured);
        made.hop = self.record_hop(&made);
        self.transmit(made);
    }

    /// A user's request through the load balancer of its region: the next ready pod in turn, and no second try.
    pub(super) fn enter(&mut self, mut made: Try) {
        made.sent = self.now;
        let pods = &self.world.services[usize::from(made.service)].by_region[usize::from(made.region)];
        let region = &mut self.world.regions[usize::from(made.region)];
        let turns = pods.len();
        let at = |turn: usize| pods[(region.turn + turn) % turns];
        let ready = |&turn: &usize| region.told[usize::from(at(turn))] == Told::Ready;
        let Some(turn) = (0..turns).find(ready) else {
            made.outcome = Outcome::NoHost;
            made.cause = Cause { service: made.service, pod: NONE, outcome: Outcome::NoHost };
            self.settle(made);
            return;
        };
        made.pod = at(turn);
        region.turn = (region.turn + turn + 1) % turns;
        made.hop = self.record_hop(&made);
        let pod = &self.world.pods[usize::from(made.pod)];
        if pod.condition.down {
            made.outcome = Outcome::ConnectTimeout;
            made.cause = Cause { service: made.service, pod: made.pod, outcome: made.outcome };
            let of = self.world.tries.insert(made);
            self.queue.schedule(self.now + USER_CONNECT_TIMEOUT, Event::Answer(of));
            return;
        }
        made.flags.in_flight = true;
        let of = self.world.tries.insert(made);
        // The load balancer is next to its pods: users' latency is counted from its door.
        self.reach(of);
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

    /// Puts a try on the wire.
    #[inline]
    fn transmit(&mut self, mut made: Try) {
        let pod = &self.world.pods[usize::from(made.pod)];
        let there = pod.place();
        if !self.reaches(&made) {
            // A connection that cannot be made is charged to nobody until it is given up.
            made.outcome = Outcome::ConnectTimeout;
            made.cause = Cause { service: made.service, pod: made.pod, outcome: made.outcome };
            let of = self.world.tries.insert(made);
            self.queue.schedule(self.now + self.fixed.rules.connect_timeout, Event::Answer(of));
            self.arm(of);
            return;
        }
        made.flags.in_flight = true;
        made.flags.connected = !pod.condition.refuse && !pod.condition.crashed;
        if made.flags.connected {
            self.world.proxies[usize::from(made.proxy)].open(made.host);
        }
        if made.flags.crosses {
            let bytes = self.world.services[usize::from(made.service)].request_bytes;
            self.meter.crossed(made.region, there.0, bytes, made.flags.measured);
        }
        let jitter = self.wire_draw(&made, 0);
        let travel = self.world.travel(self.caller_place(&made), there, jitter);
        let of = self.world.tries.insert(made);
        self.queue.schedule(self.now + travel, Event::Reach(of));
        self.arm(of);
    }

    /// Whether packets get to a try's pod and back.
    #[inline]
    pub(super) fn reaches(&self, made: &Try) -> bool {
        let pod = &self.world.pods[usize::from(made.pod)];
        !pod.condition.down && !self.world.severed(made.region, pod.region) && !self.lost(made, pod.region)
    }

    /// Whether a lossy link loses this try, on its way or its answer's.
    fn lost(&self, made: &Try, to: u8) -> bool {
        if made.region == to {
            return false;
        }
        let (there, back) = (self.world.link(made.region, to).loss, self.world.link(to, made.region).loss);
        let draw = |way: u32| {
            let attempt = u32::from(made.attempt) * 2 + way;
            self.fixed.dice.draw(Concern::Loss, made.request, made.call, attempt)
        };
        (!there.is_zero() && there.hits(draw(0))) || (!back.is_zero() && back.hits(draw(1)))
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

    /// Region and zone of a try's caller.
    #[inline]
    pub(super) fn caller_place(&self, made: &Try) -> (u8, u16) {
        if made.proxy == NONE {
            return self.world.pods[usize::from(made.pod)].place();
        }
        let site = self.world.proxies[usize::from(made.proxy)].site;
        (site.region, site.zone)
    }

    /// Drawn bits for the way there (0) or back (1).
    #[inline]
    pub(super) fn wire_draw(&self, made: &Try, way: u32) -> u64 {
        if !made.flags.crosses {
            return 0;
        }
        let attempt = u32::from(made.attempt) * 2 + way;
        self.fixed.dice.draw(Concern::Wire, made.request, made.call, attempt)
    }

    #[inline]
    fn record_hop(&mut self, made: &Try) -> u64 {
        if !self.sink.hearing.hops {
            return 0;
        }
        let regions = self.world.regions.len() as PlaceId;
        let from = match self.world.proxies.get(usize::from(made.proxy)).map(|proxy| proxy.caller) {
            Some(Caller::Pod(pod)) => regions + pod,
            Some(Caller::Client) | None => PlaceId::from(made.region),
        };
        self.sink.hop(Hop {
            request: made.request,
            attempt: made.attempt,
            from,
            to: regions + made.pod,
            start: self.now,
            took: None,
            outcome: HopOutcome::Open,
            crosses: made.flags.crosses,
        })
    }
}
