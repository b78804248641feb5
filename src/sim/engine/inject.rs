//! Faults that a `VirtualService` injects: at the caller's proxy and before its router, so that no endpoint is charged,
//! nothing is tried again and nothing fails over. Delay and abort are drawn apart, the delay comes first. A route with a
//! fault has neither timeout nor retries (Istio's API, `HTTPFaultInjection`; Envoy's `fault_filter.cc`).

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::Outcome;
use crate::sim::rng::Concern;
use crate::sim::world::{Cause, NONE, Try};

const DELAY: u32 = 0;
const ABORT: u32 = 1;

impl Engine {
    /// A call to a service into whose calls faults are injected.
    pub(super) fn inject(&mut self, made: Try) {
        let Some(fault) = &self.fixed.rules.fault else { return self.dispatch(made) };
        let bits = self.fixed.dice.draw(Concern::Inject, made.request, made.call, DELAY);
        if fault.delay_percent.hits(bits) {
            let at = self.now + fault.delay;
            self.tell_fault(&made);
            let of = self.world.tries.insert(made);
            self.queue.schedule(at, Event::Delayed(of));
        } else {
            self.abort_or_dispatch(made);
        }
    }

    /// An injected delay is over.
    pub(super) fn delayed(&mut self, of: TryRef) {
        let Some(made) = self.world.tries.get(of).copied() else { return };
        self.world.tries.remove(of);
        if made.parent.is_none_or(|parent| self.world.tries.get(parent).is_some()) {
            self.abort_or_dispatch(made);
        }
    }

    fn abort_or_dispatch(&mut self, mut made: Try) {
        let Some(fault) = &self.fixed.rules.fault else { return self.dispatch(made) };
        let bits = self.fixed.dice.draw(Concern::Inject, made.request, made.call, ABORT);
        if !fault.abort_percent.hits(bits) {
            self.dispatch(made);
            return;
        }
        made.outcome = Outcome::Injected(fault.abort);
        made.cause = Cause::new(made.service, NONE, made.outcome);
        self.tell_fault(&made);
        self.settle(made);
    }
}
