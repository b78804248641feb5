//! Which moment of a mesh is on show: an anchor in both clocks. Every window works out the same moment from it, so that
//! nothing is sent while the mesh runs.

use serde::{Deserialize, Serialize};

use super::deck::{AFTER_MS, Demo, WARM_MS};

/// Speeds, in hundredths of real time.
const SPEEDS: [u32; 6] = [25, 50, 100, 200, 400, 800];

/// A mesh that runs from an anchor to an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    /// Milliseconds of the mesh's time at the anchor.
    pub at: u64,
    /// Milliseconds since 1970 at the anchor; `None` while it stands still.
    pub since: Option<u64>,
    /// Hundredths of real time.
    pub speed: u32,
    /// Milliseconds of the mesh's time at which it stands still.
    pub until: u64,
    /// What the presenter did to it beside what the beat does: `--do` words, with times.
    #[serde(default)]
    pub improvised: Vec<String>,
}

impl Play {
    /// Real time.
    pub const ONCE: u32 = 100;

    /// From a moment to another, at real time, from now on.
    #[must_use]
    pub const fn new(at: u64, until: u64, now_ms: u64) -> Self {
        Self { at, since: Some(now_ms), speed: Self::ONCE, until, improvised: Vec::new() }
    }

    /// How a beat opens: healthy, up to where it would fire.
    #[must_use]
    pub fn opening(demo: &Demo, now_ms: u64) -> Self {
        Self::new(demo.opens, if demo.fires() { demo.fire } else { demo.ends }, now_ms)
    }

    /// The moment on show, in milliseconds of the mesh's time. A clock that was set back shows the anchor.
    #[must_use]
    pub fn moment(&self, now_ms: u64) -> u64 {
        let Some(since) = self.since else { return self.at };
        let passed = now_ms.saturating_sub(since).saturating_mul(u64::from(self.speed)) / 100;
        self.at.saturating_add(passed).min(self.until.max(self.at))
    }

    /// It moves.
    #[must_use]
    pub fn runs(&self, now_ms: u64) -> bool {
        self.since.is_some() && self.moment(now_ms) < self.until
    }

    /// The same with the anchor at this moment.
    pub(super) fn anchor(&mut self, now_ms: u64) {
        self.at = self.moment(now_ms);
        self.since = self.since.map(|_| now_ms);
    }

    /// Stands still, or goes on; at its end it goes on past it.
    pub(super) fn toggle(&mut self, now_ms: u64) {
        let ran = self.runs(now_ms);
        self.anchor(now_ms);
        self.since = (!ran).then_some(now_ms);
        if !ran && self.at >= self.until {
            self.until = self.at + AFTER_MS;
        }
    }

    /// Back by so many milliseconds, and on from there.
    pub(super) fn rewind(&mut self, by: u64, now_ms: u64) {
        let here = self.moment(now_ms);
        // A mesh that has only just begun shows nothing yet.
        self.at = here.saturating_sub(by).max(WARM_MS.min(here));
        self.since = Some(now_ms);
    }

    /// The next speed up or down.
    pub(super) fn pace(&mut self, faster: bool, now_ms: u64) {
        self.anchor(now_ms);
        let here = SPEEDS.iter().position(|speed| *speed >= self.speed).unwrap_or(SPEEDS.len() - 1);
        let next = if faster { here + 1 } else { here.saturating_sub(1) };
        self.speed = SPEEDS[next.min(SPEEDS.len() - 1)];
    }

    /// Something is done to it at the moment on show; gives it as it was just before.
    pub(super) fn strike(&mut self, what: &str, now_ms: u64) -> Self {
        let at = self.moment(now_ms);
        // What was done after this moment, before it was rewound, belongs to another branch.
        self.improvised.retain(|done| struck_at(done).is_some_and(|then| then <= at));
        self.at = at;
        self.since = self.since.map(|_| now_ms);
        let before = self.clone();
        self.improvised.push(format!("{at}ms {what}"));
        self.since = Some(now_ms);
        self.until = self.until.max(at + AFTER_MS);
        before
    }
}

/// When an improvised deed was done: its words begin with milliseconds.
fn struck_at(done: &str) -> Option<u64> {
    done.split_once("ms ")?.0.parse().ok()
}
