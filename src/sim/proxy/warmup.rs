//! Slow start, Istio's `warmup`: an endpoint that joins is picked seldom at first.
//!
//! Its age counts from the first time it is seen healthy since it joined the endpoint list. An ejection and its end do not
//! start it again, nor does a pod that becomes ready again while it stays listed (Istio 1.31 lists pods that are not
//! ready): without active health checks only leaving the list and joining it again does. As soon as somebody warms up,
//! all hosts of a set are picked by a schedule, until health or list change after the window. Source: Envoy's
//! `EdfLoadBalancerBase` (`recalculateHostsInSlowStart`, `noHostsAreInSlowStart`, `applySlowStartFactor`).

use super::{Proxy, Rules};
use crate::sim::scenario::Balance;
use crate::sim::time::SimTime;
use crate::sim::world::Host;

impl Proxy {
    /// Starts the clock of hosts that are seen healthy for the first time.
    pub(super) fn begin_warmup(&mut self, healthy: &[Host], now: SimTime, rules: &Rules) {
        if rules.warmup.is_none() {
            return;
        }
        for &host in healthy {
            let endpoint = &mut self.endpoints[usize::from(host)];
            let since = *endpoint.warm_since.get_or_insert(now);
            self.warming_since = self.warming_since.max(Some(since));
        }
    }

    /// Whether somebody joined within the window.
    pub(super) fn warms_up(&self, now: SimTime, rules: &Rules) -> bool {
        let (Some(warmup), Some(last)) = (&rules.warmup, self.warming_since) else { return false };
        rules.balance != Balance::Random && now.since(last) <= warmup.window
    }
}
