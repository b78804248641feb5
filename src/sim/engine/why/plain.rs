//! The sentences where no proxy picks: kube-proxy, Cilium, and names that lead to gateways.

use super::texts::{percent_text, share};
use crate::sim::engine::Engine;
use crate::sim::proxy::{Proxy, Reach};
use crate::sim::scenario::Locality;
use crate::sim::world::{Life, PodId, Told};

impl Engine {
    /// There is no endpoint for callers in a region.
    pub(super) fn no_endpoint_text(&self, service: &str, region: u8) -> String {
        let region = self.region_name(region);
        let place = match self.fixed.rules.reach {
            Reach::Own => format!("in {region}"),
            _ => format!("in the clusterset, as {region} knows it"),
        };
        format!(
            "{service}: no ready endpoint {place} → every connection is refused at once (kube-proxy rejects it)"
        )
    }

    /// How a caller without a proxy picks from now on.
    pub(super) fn plain_table_text(&self, proxy: &Proxy, service: &str) -> String {
        let region = proxy.site.region;
        if let Some(there) = proxy.points_at() {
            let (callers, gateway) = (self.region_name(region), self.region_name(there));
            return format!("{service}: the name leads {callers}'s callers to {gateway}'s gateway");
        }
        let shares = self.ready_by_region(proxy);
        let all: u32 = shares.iter().sum();
        if all == 0 {
            return self.no_endpoint_text(service, region);
        }
        let own = shares[usize::from(region)];
        match (self.fixed.rules.reach, self.fixed.rules.locality) {
            (Reach::Own, _) => format!(
                "{service}: {} in {} → kube-proxy picks any, each gets {} of calls",
                endpoints(own),
                self.region_name(region),
                share(1, own)
            ),
            (_, Locality::FailoverPriority) => self.cliff_text(&shares, region, service),
            _ => self.clusterset_text(&shares, region, service),
        }
    }

    fn cliff_text(&self, shares: &[u32], region: u8, service: &str) -> String {
        let own = shares[usize::from(region)];
        let here = self.region_name(region);
        let others: Vec<String> = (0..shares.len())
            .filter(|&other| shares[other] > 0)
            .map(|other| self.region_name(other as u8))
            .collect();
        if own > 0 {
            return format!(
                "{service}: {} in {here} → 100 % stays, be they too few (affinity: local)",
                endpoints(own)
            );
        }
        format!(
            "{service}: no ready endpoint in {here} → 100 % goes to {} (affinity: local is a cliff, not a slope)",
            others.join(" and ")
        )
    }

    fn clusterset_text(&self, shares: &[u32], region: u8, service: &str) -> String {
        let all: u32 = shares.iter().sum();
        let mut counts = Vec::new();
        let mut goes = Vec::new();
        for (other, &ready) in shares.iter().enumerate() {
            let name = self.region_name(other as u8);
            let percent = percent_text(100.0 * f64::from(ready) / f64::from(all));
            counts.push(format!("{ready} in {name}"));
            let stays = usize::from(region) == other;
            goes.push(if stays { format!("{percent} stays") } else { format!("{percent} goes to {name}") });
        }
        let (counts, goes) = (counts.join(" and "), goes.join(", "));
        format!("{service}: ready endpoints of the clusterset: {counts} → any of them: {goes}")
    }

    /// Listed endpoints that a caller has in each region, first level only.
    fn ready_by_region(&self, proxy: &Proxy) -> Vec<u32> {
        let mut shares = vec![0; self.world.regions.len()];
        for site in proxy.level_sites(0) {
            shares[usize::from(site.region)] += 1;
        }
        shares
    }

    /// Word of a pod's readiness has reached the nodes of its region.
    pub(super) fn slice_text(&self, pod: PodId, word: Told) -> String {
        let found = &self.world.pods[usize::from(pod)];
        let (name, region) = (self.pod_name(pod, found.region), self.region_name(found.region));
        let (what, lists) = match (word, found.life) {
            (Told::Ready, _) => ("is ready", "lists it"),
            (Told::Gone, Life::Serving | Life::Starting) => ("has no lease any more", "no longer lists it"),
            (Told::Gone, _) => ("terminates", "no longer lists it as ready"),
            (Told::NotReady, _) => ("is not ready", "no longer lists it as ready"),
        };
        format!("{name} {what}: the EndpointSlice {lists} for {region}'s nodes")
    }
}

fn endpoints(ready: u32) -> String {
    if ready == 1 { "1 ready endpoint".to_owned() } else { format!("{ready} ready endpoints") }
}
