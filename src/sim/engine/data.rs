//! Requests meet the data stores, and writes reach the other regions.
//!
//! A read costs no event: a store never refuses one, and whether it met an old row is found out later. A write has two,
//! when it sets out and when it is committed, because both can fail by then; and one for each region it is replicated to.
//!
//! Taken simply: stores stand in all zones of their region and go down with the region, not with a zone (Aurora keeps six
//! copies in three zones). A client of a store waits for a connection as long as a proxy does (`mesh.connect_timeout`).
//! The way to a store in another region takes a round trip without jitter.

mod promote;
mod replicate;

use super::Engine;
use super::serve::child_key;
use crate::sim::event::{Event, TryRef};
use crate::sim::rng::Concern;
use crate::sim::scenario::Step;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Read, Try, Within};

/// What a write weighs on the wire, as a call's request does in the shipped scenarios; also when it is replicated.
const WRITE_BYTES: u64 = 1_000;
/// What its answer weighs.
const ANSWER_BYTES: u64 = 200;

impl Engine {
    /// A pod reads from a store of its own region at `at`: how long that takes.
    #[inline]
    pub(super) fn read_store(&mut self, made: &Try, store: Step, step: u8, at: SimTime) -> SimSpan {
        let bits = self.store_draw(made, step);
        let stores = &mut self.world.stores;
        if store == Step::DynamoDb {
            return stores.dynamodb_access.sample(bits);
        }
        if stores.aurora_written && made.flags.measured {
            let region = self.world.pods[usize::from(made.pod)].region;
            // What the writer's region reads is never old, unless the writer is about to be another one.
            if region != stores.aurora.writer || stores.aurora.moving.is_some() {
                let read = Read { at, request: made.request, pod: made.pod, region };
                stores.read(read, self.now, &self.fixed.dice);
            }
        }
        stores.aurora_read.sample(bits)
    }

    /// Reads so far that returned an old row.
    pub(in crate::sim) fn stale_reads(&self) -> u64 {
        self.world.stores.stale_reads(self.now, &self.fixed.dice)
    }

    /// A pod writes to a store now.
    pub(super) fn write_store(&mut self, of: TryRef) {
        let Some(made) = self.world.tries.get(of).copied() else { return };
        match self.next_step(&made, made.step) {
            Some(Step::Aurora) => self.write_row(of, &made),
            Some(Step::DynamoDb) => self.write_item(of, &made),
            Some(Step::Call(_)) | None => {}
        }
    }

    /// A write reaches the moment at which a region's store commits it.
    pub(super) fn commit(&mut self, of: TryRef, at: u8) {
        // A pod that has died meanwhile has broken its transaction off.
        let Some(made) = self.world.tries.get(of).copied() else { return };
        if self.next_step(&made, made.step) == Some(Step::DynamoDb) {
            self.commit_item(of, &made);
        } else {
            self.commit_row(of, &made, at);
        }
    }

    /// To where the caller believes Aurora's writer to be.
    fn write_row(&mut self, of: TryRef, made: &Try) {
        let here = self.world.pods[usize::from(made.pod)].region;
        let to = self.world.stores.aurora.views[usize::from(here)];
        if self.no_way(here, to) || self.store_packet_lost(made, here, to) {
            self.trace_store(made, Step::Aurora, self.now, self.fixed.rules.connect_timeout);
            self.store_fails(of, self.fixed.rules.connect_timeout);
            return;
        }
        self.data_crosses(here, to, WRITE_BYTES, made.flags.measured);
        let spent = self.world.stores.aurora_write.sample(self.store_draw(made, made.step));
        let there = self.store_way(here, to) + spent;
        self.trace_store(made, Step::Aurora, self.now, there + self.store_way(to, here));
        self.queue.schedule(self.now + there, Event::Commit { of, region: to });
    }

    fn commit_row(&mut self, of: TryRef, made: &Try, at: u8) {
        let here = self.world.pods[usize::from(made.pod)].region;
        if self.no_way(here, at) {
            self.store_fails(of, self.fixed.rules.connect_timeout);
            return;
        }
        let back = self.store_way(at, here);
        self.data_crosses(at, here, ANSWER_BYTES, made.flags.measured);
        if !self.world.stores.aurora.takes_writes(at) {
            self.store_fails(of, back);
            return;
        }
        self.settle_reads(self.now);
        if at == self.world.stores.aurora.writer {
            let row = self.world.stores.row(&self.fixed.dice, made.request);
            self.world.stores.aurora.commit(row);
            self.replicate_row(made);
        } else {
            self.world.stores.aurora.commit_apart();
            self.meter.writes_lost(1, self.now);
            self.tell_split_brain(at);
        }
        self.store_done(of, back);
    }

