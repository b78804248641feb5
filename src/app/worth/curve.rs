//! The bills over the rate of requests, and what is marked there.

use super::Worth;
use crate::sim::cost::{Answer, Pays, Point, RATE_MAX};

/// Three bills over a range of rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Requests a second, powers of ten.
    pub from: u64,
    pub to: u64,
    pub points: Vec<Point>,
    /// What is marked, in whole requests a second, and micro-dollars an hour there.
    pub marks: Vec<(Marked, u64, u64)>,
    /// The learner's own rate.
    pub own: u64,
}

/// What stands on a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// A mesh costs no more than another pattern from here on, or up to here.
    BreakEven,
    /// The same with the usual figure for sidecars.
    Usual,
}

impl Worth {
    /// The bills at so many rates around the learner's own and those where they cross.
    #[must_use]
    pub fn curve(&self, points: usize) -> Option<Curve> {
        let answer = self.answer().ok()?;
        let own = (self.question.amount("rps").unwrap_or(0) / 1000).clamp(1, RATE_MAX);
        let marks = marks(answer);
        let rates = marks.iter().map(|(_, rate, _)| *rate).chain([own]);
        let low = rates.clone().min().unwrap_or(own);
        let high = rates.max().unwrap_or(own);
        let from = tens().take_while(|&power| power * 2 <= low).last().unwrap_or(1);
        let to = tens().find(|&power| power >= high * 2 && power >= from * 100).unwrap_or(RATE_MAX);
        Some(Curve { from, to, points: answer.curve(from, to, points), marks, own })
    }
}

/// Where bills cross; a mesh that pays at every rate crosses nowhere.
fn marks(answer: &Answer) -> Vec<(Marked, u64, u64)> {
    let [_, federation, mesh] = [0, 1, 2];
    let ends = |pays: Pays| [Some(pays.from).filter(|&from| from > 1), pays.until];
    let found = [answer.federation, answer.dual].into_iter().flatten().flat_map(ends).flatten();
    let found = found.map(|rate| (Marked::BreakEven, rate, answer.at(rate * 1000).totals[mesh]));
    // With the usual figure a mesh meets the federation's bill, whatever it costs here.
    let usual = answer.usual.into_iter().flatten().map(|pays| pays.from).filter(|&from| from > 1);
    let usual = usual.map(|rate| (Marked::Usual, rate, answer.at(rate * 1000).totals[federation]));
    usual.chain(found).collect()
}

/// Powers of ten up to the highest rate.
pub(super) fn tens() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(1_u64), |power| power.checked_mul(10)).take_while(|&power| power <= RATE_MAX)
}
