//! What is told of the data stores.

use super::QUIET;
use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::intervention::Target;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Move, Trouble, Waited};

/// What has been told of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The next old row that is read is news: replication has stood still, or been made to lag, since the last one. Without
    /// that old rows are read all the time, as long as replication takes, and are only counted.
    stale_is_news: bool,
    /// Old rows read when it was last looked at.
    stale_before: u64,
    conflict: Option<SimTime>,
}

impl Engine {
    fn data_line(&mut self, kind: LogKind, store: &Target, text: &str) {
        let text = format!("{}: {text}", store_name(store));
        self.line(kind, store.to_string(), text);
    }

    fn told_of(&self, store: &Target) -> bool {
        let stores = &self.world.stores;
        let written = if *store == Target::Aurora { stores.aurora_written } else { stores.dynamodb_written };
        self.heard() && written
    }

    /// Writes no longer reach the writer, or they do again.
    pub(in crate::sim::engine) fn tell_trouble(&mut self, trouble: Option<&Trouble>, since: SimTime) {
        if !self.told_of(&Target::Aurora) {
            return;
        }
        let writer = self.region_name(self.world.stores.aurora.writer);
        let wait = self.fixed.rules.connect_timeout;
        let (kind, text) = match trouble {
            None => {
                let text =
                    format!("{writer}'s writer takes all writes again, after {}", seconds(self.since(since)));
                (LogKind::Recovery, text)
            }
            Some(Trouble::RegionDown) => {
                let text = format!(
                    "the writer is down with its region {writer}: each write waits {wait} for a connection and fails; \
                     reads go on"
                );
                (LogKind::Failure, text)
            }
            Some(Trouble::InstanceDown) => {
                let text =
                    format!("{writer}'s writer instance is down: each write fails at once; reads go on");
                (LogKind::Failure, text)
            }
            Some(Trouble::CutOff(regions)) => {
                let names: Vec<String> = regions.iter().map(|&region| self.region_name(region)).collect();
                let text = format!(
                    "the writer in {writer} cannot be reached from {}: each write from there waits {wait} for a \
                     connection and fails",
                    names.join(", ")
                );
                (LogKind::Failure, text)
            }
        };
        self.data_line(kind, &Target::Aurora, &text);
    }

    /// A promotion has begun.
    pub(in crate::sim::engine) fn tell_promoting(&mut self, to: u8, planned: bool) {
        if !self.heard() {
            return;
        }
        let (old, new) = (self.region_name(self.world.stores.aurora.writer), self.region_name(to));
        let stores = &self.world.stores;
        let text = if planned {
            let pending = stores.aurora.streams[usize::from(to)].pending();
            let first = match pending {
                0 => "nothing is on the way".to_owned(),
                1 => "1 write on the way must arrive".to_owned(),
                more => format!("{more} writes on the way must arrive"),
            };
            format!("switchover to {new}: {old} takes no more writes; {first}, then {}", stores.switchover)
        } else {
            format!(
                "failover to {new}: {old} cannot hand over, so what has not arrived by then is lost; done in {}",
                stores.promotion
            )
        };
        self.data_line(LogKind::Control, &Target::Aurora, &text);
    }

    /// A promotion was asked for that cannot be.
    pub(in crate::sim::engine) fn tell_not_promoted(&mut self, to: u8, busy: bool, down: bool) {
        if !self.heard() {
            return;
        }
        let name = self.region_name(to);
        let why = if busy {
            "another promotion is under way"
        } else if down {
            "it is down"
        } else {
            "it is the writer already"
        };
        self.data_line(LogKind::Control, &Target::Aurora, &format!("{name} is not promoted: {why}"));
    }

    /// A promotion cannot go on.
    pub(in crate::sim::engine) fn tell_given_up(&mut self, moving: &Move) {
        if !self.heard() {
            return;
        }
        let (old, new) = (self.region_name(self.world.stores.aurora.writer), self.region_name(moving.to));
        let text = if moving.planned {
            format!(
                "the switchover to {new} is given up, because it and {old} must both be well; {old} stays the writer"
            )
        } else {
            format!("the failover to {new} is given up, because {new} is down; {old} stays the writer")
        };
        self.data_line(LogKind::Control, &Target::Aurora, &text);
    }

    /// A promotion is done, with what it has cost; `stopped`: the old writer took no writes meanwhile.
    pub(in crate::sim::engine) fn tell_promoted(
        &mut self,
        moving: &Move,
        (old, stopped): (u8, bool),
        lost: u64,
    ) {
        if !self.heard() {
            return;
        }
        let (old, new) = (self.region_name(old), self.region_name(moving.to));
        let aurora = &self.world.stores.aurora;
        let (rpo, rto) = (aurora.rpo.unwrap_or_default(), aurora.rto.unwrap_or_default());
        let what = if stopped { "writes failed for" } else { "it took" };
        let rto = format!("{what} {} (RTO)", seconds(rto));
        let text = if lost == 0 {
            format!("{new} is the writer: it has every write committed in {old} (RPO 0); {rto}")
        } else {
            let were = if lost == 1 { "was" } else { "were" };
            format!(
                "{new} is the writer: {} committed in {old} had not arrived and {were} lost (RPO {}); {rto}",
                writes(lost),
                seconds(rpo)
            )
        };
        self.data_line(LogKind::Recovery, &Target::Aurora, &text);
    }

