//! What a second is made of: where tries went and how long they took there, who failed and why.

use super::Meter;
use crate::mesh_view::stretch::{self, CallsTo, Crossed, Trouble};
use crate::mesh_view::{Reason, Stretch};
use crate::sim::time::SimSpan;

/// A cell for each called service, caller's region and region sent to; then those of users.
pub(super) fn calls(services: usize, regions: usize) -> Vec<CallsTo> {
    let mut cells = Vec::with_capacity((services + 1) * regions * regions);
    for service in 0..=services {
        for from in 0..regions as u8 {
            for to in 0..regions as u8 {
                let by_users = service == services;
                let service = if by_users { 0 } else { service as u16 };
                cells.push(CallsTo { service, from, to, by_users, ..CallsTo::default() });
            }
        }
    }
    cells
}

impl Meter {
    /// Where tries to a service are counted; `None`: a user's, through a load balancer.
    #[inline]
    pub(super) fn place(&self, service: Option<u16>, from: u8, to: u8) -> usize {
        let users = self.second.calls.len() / (self.regions * self.regions) - 1;
        let service = service.map_or(users, usize::from);
        (service * self.regions + usize::from(from)) * self.regions + usize::from(to)
    }

    /// A try has ended well after so long.
    #[inline]
    pub fn took(&mut self, service: Option<u16>, from: u8, to: u8, span: SimSpan) {
        let place = self.place(service, from, to);
        let calls = &mut self.second.calls[place];
        calls.ended += 1;
        calls.own_ns += span.nanos() as i64;
    }

    /// So much of a try's time its pod has waited for a call of its own.
    #[inline]
    pub fn waited(&mut self, service: Option<u16>, from: u8, to: u8, span: SimSpan) {
        let place = self.place(service, from, to);
        self.second.calls[place].own_ns -= span.nanos() as i64;
    }

    /// A user's request has ended well: whether any of its tries crossed, and whether any was made again.
    #[inline]
    pub fn went(&mut self, crossed: bool, retried: bool, took: SimSpan) {
        self.second.parts.by_way[Stretch::way(crossed, retried)].add(took.nanos());
    }

    /// A request of a user of `region` has failed because of a service.
    pub fn failed_because(&mut self, region: u8, service: u16, reason: Reason) {
        stretch::count(&mut self.second.parts.failures, Trouble { region, service, reason, count: 1 });
    }

    /// A proxy of `region` sends a try again, because of how the one before ended.
    pub fn retried_because(&mut self, region: u8, service: u16, reason: Reason) {
        stretch::count(&mut self.second.parts.retries, Trouble { region, service, reason, count: 1 });
    }

    /// A proxy has ejected an endpoint.
    pub fn ejected(&mut self) {
        self.second.parts.ejections += 1;
    }

    /// So much has gone between regions to data stores and from them; the bytes are among those that crossed.
    pub fn stored(&mut self, bytes: u64) {
        self.second.parts.store_bytes += bytes;
    }

    /// What has crossed in the second that ends, pair by pair.
    pub(super) fn crossed_pairs(&self) -> impl Iterator<Item = Crossed> {
        let regions = self.regions;
        self.second.crossing.iter().enumerate().filter(|(_, seen)| seen.calls + seen.bytes > 0).map(
            move |(at, seen)| Crossed {
                from: (at / regions) as u8,
                to: (at % regions) as u8,
                calls: seen.calls,
                bytes: seen.bytes,
            },
        )
    }
}
