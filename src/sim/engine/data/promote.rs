//! Who writes: Aurora's writer comes into trouble, and another region takes over.
//!
//! A promotion is a deed, not a layer: healing `aurora` does not move the writer back, promoting the old region does.
//! Callers find the writer by Aurora's global writer endpoint, so those who can reach the new one use it at once; what
//! its DNS takes is within the time of the promotion. An old writer that cannot be reached does not know that it has been
//! replaced, and goes on for callers beside it; when it can be reached again it becomes a reader of the new one.

use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::time::SimSpan;
use crate::sim::world::{Move, Trouble};

impl Engine {
    /// Brings stores into the state that all layers together describe.
    pub(in crate::sim::engine) fn refresh_stores(&mut self) {
        self.settle_reads(self.now);
        let (aurora_lag, dynamodb_lag) = self.faults.store_lags();
        let stores = &mut self.world.stores;
        let sooner = (aurora_lag < stores.aurora.extra_lag, dynamodb_lag < stores.dynamodb.extra_lag);
        let later = aurora_lag > stores.aurora.extra_lag;
        (stores.aurora.extra_lag, stores.dynamodb.extra_lag) = (aurora_lag, dynamodb_lag);
        for (region, down) in stores.aurora.instance_down.iter_mut().enumerate() {
            *down = self.faults.instance_is_down(region as u8);
        }
        if later {
            self.expect_stale();
        }
        self.refresh_replication(sooner);
        self.refresh_promotion();
        self.refresh_views(true);
        self.refresh_trouble();
    }

    /// Somebody asks for another writer, by name.
    pub(in crate::sim::engine) fn promote_named(&mut self, region: &str) {
        let to = self.scenario().regions().position(|known| known == region);
        if let Some(to) = to {
            self.promote(to as u8);
        }
    }

    fn promote(&mut self, to: u8) {
        let aurora = &self.world.stores.aurora;
        let (writer, busy) = (aurora.writer, aurora.moving.is_some());
        let down = self.world.regions[usize::from(to)].down;
        if busy || writer == to || down {
            self.tell_not_promoted(to, busy, down);
            return;
        }
        let planned = self.can_hand_over_to(to);
        let aurora = &mut self.world.stores.aurora;
        aurora.moves += 1;
        aurora.moving = Some(Move { to, began: self.now, planned, scheduled: !planned });
        let number = aurora.moves;
        self.tell_promoting(to, planned);
        if planned {
            self.hand_over();
        } else {
            self.queue.schedule(self.now + self.world.stores.promotion, Event::Promoted { number });
        }
    }

    /// The old writer is well and packets pass between the two.
    fn can_hand_over_to(&self, to: u8) -> bool {
        let writer = self.world.stores.aurora.writer;
        let gone = |region: u8| self.world.regions[usize::from(region)].down;
        let well = !gone(writer) && !self.world.stores.aurora.instance_down[usize::from(writer)];
        well && !gone(to) && !self.world.severed(writer, to)
    }

    /// A planned promotion goes on as soon as its target has everything.
    pub(super) fn hand_over(&mut self) {
        let stores = &mut self.world.stores;
        if let Some(moving) = &mut stores.aurora.moving
            && !moving.scheduled
            && stores.aurora.streams[usize::from(moving.to)].pending() == 0
        {
            moving.scheduled = true;
            let number = stores.aurora.moves;
            self.queue.schedule(self.now + stores.switchover, Event::Promoted { number });
        }
    }

    /// A switchover needs both sides; a failover only its target. What cannot go on is given up.
    fn refresh_promotion(&mut self) {
        let Some(moving) = self.world.stores.aurora.moving else { return };
        let possible = if moving.planned {
            self.can_hand_over_to(moving.to)
        } else {
            !self.world.regions[usize::from(moving.to)].down
        };
        if !possible {
            self.world.stores.aurora.moving = None;
            self.tell_given_up(&moving);
        }
    }

    /// A promotion is done.
    pub(in crate::sim::engine) fn promoted(&mut self, number: u32) {
        let aurora = &mut self.world.stores.aurora;
        if aurora.moves != number {
            return;
        }
        let Some(moving) = aurora.moving.take() else { return };
        self.settle_reads(self.now);
        let aurora = &mut self.world.stores.aurora;
        let failed_since = aurora.trouble.as_ref().map_or(moving.began, |(_, since)| *since);
        let rto = self.now.since(failed_since.min(moving.began));
        // A writer that is gone took its last write then; one that is cut off goes on until it is replaced.
        let ended = match &aurora.trouble {
            Some((Trouble::RegionDown | Trouble::InstanceDown, since)) => *since,
            _ => self.now,
        };
        let stopped = moving.planned
            || matches!(aurora.trouble, Some((Trouble::RegionDown | Trouble::InstanceDown, _)));
        let oldest = aurora.streams[usize::from(moving.to)].oldest();
        let old = aurora.writer;
        let lost = aurora.promote(moving.to, self.now);
        let rpo = if lost == 0 { SimSpan::ZERO } else { ended.since(oldest.unwrap_or(ended)) };
        (aurora.rpo, aurora.rto, aurora.trouble) = (Some(rpo), Some(rto), None);
        self.meter.writes_lost(lost, self.now);
        self.tell_promoted(&moving, (old, stopped), lost);
        self.refresh_views(false);
        self.refresh_replication((false, false));
        self.refresh_trouble();
    }

    /// Callers, and replaced writers, that can reach the writer use it.
    fn refresh_views(&mut self, tell: bool) {
        let regions = self.world.regions.len() as u8;
        let writer = self.world.stores.aurora.writer;
        if self.world.regions[usize::from(writer)].down {
            return;
        }
        for region in 0..regions {
            let view = self.world.stores.aurora.views[usize::from(region)];
            let up = !self.world.regions[usize::from(region)].down;
            if view == writer || !up || self.no_way(region, writer) {
                continue;
            }
            self.world.stores.aurora.views[usize::from(region)] = writer;
            if view == region {
                let apart = std::mem::take(&mut self.world.stores.aurora.lost_apart);
                if tell {
                    self.tell_follows(region, apart);
                }
            }
        }
    }

    /// Notes what keeps writes from the writer.
    fn refresh_trouble(&mut self) {
        let aurora = &self.world.stores.aurora;
        let writer = aurora.writer;
        let cut_off = |region: &u8| {
            let (view, there) =
                (aurora.views[usize::from(*region)], &self.world.regions[usize::from(*region)]);
            view == writer && !there.down && self.world.severed(*region, writer)
        };
        let cut_off: Vec<u8> = (0..self.world.regions.len() as u8).filter(cut_off).collect();
        let trouble = if self.world.regions[usize::from(writer)].down {
            Some(Trouble::RegionDown)
        } else if aurora.instance_down[usize::from(writer)] {
            Some(Trouble::InstanceDown)
        } else {
            (!cut_off.is_empty()).then_some(Trouble::CutOff(cut_off))
        };
        let before = aurora.trouble.clone();
        if trouble == before.as_ref().map(|(before, _)| before.clone()) {
            return;
        }
        let since = before.map_or(self.now, |(_, since)| since);
        self.tell_trouble(trouble.as_ref(), since);
        self.world.stores.aurora.trouble = trouble.map(|trouble| (trouble, since));
    }
}
