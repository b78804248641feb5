//! Follows the one request that somebody asked about. Nothing here is heard by the run itself.

use super::Engine;
use crate::sim::proxy::Caller;
use crate::sim::scenario::Step;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::trace::{TraceHop, TraceKind, USER_LEFT, word};
use crate::sim::world::{NONE, Try};

impl Engine {
    /// A try is on its way to the pod it names, or to nobody.
    #[inline]
    pub(super) fn trace_sent(&mut self, made: &Try) {
        if self.sink.traces(made.request) {
            let hop = self.sent_hop(made);
            self.sink.trace(hop);
        }
    }

    /// A try or a wait is over for its caller.
    #[inline]
    pub(super) fn trace_ended(&mut self, made: &Try) {
        if self.sink.traces(made.request) {
            self.sink.trace_ends(made.call, self.now, word(made.outcome));
        }
    }

    /// The user has gone, so nobody waits for this any more.
    #[inline]
    pub(super) fn trace_left(&mut self, made: &Try) {
        if self.sink.traces(made.request) {
            self.sink.trace_ends(made.call, self.now, USER_LEFT.to_owned());
        }
    }

    /// A call waits before it is tried again.
    #[inline]
    pub(super) fn trace_back_off(&mut self, made: &Try, wait: SimSpan) {
        if self.sink.traces(made.request) {
            let hop = TraceHop {
                kind: TraceKind::BackOff,
                took: Some(wait),
                to: None,
                priority: None,
                load_percent: None,
                outcome: None,
                ..self.sent_hop(made)
            };
            self.sink.trace(hop);
        }
    }

    /// A pod has taken a call in and will begin to work on it after `queued`.
    #[inline]
    pub(super) fn trace_queued(&mut self, made: &Try, queued: SimSpan) {
        if self.sink.traces(made.request) {
            self.sink.trace_queues(made.call, queued);
        }
    }

    /// A pod goes to a store for a call, at a moment that may still be to come.
    #[inline]
    pub(super) fn trace_store(&mut self, made: &Try, step: Step, start: SimTime, took: SimSpan) {
        if !self.sink.traces(made.request) {
            return;
        }
        let store = match step {
            Step::Call(_) => return,
            Step::DynamoDb => "dynamodb",
            Step::Aurora => "aurora",
        };
        let outer = self.sent_hop(made);
        self.sink.trace(TraceHop {
            kind: TraceKind::Store,
            start,
            took: Some(took),
            depth: outer.depth + 1,
            from: outer.to.unwrap_or(outer.from),
            to: Some(store.to_owned()),
            service: store.to_owned(),
            attempt: 1,
            priority: None,
            load_percent: None,
            queued: None,
            outcome: None,
            call: outer.call,
        });
    }

    fn sent_hop(&self, made: &Try) -> TraceHop {
        let sent = made.pod != NONE;
        // Linkerd knows no priorities.
        let draws = made.proxy != NONE && self.fixed.rules.linkerd.is_none();
        let proxy = self.world.proxies.get(usize::from(made.proxy)).filter(|_| draws);
        let level = made.tried_levels.get(usize::from(made.attempt)).copied();
        TraceHop {
            kind: TraceKind::Try,
            start: self.now,
            took: (!sent).then_some(SimSpan::ZERO),
            depth: self.depth(made),
            from: self.caller_path(made),
            to: sent.then(|| self.pod_path(made.pod)),
            service: self.service_name(made.service),
            attempt: made.attempt + 1,
            priority: level.filter(|_| sent && proxy.is_some()),
            load_percent: proxy.map(|proxy| proxy.table().healthy_load.clone()),
            queued: None,
            outcome: (!sent).then(|| word(made.outcome)),
            call: made.call,
        }
    }

    fn caller_path(&self, made: &Try) -> String {
        let caller = self.world.proxies.get(usize::from(made.proxy)).map(|proxy| proxy.caller);
        let parent = made.parent.and_then(|parent| self.world.tries.get(parent)).map(|outer| outer.pod);
        match (caller, parent) {
            (Some(Caller::Pod(pod)), _) | (_, Some(pod)) if pod != NONE => self.pod_path(pod),
            _ => format!("{}/users", self.region_name(made.region)),
        }
    }

    /// How many calls wait for this one.
    fn depth(&self, made: &Try) -> u8 {
        let mut depth = 0;
        let mut next = made.parent;
        while let Some(outer) = next.and_then(|parent| self.world.tries.get(parent)) {
            depth += 1;
            next = outer.parent;
        }
        depth
    }
}
