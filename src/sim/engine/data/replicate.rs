//! Writes on their way to the other regions.

use super::{WRITE_BYTES, child_key};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::intervention::Target;
use crate::sim::rng::Concern;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Stream, Try};

/// The lag of what has waited for a link is drawn under this call number, which no call has.
const CATCH_UP: u32 = u32::MAX;

impl Engine {
    /// The writer has committed a write; off it goes to every other region.
    pub(super) fn replicate_row(&mut self, made: &Try) {
        let writer = self.world.stores.aurora.writer;
        for to in (0..self.world.regions.len() as u8).filter(|&to| to != writer) {
            let bits = self.lag_draw(made, to);
            let stores = &self.world.stores;
            let lag = stores.aurora_lag.sample(bits) + stores.aurora.extra_lag;
            let lag = lag + self.world.link(writer, to).slow;
            let due = self.world.stores.aurora.streams[usize::from(to)].push(self.now, lag);
            self.schedule_replication(u16::from(to), due);
        }
    }

    /// The same for a write to the replica of a region.
    pub(super) fn replicate_item(&mut self, made: &Try, from: u8) {
        for to in (0..self.world.regions.len() as u8).filter(|&to| to != from) {
            let bits = self.lag_draw(made, to);
            let stores = &self.world.stores;
            let lag = stores.dynamodb_lag.sample(bits) + stores.dynamodb.extra_lag;
            let lag = lag + self.world.link(from, to).slow;
            let index = stores.dynamodb.index(from, to);
            let due = self.world.stores.dynamodb.streams[index].push(self.now, lag);
            self.schedule_replication(self.dynamodb_number(index), due);
        }
    }

    /// Writes may have arrived at the end of a stream: Aurora's are numbered by region, then come `DynamoDB`'s.
    pub(in crate::sim::engine) fn replicate(&mut self, number: u16) {
        let regions = self.world.regions.len() as u16;
        let Some(index) = number.checked_sub(regions) else {
            self.settle_reads(self.now);
            let writer = self.world.stores.aurora.writer;
            let arrived = self.world.stores.aurora.streams[usize::from(number)].arrive(self.now);
            self.writes_crossed(writer, number as u8, arrived.writes);
            if let Some(waited) = arrived.caught_up {
                self.tell_caught_up(&Target::Aurora, number as u8, &waited);
            }
            self.hand_over();
            return;
        };
        let (from, to) = ((index / regions) as u8, (index % regions) as u8);
        let arrived = self.world.stores.dynamodb.streams[usize::from(index)].arrive(self.now);
        self.writes_crossed(from, to, arrived.writes);
        if let Some(waited) = arrived.caught_up {
            self.tell_caught_up(&Target::DynamoDb, to, &waited);
        }
    }

    /// Reads up to `now` were answered as things stand.
    pub(in crate::sim::engine) fn settle_reads(&mut self, now: SimTime) {
        self.world.stores.settle_reads(now, &self.fixed.dice);
        self.tell_stale(now);
    }

    /// Brings all streams into the state that links and regions allow. `sooner` says whose lag has shrunk.
    pub(super) fn refresh_replication(&mut self, sooner: (bool, bool)) {
        let regions = self.world.regions.len() as u8;
        let writer = self.world.stores.aurora.writer;
        let mut stalled = Vec::new();
        for to in (0..regions).filter(|&to| to != writer) {
            if self.refresh_stream(u16::from(to), (writer, to), sooner.0) {
                stalled.push((writer, to));
            }
        }
        self.tell_stalled(&Target::Aurora, &stalled);
        stalled.clear();
        for from in 0..regions {
            for to in (0..regions).filter(|&to| to != from) {
                let number = self.dynamodb_number(self.world.stores.dynamodb.index(from, to));
                if self.refresh_stream(number, (from, to), sooner.1) {
                    stalled.push((from, to));
                }
            }
        }
        self.tell_stalled(&Target::DynamoDb, &stalled);
    }

    /// True if the stream has come to a stop.
    fn refresh_stream(&mut self, number: u16, (from, to): (u8, u8), sooner: bool) -> bool {
        let down = |region: u8| self.world.regions[usize::from(region)].down;
        let blocked = self.world.link(from, to).cut || down(from) || down(to);
        if blocked {
            return self.stream(number).stall();
        }
        let committed = self.stream(number).pending() + self.stream(number).applied();
        let bits = self.fixed.dice.draw(Concern::Lag, committed, CATCH_UP, u32::from(number));
        let stores = &self.world.stores;
        let lag = if number < self.world.regions.len() as u16 {
            stores.aurora_lag.sample(bits) + stores.aurora.extra_lag
        } else {
            stores.dynamodb_lag.sample(bits) + stores.dynamodb.extra_lag
        };
        let lag: SimSpan = lag + self.world.link(from, to).slow;
        let now = self.now;
        let stream = self.stream(number);
        let due = if stream.is_stalled() {
            stream.resume(now, lag)
        } else if sooner {
            stream.hurry(now, lag)
        } else {
            None
        };
        self.schedule_replication(number, due);
        false
    }

    fn stream(&mut self, number: u16) -> &mut Stream {
        let regions = self.world.regions.len();
        let stores = &mut self.world.stores;
        match usize::from(number).checked_sub(regions) {
            None => &mut stores.aurora.streams[usize::from(number)],
            Some(index) => &mut stores.dynamodb.streams[index],
        }
    }

    fn dynamodb_number(&self, index: usize) -> u16 {
        (self.world.regions.len() + index) as u16
    }

    fn schedule_replication(&mut self, stream: u16, due: Option<SimTime>) {
        if let Some(due) = due {
            self.queue.schedule(due, Event::Replicate { stream });
        }
    }

    /// Replication is billed when it arrives: what is lost on the way has not crossed.
    fn writes_crossed(&mut self, from: u8, to: u8, writes: u64) {
        let measured = self.now >= self.meter.from;
        self.data_crosses(from, to, writes * WRITE_BYTES, measured);
    }

    fn lag_draw(&self, made: &Try, to: u8) -> u64 {
        let place = u32::from(to) << 8 | u32::from(made.attempt);
        self.fixed.dice.draw(Concern::Lag, made.request, child_key(made, made.step), place)
    }
}
