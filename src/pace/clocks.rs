//! The clocks of a talk, as a value that can be kept: what was spent where, and what runs since when.
//!
//! Nothing ticks. A span that is still open is closed by the next thing that happens, and every question is answered
//! for a moment that the caller names. Time goes on while no program runs: a talk does so as well.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Time spent in each section, time spent on questions, and the one of both that runs.
///
/// Every moment after the start is booked to exactly one section or to questions, so that
/// [`spent`](Self::spent) and [`asked`](Self::asked) always sum to [`elapsed`](Self::elapsed). A moment before the
/// last one, because somebody set the clock back, adds nothing and takes nothing away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    sections: Vec<Section>,
    asked_ms: u64,
    run: Run,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Section {
    spent_ms: u64,
    /// Left for the one after it; coming back does not open it again.
    done: bool,
    cut: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Run {
    #[default]
    Waiting,
    Speaking {
        section: usize,
        since_ms: u64,
    },
    /// Questions: the talk stands at `section`, whatever is `shown` meanwhile.
    Asked {
        section: usize,
        shown: usize,
        since_ms: u64,
    },
}

impl Clocks {
    /// Nothing has started.
    pub fn new(sections: usize) -> Self {
        Self { sections: vec![Section::default(); sections], ..Self::default() }
    }

    /// Begins at a section. A talk that has begun goes on there, as with [`enter`](Self::enter).
    pub fn start(&mut self, now_ms: u64, section: usize) {
        if self.run == Run::Waiting && section < self.sections.len() {
            self.run = Run::Speaking { section, since_ms: now_ms };
        } else {
            self.enter(now_ms, section);
        }
    }

    /// Goes to a section, whose clock goes on from what it had. While questions are taken no section's clock runs;
    /// the talk itself moves when they end. Before the start, and to a section that is not there, nothing happens.
    pub fn enter(&mut self, now_ms: u64, section: usize) {
        if section >= self.sections.len() {
            return;
        }
        match &mut self.run {
            Run::Waiting => {}
            Run::Asked { shown, .. } => *shown = section,
            Run::Speaking { section: from, .. } if *from == section => {}
            Run::Speaking { section: from, .. } => {
                let from = *from;
                self.close(now_ms);
                self.leave(from, section);
                self.run = Run::Speaking { section, since_ms: now_ms };
            }
        }
    }

    /// Questions: from now on time is booked apart.
    pub fn freeze(&mut self, now_ms: u64) {
        if let Run::Speaking { section, .. } = self.run {
            self.close(now_ms);
            self.run = Run::Asked { section, shown: section, since_ms: now_ms };
        }
    }

    /// The talk goes on, at the section shown by now.
    pub fn resume(&mut self, now_ms: u64) {
        if let Run::Asked { section, shown, .. } = self.run {
            self.close(now_ms);
            self.leave(section, shown);
            self.run = Run::Speaking { section: shown, since_ms: now_ms };
        }
    }

    /// A section will not be given. What it has had stays counted.
    pub fn cut(&mut self, section: usize) {
        self.set_cut(section, true);
    }

    /// A section will be given after all.
    pub fn restore(&mut self, section: usize) {
        self.set_cut(section, false);
    }

    /// Everything from zero: times, questions, cuts. A talk that has begun goes on from now at the section shown.
    pub fn reset(&mut self, now_ms: u64) {
        let run = self.shown().map(|section| Run::Speaking { section, since_ms: now_ms });
        *self = Self { run: run.unwrap_or_default(), ..Self::new(self.sections.len()) };
    }

    /// Time spent in each section.
    pub fn spent(&self, now_ms: u64) -> Vec<Duration> {
        super::spans(&self.spent_ms(now_ms))
    }

    /// Time spent on questions.
    pub fn asked(&self, now_ms: u64) -> Duration {
        let open = if self.is_frozen() { self.open_ms(now_ms) } else { 0 };
        Duration::from_millis(self.asked_ms.saturating_add(open))
    }

    /// Time since the start, questions included.
    pub fn elapsed(&self, now_ms: u64) -> Duration {
        self.spent(now_ms).into_iter().fold(self.asked(now_ms), Duration::saturating_add)
    }

    pub fn is_started(&self) -> bool {
        self.run != Run::Waiting
    }

    /// Whether questions are being taken.
    pub fn is_frozen(&self) -> bool {
        matches!(self.run, Run::Asked { .. })
    }

    /// Where the talk stands: while questions are taken, the section in which they came.
    pub fn section(&self) -> Option<usize> {
        match self.run {
            Run::Waiting => None,
            Run::Speaking { section, .. } | Run::Asked { section, .. } => Some(section),
        }
    }

    /// Whether a section will not be given.
    pub fn is_cut(&self, section: usize) -> bool {
        self.sections.get(section).is_some_and(|section| section.cut)
    }

    /// Whether a section was left for the one after it.
    pub fn is_done(&self, section: usize) -> bool {
        self.sections.get(section).is_some_and(|section| section.done)
    }

    pub(super) fn spent_ms(&self, now_ms: u64) -> Vec<u64> {
        let running = match self.run {
            Run::Speaking { section, .. } => Some(section),
            Run::Waiting | Run::Asked { .. } => None,
        };
        let open = |index| if running == Some(index) { self.open_ms(now_ms) } else { 0 };
        let spent = |(index, section): (usize, &Section)| section.spent_ms.saturating_add(open(index));
        self.sections.iter().enumerate().map(spent).collect()
    }

    fn shown(&self) -> Option<usize> {
        match self.run {
            Run::Asked { shown, .. } => Some(shown),
            Run::Waiting | Run::Speaking { .. } => self.section(),
        }
    }

    fn set_cut(&mut self, section: usize, cut: bool) {
        if let Some(section) = self.sections.get_mut(section) {
            section.cut = cut;
        }
    }

    /// How long that what runs has been running; nothing when the clock was set back behind it.
    fn open_ms(&self, now_ms: u64) -> u64 {
        match self.run {
            Run::Waiting => 0,
            Run::Speaking { since_ms, .. } | Run::Asked { since_ms, .. } => now_ms.saturating_sub(since_ms),
        }
    }

    /// Books what runs; the caller says at once what runs next.
    fn close(&mut self, now_ms: u64) {
        let open = self.open_ms(now_ms);
        match self.run {
            Run::Waiting => {}
            Run::Asked { .. } => self.asked_ms = self.asked_ms.saturating_add(open),
            Run::Speaking { section, .. } => {
                if let Some(section) = self.sections.get_mut(section) {
                    section.spent_ms = section.spent_ms.saturating_add(open);
                }
            }
        }
    }

    /// A section is done when the next one that is given follows it. A leap ahead may be a detour, and leaves it open.
    fn leave(&mut self, from: usize, to: usize) {
        let next = (from + 1..self.sections.len()).find(|section| !self.is_cut(*section));
        let follows = next == Some(to) || to == from + 1;
        if let (true, Some(section)) = (follows, self.sections.get_mut(from)) {
            section.done = true;
        }
    }
}
