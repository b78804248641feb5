//! What each section should take, so that the whole ends when it has to.
//!
//! Every section gets its least time and the same share of its leeway: `low + slack × (high − low)`, with
//! `slack = (total − Σ low) ÷ (Σ high − Σ low)`. Milliseconds that do not divide go to the largest remainders, so
//! that the sections sum to the total exactly.

use std::cmp::Reverse;
use std::time::Duration;

use super::{Targets, millis, spans, sum};

/// Planned time of each section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// One for each section, in order.
    pub sections: Vec<Duration>,
    pub fits: Fit,
}

/// Whether budgets and total agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Every section lies within its budget and all of them sum to the total.
    Exact,
    /// The total is shorter than the sum of the least times by this much: every section is planned at its least,
    /// and something has to be cut.
    TooShort(Duration),
    /// The total is longer than the sum of the most times by this much: every section is stretched above its most
    /// by the same factor.
    TooLong(Duration),
}

/// Plans every section.
///
/// A longer total never takes time from a section, but for one millisecond of rounding that may move between two.
pub fn plan(targets: &Targets) -> Plan {
    let (lows, highs, total) = (targets.lows(), targets.highs(), millis(targets.total));
    let (least, most) = (sum(&lows), sum(&highs));
    let (sections, fits) = if total < least {
        (lows, Fit::TooShort(Duration::from_millis(least - total)))
    } else if total > most {
        (spread(&highs, &highs, total - most), Fit::TooLong(Duration::from_millis(total - most)))
    } else {
        (between(&lows, &highs, total), Fit::Exact)
    };
    Plan { sections: spans(&sections), fits }
}

/// The same share of the way from `low` to `high` for everybody, so that all sum to `total`. What is outside of
/// both sums is taken for the nearer one. Each `low` is at most its `high`.
pub(super) fn between(low: &[u64], high: &[u64], total: u64) -> Vec<u64> {
    let leeway: Vec<u64> = low.iter().zip(high).map(|(low, high)| high - low).collect();
    let extra = total.saturating_sub(sum(low)).min(sum(&leeway));
    spread(low, &leeway, extra)
}

/// `extra` on top of `base`, in proportion to `weights`, by largest remainder; of equal ones the first.
/// In equal parts when no weight counts.
pub(super) fn spread(base: &[u64], weights: &[u64], extra: u64) -> Vec<u64> {
    let ones = vec![1; weights.len()];
    let weights = if sum(weights) == 0 { &ones } else { weights };
    let whole = weights.iter().copied().map(u128::from).sum::<u128>().max(1);
    let mut remainders = Vec::with_capacity(base.len());
    let mut shares = Vec::with_capacity(base.len());
    for (index, weight) in weights.iter().enumerate() {
        let part = u128::from(extra) * u128::from(*weight);
        // At most `extra`, since no weight is above the whole.
        shares.push(u64::try_from(part / whole).unwrap_or(extra));
        remainders.push((Reverse(part % whole), index));
    }
    remainders.sort_unstable();
    let left = extra - sum(&shares);
    for (_, index) in remainders.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        shares[index] += 1;
    }
    base.iter().zip(shares).map(|(base, share)| base.saturating_add(share)).collect()
}
