//! Users come: the only draws that come from streams.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::rng::{Concern, Seed, Stream};
use crate::sim::scenario::{Arrivals, Scenario};
use crate::sim::time::SimTime;
use crate::sim::world::{NONE, Try};

/// Nanoseconds a second, times the thousandths in which rates are kept.
const NANOS_MILLI: f64 = 1e12;

/// The users of one region.
#[derive(Clone, Debug)]
pub(super) struct UserStream {
    stream: Stream,
    arrivals: Arrivals,
    rate_milli: u64,
    /// Thousandths that the rate is multiplied with.
    surge: u64,
    /// Grows when the rate changes: the arrival that was scheduled is void.
    epoch: u32,
    /// Where the present rate began, and how many have come at it.
    base: SimTime,
    count: u64,
    /// When the next comes; `None` while nobody does.
    next: Option<SimTime>,
    /// What was left of the gap, in mean gaps, when the rate fell to zero.
    left: f64,
}

impl UserStream {
    pub fn all(scenario: &Scenario, seed: Seed) -> Vec<Self> {
        let stream = |(region, users): (usize, &crate::sim::scenario::Users)| Self {
            stream: Stream::new(seed, Concern::Arrivals, region as u64),
            arrivals: users.arrivals,
            rate_milli: users.rate_milli,
            surge: 1000,
            epoch: 0,
            base: SimTime::ZERO,
            count: 0,
            next: None,
            left: f64::NAN,
        };
        scenario.users.iter().enumerate().map(stream).collect()
    }

    /// Requests a second at present.
    pub fn rate(&self) -> f64 {
        self.rate_milli as f64 * self.surge as f64 / 1e6
    }

    fn gap_nanos(&self) -> f64 {
        NANOS_MILLI / (self.rate_milli as f64 * self.surge as f64 / 1000.0)
    }

    fn advance(&mut self, now: SimTime) {
        self.next = if self.rate_milli * self.surge == 0 {
            None
        } else if self.arrivals == Arrivals::Constant {
            self.count += 1;
            // From the base each time, so that nothing is lost to rounding.
            let nanos = u128::from(self.count) * 1_000_000_000_000_000
                / (u128::from(self.rate_milli) * u128::from(self.surge));
            Some(SimTime::from_nanos(self.base.nanos() + nanos as u64))
        } else {
            let gap = self.gap_nanos();
            Some(SimTime::from_nanos(now.nanos() + self.stream.exponential(gap)))
        };
    }

    /// The rate changes: what is left of the present gap shrinks or grows with it.
    fn change_surge(&mut self, surge: u64, now: SimTime) {
        let left = match self.next {
            Some(next) => next.since(now).nanos() as f64 / self.gap_nanos(),
            None if self.left.is_nan() => 1.0,
            None => self.left,
        };
        self.surge = surge;
        self.epoch += 1;
        self.left = left;
        self.next = (self.rate_milli * surge > 0)
            .then(|| SimTime::from_nanos(now.nanos() + (left * self.gap_nanos()) as u64));
        if let Some(next) = self.next {
            (self.base, self.count) = (next, 0);
        }
    }
}

impl Engine {
    pub(super) fn schedule_arrival(&mut self, region: u8) {
        let users = &mut self.users[usize::from(region)];
        users.advance(self.now);
        if let Some(next) = users.next {
            self.queue.schedule(next, Event::Arrive { region, epoch: users.epoch });
        }
    }

    /// Thousandths that the rate of a region's users is multiplied with from now on.
    pub(super) fn set_surge(&mut self, region: u8, surge: u64) {
        let users = &mut self.users[usize::from(region)];
        if users.surge == surge {
            return;
        }
        users.change_surge(surge, self.now);
        if let Some(next) = users.next {
            self.queue.schedule(next, Event::Arrive { region, epoch: users.epoch });
        }
    }

    /// Requests a second that a region's users send at present.
    pub(in crate::sim) fn user_rate(&self, region: usize) -> f64 {
        self.users[region].rate()
    }

    /// When the next user of a region comes; `None` while nobody does.
    pub(in crate::sim) fn next_arrival(&self, region: usize) -> Option<SimTime> {
        self.users.get(region)?.next
    }

    pub(super) fn arrive(&mut self, region: u8, epoch: u32) {
        if self.users[usize::from(region)].epoch != epoch {
            return;
        }
        self.schedule_arrival(region);
        let request = self.requests;
        self.requests += 1;
        let scenario = &self.fixed.scenario;
        let writes = scenario.users[usize::from(region)].writes;
        let write = !writes.is_zero() && writes.hits(self.fixed.dice.draw(Concern::Write, request, 0, 0));
        let measured = self.meter.issued(self.now, write);
        let client = self.world.regions[usize::from(region)].client;
        let mut call = Try {
            request,
            began: self.now,
            call: 1,
            proxy: client,
            service: scenario.entry.service as u16,
            region,
            ..Try::EMPTY
        };
        call.flags.write = write;
        call.flags.measured = measured;
        call.proxy = self.route(client, &call);
        if client == NONE { self.come(call) } else { self.call_by_name(call) }
    }
}
