//! Bills over the rate of requests, and where they cross.

use super::answer::Answer;
use super::flow::WHOLE;
use super::model::Model;
use super::question::RATE_MAX;
use crate::sim::scenario::Pattern;

/// The shares of the pods' cost that a mesh is usually said to add, in percent.
pub const USUAL_OVERHEAD: [u64; 2] = [15, 20];

/// The rates at which a mesh costs no more than another pattern, in whole requests a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pays {
    /// The first of them, from 1.
    pub from: u64,
    /// The last, if there is one up to [`RATE_MAX`] after which it costs more again: sidecars use more than they
    /// reserve once they are busy.
    pub until: Option<u64>,
}

/// Three bills at one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Thousandths of a request a second.
    pub rate_milli: u64,
    /// Micro-dollars an hour, outages included, in the order of [`Pattern::ALL`].
    pub totals: [u64; 3],
}

impl Model {
    /// Where a mesh pays: against two lone clusters, and against a federation.
    pub fn pays(&self) -> [Option<Pays>; 2] {
        [Pattern::Dual, Pattern::Federation].map(|other| self.pays_against(other))
    }

    /// Against a federation, were its sidecars the usual shares.
    pub fn usual(&self) -> [Option<Pays>; 2] {
        USUAL_OVERHEAD.map(|percent| {
            let mut other = self.clone();
            other.question.overhead = Some(WHOLE / 100 * percent);
            other.pays_against(Pattern::Federation)
        })
    }

    /// The first run of rates at which a mesh costs no more than another pattern.
    ///
    /// Between the rate at which sidecars become busy and the ends, the difference of two bills is `a + b × rate`, and with
    /// outages less `c ÷ rate`: it rises and falls once at most. So a sign is asked for at rates a sixteenth apart and at
    /// that one, and a change of sign is followed to its very rate.
    fn pays_against(&self, other: Pattern) -> Option<Pays> {
        let pays = |rate: u64| self.total(Pattern::Mesh, rate * 1000) <= self.total(other, rate * 1000);
        let rates = probes(self.busy_from());
        let first = rates.iter().position(|&rate| pays(rate))?;
        let from = match first.checked_sub(1) {
            None => rates[first],
            Some(before) => change(rates[before], rates[first], &pays),
        };
        let end = rates.iter().skip(first + 1).position(|&rate| !pays(rate));
        let until = end.map(|end| {
            let after = first + 1 + end;
            change(rates[after - 1], rates[after], &|rate| !pays(rate)) - 1
        });
        Some(Pays { from, until })
    }
}

/// Rates in rising order, from 1 to [`RATE_MAX`], with one of them among them.
fn probes(with: u64) -> Vec<u64> {
    let next = |rate: &u64| Some(rate + (rate / 16).max(1)).filter(|&rate| rate < RATE_MAX);
    let mut rates: Vec<u64> = std::iter::successors(Some(1), next).collect();
    rates.push(RATE_MAX);
    rates.extend([with.clamp(1, RATE_MAX), (with + 1).clamp(1, RATE_MAX)]);
    rates.sort_unstable();
    rates.dedup();
    rates
}

/// The first rate after `low`, up to `high`, from which on something holds; it does not at `low` and does at `high`.
fn change(mut low: u64, mut high: u64, holds: &dyn Fn(u64) -> bool) -> u64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle }
    }
    high
}

impl Answer {
    /// The three bills at so many rates from one to another, both in whole requests a second and from 1: equal steps on
    /// a scale of powers of ten.
    pub fn curve(&self, from: u64, to: u64, points: usize) -> Vec<Point> {
        let (from, to) = (from.max(1), to.max(1));
        let (low, high) = (libm::log((from * 1000) as f64), libm::log((to * 1000) as f64));
        let steps = points.saturating_sub(1).max(1) as f64;
        (0..points)
            .map(|step| self.at((libm::exp(low + (high - low) * step as f64 / steps)) as u64))
            .collect()
    }

    /// The three bills at one rate, in thousandths of a request a second.
    pub fn at(&self, rate_milli: u64) -> Point {
        Point { rate_milli, totals: Pattern::ALL.map(|pattern| self.model.total(pattern, rate_milli)) }
    }
}
