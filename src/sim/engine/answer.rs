//! An answer comes, or waiting ends: who is charged, whether it is tried again, and what the caller does then.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::{Outcome, backoff_from};
use crate::sim::rng::Concern;
use crate::sim::time::SimSpan;
use crate::sim::world::{Held, NONE, Try};

/// What a failure's answer weighs on the wire.
const ERROR_BYTES: u64 = 200;

impl Engine {
    /// An answer reaches the caller, or the end of waiting for a connection does.
    #[inline]
    pub(super) fn answer(&mut self, of: TryRef) {
        let Some(made) = self.world.tries.get(of).copied() else { return };
        self.world.tries.remove(of);
        if made.flags.connected {
            self.free_connection(&made);
        }
        if made.held != Held::Nothing {
            self.let_go(of, &made);
        }
        if made.flags.given_up {
            // The caller went on long ago; but a connection that was never made is still charged when it fails.
            if made.outcome == Outcome::ConnectTimeout {
                self.charge(&made);
            }
            return;
        }
        self.linkerd_ended(&made, Some(is_ok(made.outcome)));
        if made.flags.in_flight && (made.flags.crosses || made.flags.crosses_zone) {
            let there = self.world.pods[usize::from(made.pod)].region;
            let bytes = match made.outcome {
                Outcome::Status(200) => self.world.services[usize::from(made.service)].response_bytes,
                Outcome::Status(_) => ERROR_BYTES,
                _ => 0,
            };
            if made.flags.crosses {
                self.meter.crossed(there, made.region, bytes, made.flags.measured);
            } else {
                self.meter.crossed_zone(bytes, made.flags.measured);
            }
        }
        self.ended(made);
    }

    /// A try has ended for its caller.
    #[inline]
    fn ended(&mut self, made: Try) {
        let ok = is_ok(made.outcome);
        self.sink.hop_ended(made.hop, self.now, ok);
        self.trace_ended(&made);
        self.digest.mix(made.request << 16 ^ u64::from(made.pod) << 3 ^ u64::from(made.outcome.code()));
        if !ok {
            self.pod_failed(&made);
        }
        if made.parent.is_some_and(|parent| self.world.tries.get(parent).is_none()) {
            // The caller itself is gone, and its proxy with it.
            self.retry_ended(&made);
            return;
        }
        if made.proxy != NONE {
            if !made.flags.crosses && made.flags.measured {
                self.meter.ended_locally(made.service, made.region, ok);
            }
            self.charge(&made);
        }
        self.settle(made);
    }

    #[inline]
    pub(super) fn charge(&mut self, made: &Try) {
        let Some(code) = made.outcome.charged() else { return };
        let apart = self.fixed.rules.outlier.split_local_origin && made.outcome.is_local_origin();
        let proxy = &mut self.world.proxies[usize::from(made.proxy)];
        let run = if apart {
            proxy.record_local(made.host, self.now)
        } else {
            proxy.record(made.host, code, self.now)
        };
        if let Some(ejection) = run {
            self.ejected(made.proxy, made.host, ejection);
        }
    }

    /// Tries again, or ends the call.
    pub(super) fn settle(&mut self, mut made: Try) {
        if made.flags.retrying {
            self.retry_ended(&made);
            made.flags.retrying = false;
        }
        let rules = &self.fixed.rules;
        let again = made.proxy != NONE
            && !is_ok(made.outcome)
            && made.attempt < rules.retries
            && !rules.faulted(made.service)
            && rules.retry_on.retries(made.outcome);
        if !again || !self.may_retry(&made) {
            self.conclude(&made);
            return;
        }
        let retry = u32::from(made.attempt) + 1;
        let bits = self.fixed.dice.draw(Concern::BackOff, made.request, made.call, retry);
        let wait = backoff_from(self.fixed.rules.backoff, retry, bits);
        self.trace_back_off(&made, wait);
        let mut waiting = made;
        waiting.step = 0;
        waiting.flags.connected = false;
        waiting.flags.in_flight = false;
        waiting.flags.waiting = true;
        waiting.flags.retrying = self.fixed.rules.limits.is_some();
        waiting.held = Held::Nothing;
        waiting.flags.silent = false;
        waiting.flags.crosses = false;
        waiting.flags.crosses_zone = false;
        waiting.flags.gateway = false;
        let of = self.world.tries.insert(waiting);
        self.queue.schedule(self.now + wait, Event::Retry(of));
        if let Some(span) = self.timeout_of(&made) {
            let at = (made.began + span).max(self.now);
            self.queue.schedule(at, Event::RouteTimeout(of));
        }
    }

    /// The wait before a retry is over.
    pub(super) fn retry(&mut self, of: TryRef) {
        let Some(mut made) = self.world.tries.get(of).copied() else { return };
        self.world.tries.remove(of);
        if made.parent.is_some_and(|parent| self.world.tries.get(parent).is_none()) {
            self.retry_ended(&made);
            return;
        }
        made.attempt += 1;
        made.flags.waiting = false;
        made.outcome = Outcome::Status(200);
        self.send(made);
    }

    /// A call has ended, all its tries included: its caller goes on, or fails in turn.
    #[inline]
    fn conclude(&mut self, made: &Try) {
        let ok = is_ok(made.outcome);
        if made.proxy != NONE && made.flags.measured {
            self.meter.called(made.service, made.region, ok);
        }
        let Some(parent) = made.parent else {
            self.finish(made, ok);
            return;
        };
        if ok {
            self.proceed(parent, self.now);
            return;
        }
        // The application cannot do without the call, so it answers 503 itself, and its caller counts that against it.
        let Some(caller) = self.world.tries.get_mut(parent) else { return };
        caller.outcome = Outcome::Status(503);
        caller.cause = made.cause;
        let caller = *caller;
        let slow = self.world.pods[usize::from(caller.pod)].condition.slow;
        self.answer_failed(parent, &caller, slow);
    }

    /// A user's request has ended.
    #[inline]
    fn finish(&mut self, made: &Try, ok: bool) {
        if made.is_probe() {
            self.probed(made.request, ok);
            return;
        }
        let took = self.now.since(made.began);
        self.meter.finished(self.now, took, ok, made.flags.measured);
        self.digest.mix(made.request ^ took.nanos().rotate_left(24));
        if !ok {
            self.user_failed(made);
        }
    }

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
        own.cause = crate::sim::world::Cause::new(own.service, own.pod, outcome);
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
            own.cause = crate::sim::world::Cause::new(own.service, own.pod, Outcome::Reset);
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

#[inline]
fn is_ok(outcome: Outcome) -> bool {
    outcome == Outcome::Status(200)
}
