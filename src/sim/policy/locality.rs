//! Locality-weighted balancing inside one priority: effective weights, and the queue that picks by them.
//!
//! `distribute` ends up here: a weight shrinks with the health of its locality, which is how a split fails over.
//! Source: Envoy's `locality_wrr.cc` and `edf_scheduler.h`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// One locality of a priority level, with its hosts counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalityWeight {
    /// As configured; 0 is never picked.
    pub weight: u32,
    pub total: u32,
    pub healthy: u32,
    pub excluded: u32,
}

impl LocalityWeight {
    /// The weight times the locality's availability, over-provisioned (140 in Envoy) and at most whole.
    #[must_use]
    pub fn effective(&self, overprovision_percent: u32) -> f64 {
        let hosts = self.total.saturating_sub(self.excluded);
        if hosts == 0 {
            return 0.0;
        }
        let available = f64::from(self.healthy) / f64::from(hosts);
        f64::from(self.weight) * (f64::from(overprovision_percent) / 100.0 * available).min(1.0)
    }
}

/// The share of each locality, adding up to 1; all 0 when nothing can be picked.
#[must_use]
pub fn shares(localities: &[LocalityWeight], overprovision_percent: u32) -> Vec<f64> {
    let weights: Vec<f64> =
        localities.iter().map(|locality| locality.effective(overprovision_percent)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| if sum > 0.0 { weight / sum } else { 0.0 }).collect()
}

/// The queue for these localities; `None` without a weighted locality that has a healthy host, when the hosts of the
/// whole level are used instead. Envoy builds it anew whenever hosts or their health change.
#[must_use]
pub fn scheduler(localities: &[LocalityWeight], overprovision_percent: u32) -> Option<Edf> {
    let weights: Vec<f64> =
        localities.iter().map(|locality| locality.effective(overprovision_percent)).collect();
    Edf::new(&weights)
}

/// Weighted round robin by earliest deadline: an entry is due again 1 ÷ weight after its pick; among equals the one that
/// waits longest goes first.
#[derive(Clone, Debug)]
pub struct Edf {
    queue: BinaryHeap<Due>,
    /// How often an entry was put into the queue: the order among equal deadlines.
    inserted: u64,
}

#[derive(Clone, Copy, Debug)]
struct Due {
    deadline: f64,
    order: u64,
    index: usize,
    weight: f64,
}

impl Edf {
    /// A queue over `weights`; entries without a positive, finite weight are never picked. `None` if that is all of them.
    #[must_use]
    pub fn new(weights: &[f64]) -> Option<Self> {
        let mut edf = Self { queue: BinaryHeap::with_capacity(weights.len()), inserted: 0 };
        for (index, &weight) in weights.iter().enumerate() {
            if weight > 0.0 && weight.is_finite() {
                edf.queue.push(Due { deadline: 1.0 / weight, order: edf.inserted, index, weight });
                edf.inserted += 1;
            }
        }
        (!edf.queue.is_empty()).then_some(edf)
    }

    /// The next entry's position in the weights.
    pub fn pick(&mut self) -> usize {
        // A queue starts with an entry and keeps all it has.
        let Some(mut due) = self.queue.peek_mut() else { return 0 };
        due.deadline += 1.0 / due.weight;
        due.order = self.inserted;
        self.inserted += 1;
        due.index
    }

    /// Picks `picks` times and forgets them: Envoy starts each queue at a random place.
    pub fn skip(&mut self, picks: u64) {
        for _ in 0..picks {
            self.pick();
        }
    }
}

// The greatest entry of a `BinaryHeap` leaves first: that is the one due first.
impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        other.deadline.total_cmp(&self.deadline).then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Due {}
