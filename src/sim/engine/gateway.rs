//! Calls that go through the gateway of a region.
//!
//! An east-west gateway (port 15443) passes TLS on unopened: it picks a pod when a connection is made, and every
//! request on that connection goes there. The caller's proxy speaks HTTP/1.1, one request at a time on a connection, and
//! takes the free connection it used last; so a quiet caller keeps to few pods (measured on Envoy 1.40 behind a TCP
//! pass-through: 2 of 4 pods got all traffic). An ingress gateway ends the connection itself and picks for each request.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::Reach;
use crate::sim::rng::{Concern, below};
use crate::sim::time::SimSpan;
use crate::sim::world::{Cause, NONE, PodId, Told, Try, gateway_id, gateway_region};

/// What a gateway takes to pass a packet on: a tenth of a millisecond, an Envoy that only copies bytes.
const PASSING: SimSpan = SimSpan::from_micros(100);

/// What becomes of a call at a gateway.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It goes on to a pod.
    On(PodId),
    /// It is taken in and goes nowhere: over a connection to a pod, or over one that ends at the gateway.
    Swallowed(PodId),
    /// No connection is made.
    Unreachable,
    /// The gateway answers itself.
    TurnedAway(Outcome),
}

impl Engine {
    /// Puts a try on the wire to the gateway of a region.
    pub(super) fn send_through(&mut self, mut made: Try, region: u8) {
        made.flags.gateway = true;
        let fate = self.fate_at(&made, region);
        if let Fate::On(pod) | Fate::Swallowed(pod) = fate {
            made.pod = pod;
        }
        made.hop = self.record_hop(&made);
        self.trace_sent(&made);
        match fate {
            Fate::On(pod) if self.world.pods[usize::from(pod)].unreachable() => self.unreachable(made),
            Fate::On(_) => self.launch(made),
            Fate::Swallowed(_) => self.swallow(made),
            Fate::Unreachable => self.unreachable(made),
            Fate::TurnedAway(outcome) => self.turned_away(made, outcome),
        }
    }

    fn fate_at(&mut self, made: &Try, region: u8) -> Fate {
        let gateway = self.world.gateways[usize::from(region)];
        if gateway.down || self.world.severed(made.region, region) || self.lost(made, region) {
            return Fate::Unreachable;
        }
        let passes_on = self.fixed.rules.reach == Reach::EastWest;
        if passes_on && let Some(pod) = self.standing(made, region) {
            return if gateway.blackhole { Fate::Swallowed(pod) } else { Fate::On(pod) };
        }
        match self.gateway_pick(made, region) {
            _ if gateway.refuse => Fate::TurnedAway(Outcome::ConnectFailure),
            // The TLS handshake is with the pod, so that a connection is not made before a pod answers.
            _ if gateway.blackhole && passes_on => Fate::Unreachable,
            _ if gateway.blackhole => Fate::Swallowed(gateway_id(region)),
            Some(pod) => Fate::On(pod),
            None if passes_on => Fate::TurnedAway(Outcome::ConnectFailure),
            None => Fate::TurnedAway(Outcome::Status(503)),
        }
    }

    /// A free connection of the caller through a gateway, and the pod at its end. One whose pod resets it is gone.
    fn standing(&mut self, made: &Try, region: u8) -> Option<PodId> {
        let proxy = &mut self.world.proxies[usize::from(made.proxy)];
        loop {
            let pod = proxy.take_idle(region)?;
            if !self.world.pods[usize::from(pod)].refuses() {
                return Some(pod);
            }
        }
    }

    /// Any pod of the region that its own control plane calls ready.
    fn gateway_pick(&self, made: &Try, region: u8) -> Option<PodId> {
        let pods = &self.world.services[usize::from(made.service)].by_region[usize::from(region)];
        let told = &self.world.regions[usize::from(region)].told;
        let ready = || pods.iter().filter(|&&pod| told[usize::from(pod)] == Told::Ready);
        let bits = self.fixed.dice.draw(Concern::Gateway, made.request, made.call, u32::from(made.attempt));
        ready().nth(below(bits, ready().count() as u64) as usize).copied()
    }

