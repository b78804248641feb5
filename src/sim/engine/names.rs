//! Names: an application asks its cluster's `CoreDNS` for the callee's address before its proxy sees anything.
//!
//! With a sidecar the address itself does not matter, Envoy picks among all endpoints; without one there is no call. An
//! answer is kept for the record's time to live, per caller and name. A look-up that goes well costs no time here: half
//! a millisecond once in five seconds is part of a service's own time. One that is refused is not kept anywhere, since
//! nobody answered: neither `CoreDNS`'s `denial` cache (30 s at most) nor its 5 s for SERVFAIL comes into it.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::dns::{RECORD_TYPES, steps};
use crate::sim::policy::retry::Outcome;
use crate::sim::scenario::{Pattern, Scenario};
use crate::sim::time::SimSpan;
use crate::sim::world::{Cause, NONE, Try};

/// A stub resolver asks this often (`resolv.conf`: `attempts`), each time for so long (`timeout`).
const RESOLVER_ATTEMPTS: u64 = 2;
const RESOLVER_TIMEOUT: SimSpan = SimSpan::from_seconds(5);

/// What looking up a name comes to in this run.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameRules {
    ttl: SimSpan,
    /// Names asked for, one after another.
    steps: u32,
}

impl NameRules {
    pub fn new(scenario: &Scenario) -> Self {
        let control = &scenario.control;
        let clusterset = scenario.pattern == Pattern::Federation;
        Self { ttl: control.cluster_ttl, steps: steps(clusterset, control.ndots) }
    }
}

impl Engine {
    /// Sends a call whose caller must know an address first.
    #[inline]
    pub(super) fn call_by_name(&mut self, made: Try) {
        let known = self.world.names.get(usize::from(made.proxy));
        if known.is_none_or(|&until| self.now < until) { self.send(made) } else { self.look_up(made) }
    }

    #[cold]
    fn look_up(&mut self, made: Try) {
        let dns = self.world.regions[usize::from(made.region)].control.dns;
        if dns.down {
            self.no_address(made);
            return;
        }
        let NameRules { ttl, steps } = self.fixed.names;
        self.meter.looked_up(self.now, u64::from(steps * RECORD_TYPES));
        if dns.slow == SimSpan::ZERO {
            self.world.names[usize::from(made.proxy)] = self.now + ttl;
            self.send(made);
            return;
        }
        let wait = if dns.slow < RESOLVER_TIMEOUT {
            dns.slow.times(u64::from(steps))
        } else {
            RESOLVER_TIMEOUT.times(RESOLVER_ATTEMPTS)
        };
        let mut waiting = made;
        waiting.flags.waiting = true;
        waiting.outcome = if dns.slow < RESOLVER_TIMEOUT { Outcome::Status(200) } else { Outcome::NoAddress };
        let of = self.world.tries.insert(waiting);
        self.queue.schedule(self.now + wait, Event::Resolved(of));
    }

    /// A slow answer has come, or the resolver has given up.
    pub(super) fn resolved(&mut self, of: TryRef) {
        let Some(mut made) = self.world.tries.get(of).copied() else { return };
        self.world.tries.remove(of);
        if made.parent.is_some_and(|parent| self.world.tries.get(parent).is_none()) {
            return;
        }
        made.flags.waiting = false;
        let down = self.world.regions[usize::from(made.region)].control.dns.down;
        if down || made.outcome == Outcome::NoAddress {
            self.no_address(made);
            return;
        }
        if made.parent.is_some() {
            // The proxy's own clocks begin when it sees the call.
            made.began = self.now;
        }
        self.world.names[usize::from(made.proxy)] = self.now + self.fixed.names.ttl;
        self.send(made);
    }

    /// The call ends before any proxy has seen it: nobody is charged and nothing is tried again.
    fn no_address(&mut self, mut made: Try) {
        made.sent = self.now;
        made.pod = NONE;
        made.outcome = Outcome::NoAddress;
        made.cause = Cause::new(made.service, NONE, Outcome::NoAddress);
        self.tell_no_address(&made);
        self.settle(made);
    }
}
