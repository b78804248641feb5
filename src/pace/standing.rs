//! Where a talk stands at a moment: ahead or behind, what it may still take, when it will end.

use std::time::Duration;

use super::advice::{self, Advice};
use super::plan::{between, plan};
use super::{Clocks, Ghost, Targets, millis, spans, sum};

/// Closer to the plan than this is on time.
///
/// Within a section the drift either stands still or grows with the clock, so that a band is enough to keep the words
/// from going to and fro; it is as wide as the time in which one turns a page and looks up.
pub const ON_TIME_MS: u64 = 10_000;

/// All that one line of pace needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Where the talk stands, from 0; before the start the first. While questions are taken, where they came. Never
    /// beyond the last of the targets, whatever the clocks say.
    pub section: usize,
    pub section_spent: Duration,
    /// By the plan made for the whole talk, whatever was lost since.
    pub section_planned: Duration,
    /// What rehearsals took for this section.
    pub usual: Option<Duration>,
    /// Since the start, questions included.
    pub elapsed: Duration,
    /// Part of `elapsed` that went to questions.
    pub asked: Duration,
    /// Whether questions are being taken.
    pub frozen: bool,
    pub total: Duration,
    pub drift: Drift,
    /// What can still be lost before something has to be cut: the rest of the total less the least times of the rest.
    pub slack: Duration,
    /// From the start to the end, if one goes on at the pace so far; [`pace`] has the formula.
    pub projected_end: Duration,
    /// What each section has had and may still take, so that the talk ends in time: late, later sections shrink
    /// towards their least and never under it; early, they grow towards their most.
    pub replanned: Vec<Duration>,
    /// What to cut, when even the least times do not fit any more.
    pub advice: Option<Advice>,
}

/// How far off the plan, over the whole talk: what has elapsed and what the plan gives to the rest, against the total.
/// Going over a section's time adds to it, leaving early takes from it, a cut takes what was planned for the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    Ahead(Duration),
    /// By less than [`ON_TIME_MS`].
    On,
    Behind(Duration),
}

/// Where a talk stands at a moment.
///
/// **The projected end** is what has elapsed and, for every section that still runs or is to come,
/// `expected × rate − spent`, where that is above nothing. `expected` is what the section usually takes in rehearsals, or
/// its plan without any. `rate` is how this talk compares with that so far: time spent in the sections gone through, over
/// the time expected for them, both with a fifth of the total added as if it had gone exactly as expected, so that the
/// first minute does not decide; between a half and two. Within a section the end stands still until the section is
/// over its time, and then goes with the clock. Questions do not count in the rate: they cost their time once.
pub fn pace(targets: &Targets, clocks: &Clocks, now_ms: u64, ghost: Option<&Ghost>) -> Pace {
    let standing = Standing::new(targets, clocks, now_ms);
    let planned: Vec<u64> = plan(targets).sections.into_iter().map(millis).collect();
    let (least, rest) = (standing.rest(&targets.lows()), standing.rest(&planned));
    let drift = drift(standing.elapsed.saturating_add(sum(&rest)), standing.total);
    let missing = standing.elapsed.saturating_add(sum(&least)).saturating_sub(standing.total);
    let late = missing > 0 && drift != Drift::On;
    let usual = |index| ghost.and_then(|ghost| ghost.section(index));
    let expected: Vec<u64> =
        (0..).zip(&planned).map(|(index, planned)| usual(index).map_or(*planned, millis)).collect();
    let at = |values: &[u64]| Duration::from_millis(values.get(standing.at).copied().unwrap_or(0));
    Pace {
        section: standing.at,
        section_spent: at(&standing.spent),
        section_planned: at(&planned),
        usual: usual(standing.at),
        elapsed: Duration::from_millis(standing.elapsed),
        asked: clocks.asked(now_ms),
        frozen: clocks.is_frozen(),
        total: targets.total,
        drift,
        slack: Duration::from_millis(standing.left().saturating_sub(sum(&least))),
        projected_end: Duration::from_millis(standing.projected_end(&expected)),
        replanned: spans(&standing.replanned(&planned)),
        advice: late.then(|| advice::what_to_cut(&standing.candidates(&least), missing)),
    }
}

