//! What a Linkerd proxy decides: which of two endpoints costs less, and when an endpoint is left alone.
//!
//! Sources: tower's `load/peak_ewma.rs`, linkerd2-proxy's `breaker/consecutive_failures.rs`, the defaults of Linkerd's
//! policy controller (`default_balancer_config`, `parse_accrual_config`).

use crate::sim::rng::below;
use crate::sim::time::{SimSpan, SimTime};

/// What an endpoint nobody has heard from is taken to need (Linkerd's `default_rtt`).
pub const DEFAULT_RTT: SimSpan = SimSpan::from_millis(30);
/// In this time an old measurement loses all but 1/e of its weight (Linkerd's `decay`).
pub const DECAY: SimSpan = SimSpan::from_seconds(10);

/// The running estimate of an endpoint's latency: it rises at once to any peak and sinks slowly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakEwma {
    nanos: f64,
    updated: SimTime,
}

impl PeakEwma {
    /// An endpoint that was just found.
    #[must_use]
    pub fn new(now: SimTime) -> Self {
        Self { nanos: DEFAULT_RTT.nanos() as f64, updated: now }
    }

    /// A request has ended after `rtt`, well or not.
    pub fn observe(&mut self, rtt: SimSpan, now: SimTime) {
        let seen = rtt.nanos() as f64;
        self.nanos = if self.nanos < seen {
            seen
        } else {
            let kept = libm::exp(-(now.since(self.updated).nanos() as f64) / DECAY.nanos() as f64);
            self.nanos * kept + seen * (1.0 - kept)
        };
        self.updated = now;
    }

    /// The estimate as it stands, without asking for it.
    #[must_use]
    pub fn estimate(mut self, now: SimTime) -> SimSpan {
        self.observe(SimSpan::ZERO, now);
        SimSpan::from_nanos(self.nanos as u64)
    }

    /// The estimate times one more than the requests that wait for an answer. Asking lets the estimate sink, as if a
    /// request of no length had ended: so an endpoint that was slow once is tried again some time.
    pub fn cost(&mut self, pending: u32, now: SimTime) -> f64 {
        self.observe(SimSpan::ZERO, now);
        self.nanos * f64::from(pending.saturating_add(1))
    }
}

/// Failure accrual by consecutive failures, opt-in by annotation of the Service
/// (`balancer.linkerd.io/failure-accrual: consecutive`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailureAccrual {
    /// Failures in a row that close an endpoint off: 7.
    pub max_failures: u32,
    /// How long it is left alone at first: 1 s.
    pub min_penalty: SimSpan,
    /// And at most: 60 s.
    pub max_penalty: SimSpan,
}

impl Default for FailureAccrual {
    fn default() -> Self {
        Self {
            max_failures: 7,
            min_penalty: SimSpan::from_seconds(1),
            max_penalty: SimSpan::from_seconds(60),
        }
    }
}

/// Up to this many percent are added to a penalty at random (`jitter-ratio: 0.5`).
const JITTER_PERCENT: u64 = 50;

/// One endpoint's circuit breaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    state: State,
    penalty: SimSpan,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Requests pass; so many have failed in a row.
    Open(u32),
    /// None pass before this moment; then one does.
    Shut(SimTime),
    /// That one is on its way.
    Probation,
}

impl Default for State {
    fn default() -> Self {
        Self::Open(0)
    }
}

/// What an answer did to a breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tripped {
    /// Left alone until this moment.
    Shut { until: SimTime, failures: u32 },
    /// Back in service.
    Opened,
}

impl Breaker {
    /// Whether a request may pass now.
    #[must_use]
    pub fn admits(&self, now: SimTime) -> bool {
        match self.state {
            State::Open(_) => true,
            State::Shut(until) => now >= until,
            State::Probation => false,
        }
    }

    /// It is not in ordinary service.
    #[must_use]
    pub fn is_shut(&self) -> bool {
        !matches!(self.state, State::Open(_))
    }

    /// The moment of the probe, while none is on its way.
    #[must_use]
    pub fn shut_until(&self) -> Option<SimTime> {
        if let State::Shut(until) = self.state { Some(until) } else { None }
    }

    /// Failures in a row so far, while it is in ordinary service.
    #[must_use]
    pub fn failures(&self) -> u32 {
        if let State::Open(failures) = self.state { failures } else { 0 }
    }

    /// A request passes.
    pub fn sent(&mut self) {
        if matches!(self.state, State::Shut(_)) {
            self.state = State::Probation;
        }
    }

    /// A request has ended. While the breaker is shut, answers to older requests mean nothing to it; in probation the first
    /// answer decides, whichever request it belongs to.
    pub fn ended(&mut self, ok: bool, now: SimTime, draw: u64, rule: &FailureAccrual) -> Option<Tripped> {
        match (self.state, ok) {
            (State::Open(_), true) => {
                self.state = State::Open(0);
                None
            }
            (State::Open(failures), false) if failures + 1 < rule.max_failures => {
                self.state = State::Open(failures + 1);
                None
            }
            (State::Open(_), false) => {
                self.penalty = rule.min_penalty;
                Some(self.shut(rule.max_failures, now, draw))
            }
            (State::Shut(_), _) => None,
            (State::Probation, true) => {
                self.state = State::Open(0);
                Some(Tripped::Opened)
            }
            (State::Probation, false) => {
                self.penalty = self.penalty.times(2).min(rule.max_penalty);
                Some(self.shut(1, now, draw))
            }
        }
    }

    fn shut(&mut self, failures: u32, now: SimTime, draw: u64) -> Tripped {
        let jitter = below(draw, self.penalty.nanos() * JITTER_PERCENT / 100 + 1);
        let until = now + self.penalty + SimSpan::from_nanos(jitter);
        self.state = State::Shut(until);
        Tripped::Shut { until, failures }
    }
}

/// Two endpoints out of `count`, never the same one twice; `None` unless there are two.
#[must_use]
pub fn two_of(count: usize, draws: [u64; 2]) -> Option<(usize, usize)> {
    let others = count.checked_sub(1).filter(|&others| others > 0)?;
    let first = below(draws[0], count as u64) as usize;
    let second = below(draws[1], others as u64) as usize;
    Some((first, if second >= first { second + 1 } else { second }))
}
