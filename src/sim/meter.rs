//! Counting: what a report and the gauges are made of. Counting decides nothing.

mod counts;
mod histogram;
mod parts;
mod recovery;
mod second;

use crate::sim::cost::Ledger;
use crate::sim::time::{SimSpan, SimTime};

pub use counts::{Calls, Crossing, DataCounts, Requests};
pub use histogram::Histogram;

use recovery::Window;
use second::Second;
/// All counts of a run.
#[derive(Clone, Debug)]
pub struct Meter {
    /// Only requests issued from here on count in the report.
    pub from: SimTime,
    pub requests: Requests,
    pub latency: Histogram,
    regions: usize,
    /// One entry for each service and caller region.
    calls: Vec<Calls>,
    pub crossing: Crossing,
    /// What went from one zone to another inside a region.
    pub zone_crossing: Crossing,
    pub ledger: Ledger,
    pub writes: u64,
    pub data: DataCounts,
    /// Queries to the clusters' own DNS.
    pub cluster_queries: u64,
    /// Questions that resolvers asked Route 53.
    pub dns_queries: u64,
    /// Route 53 answers by latency, which costs more a query.
    pub latency_records: bool,
    /// Users' requests by the users' region, then by the region whose load balancer they were sent to.
    users_to: Vec<u64>,
    windows: Vec<Window>,
    second: Second,
    /// The end of the second that is being counted.
    second_ends: SimTime,
}

impl Meter {
    /// A meter that has counted nothing.
    pub fn new(regions: usize, services: usize) -> Self {
        let calls = Calls { to: vec![0; regions], ..Calls::default() };
        let crossing = vec![Crossing::default(); regions * regions];
        Self {
            from: SimTime::ZERO,
            requests: Requests::default(),
            latency: Histogram::default(),
            regions,
            calls: vec![calls; regions * services],
            crossing: Crossing::default(),
            zone_crossing: Crossing::default(),
            ledger: Ledger::default(),
            writes: 0,
            data: DataCounts::default(),
            cluster_queries: 0,
            dns_queries: 0,
            latency_records: false,
            users_to: vec![0; regions * regions],
            windows: Vec::new(),
            second: Second {
                crossing: crossing.clone(),
                crossing_last: crossing,
                users_to: vec![0; regions * regions],
                users_to_last: vec![0; regions * regions],
                calls: parts::calls(services, regions),
                ..Second::default()
            },
            second_ends: SimTime::ZERO + SimSpan::from_seconds(1),
        }
    }

    /// Calls to a service by proxies of a region.
    pub fn calls(&self, service: usize, region: usize) -> &Calls {
        &self.calls[service * self.regions + region]
    }

    /// What crossed between two regions in the last whole second, both ways.
    pub fn crossing_last(&self, one: usize, other: usize) -> Crossing {
        let (there, back) = (
            self.second.crossing_last[one * self.regions + other],
            self.second.crossing_last[other * self.regions + one],
        );
        Crossing { calls: there.calls + back.calls, bytes: there.bytes + back.bytes }
    }

    /// A user sends a request; whether it counts in the report.
    #[inline]
    pub fn issued(&mut self, now: SimTime, write: bool) -> bool {
        let measured = now >= self.from;
        if measured {
            self.requests.issued += 1;
            self.writes += u64::from(write);
        }
        self.window(now).issued += 1;
        measured
    }

    /// A user of `region` is sent to the load balancer of region `to`.
    #[inline]
    pub fn user_sent(&mut self, region: u8, to: u8, measured: bool) {
        let place = usize::from(region) * self.regions + usize::from(to);
        self.users_to[place] += u64::from(measured);
        self.second.users_to[place] += 1;
        let place = self.place(None, region, to);
        self.second.calls[place].sent += 1;
    }

    /// A resolver asks Route 53.
    #[inline]
    pub fn dns_query(&mut self, measured: bool) {
        self.dns_queries += u64::from(measured);
    }

