//! Tries in flight: one slot each, used again when they end.

use crate::sim::event::TryRef;
use crate::sim::policy::retry::Outcome;
use crate::sim::time::SimTime;
use crate::sim::world::{Host, NONE, PodId, ProxyId};

/// Tries of one call at most: the first and ten retries.
pub const TRIES_MAX: usize = 11;

/// Numbers of users' requests are below, those of checkers' from here on.
pub const PROBES: u64 = 1 << 63;

/// One try of one call, seen from both of its ends: for the caller an open request to an endpoint, for the pod the
/// call it works on.
///
/// Where the two part (the caller gives up, the pod dies) the caller's end moves to a slot of its own, and events
/// and calls that belong to the other end still find the old one, or find it gone.
#[derive(Clone, Copy, Debug)]
pub struct Try {
    /// The user's request, counted from 0.
    pub request: u64,
    /// When the call began, all tries included.
    pub began: SimTime,
    /// When this try was sent.
    pub sent: SimTime,
    /// Its number among the recorded hops.
    pub hop: u64,
    /// The call that this one is part of; `None` for a user's.
    pub parent: Option<TryRef>,
    pub generation: u32,
    /// Which call of the request this is: a key for dice, the same under every policy.
    pub call: u32,
    /// Who sends it; `NONE` for the load balancer.
    pub proxy: ProxyId,
    pub pod: PodId,
    /// The endpoint of the proxy that it was sent to.
    pub host: Host,
    pub service: u16,
    /// The caller's region.
    pub region: u8,
    /// Which try, from 0.
    pub attempt: u8,
    /// The next step of the pod's work.
    pub step: u8,
    pub outcome: Outcome,
    pub cause: Cause,
    /// What it has of its proxy's connection pool, where the pool has limits.
    pub held: Held,
    pub flags: Flags,
    /// Endpoints and levels of all tries so far, this one included.
    pub tried: [Host; TRIES_MAX],
    pub tried_levels: [u8; TRIES_MAX],
}

/// Who began a failure that went up through the callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    pub service: u16,
    pub pod: PodId,
    pub outcome: Outcome,
    pub within: Within,
}

impl Cause {
    /// One that began with the pod itself, or on the way to it.
    pub const fn new(service: u16, pod: PodId, outcome: Outcome) -> Self {
        Self { service, pod, outcome, within: Within::Itself }
    }
}

/// What of a pod a failure began with: for the log alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    Itself,
    /// Its queue was full.
    Queue,
    /// A store that it cannot do without.
    Aurora,
    DynamoDb,
}

/// A try's part in a connection pool with limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Nothing,
    /// A place in the queue for a connection.
    Place,
    /// A connection that is being made.
    Attempt,
    /// The same, but the caller has given up: only the attempt goes on.
    LoneAttempt,
    /// A connection.
    Connection,
}

/// Yes-or-no facts of a try.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts; a state machine would multiply them")]
pub struct Flags {
    pub live: bool,
    /// The user's request writes.
    pub write: bool,
    /// It counts in the report.
    pub measured: bool,
    /// A connection stands, so the caller counts it as active.
    pub connected: bool,
    /// It is on its way to the pod, at work there, or on its way back.
    pub in_flight: bool,
    /// It has failed and waits to be tried again.
    pub waiting: bool,
    /// The caller has given it up; only the pod still knows it.
    pub given_up: bool,
    /// Nothing will come back from the pod.
    pub silent: bool,
    /// Caller and pod are in different regions.
    pub crosses: bool,
    /// Caller and pod are in different zones of one region.
    pub crosses_zone: bool,
    /// It goes through a gateway.
    pub gateway: bool,
    /// Its call counts among those that are tried again, where their number is limited.
    pub retrying: bool,
    /// Some try of the call, or of the calls below it, went to another region.
    pub went_far: bool,
    /// Some call below it was tried again.
    pub took_two: bool,
}

impl Try {
    /// A try of nothing, to be filled in.
    pub const EMPTY: Self = Self {
        request: 0,
        began: SimTime::ZERO,
        sent: SimTime::ZERO,
        hop: 0,
        parent: None,
        generation: 0,
        call: 0,
        proxy: NONE,
        pod: NONE,
        host: 0,
        service: 0,
        region: 0,
        attempt: 0,
        step: 0,
        outcome: Outcome::Status(200),
        cause: Cause::new(0, NONE, Outcome::Status(200)),
        held: Held::Nothing,
        flags: Flags {
            live: false,
            write: false,
            measured: false,
            connected: false,
            in_flight: false,
            waiting: false,
            given_up: false,
            silent: false,
            crosses: false,
            crosses_zone: false,
            gateway: false,
            retrying: false,
            went_far: false,
            took_two: false,
        },
        tried: [NONE; TRIES_MAX],
        tried_levels: [0; TRIES_MAX],
    };

    /// It belongs to a request that Route 53's checkers made, and no user: such requests have numbers of their own.
    #[inline]
    pub fn is_probe(&self) -> bool {
        self.request >= PROBES
    }

    /// Endpoints tried before this try.
    pub fn tried_before(&self) -> &[Host] {
        &self.tried[..usize::from(self.attempt).min(TRIES_MAX)]
    }
}

/// All tries in flight.
#[derive(Clone, Debug, Default)]
pub struct Slab {
    slots: Vec<Try>,
    free: Vec<u32>,
}

impl Slab {
    /// Puts a try into a slot.
    #[inline]
    pub fn insert(&mut self, mut made: Try) -> TryRef {
        made.flags.live = true;
        if let Some(slot) = self.free.pop() {
            let place = &mut self.slots[slot as usize];
            made.generation = place.generation;
            *place = made;
            return TryRef { slot, generation: made.generation };
        }
        made.generation = 0;
        self.slots.push(made);
        TryRef { slot: (self.slots.len() - 1) as u32, generation: 0 }
    }

    /// The try, unless it has ended.
    #[inline]
    pub fn get(&self, of: TryRef) -> Option<&Try> {
        self.slots.get(of.slot as usize).filter(|found| found.flags.live && found.generation == of.generation)
    }

    /// The same, to change it.
    #[inline]
    pub fn get_mut(&mut self, of: TryRef) -> Option<&mut Try> {
        let found = self.slots.get_mut(of.slot as usize)?;
        (found.flags.live && found.generation == of.generation).then_some(found)
    }

    /// Gives the slot back; every event and every call that still names the try finds nothing from now on.
    #[inline]
    pub fn remove(&mut self, of: TryRef) {
        let found = &mut self.slots[of.slot as usize];
        debug_assert!(found.flags.live && found.generation == of.generation, "a try ended twice");
        found.generation = found.generation.wrapping_add(1);
        found.flags.live = false;
        self.free.push(of.slot);
    }

    /// All tries in flight, in order of their slots.
    pub fn iter(&self) -> impl Iterator<Item = (TryRef, &Try)> {
        self.slots
            .iter()
            .enumerate()
            .filter(|(_, found)| found.flags.live)
            .map(|(slot, found)| (TryRef { slot: slot as u32, generation: found.generation }, found))
    }
}
