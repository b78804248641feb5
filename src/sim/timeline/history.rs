//! What a run has told so far, kept once however often it is told.

use std::collections::VecDeque;

use crate::mesh_view::{Gauges, LogLine};
use crate::sim::sink::Second;
use crate::sim::time::SimTime;

/// The newest lines and seconds are kept: four hours of seconds, and more lines than anybody reads.
const LINES_MAX: usize = 4_000;
const SECONDS_MAX: usize = 14_400;
/// What seconds were made of is kept for ten minutes, some 700 bytes each; with many pods for less: their bytes together
/// are no more than this.
const DETAILS_MAX: usize = 600;
const DETAILS_MIN: usize = 300;
const PODS_BYTES_MAX: usize = 1 << 20;

/// How much had been told at some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    lines: usize,
    seconds: usize,
}

/// Lines and seconds, with a mark at the present moment: what lies behind it has been told in a future that is
/// still to come again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    lines: Tail<LogLine>,
    seconds: Tail<(SimTime, Gauges)>,
    details: Tail<Second>,
    now: Mark,
}

impl History {
    pub fn mark(&self) -> Mark {
        self.now
    }

    /// The present moment is an earlier one.
    pub fn rewind(&mut self, mark: Mark) {
        self.now = mark;
    }

    /// Takes in what has just been told, or recognizes it.
    pub fn hear(&mut self, lines: Vec<LogLine>, seconds: Vec<(SimTime, Gauges, Second)>) {
        for line in lines {
            self.lines.hear(self.now.lines, line, LINES_MAX);
            self.now.lines += 1;
        }
        for (end, row, second) in seconds {
            let most = (PODS_BYTES_MAX / second.pods.len().max(1)).clamp(DETAILS_MIN, DETAILS_MAX);
            self.seconds.hear(self.now.seconds, (end, row), SECONDS_MAX);
            self.details.hear(self.now.seconds, second, most);
            self.now.seconds += 1;
        }
    }

    /// What lies behind the present moment will not come again.
    pub fn cut(&mut self) {
        self.lines.cut(self.now.lines);
        self.seconds.cut(self.now.seconds);
        self.details.cut(self.now.seconds);
    }

    /// The first of what was told has been let go.
    pub fn has_forgotten(&self) -> bool {
        self.lines.first > 0 || self.seconds.first > 0
    }

    /// The last lines told so far, at most `count`, oldest first.
    pub fn last_lines(&self, count: usize) -> impl Iterator<Item = &LogLine> {
        self.lines.last(self.now.lines, count)
    }

    /// The last seconds told so far, at most `count`, oldest first.
    pub fn last_seconds(&self, count: usize) -> impl Iterator<Item = &(SimTime, Gauges)> {
        self.seconds.last(self.now.seconds, count)
    }

    /// What the last seconds told so far were made of, at most `count`, oldest first.
    pub fn last_details(&self, count: usize) -> impl DoubleEndedIterator<Item = &Second> {
        self.details.last(self.now.seconds, count)
    }
}

/// The end of a list whose items keep their numbers.
#[derive(Clone, Debug)]
struct Tail<T> {
    items: VecDeque<T>,
    first: usize,
}

impl<T> Default for Tail<T> {
    fn default() -> Self {
        Self { items: VecDeque::new(), first: 0 }
    }
}

impl<T> Tail<T> {
    fn hear(&mut self, number: usize, item: T, most: usize) {
        if number < self.first + self.items.len() {
            return;
        }
        self.items.push_back(item);
        while self.items.len() > most {
            self.items.pop_front();
            self.first += 1;
        }
    }

    fn cut(&mut self, number: usize) {
        self.items.truncate(number.saturating_sub(self.first));
        if number < self.first {
            self.first = number;
        }
    }

    fn last(&self, number: usize, count: usize) -> impl DoubleEndedIterator<Item = &T> {
        let end = number.saturating_sub(self.first).min(self.items.len());
        self.items.range(end.saturating_sub(count)..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh_view::Stretch;

    fn told(pods: usize, seconds: usize) -> History {
        let mut history = History::default();
        for at in 0..seconds {
            let second = Second { parts: Stretch::default(), pods: vec![1; pods].into(), well: true };
            let end = SimTime::from_nanos(at as u64 * 1_000_000_000);
            history.hear(Vec::new(), vec![(end, Gauges::default(), second)]);
        }
        history
    }

    #[test]
    fn what_seconds_were_made_of_does_not_pile_up() {
        let kept = |pods| told(pods, 3 * DETAILS_MAX).details.items.len();
        assert_eq!(
            [kept(18), kept(3_000), kept(100_000)],
            [DETAILS_MAX, PODS_BYTES_MAX / 3_000, DETAILS_MIN]
        );
    }

    #[test]
    fn a_second_is_kept_once_however_often_it_is_told() {
        let mut history = told(3, 10);
        let now = history.mark();
        history.rewind(Mark { lines: 0, seconds: 4 });
        assert_eq!(history.last_details(60).count(), 4);
        let again = Second { parts: Stretch::default(), pods: vec![7].into(), well: false };
        history.hear(Vec::new(), vec![(SimTime::ZERO, Gauges::default(), again)]);
        history.rewind(now);
        assert!(history.last_details(60).all(|second| second.well), "the first telling stands");
        assert_eq!(history.last_details(60).count(), 10);
    }
}
