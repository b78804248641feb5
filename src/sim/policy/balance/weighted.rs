//! Picks among hosts of different weights: Envoy's schedule by earliest deadline.
//!
//! Envoy leaves its cheaper picks as soon as two weights of a set of hosts differ, or a host is in slow start. Under
//! `ROUND_ROBIN` each host then gets its exact share; under `LEAST_REQUEST` the schedule is the same with weights that
//! shrink by what is active, so shares are *not* proportional to weights. `RANDOM` never looks at weights. Source:
//! Envoy's `load_balancer_impl.cc` (`EdfLoadBalancerBase`), `edf_scheduler.h` and `least_request_lb.cc`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// `active_request_bias` as Envoy has it when nothing is configured; Istio configures nothing.
pub const ACTIVE_REQUEST_BIAS: f64 = 1.0;
/// A weight of zero would never be due again; Envoy's weights start at 1, and slow start keeps a tenth of that.
const WEIGHT_MIN: f64 = 1e-6;

/// The weight of a host under least request at this moment: weight ÷ (active + 1)^bias.
#[must_use]
pub fn least_request_weight(weight: f64, active: u32, bias: f64) -> f64 {
    let busy = f64::from(active) + 1.0;
    if bias == 1.0 { weight / busy } else { weight / libm::pow(busy, bias) }
}

/// Whether Envoy picks by schedule: some two of these weights differ.
pub fn differ(mut weights: impl Iterator<Item = u32>) -> bool {
    weights.next().is_some_and(|first| weights.any(|weight| weight != first))
}

/// Hosts of one set in the order in which they are due. A host that is picked is due again 1 ÷ weight later, by its
/// weight at that moment; among equals the one that waits longest goes first. Envoy builds the schedule anew whenever
/// the set or the health of its hosts changes.
#[derive(Clone, Debug)]
pub struct Schedule<H> {
    queue: BinaryHeap<Due<H>>,
    /// The deadline of the last pick: the schedule's own clock.
    now: f64,
    /// How often a host was put into the queue: the order among equal deadlines.
    inserted: u64,
}

#[derive(Clone, Copy, Debug)]
struct Due<H> {
    deadline: f64,
    order: u64,
    host: H,
}

impl<H: Copy> Schedule<H> {
    /// A schedule in which nobody has been picked yet.
    pub fn new(hosts: &[H], weight: impl Fn(H) -> f64) -> Self {
        let mut schedule = Self { queue: BinaryHeap::with_capacity(hosts.len() + 1), now: 0.0, inserted: 0 };
        for &host in hosts {
            schedule.add(host, weight(host));
        }
        schedule
    }

    /// The next host; `None` without any. `weight` tells its weight from now on.
    #[inline]
    pub fn pick(&mut self, weight: impl Fn(H) -> f64) -> Option<H> {
        let Due { deadline, host, .. } = self.queue.pop()?;
        self.now = deadline;
        self.add(host, weight(host));
        Some(host)
    }

    #[inline]
    fn add(&mut self, host: H, weight: f64) {
        let deadline = self.now + 1.0 / weight.max(WEIGHT_MIN);
        self.queue.push(Due { deadline, order: self.inserted, host });
        self.inserted += 1;
    }
}

// The greatest entry of a `BinaryHeap` leaves first: that is the one due first.
impl<H> Ord for Due<H> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.deadline.total_cmp(&self.deadline).then(other.order.cmp(&self.order))
    }
}

impl<H> PartialOrd for Due<H> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<H> PartialEq for Due<H> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<H> Eq for Due<H> {}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: [f64; 5] = [1.0, 1.0, 1.0, 1.0, 4.0];

    #[test]
    fn constant_weights_get_their_exact_shares() {
        let weight = |host: usize| WEIGHTS[host];
        let mut schedule = Schedule::new(&[0, 1, 2, 3, 4], weight);
        let mut picks = [0; 5];
        for _ in 0..800 {
            picks[schedule.pick(weight).unwrap()] += 1;
        }
        assert_eq!(picks, [100, 100, 100, 100, 400]);
    }

    #[test]
    fn active_requests_push_a_host_back() {
        // The gateway always has one request active when it is picked, the others none: 2 to 4.
        let weight =
            |host: usize| least_request_weight(WEIGHTS[host], u32::from(host == 4), ACTIVE_REQUEST_BIAS);
        let mut schedule = Schedule::new(&[0, 1, 2, 3, 4], weight);
        let gateway = (0..600).filter(|_| schedule.pick(weight) == Some(4)).count();
        assert!(gateway.abs_diff(200) <= 1, "{gateway} of 600");
    }

    #[test]
    fn weights_differ_only_from_one_another() {
        assert!(!differ([4].into_iter()));
        assert!(!differ([1, 1, 1].into_iter()));
        assert!(differ([1, 1, 4].into_iter()));
    }
}
