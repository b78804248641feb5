//! What the control plane tells a proxy. It acts at once: the merge window does not hold back endpoint updates.

use super::{Endpoint, Proxy, Rules, Site};
use crate::sim::policy::outlier::Detector;
use crate::sim::time::SimTime;
use crate::sim::world::{Host, PodId, Told, gateway_region};

impl Proxy {
    /// The control plane has a new word on an endpoint.
    pub fn tell(&mut self, host: Host, told: Told, now: SimTime, rules: &Rules) {
        let host = usize::from(host);
        let seen = &self.endpoints[host];
        if !rules.reach.shows(self.site, seen.pod, seen.site) {
            self.tell_behind(host, told, now, rules);
            return;
        }
        let endpoint = &mut self.endpoints[host];
        if endpoint.foreign {
            return;
        }
        let was_listed = endpoint.listed;
        endpoint.set(told, rules);
        if endpoint.listed == was_listed {
            let level = usize::from(endpoint.level);
            self.apply(level, now, rules);
            return;
        }
        if was_listed {
            self.detector.remove_host(host);
        } else {
            self.detector.restore_host(host);
        }
        self.endpoints[host].out = false;
        self.endpoints[host].warm_since = None;
        if let Some(pool) = &mut self.pool {
            pool.set_listed(host, !was_listed);
        }
        if let Some(balancer) = &mut self.balancer {
            balancer.forget(host, host + 1);
        }
        self.relist(Some(now), rules);
    }

    /// An endpoint more, which is on no list yet.
    pub fn add(&mut self, pod: PodId, at: Site, rules: &Rules) {
        self.endpoints.push(Endpoint::unlisted(pod, at, self.site, self.subset, rules));
        if let Some(pool) = &mut self.pool {
            pool.add_host();
        }
        let host = self.detector.add_host();
        self.detector.remove_host(host);
        self.active.push(0);
    }

    /// The proxy starts anew: it knows what it is told of each pod, and has found nothing out. Requests that are open
    /// stay open.
    pub fn renew(&mut self, told: &[Told], rules: &Rules) {
        self.detector = Detector::new(rules.outlier.clone(), self.endpoints.len());
        for (host, endpoint) in self.endpoints.iter_mut().enumerate() {
            if gateway_region(endpoint.pod).is_some() {
                endpoint.listed = rules.reach.shows(self.site, endpoint.pod, endpoint.site);
            } else {
                endpoint.set(told[usize::from(endpoint.pod)], rules);
            }
            endpoint.out = false;
            endpoint.warm_since = None;
            if !endpoint.listed {
                self.detector.remove_host(host);
            }
            if let Some(pool) = &mut self.pool {
                pool.set_listed(host, endpoint.listed);
            }
        }
        if let Some(balancer) = &mut self.balancer {
            balancer.forget(0, self.endpoints.len());
        }
        self.idle.clear();
        self.asks_at = SimTime::ZERO;
        self.hide(rules);
        self.levels.clear();
        self.relist(None, rules);
    }
}
