//! Latencies in buckets that grow with them: any percentile to about 1 %.

use crate::sim::time::SimSpan;

/// Buckets in each doubling; a bucket's middle is then within 0.8 % of all it holds.
const PER_OCTAVE_BITS: u32 = 6;
/// Spans below this, 1.024 µs, share the first bucket.
const LOW_BITS: u32 = 10;
/// Spans from 2^40 ns, 18 minutes, share the last.
const HIGH_BITS: u32 = 40;
const BUCKETS: usize = ((HIGH_BITS - LOW_BITS) << PER_OCTAVE_BITS) as usize + 2;

/// How many spans fell into which bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    buckets: Vec<u32>,
    count: u64,
    longest: SimSpan,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { buckets: vec![0; BUCKETS], count: 0, longest: SimSpan::ZERO }
    }
}

impl Histogram {
    /// Counts a span.
    #[inline]
    pub fn add(&mut self, span: SimSpan) {
        self.buckets[bucket(span.nanos())] += 1;
        self.count += 1;
        self.longest = self.longest.max(span);
    }

    /// The longest of all; `None` without any.
    pub fn longest(&self) -> Option<SimSpan> {
        (self.count > 0).then_some(self.longest)
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        if self.count > 0 {
            self.buckets.fill(0);
            (self.count, self.longest) = (0, SimSpan::ZERO);
        }
    }

    /// The span that `percent` of all are not longer than (nearest rank); `None` without any.
    pub fn percentile(&self, percent: f64) -> Option<SimSpan> {
        if self.count == 0 {
            return None;
        }
        let rank = ((self.count as f64 * percent / 100.0).ceil() as u64).clamp(1, self.count);
        let mut sum = 0;
        for (index, &bucket) in self.buckets.iter().enumerate() {
            sum += u64::from(bucket);
            if sum >= rank {
                return Some(SimSpan::from_nanos(middle(index)).min(self.longest));
            }
        }
        None
    }
}

#[inline]
fn bucket(nanos: u64) -> usize {
    let octave = nanos.max(1).ilog2();
    if octave < LOW_BITS {
        return 0;
    }
    if octave >= HIGH_BITS {
        return BUCKETS - 1;
    }
    let inside = (nanos >> (octave - PER_OCTAVE_BITS)) & ((1 << PER_OCTAVE_BITS) - 1);
    (u64::from((octave - LOW_BITS) << PER_OCTAVE_BITS) + inside + 1) as usize
}

fn middle(index: usize) -> u64 {
    if index == 0 {
        return 1 << (LOW_BITS - 1);
    }
    if index >= BUCKETS - 1 {
        return 1 << HIGH_BITS;
    }
    let index = index as u64 - 1;
    let octave = (index >> PER_OCTAVE_BITS) as u32 + LOW_BITS;
    let inside = index & ((1 << PER_OCTAVE_BITS) - 1);
    let width = 1_u64 << (octave - PER_OCTAVE_BITS);
    (1 << octave) + inside * width + width / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_is_within_one_percent_of_its_buckets_middle() {
        let mut nanos = 1_100_u64;
        while nanos < 1 << 40 {
            let shown = middle(bucket(nanos)) as f64;
            assert!((shown / nanos as f64 - 1.0).abs() < 0.01, "{nanos} is shown as {shown}");
            nanos += nanos / 97 + 1;
        }
        assert_eq!(bucket(0), 0);
        assert_eq!(bucket(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn percentiles_are_those_of_the_spans() {
        let mut spans = Histogram::default();
        assert_eq!(spans.percentile(50.0), None);
        for millis in 1..=100 {
            spans.add(SimSpan::from_millis(millis));
        }
        assert_eq!(spans.percentile(100.0), spans.longest(), "no percentile is longer than the longest");
        for (percent, millis) in [(50.0, 50.0), (99.0, 99.0), (100.0, 100.0), (0.0, 1.0)] {
            let found = spans.percentile(percent).unwrap().as_millis_f64();
            assert!((found / millis - 1.0).abs() < 0.01, "{percent}: {found}");
        }
    }
}
