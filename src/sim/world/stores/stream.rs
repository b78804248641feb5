//! Asynchronous replication in one direction: in order, each write late by a lag of its own, never past a stop.

use std::collections::VecDeque;

use crate::sim::time::{SimSpan, SimTime};

/// Batches on the way at most. When there would be more, each two neighbors become one that arrives with the later of
/// them, and those that follow are as large: with n writes on the way none is late by more than it takes to commit about
/// n / 256 of them.
const BATCHES_MAX: usize = 512;

/// Writes on their way to one replica.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    batches: VecDeque<Batch>,
    /// Writes that a batch takes in, as a power of two.
    grain: u32,
    /// The replica has all writes up to this position.
    applied: u64,
    /// All writes up to this position have been committed where they come from.
    committed: u64,
    /// Nothing arrives.
    stalled: bool,
    /// What has waited for a stall to end; told once it has arrived.
    catching_up: Option<Waited>,
}

/// Writes that arrive together.
#[derive(Clone, Copy, Debug)]
struct Batch {
    upto: u64,
    writes: u64,
    /// When the first of them was committed.
    oldest: SimTime,
    due: SimTime,
}

/// Writes that a stall has held up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waited {
    /// The position of the last of them.
    upto: u64,
    pub writes: u64,
    /// When the first of them was committed.
    pub since: SimTime,
}

/// What arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    pub writes: u64,
    /// All that a stall had held up is there with this.
    pub caught_up: Option<Waited>,
}

impl Stream {
    /// A write is committed at its source and would arrive after `lag`; when it is due, unless nothing arrives now.
    pub fn push(&mut self, now: SimTime, lag: SimSpan) -> Option<SimTime> {
        self.committed += 1;
        if self.stalled {
            self.hold(now);
            return None;
        }
        let due = self.batches.back().map_or(SimTime::ZERO, |batch| batch.due).max(now + lag);
        let full = 1 << self.grain;
        if let Some(last) = self.batches.back_mut().filter(|last| last.writes < full) {
            *last = Batch { upto: self.committed, writes: last.writes + 1, oldest: last.oldest, due };
            return Some(due);
        }
        if self.batches.is_empty() {
            self.grain = 0;
        } else if self.batches.len() >= BATCHES_MAX {
            self.pair_up();
        }
        self.batches.push_back(Batch { upto: self.committed, writes: 1, oldest: now, due });
        Some(due)
    }

    /// Takes in what is due.
    pub fn arrive(&mut self, now: SimTime) -> Arrived {
        let before = self.applied;
        while !self.stalled && self.batches.front().is_some_and(|batch| batch.due <= now) {
            if let Some(batch) = self.batches.pop_front() {
                self.applied = batch.upto;
            }
        }
        let caught_up = self.catching_up.take_if(|waited| waited.upto <= self.applied);
        Arrived { writes: self.applied - before, caught_up }
    }

    /// Nothing arrives from now on. False if that was so already.
    pub fn stall(&mut self) -> bool {
        if self.stalled {
            return false;
        }
        self.stalled = true;
        self.fold(SimTime::MAX);
        true
    }

    /// Writes arrive again, all that have waited together after `lag`: when, if there are any. `None` too if nothing
    /// stood still.
    pub fn resume(&mut self, now: SimTime, lag: SimSpan) -> Option<SimTime> {
        if !std::mem::take(&mut self.stalled) {
            return None;
        }
        let waited =
            |batch: &Batch| Waited { upto: self.committed, writes: self.pending(), since: batch.oldest };
        self.catching_up = self.batches.front().map(waited);
        self.hurry(now, lag)
    }

    /// What is on the way arrives together after `lag`, or as soon as it would have.
    pub fn hurry(&mut self, now: SimTime, lag: SimSpan) -> Option<SimTime> {
        if self.stalled {
            return None;
        }
        let due = self.batches.back()?.due.min(now + lag);
        self.fold(due);
        Some(due)
    }

    /// Starts anew: the replica has `applied` of `committed` writes, and nothing is on the way.
    pub fn restart(&mut self, applied: u64, committed: u64, now: SimTime) {
        *self = Self { applied, committed, ..Self::default() };
        if applied < committed {
            // On its way as soon as somebody lets it go on.
            let writes = committed - applied;
            self.batches.push_back(Batch { upto: committed, writes, oldest: now, due: SimTime::MAX });
            self.stalled = true;
        }
    }

