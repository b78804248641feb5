//! What a run costs: who sent across zones, and what a second's proxies cost.

use super::Engine;
use crate::sim::cost::Bill;
use crate::sim::proxy::Caller;
use crate::sim::scenario::Pattern;
use crate::sim::time::SimSpan;
use crate::sim::world::{Pod, PodCounts, Try};

/// Route 53 takes an extra charge for checks more often than this.
const STANDARD_CHECK: SimSpan = SimSpan::from_seconds(30);

impl Engine {
    /// A try leaves its caller's proxy for a pod in `zone`: the caller's proxy has had work, and the try may cross zones.
    #[inline]
    pub(super) fn note_caller(&mut self, made: &mut Try, zone: u16) {
        let proxy = &self.world.proxies[usize::from(made.proxy)];
        made.flags.crosses_zone = !made.flags.crosses && proxy.site.zone != zone;
        if made.flags.crosses_zone {
            self.meter.sent_to_zone(made.flags.measured);
        }
        if let Caller::Pod(pod) = proxy.caller {
            self.world.pods[usize::from(pod)].counts.sent += 1;
        }
    }

    /// What the second that ends now costs an hour, before bytes and queries.
    ///
    /// Under a mesh every pod has a sidecar, through which go the calls it gets and the tries it makes to other
    /// services; what it says to data stores is not counted. The client of a scenario without a load balancer stands
    /// for users and is nobody's cost. A Linkerd proxy is priced as Istio's: its chart reserves nothing, and no comparable
    /// figure of its use was found.
    pub(super) fn bill_of_second(&self) -> Bill {
        let (scenario, prices) = (self.scenario(), self.prices());
        let mut bill = self.bill_standing();
        if scenario.pattern() == Pattern::Mesh {
            let through = |counts: &PodCounts| u64::from(counts.calls + counts.sent) * 1000;
            let sidecars = self.world().pods.iter().filter(|pod| pod.exists());
            bill.mesh = sidecars.map(|pod| prices.proxy_micro(prices.sidecar, through(&pod.counts))).sum();
        }
        bill
    }

    /// What stands whatever the traffic, with sidecars that have nothing to do.
    pub(in crate::sim) fn bill_standing(&self) -> Bill {
        let (scenario, prices) = (self.scenario(), self.prices());
        let mut bill = Bill::standing(scenario, scenario.pattern(), prices);
        let size = |pod: &Pod| u64::from(scenario.services[usize::from(pod.service)].cpu_milli);
        bill.pods = prices.pods_micro(self.world().pods.iter().filter(|pod| pod.exists()).map(size).sum());
        if self.world().route53.is_some() {
            let fast = scenario.dns.check_interval < STANDARD_CHECK;
            bill.dns = prices.dns_micro(scenario.regions.len() as u64, fast);
        }
        if scenario.pattern() == Pattern::Mesh {
            bill.mesh = prices.proxy_micro(prices.sidecar, 0) * self.world().pods_there();
        }
        bill
    }
}