    /// To the replica of the pod's own region; under strong consistency the nearest other one has it too, which takes a
    /// majority.
    fn write_item(&mut self, of: TryRef, made: &Try) {
        let here = self.world.pods[usize::from(made.pod)].region;
        let mut trip = SimSpan::ZERO;
        if self.world.stores.dynamodb.strong {
            let regions = self.world.regions.len() as u8;
            let others = (0..regions).filter(|&other| other != here && !self.no_way(here, other));
            let trips: Vec<SimSpan> =
                others.map(|other| self.store_way(here, other) + self.store_way(other, here)).collect();
            if (trips.len() + 1) * 2 <= usize::from(regions) {
                self.trace_store(made, Step::DynamoDb, self.now, self.fixed.rules.connect_timeout);
                self.store_fails(of, self.fixed.rules.connect_timeout);
                return;
            }
            trip = trips.into_iter().min().unwrap_or_default();
        }
        let spent = self.world.stores.dynamodb_access.sample(self.store_draw(made, made.step));
        self.trace_store(made, Step::DynamoDb, self.now, spent + trip);
        self.queue.schedule(self.now + spent + trip, Event::Commit { of, region: here });
    }

    fn commit_item(&mut self, of: TryRef, made: &Try) {
        let here = self.world.pods[usize::from(made.pod)].region;
        let item = self.world.stores.row(&self.fixed.dice, made.request);
        let beaten = self.world.stores.dynamodb.commit(here, item);
        if beaten > 0 {
            self.meter.conflicts(beaten, self.now);
            self.tell_conflict(here);
        }
        self.replicate_item(made, here);
        self.store_done(of, SimSpan::ZERO);
    }

    /// The store's answer comes after `after`: the pod goes on with its next step.
    fn store_done(&mut self, of: TryRef, after: SimSpan) {
        if let Some(made) = self.world.tries.get_mut(of) {
            made.step += 1;
        }
        self.proceed(of, self.now + after);
    }

    /// The pod cannot do without the store and answers 503 itself.
    fn store_fails(&mut self, of: TryRef, after: SimSpan) {
        let Some(made) = self.world.tries.get(of) else { return };
        let slow = self.world.pods[usize::from(made.pod)].condition.slow;
        let store = self.next_step(made, made.step);
        let within = if store == Some(Step::Aurora) { Within::Aurora } else { Within::DynamoDb };
        self.answer_within(of, within, after + slow);
    }

    #[inline]
    fn store_draw(&self, made: &Try, step: u8) -> u64 {
        let attempt = u32::from(made.attempt) << 8 | u32::from(step);
        self.fixed.dice.draw(Concern::Data, made.request, made.call, attempt)
    }

    /// No packet of a round trip between a caller and a store in another region passes.
    fn no_way(&self, here: u8, to: u8) -> bool {
        here != to && (self.world.severed(here, to) || self.world.regions[usize::from(to)].down)
    }

    /// How long a packet travels between two regions.
    fn store_way(&self, from: u8, to: u8) -> SimSpan {
        if from == to {
            return SimSpan::ZERO;
        }
        SimSpan::from_nanos(self.world.wire.link_rtt.nanos() / 2) + self.world.link(from, to).slow
    }

    /// Whether a lossy link loses a write or its answer.
    fn store_packet_lost(&self, made: &Try, here: u8, to: u8) -> bool {
        if here == to {
            return false;
        }
        let (there, back) = (self.world.link(here, to).loss, self.world.link(to, here).loss);
        let key = child_key(made, made.step);
        let draw = |way: u32| {
            self.fixed.dice.draw(Concern::Loss, made.request, key, u32::from(made.attempt) * 2 + way)
        };
        (!there.is_zero() && there.hits(draw(0))) || (!back.is_zero() && back.hits(draw(1)))
    }

    /// The data layer's own bytes go over a boundary: they are billed as any others are.
    fn data_crosses(&mut self, from: u8, to: u8, bytes: u64, measured: bool) {
        if from != to {
            self.meter.crossed(from, to, bytes, measured);
            self.meter.stored(bytes);
            self.meter.data.bytes += if measured { bytes } else { 0 };
        }
    }
}