    /// A writer that has been replaced and does not know takes a write: told for the first.
    pub(in crate::sim::engine) fn tell_split_brain(&mut self, region: u8) {
        if !self.heard() || self.world.stores.aurora.lost_apart != 1 {
            return;
        }
        let (old, new) = (self.region_name(region), self.region_name(self.world.stores.aurora.writer));
        let text = format!(
            "{old} cannot hear that {new} is the writer and goes on taking writes: all of them will be lost (split brain)"
        );
        self.data_line(LogKind::Failure, &Target::Aurora, &text);
    }

    /// A writer that has been replaced learns of it.
    pub(in crate::sim::engine) fn tell_follows(&mut self, region: u8, apart: u64) {
        if !self.told_of(&Target::Aurora) {
            return;
        }
        let (old, new) = (self.region_name(region), self.region_name(self.world.stores.aurora.writer));
        let lost = match apart {
            0 => String::new(),
            apart => format!(", and the {} it took apart are lost", writes(apart)),
        };
        let text = format!("{old} learns that {new} is the writer: it only reads from now on{lost}");
        self.data_line(LogKind::Control, &Target::Aurora, &text);
    }

    /// Replication has come to a stop from these regions to those.
    pub(in crate::sim::engine) fn tell_stalled(&mut self, store: &Target, ways: &[(u8, u8)]) {
        if ways.is_empty() {
            return;
        }
        self.memory.data.stale_is_news |= *store == Target::Aurora;
        if !self.told_of(store) {
            return;
        }
        let stores = &self.world.stores;
        let pending = |&(from, to): &(u8, u8)| match store {
            Target::Aurora => stores.aurora.streams[usize::from(to)].pending(),
            _ => stores.dynamodb.stream(from, to).pending(),
        };
        let waiting: u64 = ways.iter().map(pending).sum();
        let names: Vec<String> = ways
            .iter()
            .map(|&(from, to)| format!("{} to {}", self.region_name(from), self.region_name(to)))
            .collect();
        let waits = match waiting {
            0 => String::new(),
            1 => "; 1 write on the way waits".to_owned(),
            more => format!("; {more} writes on the way wait"),
        };
        let text = format!("replication stands still from {}{waits}", names.join(" and from "));
        self.data_line(LogKind::Failure, store, &text);
    }

    /// Replication has been made to lag more.
    pub(in crate::sim::engine) fn expect_stale(&mut self) {
        self.memory.data.stale_is_news = true;
    }

    /// What had waited for a link or a region has arrived.
    pub(in crate::sim::engine) fn tell_caught_up(&mut self, store: &Target, to: u8, waited: &Waited) {
        if self.told_of(store) {
            let name = self.region_name(to);
            let behind = seconds(self.since(waited.since));
            let text = format!("{name} has caught up with {}; it was {behind} behind", writes(waited.writes));
            self.data_line(LogKind::Recovery, store, &text);
        }
    }

    /// A read has returned an older row than the writer has.
    pub(in crate::sim::engine) fn tell_stale(&mut self, now: SimTime) {
        let stale = self.world.stores.reads.stale();
        if self.memory.data.stale_before == stale {
            return;
        }
        self.memory.data.stale_before = stale;
        let news = std::mem::take(&mut self.memory.data.stale_is_news);
        if !news || !self.heard() {
            return;
        }
        let writer = self.region_name(self.world.stores.aurora.writer);
        let text = format!(
            "Aurora: a read outside {writer} returned an old row; its newest write, committed in {writer}, had not arrived"
        );
        self.sink.line(now, LogKind::Failure, Target::Aurora.to_string(), text);
    }

    /// A write has replaced a concurrent one.
    pub(in crate::sim::engine) fn tell_conflict(&mut self, region: u8) {
        let last = self.memory.data.conflict.replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let name = self.region_name(region);
            let all = self.world.stores.dynamodb.conflicts;
            let text = format!(
                "{name} writes an item that another region has written and {name} has not seen: the last writer wins, the \
                 other write is gone (conflict {all})"
            );
            self.data_line(LogKind::Failure, &Target::DynamoDb, &text);
        }
    }

    fn since(&self, moment: SimTime) -> SimSpan {
        self.now.since(moment)
    }
}

fn store_name(store: &Target) -> &'static str {
    if *store == Target::Aurora { "Aurora" } else { "DynamoDB" }
}

fn writes(count: u64) -> String {
    if count == 1 { "1 write".to_owned() } else { format!("{count} writes") }
}

/// `0.6 s`, `61.2 s`.
fn seconds(span: SimSpan) -> String {
    format!("{:.1} s", span.as_millis_f64() / 1000.0)
}
