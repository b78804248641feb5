//! Passive outlier detection: the detector that one client proxy keeps for one cluster.
//!
//! Nothing is shared between proxies. A host is ejected in line, by the response that completes a run of errors, and
//! comes back only at a sweep. Source: Envoy's `outlier_detection_impl.cc`.

mod config;
mod success_rate;

pub use config::{OutlierConfig, eject_max, jitter};
pub use success_rate::{SuccessRate, success_rate};

use crate::sim::time::{SimSpan, SimTime};

/// The detector of one client proxy for all hosts of one cluster, over all priorities.
#[derive(Clone, Debug)]
pub struct Detector {
    config: OutlierConfig,
    hosts: Vec<Host>,
    /// Hosts that are in the endpoint list.
    present: usize,
    ejected: usize,
}

/// What a run of errors led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ejection {
    /// Out of service until the first sweep at or after `until_at_least`.
    Ejected { until_at_least: SimTime, multiplier: u32, now_ejected: usize },
    /// The run was complete, but `max_ejection_percent` keeps the host in service.
    Overflow { now_ejected: usize, hosts: usize },
}

#[derive(Clone, Copy, Debug)]
struct Host {
    present: bool,
    consecutive_5xx: u32,
    consecutive_gateway: u32,
    consecutive_local: u32,
    /// Ejections last `base_ejection_time` times this.
    multiplier: u32,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    InService { since: SimTime },
    Ejected { at: SimTime, jitter: SimSpan },
}

impl Host {
    /// A host nobody has heard from yet.
    const FRESH: Self = Self {
        present: true,
        consecutive_5xx: 0,
        consecutive_gateway: 0,
        consecutive_local: 0,
        multiplier: 0,
        state: State::InService { since: SimTime::ZERO },
    };

    fn is_ejected(&self) -> bool {
        matches!(self.state, State::Ejected { .. })
    }
}

impl Detector {
    /// A detector that has seen nothing of its `hosts` hosts, numbered from 0.
    #[must_use]
    pub fn new(config: OutlierConfig, hosts: usize) -> Self {
        Self { config, hosts: vec![Host::FRESH; hosts], present: hosts, ejected: 0 }
    }

    /// Charges one answer to a host. Codes below 500 are successes; a refused or timed out connection is a 503, a
    /// time-out of an established one a 504. Unknown hosts are ignored.
    pub fn record(&mut self, host: usize, code: u16, now: SimTime) -> Option<Ejection> {
        self.record_with_draw(host, code, now, 0)
    }

    /// [`Self::record`] with the draw that `max_jitter` needs; Istio leaves the jitter at zero.
    pub fn record_with_draw(&mut self, host: usize, code: u16, now: SimTime, draw: u64) -> Option<Ejection> {
        let state = self.hosts.get_mut(host)?;
        if code < 500 {
            state.consecutive_5xx = 0;
            state.consecutive_gateway = 0;
            return None;
        }
        // What an ejected host still answers cannot matter: its counters are cleared when it returns.
        if !self.config.enabled || !state.present || state.is_ejected() {
            return None;
        }
        if state.completes_a_run(code, &self.config) { Some(self.eject(host, now, draw)) } else { None }
    }

    /// Charges one failure on this side of the connection, under `split_local_origin`.
    pub fn record_local(&mut self, host: usize, now: SimTime) -> Option<Ejection> {
        let state = self.hosts.get_mut(host)?;
        if !self.config.enabled || !state.present || state.is_ejected() {
            return None;
        }
        let complete = reaches(&mut state.consecutive_local, self.config.consecutive_local_origin);
        complete.then(|| self.eject(host, now, 0))
    }

    /// A request got a connection to a host, new or not: that ends a run of failures on this side, so that time-outs on
    /// standing connections hardly ever add up (Envoy's `UpstreamRequest::onPoolReady`).
    #[inline]
    pub fn connected(&mut self, host: usize) {
        if self.config.split_local_origin
            && let Some(state) = self.hosts.get_mut(host)
        {
            state.consecutive_local = 0;
        }
    }

    fn eject(&mut self, host: usize, now: SimTime, draw: u64) -> Ejection {
        let allowed = self.config.allows(self.ejected, self.present);
        if !allowed {
            return Ejection::Overflow { now_ejected: self.ejected, hosts: self.present };
        }
        self.ejected += 1;
        let jitter = jitter(draw, self.config.max_jitter);
        let state = &mut self.hosts[host];
        state.multiplier = self.config.multiplier_after(state.multiplier);
        state.state = State::Ejected { at: now, jitter };
        Ejection::Ejected {
            until_at_least: now + self.config.ejection_time(state.multiplier) + jitter,
            multiplier: state.multiplier,
            now_ejected: self.ejected,
        }
    }

