//! What rehearsals took, and what it usually takes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Clocks;

/// So many rehearsals count, the latest: older ones were of another talk.
pub const RECENT: usize = 3;

/// What one run through the talk took. A value to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearsal {
    /// When it ended, in milliseconds since the epoch.
    pub at_ms: u64,
    /// Milliseconds for each section; 0 where it was not gone through to its end.
    pub sections_ms: Vec<u64>,
    /// Milliseconds for each beat of each section, where somebody took them; 0 as above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beats_ms: Vec<Vec<u64>>,
}

impl Rehearsal {
    /// What the clocks of a rehearsal say at its end. A section counts when the next one followed it; the last one
    /// that is given counts when the rehearsal ends there. Questions and sections cut do not count.
    pub fn of(clocks: &Clocks, now_ms: u64) -> Self {
        let spent = clocks.spent_ms(now_ms);
        let last = (0..spent.len()).rfind(|section| !clocks.is_cut(*section));
        let through =
            |section| clocks.is_done(section) || (last == Some(section) && clocks.section() == last);
        let counts = |section| through(section) && !clocks.is_cut(section);
        let sections_ms =
            (0..).zip(spent).map(|(section, spent)| if counts(section) { spent } else { 0 }).collect();
        Self { at_ms: now_ms, sections_ms, beats_ms: Vec::new() }
    }

    fn section(&self, section: usize) -> Option<u64> {
        self.sections_ms.get(section).copied()
    }

    fn beat(&self, section: usize, beat: usize) -> Option<u64> {
        self.beats_ms.get(section)?.get(beat).copied()
    }
}

/// What it usually takes: for each section and beat the median of the last three rehearsals that went through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// From the oldest to the latest; all of them, since the last three that went through a section may differ by section.
    rehearsals: Vec<Rehearsal>,
}

impl Ghost {
    /// In any order; none without rehearsals.
    pub fn of(rehearsals: &[Rehearsal]) -> Option<Self> {
        let mut rehearsals = rehearsals.to_vec();
        rehearsals.sort_by_key(|rehearsal| rehearsal.at_ms);
        (!rehearsals.is_empty()).then_some(Self { rehearsals })
    }

    /// Usual time of a section, if it was ever gone through.
    pub fn section(&self, section: usize) -> Option<Duration> {
        median(self.section_times(section))
    }

    /// Usual time of a beat, if it was ever taken.
    pub fn beat(&self, section: usize, beat: usize) -> Option<Duration> {
        median(self.times(|rehearsal| rehearsal.beat(section, beat)))
    }

    /// What the last three took for a section, in milliseconds.
    pub(super) fn section_times(&self, section: usize) -> Vec<u64> {
        self.times(|rehearsal| rehearsal.section(section))
    }

    fn times(&self, time: impl Fn(&Rehearsal) -> Option<u64>) -> Vec<u64> {
        self.rehearsals.iter().rev().filter_map(time).filter(|ms| *ms > 0).take(RECENT).collect()
    }
}

/// The middle one; of two the mean.
fn median(mut times: Vec<u64>) -> Option<Duration> {
    times.sort_unstable();
    let upper = *times.get(times.len() / 2)?;
    let lower = times[(times.len() - 1) / 2];
    Some(Duration::from_millis(lower.midpoint(upper)))
}
