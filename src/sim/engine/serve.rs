//! A pod serves: takes a call in, works, calls on, answers.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::Caller;
use crate::sim::rng::Concern;
use crate::sim::scenario::Step;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Cause, NONE, Try, Within};

/// Without any timeout a mesh waits for ever; a browser does not (Chrome and Firefox: five minutes).
const USER_PATIENCE: SimSpan = SimSpan::from_seconds(300);

impl Engine {
    /// A try reaches its pod. How long the pod works on it is known at once, since nothing overtakes it.
    #[inline]
    pub(super) fn reach(&mut self, of: TryRef) {
        let Some(made) = self.world.tries.get(of).copied() else { return };
        let refused = self.world.pods[usize::from(made.pod)].refuses() || self.handshake_fails(&made);
        let pod = &mut self.world.pods[usize::from(made.pod)];
        let condition = pod.condition;
        if refused {
            self.answer_with(of, Outcome::ConnectFailure, SimSpan::ZERO);
            return;
        }
        pod.counts.calls += 1;
        if condition.blackhole {
            self.fall_silent(of);
            return;
        }
        let errs = !condition.errors.is_zero() && {
            let bits = self.fixed.dice.draw(Concern::Fault, made.request, made.call, u32::from(made.attempt));
            condition.errors.hits(bits)
        };
        if condition.unavailable || errs {
            self.answer_with(of, Outcome::Status(503), condition.slow);
            return;
        }
        let bits = self.fixed.dice.draw(Concern::Service, made.request, made.call, u32::from(made.attempt));
        let span = self.world.services[usize::from(made.service)].time.sample(bits);
        match pod.accept(self.now, span) {
            Some(done) => {
                self.trace_queued(&made, done.since(self.now + span));
                self.proceed(of, done);
            }
            None => self.answer_within(of, Within::Queue, condition.slow),
        }
    }

    /// From `at` on a pod is free to go on with a call: through its stores to the next service, or to the answer.
    #[inline]
    pub(super) fn proceed(&mut self, of: TryRef, mut at: SimTime) {
        let Some(made) = self.world.tries.get(of).copied() else { return };
        let mut step = made.step;
        while let Some(next) = self.next_step(&made, step) {
            let call = matches!(next, Step::Call(_));
            if call || made.flags.write {
                if step != made.step
                    && let Some(made) = self.world.tries.get_mut(of)
                {
                    made.step = step;
                }
                match (at == self.now, call) {
                    (true, true) => self.step(of),
                    (true, false) => self.write_store(of),
                    (false, true) => self.queue.schedule(at, Event::Step(of)),
                    (false, false) => self.queue.schedule(at, Event::Store(of)),
                }
                return;
            }
            let spent = self.read_store(&made, next, step, at);
            self.trace_store(&made, next, at, spent);
            at = at + spent;
            step += 1;
        }
        let slow = self.world.pods[usize::from(made.pod)].condition.slow;
        let at = at + slow + self.travel_back(&made);
        // The load balancer is next to its pods, so that its answer needs no event to travel in.
        if made.proxy == NONE && at == self.now {
            self.answer(of);
        } else {
            self.queue.schedule(at, Event::Answer(of));
        }
    }

    #[inline]
    pub(super) fn next_step(&self, made: &Try, step: u8) -> Option<Step> {
        self.world.services[usize::from(made.service)].steps.get(usize::from(step)).copied()
    }

    /// A pod calls the next service on behalf of a call.
    #[inline]
    pub(super) fn step(&mut self, of: TryRef) {
        let Some(made) = self.world.tries.get_mut(of) else { return };
        let step = made.step;
        made.step += 1;
        let made = *made;
        let steps = &self.world.services[usize::from(made.service)].steps;
        let Some(Step::Call(callee)) = steps.get(usize::from(step)).copied() else { return };
        let mut call = Try {
            request: made.request,
            began: self.now,
            parent: Some(of),
            call: child_key(&made, step),
            proxy: self.world.proxy_of(Caller::Pod(made.pod), callee as u16),
            service: callee as u16,
            region: self.world.pods[usize::from(made.pod)].region,
            ..Try::EMPTY
        };
        call.flags.write = made.flags.write;
        call.flags.measured = made.flags.measured;
        call.proxy = self.route(call.proxy, &call);
        self.call_by_name(call);
    }

    /// The pod answers with a failure after `after`.
    pub(super) fn answer_with(&mut self, of: TryRef, outcome: Outcome, after: SimSpan) {
        let Some(made) = self.world.tries.get_mut(of) else { return };
        made.outcome = outcome;
        made.cause = Cause::new(made.service, made.pod, outcome);
        let made = *made;
        self.answer_failed(of, &made, after);
    }

    /// The pod answers 503 because of something within it, after `after`.
    pub(super) fn answer_within(&mut self, of: TryRef, within: Within, after: SimSpan) {
        let Some(made) = self.world.tries.get_mut(of) else { return };
        made.outcome = Outcome::Status(503);
        made.cause = Cause { within, ..Cause::new(made.service, made.pod, made.outcome) };
        let made = *made;
        self.answer_failed(of, &made, after);
    }

    /// The same where outcome and cause are known already.
    pub(super) fn answer_failed(&mut self, of: TryRef, made: &Try, after: SimSpan) {
        let travel = self.travel_back(made);
        self.queue.schedule(self.now + after + travel, Event::Answer(of));
    }

    #[inline]
    pub(super) fn travel_back(&self, made: &Try) -> SimSpan {
        if made.flags.gateway {
            return self.travel_through(made, 1);
        }
        let here = self.world.pods[usize::from(made.pod)].place();
        if Self::is_users(made) {
            return self.user_travel(made.region, here.0);
        }
        self.world.travel(here, self.caller_place(made), self.wire_draw(made, 1))
    }

    /// Nothing will come back from the pod.
    pub(super) fn fall_silent(&mut self, of: TryRef) {
        let Some(made) = self.world.tries.get_mut(of) else { return };
        made.flags.silent = true;
        if made.flags.given_up {
            self.world.tries.remove(of);
            return;
        }
        let began = self.chain(of).last().and_then(|&top| self.world.tries.get(top)).map(|user| user.began);
        if let Some(began) = began {
            self.queue.schedule((began + USER_PATIENCE).max(self.now), Event::UserLeaves(of));
        }
    }
}

/// Which call of its request a call is: the same for the same tries above it, another for any other.
pub(super) fn child_key(parent: &Try, step: u8) -> u32 {
    (parent.call.wrapping_mul(31).wrapping_add(u32::from(parent.attempt)))
        .wrapping_mul(31)
        .wrapping_add(u32::from(step) + 1)
}
