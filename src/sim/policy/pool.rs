//! Connection-pool limits: Envoy's circuit breakers of one proxy for one cluster, and the pools they govern.
//!
//! Each host has its own HTTP/1.1 pool, a connection carries one request at a time, and the load balancer picks the host
//! before the pool is asked. What goes over a limit fails at once (`UO`): it is not tried again, fails over to nobody and
//! is charged to nobody. Source: Envoy's `conn_pool_base.cc`, `resource_manager_impl.h` and `retry_state_impl.cc`;
//! Istio's `getDefaultCircuitBreakerThresholds`, where everything is unlimited.

use std::collections::VecDeque;

/// No limit: what Istio sends by default (2^32 - 1).
pub const UNLIMITED: u32 = u32::MAX;

/// The limits of one proxy for one cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests under way on connections. Istio `http2MaxRequests`, which holds for HTTP/1.1 too.
    pub max_requests: u32,
    /// Connections to all hosts; a host without one may always have one. Istio `tcp.maxConnections`.
    pub max_connections: u32,
    /// Requests that wait for a connection, also for one that is being made. Istio `http1MaxPendingRequests`.
    pub max_pending: u32,
    /// Calls that are being tried again, from the decision to the end of that try. Istio `maxRetries`.
    pub max_retries: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_requests: UNLIMITED,
            max_connections: UNLIMITED,
            max_pending: UNLIMITED,
            max_retries: UNLIMITED,
        }
    }
}

/// What becomes of a request that asks a host's pool for a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It is under way on a connection.
    Streams,
    /// Its connection is being made.
    Connects,
    /// It waits for a connection: hand it to [`Pool::wait`].
    Waits,
    /// It fails at once, over this limit.
    Overflows(Limit),
}

/// A limit that was reached, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Requests(u32),
    Pending(u32),
}

/// The pools of one proxy for one cluster; `W` names a request that waits.
#[derive(Clone, Debug)]
pub struct Pool<W> {
    limits: Limits,
    hosts: Vec<HostPool<W>>,
    requests: u32,
    connections: u32,
    pending: u32,
    retries: u32,
}

#[derive(Clone, Debug)]
struct HostPool<W> {
    /// Connections that are made or being made, `idle` ones included.
    connections: u32,
    idle: u32,
    waiting: VecDeque<W>,
    /// The host has left the endpoint list: its connections close as they fall idle.
    draining: bool,
}

impl<W: PartialEq> Pool<W> {
    /// Empty pools, one for each of `hosts` hosts.
    #[must_use]
    pub fn new(limits: Limits, hosts: usize) -> Self {
        let empty = || HostPool { connections: 0, idle: 0, waiting: VecDeque::new(), draining: false };
        Self {
            limits,
            hosts: (0..hosts).map(|_| empty()).collect(),
            requests: 0,
            connections: 0,
            pending: 0,
            retries: 0,
        }
    }

    /// A host more, which is in no list yet.
    pub fn add_host(&mut self) {
        let waiting = VecDeque::new();
        self.hosts.push(HostPool { connections: 0, idle: 0, waiting, draining: true });
    }

    /// A request asks for a connection to a host; `stands` tells whether a new one would stand at once.
    pub fn ask(&mut self, host: usize, stands: bool) -> Admission {
        let pool = &mut self.hosts[host];
        let idle = pool.idle > 0;
        if stands && idle {
            if self.requests >= self.limits.max_requests {
                return Admission::Overflows(Limit::Requests(self.limits.max_requests));
            }
            pool.idle -= 1;
            self.requests += 1;
            return Admission::Streams;
        }
        if self.pending >= self.limits.max_pending {
            return Admission::Overflows(Limit::Pending(self.limits.max_pending));
        }
        if idle {
            // The host is gone, and its idle connection with it.
            pool.idle -= 1;
        } else if self.connections < self.limits.max_connections || pool.connections == 0 {
            pool.connections += 1;
            self.connections += 1;
        } else {
            self.pending += 1;
            return Admission::Waits;
        }
        if !stands {
            self.pending += 1;
            return Admission::Connects;
        }
        if self.requests >= self.limits.max_requests {
            pool.idle += 1;
            return Admission::Overflows(Limit::Requests(self.limits.max_requests));
        }
        self.requests += 1;
        Admission::Streams
    }

    /// A request that was told to wait joins the end of its host's queue.
    pub fn wait(&mut self, host: usize, who: W) {
        self.hosts[host].waiting.push_back(who);
    }

    /// A request that waits goes away.
    pub fn cancel(&mut self, host: usize, who: &W) {
        let waiting = &mut self.hosts[host].waiting;
        if let Some(place) = waiting.iter().position(|other| other == who) {
            waiting.remove(place);
            self.pending -= 1;
        }
    }

    /// A request has had its answer: its connection falls idle, for whoever waits first.
    pub fn release(&mut self, host: usize) {
        self.requests -= 1;
        self.hosts[host].idle += 1;
        if self.hosts[host].draining {
            self.drop_idle(host);
        }
    }

    /// A request has been cut short, and its connection with it.
    pub fn close(&mut self, host: usize) {
        self.requests -= 1;
        self.hosts[host].connections -= 1;
        self.connections -= 1;
    }

    /// A connection could not be made. Everybody who waits for that host fails with it. `alone`: the request that began
    /// it had given up before.
    pub fn connection_failed(&mut self, host: usize, alone: bool) -> Vec<W> {
        self.hosts[host].connections -= 1;
        self.connections -= 1;
        self.pending -= u32::from(!alone);
        let purged: Vec<W> = self.hosts[host].waiting.drain(..).collect();
        self.pending -= purged.len() as u32;
        purged
    }

    /// A request gives up while its connection is being made; the attempt goes on.
    pub fn connection_abandoned(&mut self) {
        self.pending -= 1;
    }

    /// Takes the first who waits for a host if there is an idle connection, or, after one has closed, room for a new one.
    pub fn next(&mut self, host: usize, may_connect: bool) -> Option<W> {
        let pool = &mut self.hosts[host];
        let room = self.connections < self.limits.max_connections || pool.connections == 0;
        if pool.idle == 0 && !(may_connect && room) {
            return None;
        }
        let first = pool.waiting.pop_front()?;
        self.pending -= 1;
        Some(first)
    }

    /// The host has left the endpoint list or is in it again.
    pub fn set_listed(&mut self, host: usize, listed: bool) {
        self.hosts[host].draining = !listed;
        if !listed {
            self.drop_idle(host);
        }
    }

    fn drop_idle(&mut self, host: usize) {
        let pool = &mut self.hosts[host];
        // Whoever still waits gets its turn: the pool drains only once nobody does.
        let spare = pool.idle.saturating_sub(pool.waiting.len() as u32);
        pool.idle -= spare;
        pool.connections -= spare;
        self.connections -= spare;
    }

    /// May one more call be tried again? If so it counts until [`Pool::retry_ended`].
    pub fn retry(&mut self) -> bool {
        let fits = self.retries < self.limits.max_retries;
        self.retries += u32::from(fits);
        fits
    }

    /// A try beyond the first has ended.
    pub fn retry_ended(&mut self) {
        self.retries -= 1;
    }

    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Requests on connections, connections, requests that wait, calls that are being tried again.
    #[must_use]
    pub fn counts(&self) -> [u32; 4] {
        [self.requests, self.connections, self.pending, self.retries]
    }
}
