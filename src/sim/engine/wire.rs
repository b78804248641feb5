//! The way: whether packets get to a try's pod and back, and how long they take.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::policy::retry::Outcome;
use crate::sim::rng::Concern;
use crate::sim::world::{Cause, NONE, PodId, Try, gateway_region};

impl Engine {
    /// Puts a try on the wire.
    #[inline]
    pub(super) fn transmit(&mut self, made: Try) {
        if self.reaches(&made) {
            self.launch(made);
        } else {
            self.unreachable(made);
        }
    }

    /// A connection that cannot be made is charged to nobody until it is given up.
    pub(super) fn unreachable(&mut self, mut made: Try) {
        made.outcome = Outcome::ConnectTimeout;
        made.cause = Cause::new(made.service, made.pod, made.outcome);
        let of = self.world.tries.insert(made);
        self.queue.schedule(self.now + self.fixed.rules.connect_timeout, Event::Answer(of));
        self.arm(of);
    }

    /// Packets get to the pod.
    #[inline]
    pub(super) fn launch(&mut self, mut made: Try) {
        let pod = &self.world.pods[usize::from(made.pod)];
        let there = pod.place();
        made.flags.in_flight = true;
        made.flags.connected = !pod.refuses() && !self.handshake_fails(&made);
        if made.flags.connected {
            self.world.proxies[usize::from(made.proxy)].open(made.host);
        }
        if made.flags.crosses {
            let bytes = self.world.services[usize::from(made.service)].request_bytes;
            self.meter.crossed(made.region, there.0, bytes, self.billed(&made));
        } else if made.flags.crosses_zone {
            let bytes = self.world.services[usize::from(made.service)].request_bytes;
            self.meter.crossed_zone(bytes, self.billed(&made));
        }
        let travel = if made.flags.gateway {
            self.travel_through(&made, 0)
        } else {
            self.world.travel(self.caller_place(&made), there, self.wire_draw(&made, 0))
        };
        let of = self.world.tries.insert(made);
        self.queue.schedule(self.now + travel, Event::Reach(of));
        self.arm(of);
    }

    /// The region of a pod, or of a gateway that stands where a pod may.
    #[inline]
    pub(super) fn region_of(&self, pod: PodId) -> u8 {
        gateway_region(pod).unwrap_or_else(|| self.world.pods[usize::from(pod)].region)
    }

    /// Whether its bytes are on the bill that is counted: a deep check of Route 53 is no user's request, and its bytes cross
    /// all the same.
    #[inline]
    pub(super) fn billed(&self, made: &Try) -> bool {
        made.flags.measured || (made.is_probe() && self.now >= self.meter.from)
    }

    /// Whether packets get to a try's pod and back.
    #[inline]
    pub(super) fn reaches(&self, made: &Try) -> bool {
        let (away, region) = if let Some(region) = gateway_region(made.pod) {
            (self.world.gateways[usize::from(region)].down, region)
        } else {
            let pod = &self.world.pods[usize::from(made.pod)];
            (pod.unreachable(), pod.region)
        };
        !away && !self.world.severed(made.region, region) && !self.lost(made, region)
    }

    /// Whether what a try was sent to refuses connections.
    pub(super) fn refused(&self, made: &Try) -> bool {
        match gateway_region(made.pod) {
            Some(region) => self.world.gateways[usize::from(region)].refuse,
            None => self.world.pods[usize::from(made.pod)].refuses(),
        }
    }

    /// Whether a lossy link loses this try, on its way or its answer's.
    pub(super) fn lost(&self, made: &Try, to: u8) -> bool {
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
}
