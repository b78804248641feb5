//! What a run tells the outside while it goes: log lines, seconds, hops. Nothing here is heard by the run itself.

use std::collections::VecDeque;

use crate::mesh_view::{Gauges, HopOutcome, LogKind, LogLine, PlaceId, Stretch};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::trace::{TraceHop, TraceKind};

/// How long hops are kept: what a view shows, and a little more.
const HOPS_KEPT: SimSpan = SimSpan::from_millis(2_500);

/// Who listens to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearing {
    /// Log lines are composed.
    pub log: bool,
    /// Seconds are kept.
    pub seconds: bool,
    /// Hops of the last two seconds are kept.
    pub hops: bool,
    /// The user request, counted from 0, that is followed through the mesh.
    pub trace: Option<u64>,
}

impl Hearing {
    /// Nobody listens: as fast as it goes.
    pub const NOTHING: Self = Self { log: false, seconds: false, hops: false, trace: None };
    /// Everything is kept for whoever collects it; which request to follow must be said.
    pub const ALL: Self = Self { log: true, seconds: true, hops: true, trace: None };
}

/// What a run has told and nobody has collected yet.
#[derive(Clone, Debug)]
pub struct Sink {
    pub hearing: Hearing,
    log: Vec<LogLine>,
    /// The second each row closes at, and the row.
    seconds: Vec<(SimTime, Gauges)>,
    /// What each of those rows is made of.
    details: Vec<Second>,
    hops: VecDeque<Hop>,
    /// The number of the first hop that is kept.
    first_hop: u64,
    traced: Vec<TraceHop>,
}

/// What a second was made of.
#[derive(Clone, Debug)]
pub struct Second {
    pub parts: Stretch,
    /// How each pod was, one [`crate::mesh_view::HeatCell`] each.
    pub pods: Box<[u8]>,
    /// Nothing was broken in it, and nothing went wrong.
    pub well: bool,
}

/// One try on its way, as it will be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Hop {
    pub request: u64,
    pub attempt: u8,
    pub from: PlaceId,
    pub to: PlaceId,
    pub start: SimTime,
    pub took: Option<SimSpan>,
    pub outcome: HopOutcome,
    pub crosses: bool,
}

impl Sink {
    pub fn new(hearing: Hearing) -> Self {
        Self {
            hearing,
            log: Vec::new(),
            seconds: Vec::new(),
            details: Vec::new(),
            hops: VecDeque::new(),
            first_hop: 0,
            traced: Vec::new(),
        }
    }

    /// A line of the Why log.
    pub fn line(&mut self, at: SimTime, kind: LogKind, subject: String, text: String) {
        self.log.push(LogLine { at: at.nanos(), kind, subject, text });
    }

    /// A second has been closed.
    pub fn second(&mut self, end: SimTime, gauges: Gauges, second: Second) {
        if self.hearing.seconds {
            self.seconds.push((end, gauges));
            self.details.push(second);
        }
    }

    /// A try is sent; its number among all hops.
    #[inline]
    pub fn hop(&mut self, hop: Hop) -> u64 {
        if !self.hearing.hops {
            return 0;
        }
        while self.hops.front().is_some_and(|old| old.start + HOPS_KEPT < hop.start) {
            self.hops.pop_front();
            self.first_hop += 1;
        }
        self.hops.push_back(hop);
        self.first_hop + self.hops.len() as u64 - 1
    }

    /// A hop has ended.
    #[inline]
    pub fn hop_ended(&mut self, number: u64, now: SimTime, ok: bool) {
        if !self.hearing.hops {
            return;
        }
        let index = number.checked_sub(self.first_hop).map(|index| index as usize);
        if let Some(hop) = index.and_then(|index| self.hops.get_mut(index))
            && hop.outcome == HopOutcome::Open
        {
            hop.took = Some(now.since(hop.start));
            hop.outcome = if ok { HopOutcome::Ok } else { HopOutcome::Failed };
        }
    }

    /// Whether this request is followed.
    #[inline]
    pub fn traces(&self, request: u64) -> bool {
        self.hearing.trace == Some(request)
    }

    /// The followed request does something new.
    pub fn trace(&mut self, hop: TraceHop) {
        self.traced.push(hop);
    }

    /// The last try or wait of a call ends, unless it has ended before.
    pub fn trace_ends(&mut self, call: u32, now: SimTime, outcome: String) {
        let last = self.traced.iter_mut().rev().find(|hop| hop.call == call && hop.kind != TraceKind::Store);
        let Some(hop) = last else { return };
        let so_far = now.since(hop.start);
        if hop.took.is_none_or(|took| took > so_far) {
            hop.took = Some(so_far);
            hop.outcome = Some(outcome);
        }
    }

    /// The last try of a call waits in its pod's queue.
    pub fn trace_queues(&mut self, call: u32, queued: SimSpan) {
        if let Some(hop) = self.traced.iter_mut().rev().find(|hop| hop.call == call) {
            hop.queued = Some(queued);
        }
    }

    /// Takes what the followed request has done, in the order of its beginnings.
    pub fn take_trace(&mut self) -> Vec<TraceHop> {
        let mut traced = std::mem::take(&mut self.traced);
        traced.sort_by_key(|hop| hop.start);
        traced
    }

    /// The kept hops with the number of the first, oldest first.
    pub fn hops(&self) -> (u64, &VecDeque<Hop>) {
        (self.first_hop, &self.hops)
    }

    /// Takes the log lines told since the last time.
    pub fn take_log(&mut self) -> Vec<LogLine> {
        std::mem::take(&mut self.log)
    }

    /// Takes the seconds closed since the last time.
    pub fn take_seconds(&mut self) -> Vec<(SimTime, Gauges)> {
        self.details.clear();
        std::mem::take(&mut self.seconds)
    }

    /// The same, and what each is made of.
    pub fn take_details(&mut self) -> Vec<(SimTime, Gauges, Second)> {
        let (seconds, details) = (std::mem::take(&mut self.seconds), std::mem::take(&mut self.details));
        seconds.into_iter().zip(details).map(|((end, gauges), second)| (end, gauges, second)).collect()
    }

    /// Forgets all that was told and goes on as `hearing` says: what a checkpoint keeps of a sink.
    pub fn forget(&mut self) {
        self.log = Vec::new();
        self.seconds = Vec::new();
        self.details = Vec::new();
        self.first_hop += self.hops.len() as u64;
        self.hops = VecDeque::new();
        self.traced = Vec::new();
    }
}

/// A fingerprint of everything that happened, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Digest {
    /// Takes in one word; order matters.
    #[inline]
    pub fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bits = self.0;
        bits = (bits ^ (bits >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        write!(f, "{:016x}", bits ^ (bits >> 32))
    }
}