fn drift(end: u64, total: u64) -> Drift {
    let off = end.abs_diff(total);
    if off < ON_TIME_MS {
        Drift::On
    } else if end > total {
        Drift::Behind(Duration::from_millis(off))
    } else {
        Drift::Ahead(Duration::from_millis(off))
    }
}

/// The clocks read once, in milliseconds.
struct Standing<'a> {
    targets: &'a Targets,
    clocks: &'a Clocks,
    at: usize,
    /// One for each section of the targets, whatever the clocks were made for.
    spent: Vec<u64>,
    elapsed: u64,
    total: u64,
}

impl<'a> Standing<'a> {
    fn new(targets: &'a Targets, clocks: &'a Clocks, now_ms: u64) -> Self {
        let mut spent = clocks.spent_ms(now_ms);
        spent.resize(targets.sections.len(), 0);
        Self {
            targets,
            clocks,
            at: clocks.section().unwrap_or(0).min(targets.sections.len().saturating_sub(1)),
            spent,
            elapsed: millis(clocks.elapsed(now_ms)),
            total: millis(targets.total),
        }
    }

    /// Until the end that was agreed on.
    fn left(&self) -> u64 {
        self.total.saturating_sub(self.elapsed)
    }

    /// Whether nothing more is to come of a section: gone through, passed over or cut. One gone back to is at its end.
    fn is_over(&self, section: usize) -> bool {
        section < self.at || self.clocks.is_done(section) || self.clocks.is_cut(section)
    }

    /// What is to come of each section, when it takes so long in all.
    fn rest(&self, times: &[u64]) -> Vec<u64> {
        let rest = |(index, time): (usize, &u64)| {
            if self.is_over(index) { 0 } else { time.saturating_sub(self.spent[index]) }
        };
        times.iter().enumerate().map(rest).collect()
    }

    fn replanned(&self, planned: &[u64]) -> Vec<u64> {
        let (least, rest) = (self.rest(&self.targets.lows()), self.rest(planned));
        let to_come = if self.left() < sum(&rest) {
            between(&least, &rest, self.left())
        } else {
            // A talk longer than its budgets is planned above their most.
            let most: Vec<u64> =
                self.targets.highs().iter().zip(planned).map(|(high, planned)| *high.max(planned)).collect();
            between(&rest, &self.rest(&most), self.left())
        };
        self.spent.iter().zip(to_come).map(|(spent, to_come)| spent.saturating_add(to_come)).collect()
    }

    /// Sections that could still be cut, with what each saves at least. Before the start every one, then those to come.
    fn candidates(&self, least: &[u64]) -> Vec<(usize, u64)> {
        let first = if self.clocks.is_started() { self.at + 1 } else { 0 };
        self.targets.cuttable(least).into_iter().filter(|(section, _)| *section >= first).collect()
    }

    fn projected_end(&self, expected: &[u64]) -> u64 {
        let (took, due) = self.rate(expected);
        let rest = |(index, expected): (usize, &u64)| {
            let spent = u128::from(self.spent[index]) * due;
            if self.is_over(index) { 0 } else { (u128::from(*expected) * took).saturating_sub(spent) }
        };
        let rest = expected.iter().enumerate().map(rest).fold(0, u128::saturating_add) / due;
        self.elapsed.saturating_add(u64::try_from(rest).unwrap_or(u64::MAX))
    }

    /// What was gone through took the first for each of the second, which is above zero.
    fn rate(&self, expected: &[u64]) -> (u128, u128) {
        let known = self.total / 5;
        let through =
            |index: &usize| self.spent[*index] > 0 && self.is_over(*index) && !self.clocks.is_cut(*index);
        let (mut took, mut due) = (known, known);
        for index in (0..expected.len()).filter(through) {
            took = took.saturating_add(self.spent[index]);
            due = due.saturating_add(expected[index]);
        }
        let (took, due) = (u128::from(took.max(1)), u128::from(due.max(1)));
        (took.clamp(due.div_ceil(2), due * 2), due)
    }
}
