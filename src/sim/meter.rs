//! Counting: what a report and the gauges are made of. Counting decides nothing.

mod histogram;

use crate::mesh_view::Gauges;
use crate::sim::cost::{Bill, Ledger, Prices};
use crate::sim::time::{SimSpan, SimTime};

pub use histogram::Histogram;

/// Windows of which recovery is judged.
const WINDOW: SimSpan = SimSpan::from_seconds(10);
const SECOND: u64 = 1_000_000_000;

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

/// Users' requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    pub issued: u64,
    pub ok: u64,
    pub failed: u64,
    /// Tries beyond the first, of any call.
    pub retries: u64,
    /// The slowest that went well.
    pub slowest: SimSpan,
}

/// Calls to one service by proxies of one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Calls that have ended, retries within them.
    pub total: u64,
    pub ok: u64,
    /// Tries sent to each region.
    pub to: Vec<u64>,
    /// Tries in the caller's own region that have ended, and those of them that went well.
    pub local_ended: u64,
    pub local_ok: u64,
}

/// What went over a boundary of regions or zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crossing {
    pub calls: u64,
    pub bytes: u64,
}

/// What the data layer did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataCounts {
    /// Commits that no longer count.
    pub lost: u64,
    /// Writes that a concurrent later one has replaced.
    pub conflicts: u64,
    /// Its share of the bytes that crossed.
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Window {
    issued: u32,
    ok: u32,
    failed: u32,
}

/// The second that is being counted.
#[derive(Clone, Debug, Default)]
struct Second {
    gauges: Gauges,
    latency: Histogram,
    local: u32,
    sent: u32,
    zone_bytes: u64,
    /// `Meter::dns_queries` at its start.
    dns_queries: u64,
    crossing: Vec<Crossing>,
    crossing_last: Vec<Crossing>,
    users_to: Vec<u32>,
    users_to_last: Vec<u32>,
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
                ..Second::default()
            },
            second_ends: SimTime::from_nanos(SECOND),
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
    }

    /// A resolver asks Route 53.
    #[inline]
    pub fn dns_query(&mut self, measured: bool) {
        self.dns_queries += u64::from(measured);
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
                self.requests.slowest = self.requests.slowest.max(took);
            }
        }
    }

    /// A proxy of `region` sends a try for `service` to region `to`.
    #[inline]
    pub fn sent(&mut self, service: u16, region: u8, to: u8, retry: bool, measured: bool) {
        self.second.sent += 1;
        self.second.local += u32::from(region == to);
        self.second.gauges.retries += u32::from(retry);
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

    /// Closes the second: its gauges, with what only the engine knows filled in by the caller. `standing` is what it cost
    /// before any bytes and queries.
    pub fn close_second(&mut self, prices: &Prices, standing: &Bill) -> Gauges {
        let mut gauges = self.second.gauges;
        gauges.p50_ms = self.second.latency.percentile(50.0).map(SimSpan::as_millis_f64);
        gauges.p99_ms = self.second.latency.percentile(99.0).map(SimSpan::as_millis_f64);
        gauges.local_percent = (self.second.sent > 0)
            .then(|| 100.0 * f64::from(self.second.local) / f64::from(self.second.sent));
        let bill = Bill {
            transfer: prices.transfer_micro(gauges.cross_bytes * 3600),
            zones: prices.zones_micro(self.second.zone_bytes * 3600),
            dns: standing.dns
                + prices
                    .queries_micro((self.dns_queries - self.second.dns_queries) * 3600, self.latency_records),
            ..*standing
        };
        gauges.transfer_micro_usd_per_hour = bill.transfer;
        gauges.cost_micro_usd_per_hour = bill.total() - bill.zones;
        if self.second_ends > self.from {
            self.ledger.enter(&bill);
        }
        self.second.zone_bytes = 0;
        self.second.dns_queries = self.dns_queries;
        self.second.gauges = Gauges::default();
        self.second.latency.clear();
        (self.second.local, self.second.sent) = (0, 0);
        std::mem::swap(&mut self.second.crossing, &mut self.second.crossing_last);
        self.second.crossing.fill(Crossing::default());
        std::mem::swap(&mut self.second.users_to, &mut self.second.users_to_last);
        self.second.users_to.fill(0);
        self.second_ends = self.second_ends + SimSpan::from_seconds(1);
        gauges
    }

    /// How long after `since` the first 10 s window begins from which every window is at least 99 % well.
    pub fn recovered(&self, since: SimTime, now: SimTime) -> Option<SimSpan> {
        let well = |window: &Window| {
            let ended = window.ok + window.failed;
            if ended == 0 { window.issued == 0 } else { u64::from(window.ok) * 100 >= u64::from(ended) * 99 }
        };
        let first_possible = (since.nanos() / WINDOW.nanos()) as usize;
        let last = (now.nanos().saturating_sub(1) / WINDOW.nanos()) as usize;
        let empty = Window::default();
        let at = |index: usize| self.windows.get(index).unwrap_or(&empty);
        let bad = (first_possible..=last).rev().find(|&index| !well(at(index)));
        let start = bad.map_or(first_possible, |index| index + 1);
        (start <= last).then(|| (SimTime::ZERO + WINDOW.times(start as u64)).since(since))
    }

    #[inline]
    fn window(&mut self, now: SimTime) -> &mut Window {
        let index = (now.nanos() / WINDOW.nanos()) as usize;
        if index >= self.windows.len() {
            self.windows.resize(index + 1, Window::default());
        }
        &mut self.windows[index]
    }
}
