//! Envoy's `previous_priorities`: retries leave the priorities that were tried already.

use crate::sim::policy::priority::{Level, Loads, Score, normalized_total};

/// The memory of one request. Istio's `retryRemoteLocalities` uses an update frequency of 2: the first retry stays
/// where it was, the second leaves, so that with one attempt it does nothing.
#[derive(Clone, Debug)]
pub struct PreviousPriorities {
    /// The table changes after every so many tries.
    update_frequency: usize,
    /// The priority of each host tried, in order.
    tried: Vec<usize>,
    excluded: Vec<bool>,
    changed: Option<Changed>,
}

#[derive(Clone, Debug)]
struct Changed {
    healthy_load: Vec<u32>,
    degraded_load: Vec<u32>,
}

impl PreviousPriorities {
    /// `update_frequency` is 2 from Istio; 0 is taken for 1.
    #[must_use]
    pub fn new(update_frequency: usize) -> Self {
        Self {
            update_frequency: update_frequency.max(1),
            tried: Vec::new(),
            excluded: Vec::new(),
            changed: None,
        }
    }

    /// A host of this priority was chosen for a try, the first one included.
    pub fn attempted(&mut self, priority: usize) {
        self.tried.push(priority);
    }

    /// The table for the next try: `original` with the loads moved off the tried priorities. When none is left all are
    /// allowed again.
    #[must_use]
    pub fn loads(&mut self, levels: &[Level], overprovision_percent: u32, original: &Loads) -> Loads {
        let scores: Vec<Score> = levels.iter().map(|level| Score::of(level, overprovision_percent)).collect();
        if self.tried.len() < self.update_frequency {
            return original.clone();
        }
        if self.tried.len().is_multiple_of(self.update_frequency) && !self.update(&scores) {
            return original.clone();
        }
        let Some(changed) = self.changed.clone() else { return original.clone() };
        Loads { healthy_load: changed.healthy_load, degraded_load: changed.degraded_load, ..original.clone() }
    }

    /// False when nothing is available anywhere.
    fn update(&mut self, scores: &[Score]) -> bool {
        self.excluded.resize(scores.len().max(self.excluded.len()), false);
        for &priority in &self.tried {
            if let Some(excluded) = self.excluded.get_mut(priority) {
                *excluded = true;
            }
        }
        let mut left = self.remaining(scores);
        if normalized_total(&left) == 0 {
            self.excluded.fill(false);
            self.tried.clear();
            left = scores.to_vec();
        }
        let available = normalized_total(&left) > 0;
        if available {
            self.changed = Some(Changed::of(&left));
        }
        available
    }

    fn remaining(&self, scores: &[Score]) -> Vec<Score> {
        let keep = |(score, &excluded): (&Score, &bool)| if excluded { Score::default() } else { *score };
        scores.iter().zip(&self.excluded).map(keep).collect()
    }
}

impl Changed {
    /// Hands out 100 percent in rounds. Unlike the ordinary table, what rounding leaves over starts from the top again
    /// and may reach more than one level.
    fn of(scores: &[Score]) -> Self {
        let total = normalized_total(scores);
        let mut table = Self { healthy_load: vec![0; scores.len()], degraded_load: vec![0; scores.len()] };
        let mut left = 100;
        while left > 0 {
            for (load, score) in table.healthy_load.iter_mut().zip(scores) {
                let taken = left.min(score.healthy * 100 / total);
                *load += taken;
                left -= taken;
            }
            for (load, score) in table.degraded_load.iter_mut().zip(scores) {
                let taken = left.min(score.degraded * 100 / total);
                *load += taken;
                left -= taken;
            }
        }
        table
    }
}