    /// The replica has all writes up to this position.
    #[inline]
    pub fn applied(&self) -> u64 {
        self.applied
    }

    /// Writes that the replica does not have yet.
    pub fn pending(&self) -> u64 {
        self.committed - self.applied
    }

    /// When the first write was committed that the replica does not have.
    pub fn oldest(&self) -> Option<SimTime> {
        self.batches.front().map(|batch| batch.oldest)
    }

    /// Nothing arrives.
    pub fn is_stalled(&self) -> bool {
        self.stalled
    }

    /// Batches kept.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.batches.len()
    }

    fn hold(&mut self, now: SimTime) {
        let oldest = self.batches.front().map_or(now, |batch| batch.oldest);
        self.batches.clear();
        let writes = self.pending();
        self.batches.push_back(Batch { upto: self.committed, writes, oldest, due: SimTime::MAX });
    }

    fn fold(&mut self, due: SimTime) {
        if let (Some(first), Some(last)) = (self.batches.front(), self.batches.back()) {
            let all = Batch { upto: last.upto, writes: self.pending(), oldest: first.oldest, due };
            self.batches.clear();
            self.batches.push_back(all);
        }
    }

    fn pair_up(&mut self) {
        let old = std::mem::take(&mut self.batches);
        let mut rest = old.into_iter();
        while let Some(first) = rest.next() {
            let last = rest.next();
            let writes = first.writes + last.map_or(0, |last| last.writes);
            self.batches.push_back(Batch { writes, oldest: first.oldest, ..last.unwrap_or(first) });
        }
        self.grain += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> SimTime {
        SimTime::ZERO + SimSpan::from_millis(millis)
    }

    const LAG: SimSpan = SimSpan::from_millis(400);

    #[test]
    fn writes_arrive_in_order_though_a_later_one_is_quicker() {
        let mut stream = Stream::default();
        assert_eq!(stream.push(at(0), LAG), Some(at(400)));
        assert_eq!(stream.push(at(10), SimSpan::from_millis(5)), Some(at(400)));
        assert_eq!(stream.arrive(at(399)).writes, 0);
        assert_eq!(stream.oldest(), Some(at(0)));
        assert_eq!(stream.arrive(at(400)).writes, 2);
        assert_eq!((stream.applied(), stream.pending(), stream.oldest()), (2, 0, None));
    }

    #[test]
    fn a_stall_keeps_one_batch_and_catches_up_at_once() {
        let mut stream = Stream::default();
        stream.push(at(0), LAG);
        assert!(stream.stall() && !stream.stall());
        for second in 1..=10_000 {
            assert_eq!(stream.push(at(second * 1000), LAG), None);
        }
        assert_eq!((stream.arrive(at(20_000_000)).writes, stream.pending(), stream.len()), (0, 10_001, 1));
        assert_eq!(stream.resume(at(20_000_000), LAG), Some(at(20_000_400)));
        assert_eq!(stream.push(at(20_000_001), LAG), Some(at(20_000_401)));
        let arrived = stream.arrive(at(20_000_400));
        let waited = Waited { upto: 10_001, writes: 10_001, since: at(0) };
        assert_eq!(arrived, Arrived { writes: 10_001, caught_up: Some(waited) });
        assert_eq!(stream.arrive(at(20_000_401)), Arrived { writes: 1, caught_up: None });
    }

    #[test]
    fn what_is_on_the_way_stays_bounded_and_none_is_lost() {
        let mut stream = Stream::default();
        let lag = SimSpan::from_seconds(3600);
        for write in 0..36_000 {
            stream.push(at(write * 100), lag);
            assert!(stream.len() <= BATCHES_MAX);
        }
        assert_eq!(stream.pending(), 36_000);
        // Halfway through their arrival half of them are there, to within a batch.
        let half = stream.arrive(at(3_600_000 + 1_800_000)).writes;
        assert!(half.abs_diff(18_000) <= 36_000 / 256, "{half}");
        assert_eq!(half + stream.arrive(at(7_200_000)).writes, 36_000);
    }
}
