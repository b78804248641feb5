//! How every pod was in every second of the last minutes: one byte a pod and second.

use super::{Nanos, PlaceId};

/// How a pod was in one second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeatCell {
    /// It was not there, or nothing is known.
    #[default]
    Absent,
    /// Served as it should.
    Ready,
    /// Served late.
    Slow,
    /// Failed its readiness probe, started, or was about to stop.
    NotReady,
    /// Ejected by at least one proxy that calls it.
    Ejected,
    /// Some of its answers were errors, less than half.
    Errs,
    /// Half of its answers or more were errors, or it never answers.
    Fails,
    /// Down, or refusing connections.
    Down,
}

impl HeatCell {
    /// All of them, from the best to the worst; the place in the list is the byte that is kept.
    pub const ALL: [Self; 8] = [
        Self::Absent,
        Self::Ready,
        Self::Slow,
        Self::NotReady,
        Self::Ejected,
        Self::Errs,
        Self::Fails,
        Self::Down,
    ];

    /// In a word or two, for the legend.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Absent => "none",
            Self::Ready => "ready",
            Self::Slow => "slow",
            Self::NotReady => "not ready",
            Self::Ejected => "ejected",
            Self::Errs => "some errors",
            Self::Fails => "errors",
            Self::Down => "down",
        }
    }

    /// The byte that is kept of it.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self as u8
    }

    /// What a kept byte says.
    #[must_use]
    pub fn of(byte: u8) -> Self {
        Self::ALL.get(usize::from(byte)).copied().unwrap_or_default()
    }
}

/// Pods by seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    /// The place of the first pod; the others follow it.
    pub first: PlaceId,
    /// How many pods there are now.
    pub pods: u16,
    /// When the newest second ended.
    pub end: Nanos,
    /// One row of pods for each second, oldest first.
    cells: Vec<u8>,
}

impl Heat {
    /// Empties it, keeping what was allocated, for pods that begin at a place.
    pub fn begin(&mut self, first: PlaceId, pods: u16) {
        (self.first, self.pods, self.end) = (first, pods, 0);
        self.cells.clear();
    }

    /// The next second, with one byte for each pod that was there then.
    pub fn push(&mut self, end: Nanos, pods: &[u8]) {
        let wanted = usize::from(self.pods);
        let known = pods.len().min(wanted);
        self.cells.extend_from_slice(&pods[..known]);
        self.cells.resize(self.cells.len() + wanted - known, HeatCell::Absent.byte());
        self.end = end;
    }

    /// How many seconds are kept.
    #[must_use]
    pub fn seconds(&self) -> usize {
        self.cells.len().checked_div(usize::from(self.pods)).unwrap_or(0)
    }

    /// How a place was in a second, counted from the oldest.
    #[must_use]
    pub fn cell(&self, place: PlaceId, second: usize) -> HeatCell {
        let pod = place.checked_sub(self.first).filter(|pod| *pod < self.pods);
        let at = pod.map(|pod| second * usize::from(self.pods) + usize::from(pod));
        at.and_then(|at| self.cells.get(at)).map_or(HeatCell::Absent, |byte| HeatCell::of(*byte))
    }

    /// The worst of some seconds in a row.
    #[must_use]
    pub fn worst(&self, place: PlaceId, seconds: std::ops::Range<usize>) -> HeatCell {
        seconds.map(|second| self.cell(place, second)).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_by_place_and_second() {
        let mut heat = Heat::default();
        heat.begin(2, 3);
        heat.push(1, &[1, 1]);
        heat.push(2, &[1, 4, 7]);
        assert_eq!(heat.seconds(), 2);
        assert_eq!(heat.cell(3, 1), HeatCell::Ejected);
        assert_eq!(heat.cell(4, 0), HeatCell::Absent, "it was not there yet");
        assert_eq!(heat.cell(4, 1), HeatCell::Down);
        assert_eq!([heat.cell(1, 1), heat.cell(5, 1), heat.cell(2, 9)], [HeatCell::Absent; 3]);
        assert_eq!(heat.worst(3, 0..2), HeatCell::Ejected);
    }

    #[test]
    fn bytes_come_back_as_what_they_were() {
        for cell in HeatCell::ALL {
            assert_eq!(HeatCell::of(cell.byte()), cell);
        }
        assert_eq!(HeatCell::of(200), HeatCell::Absent);
    }
}
