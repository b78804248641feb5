//! Somebody stops waiting: a caller at its time-out, a user, or whoever was cut off from the other end.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::Outcome;
use crate::sim::time::SimSpan;
use crate::sim::world::{Cause, Held, NONE, Try};

impl Engine {
    /// A try has had no answer within `per_try_timeout`.
    pub(super) fn try_timeout(&mut self, of: TryRef) {
        self.give_up(of, Outcome::PerTryTimeout);
    }

    /// A call has had no answer within the route's timeout, all tries and waits included.
    pub(super) fn route_timeout(&mut self, of: TryRef) {
        self.give_up(of, Outcome::RouteTimeout);
    }

    /// The caller stops waiting. The pod knows nothing of it and works on; so does an attempt to connect.
    fn give_up(&mut self, of: TryRef, outcome: Outcome) {
        let Some(made) = self.world.tries.get_mut(of) else { return };
        if made.flags.given_up {
            return;
        }
        let mut own = *made;
        let nothing_sent = made.flags.waiting || made.held == Held::Place;
        made.flags.given_up = true;
        made.flags.connected = false;
        made.flags.retrying = false;
        made.held = if own.held == Held::Attempt { Held::LoneAttempt } else { Held::Nothing };
        if made.flags.silent || nothing_sent {
            self.world.tries.remove(of);
        }
        self.give_back(of, &own);
        own.held = Held::Nothing;
        own.cause = Cause::new(own.service, own.pod, outcome);
        if own.flags.connected {
            self.world.proxies[usize::from(own.proxy)].close(own.host);
        }
        // A time-out is charged only where a connection stood; otherwise the endpoint has done nothing wrong yet.
        let charged = own.flags.connected;
        own.outcome = outcome;
        if !nothing_sent {
            self.linkerd_ended(&own, Some(false));
        }
        if nothing_sent {
            self.trace_ended(&own);
            self.settle(own);
        } else if charged {
            self.ended(own);
        } else {
            self.sink.hop_ended(own.hop, self.now, false);
            self.trace_ended(&own);
            self.settle(own);
        }
    }

    /// A try and the calls that wait for it, from the innermost to the user's; it ends early where a caller is gone.
    pub(super) fn chain(&self, of: TryRef) -> Vec<TryRef> {
        let mut chain = vec![of];
        let mut next = self.world.tries.get(of).and_then(|made| made.parent);
        while let Some(parent) = next {
            let Some(made) = self.world.tries.get(parent) else { break };
            chain.push(parent);
            next = made.parent;
        }
        chain
    }

    /// A user who waits for an answer that will never come goes away. Every proxy on the way lets go of its call and
    /// charges it to nobody.
    pub(super) fn user_leaves(&mut self, of: TryRef) {
        if self.world.tries.get(of).is_none_or(|made| made.flags.given_up) {
            return;
        }
        for of in self.chain(of) {
            let Some(mut made) = self.world.tries.get(of).copied() else { continue };
            self.world.tries.remove(of);
            if made.flags.connected {
                self.world.proxies[usize::from(made.proxy)].close(made.host);
            }
            if !made.flags.given_up && !made.flags.waiting {
                self.linkerd_ended(&made, None);
            }
            self.sink.hop_ended(made.hop, self.now, false);
            self.trace_left(&made);
            self.retry_ended(&made);
            if made.held != Held::Nothing {
                made.outcome = Outcome::Reset;
                self.let_go(of, &made);
            }
            if made.parent.is_none() && !made.flags.given_up {
                made.outcome = Outcome::RouteTimeout;
                self.finish(&made, false);
            }
        }
    }

    /// The other ends of these tries are gone: their callers learn of it after `delay`. A pod that lives on keeps its
    /// own end of them and works on for nobody.
    pub(super) fn break_off(
        &mut self,
        tries: &[TryRef],
        pod_lives: bool,
        delay: impl Fn(&Self, &Try) -> SimSpan,
    ) {
        for &of in tries {
            let Some(made) = self.world.tries.get_mut(of) else { continue };
            let mut own = *made;
            let was_given_up = made.flags.given_up;
            made.flags.given_up = true;
            made.flags.connected = false;
            made.flags.retrying = false;
            if !was_given_up {
                made.held = Held::Nothing;
            }
            if !pod_lives || made.flags.silent {
                self.world.tries.remove(of);
                if was_given_up && own.held != Held::Nothing {
                    own.outcome = Outcome::ConnectFailure;
                    self.let_go(of, &own);
                }
            }
            if was_given_up {
                continue;
            }
            own.outcome = Outcome::Reset;
            own.cause = Cause::new(own.service, own.pod, Outcome::Reset);
            own.flags.silent = false;
            own.flags.in_flight = false;
            let at = self.now + delay(self, &own);
            let moved = self.world.tries.insert(own);
            self.queue.schedule(at, Event::Answer(moved));
            if own.proxy != NONE {
                self.arm(moved);
            }
        }
    }
}
