//! Names in Route 53 that lead callers of a federation to the ingress gateway of a region (`federation.pick=gateway`).
//!
//! One record a region by latency, each with a TCP health check of the gateway: the caller's own region is nearest, and
//! is answered while its gateway accepts connections. The check sees the gateway alone; that no pod is left behind it,
//! or that all answer 503, it does not see. A caller keeps an answer for the record's TTL.

use super::Engine;
use crate::sim::rng::{Concern, below, draw};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::GatewayCheck;

impl Engine {
    /// Asks for the name again if the caller's answer has expired.
    pub(super) fn ask_for_gateway(&mut self, proxy: u16) {
        let kept = self.fixed.rules.names.kept;
        let found = &self.world.proxies[usize::from(proxy)];
        if self.now < found.asks_at() {
            return;
        }
        let own = found.site.region;
        let answer = self.answer_for(own);
        let first = found.asks_at() == SimTime::ZERO;
        let lasts = if first {
            // Callers began at different times before the run did.
            let bits = draw(self.fixed.seed, Concern::Phase, u64::from(proxy), 1, 0);
            SimSpan::from_nanos(below(bits, kept.nanos()))
        } else {
            kept
        };
        let found = &mut self.world.proxies[usize::from(proxy)];
        found.ask_again_at(self.now + lasts);
        if found.point_at(answer, &self.fixed.rules) {
            self.table_changed(proxy);
        }
    }

    /// The region that Route 53 answers a caller with: the nearest one whose check passes; all, when none does, count
    /// as healthy, so that it is the caller's own.
    fn answer_for(&self, own: u8) -> u8 {
        let regions = self.world.regions.len() as u8;
        let healthy =
            |region: u8| self.world.checks[usize::from(region)].is_healthy(self.now, &self.fixed.rules.names);
        (0..regions).map(|nth| (own + nth) % regions).find(|&region| healthy(region)).unwrap_or(own)
    }

    /// The checks of a gateway begin to pass, or to fail.
    pub(super) fn check_changes(&mut self, region: u8) {
        let gateway = &self.world.gateways[usize::from(region)];
        let passes = !gateway.down && !gateway.refuse;
        let check: &mut GatewayCheck = &mut self.world.checks[usize::from(region)];
        check.change(passes, self.now, &self.fixed.rules.names);
    }
}
