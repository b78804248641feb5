//! What a run has told so far, kept once however often it is told.

use std::collections::VecDeque;

use crate::mesh_view::{Gauges, LogLine};
use crate::sim::time::SimTime;

/// The newest lines and seconds are kept: four hours of seconds, and more lines than anybody reads.
const LINES_MAX: usize = 4_000;
const SECONDS_MAX: usize = 14_400;

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
    pub fn hear(&mut self, lines: Vec<LogLine>, seconds: Vec<(SimTime, Gauges)>) {
        for line in lines {
            self.lines.hear(self.now.lines, line, LINES_MAX);
            self.now.lines += 1;
        }
        for second in seconds {
            self.seconds.hear(self.now.seconds, second, SECONDS_MAX);
            self.now.seconds += 1;
        }
    }

    /// What lies behind the present moment will not come again.
    pub fn cut(&mut self) {
        self.lines.cut(self.now.lines);
        self.seconds.cut(self.now.seconds);
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
        if self.items.len() > most {
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

    fn last(&self, number: usize, count: usize) -> impl Iterator<Item = &T> {
        let end = number.saturating_sub(self.first).min(self.items.len());
        self.items.range(end.saturating_sub(count)..end)
    }
}