    /// The periodic sweep, every `interval`: returns the hosts that are back in service, in order. A host that has been
    /// back for a whole interval also loses one step of its multiplier.
    pub fn sweep(&mut self, now: SimTime) -> Vec<usize> {
        self.sweep_tossing(now, |_| true)
    }

    /// [`Self::sweep`] with a coin for each host that has been back for *exactly* one interval. Envoy notes the return
    /// a moment after its sweep's own time and sets its timer by a cached clock, so that the next sweep comes a hair
    /// too early or not: measured on Envoy 1.40, about half of them take the step.
    pub fn sweep_tossing(&mut self, now: SimTime, takes_step: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut returned = Vec::new();
        for (index, host) in self.hosts.iter_mut().enumerate() {
            match host.state {
                State::InService { since } => {
                    let back = now.since(since);
                    let whole =
                        back > self.config.interval || (back == self.config.interval && takes_step(index));
                    if host.multiplier > 0 && whole {
                        host.multiplier -= 1;
                    }
                }
                State::Ejected { at, jitter } => {
                    if self.config.ejection_time(host.multiplier) + jitter <= now.since(at) {
                        *host = Host {
                            multiplier: host.multiplier,
                            state: State::InService { since: now },
                            ..Host::FRESH
                        };
                        returned.push(index);
                    }
                }
            }
        }
        self.ejected -= returned.len();
        returned
    }

    #[must_use]
    pub fn is_ejected(&self, host: usize) -> bool {
        self.hosts.get(host).is_some_and(Host::is_ejected)
    }

    /// How many hosts are out of service now.
    #[must_use]
    pub fn ejected_count(&self) -> usize {
        self.ejected
    }

    /// How many hosts the percentage is taken of.
    #[must_use]
    pub fn host_count(&self) -> usize {
        self.present
    }

    /// The earliest moment an ejected host may return; the first sweep at or after it decides.
    #[must_use]
    pub fn ejected_until(&self, host: usize) -> Option<SimTime> {
        let host = self.hosts.get(host)?;
        let State::Ejected { at, jitter } = host.state else { return None };
        Some(at + self.config.ejection_time(host.multiplier) + jitter)
    }

    /// How many base ejection times the next ejection builds on; 0 for a host without a past.
    #[must_use]
    pub fn multiplier(&self, host: usize) -> u32 {
        self.hosts.get(host).map_or(0, |host| host.multiplier)
    }

    /// Server errors in a row that a host has answered with so far.
    #[must_use]
    pub fn errors_in_a_row(&self, host: usize) -> u32 {
        self.hosts.get(host).map_or(0, |host| host.consecutive_5xx)
    }

    #[must_use]
    pub fn config(&self) -> &OutlierConfig {
        &self.config
    }

    /// A new host at the end; returns its number.
    pub fn add_host(&mut self) -> usize {
        self.hosts.push(Host::FRESH);
        self.present += 1;
        self.hosts.len() - 1
    }

    /// Hosts `0..hosts` from now on: new ones are fresh, those beyond are forgotten.
    pub fn resize(&mut self, hosts: usize) {
        for index in hosts..self.hosts.len() {
            self.remove_host(index);
        }
        self.present += hosts.saturating_sub(self.hosts.len());
        self.hosts.resize(hosts, Host::FRESH);
    }

    /// The host left the endpoint list: it no longer counts, its past is forgotten, its number stays taken.
    pub fn remove_host(&mut self, host: usize) {
        let Some(state) = self.hosts.get_mut(host) else { return };
        self.ejected -= usize::from(state.is_ejected());
        self.present -= usize::from(state.present);
        *state = Host { present: false, ..Host::FRESH };
    }

    /// A host is in the endpoint list again, under its old number and without a past. One that is there already stays as it is.
    pub fn restore_host(&mut self, host: usize) {
        let Some(state) = self.hosts.get_mut(host) else { return };
        if !state.present {
            *state = Host::FRESH;
            self.present += 1;
        }
    }
}

impl Host {
    /// Counts an error; true when a counter has just reached its threshold, which also clears that counter.
    fn completes_a_run(&mut self, code: u16, config: &OutlierConfig) -> bool {
        let gateway =
            matches!(code, 502..=504) && reaches(&mut self.consecutive_gateway, config.consecutive_gateway);
        if !matches!(code, 502..=504) {
            self.consecutive_gateway = 0;
        }
        let server = reaches(&mut self.consecutive_5xx, config.consecutive_5xx);
        gateway || server
    }
}

/// One more; true at exactly `threshold`, and then from zero again. A threshold of 0 is never reached.
fn reaches(counter: &mut u32, threshold: u32) -> bool {
    *counter = counter.saturating_add(1);
    let reached = *counter == threshold;
    if reached {
        *counter = 0;
    }
    reached
}