    /// The gateway itself answers, as soon as it is reached.
    fn turned_away(&mut self, mut made: Try, outcome: Outcome) {
        made.outcome = outcome;
        made.cause = Cause::new(made.service, made.pod, outcome);
        let region = gateway_region(made.pod).unwrap_or(made.region);
        let site = self.world.gateway_site(region);
        let there =
            self.world.travel(self.caller_place(&made), (site.region, site.zone), self.wire_draw(&made, 0));
        let back =
            self.world.travel((site.region, site.zone), self.caller_place(&made), self.wire_draw(&made, 1));
        let of = self.world.tries.insert(made);
        let slow = self.world.gateways[usize::from(region)].slow;
        self.queue.schedule(self.now + there + slow + back, Event::Answer(of));
        self.arm(of);
    }

    /// The gateway has the call and passes nothing on.
    fn swallow(&mut self, mut made: Try) {
        made.flags.connected = true;
        self.world.proxies[usize::from(made.proxy)].open(made.host);
        let of = self.world.tries.insert(made);
        self.arm(of);
        self.fall_silent(of);
    }

    /// How long packets travel between a caller and the pod behind a gateway, one way; `way` as in `wire_draw`.
    pub(super) fn travel_through(&self, made: &Try, way: u32) -> SimSpan {
        let pod = &self.world.pods[usize::from(made.pod)];
        let site = self.world.gateway_site(pod.region);
        let door = (site.region, site.zone);
        let (caller, jitter) = (self.caller_place(made), self.wire_draw(made, way));
        let slow = self.world.gateways[usize::from(pod.region)].slow;
        if way == 0 {
            self.world.travel(caller, door, jitter) + slow + PASSING + self.world.travel(door, pod.place(), 0)
        } else {
            self.world.travel(pod.place(), door, 0) + PASSING + self.world.travel(door, caller, jitter)
        }
    }

    /// A call over a standing connection has ended: the connection is free again, if it still stands.
    #[inline]
    pub(super) fn free_connection(&mut self, made: &Try) {
        let proxy = &mut self.world.proxies[usize::from(made.proxy)];
        proxy.close(made.host);
        let stands = matches!(made.outcome, Outcome::Status(_)) && !made.flags.silent;
        if made.flags.gateway && stands && made.pod != NONE && self.fixed.rules.reach == Reach::EastWest {
            let region = self.world.pods[usize::from(made.pod)].region;
            proxy.keep_idle(region, made.pod);
        }
    }

    /// A pod has gone down or crashed: no free connection ends there any more.
    pub(super) fn forget_connections(&mut self, pod: PodId) {
        if self.fixed.rules.reach == Reach::EastWest {
            for proxy in &mut self.world.proxies {
                proxy.drop_idle_to(pod);
            }
        }
    }

    /// Brings gateways into the state that all layers together describe.
    pub(super) fn refresh_gateways(&mut self) {
        for region in 0..self.world.gateways.len() as u8 {
            let (before, after) = (self.world.gateways[usize::from(region)], self.faults.gateway(region));
            if before == after {
                continue;
            }
            self.world.gateways[usize::from(region)] = after;
            self.check_changes(region);
            if !self.fixed.rules.reach.has_gateways() {
                continue;
            }
            if (after.down && !before.down) || (after.refuse && !before.refuse) {
                for proxy in &mut self.world.proxies {
                    proxy.drop_idle(Some(region));
                }
            }
            let open = self.tries_at(|engine, made| {
                made.flags.gateway && engine.world.pods[usize::from(made.pod)].region == region
            });
            if after.down && !before.down {
                // No packet comes back, as when a pod goes down.
                self.break_off(&open, true, |engine, _| engine.fixed.rules.connect_timeout);
            } else if after.refuse && !before.refuse {
                // Its process is gone, and with it all connections through it.
                self.break_off(&open, true, Self::travel_back);
            }
        }
    }
}
