//! `VirtualService` weights: which subset of a service a call goes to. A subset is a cluster of its own, with its own
//! endpoints, load balancer and detector, and the split knows nothing of health; retries stay where the first try went.

use super::Engine;
use crate::sim::proxy::Proxy;
use crate::sim::rng::{Concern, below};
use crate::sim::world::{NONE, ProxyId, Try};

impl Engine {
    /// The cluster that a call of the caller behind `first` goes through: `first` itself, or under route weights one of
    /// those beside it, one a region.
    #[inline]
    pub(super) fn route(&self, first: ProxyId, call: &Try) -> ProxyId {
        match self.fixed.rules.route_weights {
            Some((own, _)) if first != NONE => first + self.subset(own, call),
            _ => first,
        }
    }

    /// The region drawn for a call: the own with `own` percent, else any other.
    fn subset(&self, own: u32, call: &Try) -> u16 {
        let others = self.world.regions.len() as u64 - 1;
        let home = u64::from(call.region);
        if others == 0 {
            return 0;
        }
        let bits = self.fixed.dice.draw(Concern::Route, call.request, call.call, 0);
        let point = below(bits, 100 * others);
        if point < u64::from(own) * others {
            return home as u16;
        }
        let other = point % others;
        (other + u64::from(other >= home)) as u16
    }

    /// Endpoints that a proxy's caller has ejected, over all subsets of the service.
    pub(in crate::sim) fn ejected_by(&self, proxy: &Proxy) -> u64 {
        if proxy.subset.is_none() {
            return proxy.ejected_count() as u64;
        }
        let same = |other: &&Proxy| {
            (other.caller, other.site, other.service) == (proxy.caller, proxy.site, proxy.service)
        };
        self.world.proxies.iter().filter(same).map(|other| other.ejected_count() as u64).sum()
    }
}
