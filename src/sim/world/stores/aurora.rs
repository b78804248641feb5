//! Aurora Global Database: one region writes, all regions read, and storage replicates in the background.
//!
//! AWS, Aurora User Guide, "Using Amazon Aurora Global Database": up to ten secondary regions, typically less than a
//! second behind; the storage layer replicates, so a writer instance that is down does not hold back what it committed.

use std::collections::BTreeMap;

use crate::sim::time::{SimSpan, SimTime};

use super::Stream;

/// Rows whose newest write may not be everywhere, before those that are everywhere are let go of.
const RECENT: usize = 64;

/// The one history of commits, and how far each region has it.
#[derive(Clone, Debug)]
pub struct Aurora {
    /// The region that writes.
    pub writer: u8,
    /// For each region, where its callers write: the writer, or one that has been replaced and they do not know.
    pub views: Vec<u8>,
    /// For each region, its writer instance is down.
    pub instance_down: Vec<bool>,
    /// Added to every lag.
    pub extra_lag: SimSpan,
    /// To each region from the writer; the writer's own has nothing on the way.
    pub streams: Vec<Stream>,
    /// Writes that count: their number is the position of the newest.
    pub head: u64,
    /// Commits, and those of them that no longer count.
    pub committed: u64,
    pub lost: u64,
    /// Lost commits by writers that had been replaced and did not know.
    pub lost_apart: u64,
    /// A promotion under way.
    pub moving: Option<Move>,
    /// Promotions asked for so far.
    pub moves: u32,
    /// What is wrong with the writer, and since when.
    pub trouble: Option<(Trouble, SimTime)>,
    /// Of the last promotion: what was lost, as time, and for how long writes failed.
    pub rpo: Option<SimSpan>,
    pub rto: Option<SimSpan>,
    /// Row to the position of its newest write, unless every region has that.
    recent: BTreeMap<u32, u64>,
    prune_at: usize,
}

/// A promotion under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub to: u8,
    pub began: SimTime,
    /// The old writer takes no writes and the target catches up first, so nothing is lost. Else it is a failover.
    pub planned: bool,
    /// Its end is known.
    pub scheduled: bool,
}

/// Why writes fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    RegionDown,
    InstanceDown,
    /// These regions cannot reach it.
    CutOff(Vec<u8>),
}

impl Aurora {
    pub fn new(regions: usize, writer: u8) -> Self {
        Self {
            writer,
            views: vec![writer; regions],
            instance_down: vec![false; regions],
            extra_lag: SimSpan::ZERO,
            streams: vec![Stream::default(); regions],
            head: 0,
            committed: 0,
            lost: 0,
            lost_apart: 0,
            moving: None,
            moves: 0,
            trouble: None,
            rpo: None,
            rto: None,
            recent: BTreeMap::new(),
            prune_at: RECENT,
        }
    }

    /// A region's writer would take a write: it believes that it is the writer, runs, and is not being replaced.
    pub fn takes_writes(&self, region: u8) -> bool {
        let handing_over = self.moving.is_some_and(|moving| moving.planned) && region == self.writer;
        self.views[usize::from(region)] == region && !self.instance_down[usize::from(region)] && !handing_over
    }

    /// The writer commits a write to a row.
    pub fn commit(&mut self, row: u32) {
        self.committed += 1;
        self.head += 1;
        if self.streams.len() > 1 {
            self.recent.insert(row, self.head);
            self.prune();
        }
    }

    /// A region that has been replaced as the writer and does not know commits a write that nobody will ever see.
    pub fn commit_apart(&mut self) {
        self.committed += 1;
        self.lost += 1;
        self.lost_apart += 1;
    }

    /// The region does not have all writes.
    #[inline]
    pub fn behind(&self, region: u8) -> bool {
        region != self.writer && self.streams[usize::from(region)].pending() > 0
    }

    /// The newest write to a row has not come to a region.
    pub fn is_old(&self, region: u8, row: u32) -> bool {
        let newest = self.recent.get(&row).copied().unwrap_or(0);
        region != self.writer && newest > self.streams[usize::from(region)].applied()
    }

    /// The region has become the writer: what it does not have never was. How many writes that are.
    ///
    /// Every other region follows it from where it stands. One that is further than the new writer goes back to it; a
    /// row whose newest write is lost counts as written at the new writer's last position.
    pub fn promote(&mut self, to: u8, now: SimTime) -> u64 {
        let kept = if to == self.writer { self.head } else { self.streams[usize::from(to)].applied() };
        let lost = self.head - kept;
        for (region, stream) in self.streams.iter_mut().enumerate() {
            let had = if region == usize::from(self.writer) { self.head } else { stream.applied() };
            let has = if region == usize::from(to) { kept } else { had.min(kept) };
            stream.restart(has, kept, now);
        }
        for position in self.recent.values_mut() {
            *position = (*position).min(kept);
        }
        self.head = kept;
        self.lost += lost;
        self.lost_apart = 0;
        self.writer = to;
        lost
    }

    fn prune(&mut self) {
        if self.recent.len() < self.prune_at {
            return;
        }
        let others =
            self.streams.iter().enumerate().filter(|(region, _)| *region != usize::from(self.writer));
        let everywhere = others.map(|(_, stream)| stream.applied()).min().unwrap_or(self.head);
        self.recent.retain(|_, position| *position > everywhere);
        self.prune_at = (self.recent.len() * 2).max(RECENT);
    }
}
