//! Looking at a run from outside.

use super::Engine;
use crate::mesh_view::{Gauges, LogLine};
use crate::sim::cost::Prices;
use crate::sim::meter::Meter;
use crate::sim::proxy::Rules;
use crate::sim::report::Report;
use crate::sim::rng::Seed;
use crate::sim::scenario::Scenario;
use crate::sim::sink::{Second, Sink};
use crate::sim::time::SimTime;
use crate::sim::trace::TraceHop;
use crate::sim::world::{Try, World};

impl Engine {
    /// The moment reached.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Users' requests that have not ended.
    pub fn open(&self) -> u64 {
        let users = |found: &Try| found.parent.is_none() && !found.flags.given_up && !found.is_probe();
        self.world.tries.iter().filter(|(_, found)| users(found)).count() as u64
    }

    /// Users' tries that somebody still works on or waits for; 0 when the mesh has come to rest.
    pub fn in_flight(&self) -> usize {
        self.world.tries.iter().filter(|(_, found)| !found.is_probe()).count()
    }

    /// A fingerprint of everything that has happened.
    pub fn digest(&self) -> String {
        self.digest.to_string()
    }

    /// What has been counted so far.
    pub fn report(&self) -> Report {
        Report::of(self)
    }

    /// Takes the log lines told since the last time; nothing unless [`super::Hearing::log`].
    pub fn take_log(&mut self) -> Vec<LogLine> {
        self.sink.take_log()
    }

    /// Takes the seconds closed since the last time, each with the moment it ended; nothing unless [`super::Hearing::seconds`].
    pub fn take_seconds(&mut self) -> Vec<(SimTime, Gauges)> {
        self.sink.take_seconds()
    }

    /// The same, each with what it is made of.
    pub(in crate::sim) fn take_details(&mut self) -> Vec<(SimTime, Gauges, Second)> {
        self.sink.take_details()
    }

    /// Takes what the followed request has done so far, in the order of its beginnings; nothing unless [`super::Hearing::trace`].
    pub fn take_trace(&mut self) -> Vec<TraceHop> {
        self.sink.take_trace()
    }

    /// Forgets what was told and not collected: what is kept of the past in a checkpoint is only what the future needs.
    pub fn forget_told(&mut self) {
        self.sink.forget();
    }

    /// Users' requests issued so far, which is the number of the next one.
    pub(in crate::sim) fn issued(&self) -> u64 {
        self.requests
    }

    /// Somebody still works on a user's request, or waits for it.
    pub(in crate::sim) fn is_open(&self, request: u64) -> bool {
        self.world.tries.iter().any(|(_, found)| found.request == request)
    }

    pub(in crate::sim) fn scenario(&self) -> &Scenario {
        &self.fixed.scenario
    }

    pub(in crate::sim) fn seed(&self) -> Seed {
        self.fixed.seed
    }

    pub(in crate::sim) fn world(&self) -> &World {
        &self.world
    }

    pub(in crate::sim) fn meter(&self) -> &Meter {
        &self.meter
    }

    pub(in crate::sim) fn sink(&self) -> &Sink {
        &self.sink
    }

    pub(in crate::sim) fn rules(&self) -> &Rules {
        &self.fixed.rules
    }

    pub(in crate::sim) fn prices(&self) -> &Prices {
        &self.fixed.prices
    }

    pub(in crate::sim) fn last_break(&self) -> Option<SimTime> {
        self.last_break
    }
}
