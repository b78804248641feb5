//! Connection-pool limits at work: who gets a connection, who waits for one, and what goes over a limit.
//!
//! Nothing here is reached unless the scenario sets a limit.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::policy::pool::{Admission, Limit, Pool};
use crate::sim::policy::retry::Outcome;
use crate::sim::world::{Cause, Held, Host, ProxyId, Try};

/// Envoy opens at most so many connections of a pool at one occasion (`tryCreateNewConnections`).
const CONNECT_AT_ONCE: u32 = 3;

impl Engine {
    /// A try whose endpoint is picked asks that endpoint's pool for a connection. A new one costs no time of its own,
    /// like everywhere here.
    pub(super) fn ask_pool(&mut self, mut made: Try) {
        let stands = self.reaches(&made) && !self.refused(&made);
        let Some(pool) = self.pool(made.proxy) else { return };
        match pool.ask(usize::from(made.host), stands) {
            Admission::Streams => made.held = Held::Connection,
            Admission::Connects => made.held = Held::Attempt,
            Admission::Waits => return self.queue_up(made),
            Admission::Overflows(limit) => return self.overflow(made, limit),
        }
        made.sent = self.now;
        self.depart(made);
    }

    /// Waits for a connection: the route's timeout runs meanwhile, that of the try begins with the connection
    /// (Envoy's `UpstreamRequest::onPoolReady`).
    fn queue_up(&mut self, mut made: Try) {
        made.held = Held::Place;
        let (proxy, host) = (made.proxy, made.host);
        let ends = self.timeout_of(&made).map(|span| (made.began + span).max(self.now));
        let of = self.world.tries.insert(made);
        if let Some(pool) = self.pool(proxy) {
            pool.wait(usize::from(host), of);
        }
        if let Some(at) = ends {
            self.queue.schedule(at, Event::RouteTimeout(of));
        }
    }

    /// Over a limit: 503 at once (UO). No other priority, no retry, and nobody is charged.
    fn overflow(&mut self, mut made: Try, limit: Limit) {
        made.outcome = Outcome::Overflow;
        made.cause = Cause::new(made.service, made.pod, made.outcome);
        self.tell_limit(&made, limit);
        self.settle(made);
    }

    /// A try has ended, or its caller is gone: it lets go of what it held of its pool.
    pub(super) fn let_go(&mut self, of: TryRef, made: &Try) {
        let answered = matches!(made.outcome, Outcome::Status(_));
        let (proxy, host) = (made.proxy, usize::from(made.host));
        let Some(pool) = self.pool(proxy) else { return };
        match made.held {
            Held::Nothing => {}
            Held::Place => pool.cancel(host, &of),
            Held::Connection if answered => {
                pool.release(host);
                self.serve_waiting(proxy, made.host, false);
            }
            Held::Connection => self.close_connection(proxy, made.host),
            Held::Attempt | Held::LoneAttempt => {
                let waited = pool.connection_failed(host, made.held == Held::LoneAttempt);
                self.fail_waiting(&waited, made.outcome);
            }
        }
    }

    /// The caller of a try gives it up: its place goes, its connection breaks, an attempt to connect goes on alone.
    pub(super) fn give_back(&mut self, of: TryRef, made: &Try) {
        match made.held {
            Held::Nothing | Held::LoneAttempt => {}
            Held::Place => {
                if let Some(pool) = self.pool(made.proxy) {
                    pool.cancel(usize::from(made.host), &of);
                }
            }
            Held::Attempt => {
                if let Some(pool) = self.pool(made.proxy) {
                    pool.connection_abandoned();
                }
            }
            Held::Connection => self.close_connection(made.proxy, made.host),
        }
    }

    /// A call that was being tried again is so no longer.
    pub(super) fn retry_ended(&mut self, made: &Try) {
        if made.flags.retrying
            && let Some(pool) = self.pool(made.proxy)
        {
            pool.retry_ended();
        }
    }

    /// May a call be tried again, as far as the limit of such calls goes?
    pub(super) fn may_retry(&mut self, made: &Try) -> bool {
        self.pool(made.proxy).is_none_or(Pool::retry)
    }

    /// A connection of HTTP/1.1 cannot outlive a request that was cut short.
    fn close_connection(&mut self, proxy: ProxyId, host: Host) {
        if let Some(pool) = self.pool(proxy) {
            pool.close(usize::from(host));
            self.serve_waiting(proxy, host, true);
        }
    }

    fn serve_waiting(&mut self, proxy: ProxyId, host: Host, may_connect: bool) {
        let mut served = 0;
        while served < CONNECT_AT_ONCE
            && let Some(of) = self.pool(proxy).and_then(|pool| pool.next(usize::from(host), may_connect))
        {
            let Some(made) = self.world.tries.get(of).copied() else { continue };
            self.world.tries.remove(of);
            if made.parent.is_some_and(|parent| self.world.tries.get(parent).is_none()) {
                self.retry_ended(&made);
                continue;
            }
            served += 1;
            self.ask_pool(made);
        }
    }

    /// Those who waited for a connection that was never made fail as it did, and each counts against the endpoint.
    fn fail_waiting(&mut self, waited: &[TryRef], outcome: Outcome) {
        for &of in waited {
            let Some(mut made) = self.world.tries.get(of).copied() else { continue };
            self.world.tries.remove(of);
            made.held = Held::Nothing;
            made.outcome = outcome;
            made.cause = Cause::new(made.service, made.pod, outcome);
            if made.parent.is_some_and(|parent| self.world.tries.get(parent).is_none()) {
                self.retry_ended(&made);
                continue;
            }
            self.charge(&made);
            self.settle(made);
        }
    }

    fn pool(&mut self, proxy: ProxyId) -> Option<&mut Pool<TryRef>> {
        self.world.proxies.get_mut(usize::from(proxy))?.pool.as_deref_mut()
    }
}
