//! The second that is being counted, and its close.

use super::{Crossing, Histogram, Meter};
use crate::mesh_view::stretch::{BillParts, CallsTo, Mean};
use crate::mesh_view::{Gauges, Stretch};
use crate::sim::cost::{Bill, Prices};
use crate::sim::time::SimSpan;

/// The second that is being counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Second {
    pub gauges: Gauges,
    pub latency: Histogram,
    pub local: u32,
    pub sent: u32,
    pub zone_bytes: u64,
    /// `Meter::dns_queries` at its start.
    pub dns_queries: u64,
    pub crossing: Vec<Crossing>,
    pub crossing_last: Vec<Crossing>,
    pub users_to: Vec<u32>,
    pub users_to_last: Vec<u32>,
    /// Tries by called service, caller's region and region sent to; those of users behind them.
    pub calls: Vec<CallsTo>,
    /// Who failed and who tried again; the rest of it is filled in at the close.
    pub parts: Stretch,
}

impl Meter {
    /// Closes the second: its gauges, with what only the engine knows filled in by the caller. `standing` is what it cost
    /// before any bytes and queries.
    pub fn close_second(&mut self, prices: &Prices, standing: &Bill) -> (Gauges, Stretch) {
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
        let parts = self.close_parts(&gauges, &bill);
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
        (gauges, parts)
    }

    /// What the second was made of.
    fn close_parts(&mut self, gauges: &Gauges, bill: &Bill) -> Stretch {
        let mut parts = std::mem::take(&mut self.second.parts);
        (parts.seconds, parts.end) = (1, self.second_ends.nanos());
        (parts.ok, parts.failed) = (u64::from(gauges.ok), u64::from(gauges.failed));
        (parts.p50, parts.p99) = (Mean::of(gauges.p50_ms), Mean::of(gauges.p99_ms));
        parts.bill = BillParts {
            pods: bill.pods,
            mesh: bill.mesh,
            control_plane: bill.control_plane,
            attachments: bill.attachments,
            dns: bill.dns,
            transfer: bill.transfer,
        };
        for calls in &mut self.second.calls {
            if (calls.sent, calls.ended, calls.own_ns) != (0, 0, 0) {
                parts.calls.push(*calls);
                (calls.sent, calls.ended, calls.own_ns) = (0, 0, 0);
            }
        }
        parts.crossed = self.crossed_pairs().collect();
        parts
    }
}
