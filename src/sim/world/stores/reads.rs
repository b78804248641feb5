//! Reads of Aurora: which of them meet a row that is newer at the writer.
//!
//! When a pod will read is known when a call reaches it, often before that moment. Such reads wait here, without an
//! event, until something changes in the stores or a second ends: whatever is due then was answered as things stood.

use crate::sim::rng::Dice;
use crate::sim::time::SimTime;

use super::{Aurora, Stores};

/// Reads that wait at most before those that are due are looked at.
const WAITING: usize = 1024;

/// A read of the row that a request is about.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    pub at: SimTime,
    pub request: u64,
    /// The pod that reads, and its region.
    pub pod: u16,
    pub region: u8,
}

/// Reads that have been answered, and those that will be.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    stale: u64,
    waiting: Vec<Read>,
    look_at: usize,
}

impl Reads {
    /// Reads that met an old row, of those looked at so far.
    pub fn stale(&self) -> u64 {
        self.stale
    }
}

impl Stores {
    /// A pod reads, now or later.
    #[inline]
    pub fn read(&mut self, read: Read, now: SimTime, dice: &Dice) {
        if read.at <= now {
            self.reads.stale += u64::from(self.is_stale(&read, dice));
            return;
        }
        self.reads.waiting.push(read);
        if self.reads.waiting.len() > self.reads.look_at.max(WAITING) {
            self.settle_reads(now, dice);
            self.reads.look_at = self.reads.waiting.len() * 2;
        }
    }

    /// Looks at the reads up to now: what changes next did not yet hold for them.
    pub fn settle_reads(&mut self, now: SimTime, dice: &Dice) {
        let mut waiting = std::mem::take(&mut self.reads.waiting);
        waiting.retain(|read| {
            let due = read.at <= now;
            self.reads.stale += u64::from(due && self.is_stale(read, dice));
            !due
        });
        self.reads.waiting = waiting;
    }

    /// A pod is gone: it will not read what it would have read.
    pub fn forget_reads(&mut self, pod: u16, now: SimTime) {
        self.reads.waiting.retain(|read| read.pod != pod || read.at <= now);
    }

    /// Reads up to now that returned an older row than the writer had.
    pub fn stale_reads(&self, now: SimTime, dice: &Dice) -> u64 {
        let due = self.reads.waiting.iter().filter(|read| read.at <= now && self.is_stale(read, dice));
        self.reads.stale + due.count() as u64
    }

    #[inline]
    fn is_stale(&self, read: &Read, dice: &Dice) -> bool {
        let aurora: &Aurora = &self.aurora;
        aurora.behind(read.region) && aurora.is_old(read.region, self.row(dice, read.request))
    }
}