    /// Requests that ended well and badly up to the end of the last whole second.
    pub fn ended_in_whole_seconds(&self) -> (u64, u64) {
        let open = &self.second.gauges;
        let (ok, failed) = (self.requests.ok, self.requests.failed);
        (ok.saturating_sub(u64::from(open.ok)), failed.saturating_sub(u64::from(open.failed)))
    }

    /// Where the users of a region were sent, by region: all of them, and those of the last whole second.
    pub fn users_to(&self, region: usize) -> (&[u64], &[u32]) {
        let own = region * self.regions..(region + 1) * self.regions;
        (&self.users_to[own.clone()], &self.second.users_to_last[own])
    }

    /// A user's request has ended.
    #[inline]
    pub fn finished(&mut self, now: SimTime, took: SimSpan, ok: bool, measured: bool) {
        let window = self.window(now);
        if ok {
            window.ok += 1;
            self.second.gauges.ok += 1;
            self.second.latency.add(took);
        } else {
            window.failed += 1;
            self.second.gauges.failed += 1;
        }
        if measured {
            self.requests.ok += u64::from(ok);
            self.requests.failed += u64::from(!ok);
            if ok {
                self.latency.add(took);
            }
        }
    }

    /// A proxy of `region` sends a try for `service` to region `to`.
    #[inline]
    pub fn sent(&mut self, service: u16, region: u8, to: u8, retry: bool, measured: bool) {
        self.second.sent += 1;
        self.second.local += u32::from(region == to);
        self.second.gauges.retries += u32::from(retry);
        let place = self.place(Some(service), region, to);
        self.second.calls[place].sent += 1;
        if measured {
            self.calls[usize::from(service) * self.regions + usize::from(region)].to[usize::from(to)] += 1;
            self.requests.retries += u64::from(retry);
        }
        if region != to {
            self.second.gauges.crossing += 1;
            self.second.crossing[usize::from(region) * self.regions + usize::from(to)].calls += 1;
            self.crossing.calls += u64::from(measured);
        }
    }

    /// Bytes go over the boundary between two regions.
    #[inline]
    pub fn crossed(&mut self, from: u8, to: u8, bytes: u64, measured: bool) {
        self.second.gauges.cross_bytes += bytes;
        self.second.crossing[usize::from(from) * self.regions + usize::from(to)].bytes += bytes;
        if measured {
            self.crossing.bytes += bytes;
        }
    }

    /// Commits have turned out not to count.
    pub fn writes_lost(&mut self, writes: u64, now: SimTime) {
        self.data.lost += if now >= self.from { writes } else { 0 };
    }

    /// Writes have lost against concurrent ones.
    pub fn conflicts(&mut self, writes: u64, now: SimTime) {
        self.data.conflicts += if now >= self.from { writes } else { 0 };
    }

    /// A try goes to another zone of the caller's region.
    #[inline]
    pub fn sent_to_zone(&mut self, measured: bool) {
        self.zone_crossing.calls += u64::from(measured);
    }

    /// Bytes go from one zone of a region to another.
    #[inline]
    pub fn crossed_zone(&mut self, bytes: u64, measured: bool) {
        self.second.zone_bytes += bytes;
        if measured {
            self.zone_crossing.bytes += bytes;
        }
    }

    /// A try in the caller's own region has ended.
    #[inline]
    pub fn ended_locally(&mut self, service: u16, region: u8, ok: bool) {
        let calls = &mut self.calls[usize::from(service) * self.regions + usize::from(region)];
        calls.local_ended += 1;
        calls.local_ok += u64::from(ok);
    }

    /// A call has ended, all tries included.
    #[inline]
    pub fn called(&mut self, service: u16, region: u8, ok: bool) {
        let calls = &mut self.calls[usize::from(service) * self.regions + usize::from(region)];
        calls.total += 1;
        calls.ok += u64::from(ok);
    }

    /// A caller has looked up a name in its cluster's DNS.
    pub fn looked_up(&mut self, now: SimTime, queries: u64) {
        if now >= self.from {
            self.cluster_queries += queries;
        }
    }

    /// When the second that is being counted ends.
    #[inline]
    pub fn second_ends(&self) -> SimTime {
        self.second_ends
    }
}
