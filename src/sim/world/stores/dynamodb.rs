//! `DynamoDB` global tables: a replica in every region, each of which takes writes.
//!
//! AWS, `DynamoDB` Developer Guide, "Global tables": in the default mode (MREC) replication is asynchronous, usually within
//! a second, and of two concurrent writes to an item the last one wins. In the strong mode (MRSC) a write is answered
//! when another region has it; a table then has exactly three replicas, or two and a witness.

use std::collections::BTreeMap;

use crate::sim::time::SimSpan;

use super::Stream;

const RECENT: usize = 64;

/// All replicas.
#[derive(Clone, Debug)]
pub struct DynamoDb {
    /// MRSC; otherwise MREC.
    pub strong: bool,
    /// Added to every lag.
    pub extra_lag: SimSpan,
    /// From each region to each: `from * regions + to`.
    pub streams: Vec<Stream>,
    /// Writes that a concurrent later one in another region has replaced.
    pub conflicts: u64,
    replicas: Vec<Replica>,
}

/// What one region has written.
#[derive(Clone, Debug)]
struct Replica {
    head: u64,
    /// Item to the newest write here, unless every region has that.
    recent: BTreeMap<u32, Newest>,
    prune_at: usize,
}

#[derive(Clone, Copy, Debug)]
struct Newest {
    position: u64,
    /// A concurrent later write has won over it, which is counted once.
    beaten: bool,
}

impl DynamoDb {
    pub fn new(regions: usize, strong: bool) -> Self {
        let replica = Replica { head: 0, recent: BTreeMap::new(), prune_at: RECENT };
        Self {
            strong,
            extra_lag: SimSpan::ZERO,
            streams: vec![Stream::default(); regions * regions],
            conflicts: 0,
            replicas: vec![replica; regions],
        }
    }

    /// Writes committed by a region.
    pub fn committed(&self, region: u8) -> u64 {
        self.replicas[usize::from(region)].head
    }

    /// Writes on their way from one region to another.
    pub fn stream(&self, from: u8, to: u8) -> &Stream {
        &self.streams[self.index(from, to)]
    }

    /// Where the stream from one region to another stands.
    pub fn index(&self, from: u8, to: u8) -> usize {
        usize::from(from) * self.replicas.len() + usize::from(to)
    }

    /// A region commits a write to an item. How many writes elsewhere lose against it: concurrent ones, which it has
    /// not seen and which have not seen it; it is the last, so it wins.
    pub fn commit(&mut self, region: u8, item: u32) -> u64 {
        let regions = self.replicas.len();
        let mut beaten = 0;
        for other in (0..regions).filter(|&other| other != usize::from(region)) {
            let seen = self.streams[other * regions + usize::from(region)].applied();
            if let Some(newest) = self.replicas[other].recent.get_mut(&item)
                && newest.position > seen
                && !newest.beaten
            {
                newest.beaten = true;
                beaten += 1;
            }
        }
        let beaten = if self.strong { 0 } else { beaten };
        self.conflicts += beaten;
        self.note(usize::from(region), item);
        beaten
    }

    fn note(&mut self, region: usize, item: u32) {
        let regions = self.replicas.len();
        let replica = &mut self.replicas[region];
        replica.head += 1;
        if regions == 1 {
            return;
        }
        replica.recent.insert(item, Newest { position: replica.head, beaten: false });
        if replica.recent.len() >= replica.prune_at {
            let others = (0..regions).filter(|&to| to != region);
            let everywhere =
                others.map(|to| self.streams[region * regions + to].applied()).min().unwrap_or(0);
            replica.recent.retain(|_, newest| newest.position > everywhere);
            replica.prune_at = (replica.recent.len() * 2).max(RECENT);
        }
    }
}
