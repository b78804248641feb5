//! Windows of ten seconds, of which recovery is judged.

use super::Meter;
use crate::sim::time::{SimSpan, SimTime};

/// Windows of which recovery is judged.
const WINDOW: SimSpan = SimSpan::from_seconds(10);

/// Users' requests of one window.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Window {
    pub issued: u32,
    pub ok: u32,
    pub failed: u32,
}

impl Meter {
    /// How long after `since` the first 10 s window begins from which every window is at least 99 % well.
    pub fn recovered(&self, since: SimTime, now: SimTime) -> Option<SimSpan> {
        let well = |window: &Window| {
            let ended = window.ok + window.failed;
            if ended == 0 { window.issued == 0 } else { u64::from(window.ok) * 100 >= u64::from(ended) * 99 }
        };
        let first_possible = (since.nanos() / WINDOW.nanos()) as usize;
        let last = (now.nanos().saturating_sub(1) / WINDOW.nanos()) as usize;
        let empty = Window::default();
        let at = |index: usize| self.windows.get(index).unwrap_or(&empty);
        let bad = (first_possible..=last).rev().find(|&index| !well(at(index)));
        let start = bad.map_or(first_possible, |index| index + 1);
        (start <= last).then(|| (SimTime::ZERO + WINDOW.times(start as u64)).since(since))
    }

    #[inline]
    pub(super) fn window(&mut self, now: SimTime) -> &mut Window {
        let index = (now.nanos() / WINDOW.nanos()) as usize;
        if index >= self.windows.len() {
            self.windows.resize(index + 1, Window::default());
        }
        &mut self.windows[index]
    }
}
