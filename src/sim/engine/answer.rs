//! An answer comes: who is charged, whether it is tried again, and what the caller does then.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::{Outcome, backoff_from};
use crate::sim::rng::Concern;
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
                self.meter.crossed(there, made.region, bytes, self.billed(&made));
            } else {
                self.meter.crossed_zone(bytes, self.billed(&made));
            }
        }
        self.ended(made);
    }

    /// A try has ended for its caller.
    #[inline]
    pub(super) fn ended(&mut self, made: Try) {
        let ok = is_ok(made.outcome);
        self.sink.hop_ended(made.hop, self.now, ok);
        self.trace_ended(&made);
        self.digest.mix(made.request << 16 ^ u64::from(made.pod) << 3 ^ u64::from(made.outcome.code()));
        if ok {
            self.note_time(&made);
        } else {
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
        waiting.flags.went_far |= made.flags.crosses;
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
            self.pass_up(parent, made);
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
    pub(super) fn finish(&mut self, made: &Try, ok: bool) {
        if made.is_probe() {
            self.probed(made.request, ok);
            return;
        }
        let took = self.now.since(made.began);
        self.meter.finished(self.now, took, ok, made.flags.measured);
        self.digest.mix(made.request ^ took.nanos().rotate_left(24));
        self.note_end(made, took, ok);
        if !ok {
            self.user_failed(made);
        }
    }
}

#[inline]
fn is_ok(outcome: Outcome) -> bool {
    outcome == Outcome::Status(200)
}
