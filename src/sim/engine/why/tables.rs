//! The sentences about load tables, each with the arithmetic of its table.

use std::fmt::Write as _;

use super::texts::{percent_text, share};
use crate::sim::engine::Engine;
use crate::sim::policy::priority::Score;
use crate::sim::proxy::{OVERPROVISION, Proxy};
use crate::sim::scenario::Locality;

impl Engine {
    /// The arithmetic of a proxy's new table.
    pub(super) fn table_text(&self, proxy: u16) -> String {
        let found = &self.world.proxies[usize::from(proxy)];
        let service = self.service_name(found.service);
        if !self.fixed.rules.sidecars {
            return self.plain_table_text(found, &service);
        }
        let service = self.routed_name(found, service);
        if found.table().total_panic {
            return self.panic_text(found, &service);
        }
        if found.table().normalized_total == 0 {
            return self.nobody_text(found, &service);
        }
        match self.fixed.rules.locality {
            Locality::Off => self.flat_text(found, &service),
            Locality::Distribute => self.distribute_text(found, &service),
            Locality::Failover | Locality::FailoverPriority | Locality::ZoneAware | Locality::PreferClose => {
                self.levels_text(found, &service)
            }
        }
    }

    fn flat_text(&self, proxy: &Proxy, service: &str) -> String {
        let (healthy, total) = proxy.counts().next().unwrap_or_default();
        if self.fixed.rules.linkerd.is_some() {
            return format!(
                "{service}: {healthy} of {total} ready in one pool → of two at random the quicker and less busy one gets a call (peak EWMA)"
            );
        }
        let doors = proxy.gateways_in(0);
        if doors.is_empty() {
            return format!(
                "{service}: {healthy} of {total} healthy in one pool → each gets {} of calls",
                share(1, healthy)
            );
        }
        let doors: Vec<String> = doors
            .into_iter()
            .map(|(region, weight)| format!("{}'s gateway weighs {weight}", self.region_name(region)))
            .collect();
        format!("{service}: {healthy} of {total} healthy in one pool, where {}", doors.join(" and "))
    }

    fn distribute_text(&self, proxy: &Proxy, service: &str) -> String {
        let shrunk: Vec<String> = proxy
            .region_weights(self.world.regions.len())
            .into_iter()
            .enumerate()
            .filter(|(_, weights)| weights.whole > 0)
            .map(|(region, weights)| {
                format!(
                    "{} of {} healthy in {} → weight {} of {}",
                    weights.healthy,
                    weights.total,
                    self.region_name(region as u8),
                    number(weights.left),
                    weights.whole
                )
            })
            .collect();
        let shares = proxy.region_shares(self.world.regions.len());
        let parts: Vec<String> = shares
            .iter()
            .enumerate()
            .map(|(region, share)| {
                format!("{} to {}", percent_text(100.0 * share), self.region_name(region as u8))
            })
            .collect();
        format!("{service}: {} → {}", shrunk.join(", "), parts.join(", "))
    }

    fn levels_text(&self, proxy: &Proxy, service: &str) -> String {
        let counts: Vec<(u32, u32)> = proxy.counts().collect();
        let loads = &proxy.table().healthy_load;
        let first = counts.first().copied().unwrap_or_default();
        let score = |(healthy, total): (u32, u32)| {
            Score::by_weight(healthy.into(), 0, total.into(), OVERPROVISION).healthy
        };
        if self.fixed.rules.linkerd.is_some() {
            return self.mirror_text(proxy, service);
        }
        let mut text =
            format!("{service}: {} of {} healthy in {}", first.0, first.1, self.level_name(proxy, 0));
        let used = loads.iter().filter(|&&load| load > 0).count();
        let enough: u32 = counts.iter().map(|&count| score(count)).sum();
        if enough < 100 {
            text = format!("{service}: {}", self.scores_text(proxy));
        } else {
            let raised = OVERPROVISION * first.0 / first.1.max(1);
            let _ = write!(text, " → {} × 1.4 = {raised}", share(first.0, first.1));
        }
        let parts: Vec<String> = loads
            .iter()
            .enumerate()
            .filter(|(level, load)| **load > 0 || (*level == 0 && used < 2))
            .map(|(level, load)| self.load_text(proxy, level, *load))
            .collect();
        format!("{text} → {}{}", parts.join(", "), self.partial_panic_text(proxy))
    }

    pub(super) fn load_text(&self, proxy: &Proxy, level: usize, load: u32) -> String {
        let place = self.level_name(proxy, level);
        if proxy.counts().nth(level).is_some_and(|(_, hosts)| hosts == 0) {
            return format!("{load} % has nowhere to go");
        }
        let own = [self.region_name(proxy.site.region), self.zone_name(proxy.site.zone)].contains(&place);
        if own { format!("{load} % stays") } else { format!("{load} % goes to {place}") }
    }

    /// Where the endpoints of a level are.
    pub(super) fn level_name(&self, proxy: &Proxy, level: usize) -> String {
        if let Some(region) = proxy.lone_gateway(level) {
            return format!("{}'s gateway", self.region_name(region));
        }
        let sites = proxy.level_sites(level);
        let mut zones: Vec<u16> = sites.iter().map(|site| site.zone).collect();
        zones.dedup();
        let mut regions: Vec<u8> = sites.iter().map(|site| site.region).collect();
        regions.dedup();
        if matches!(self.fixed.rules.locality, Locality::Failover | Locality::PreferClose)
            && zones.len() == 1
            && regions == [proxy.site.region]
        {
            return self.zone_name(zones[0]);
        }
        let names: Vec<String> = regions.iter().map(|&region| self.region_name(region)).collect();
        if names.is_empty() { "nowhere".to_owned() } else { names.join(" and ") }
    }

    fn zone_name(&self, zone: u16) -> String {
        let mut zones = self.fixed.scenario.regions.iter().flat_map(|region| &region.zones);
        zones.nth(usize::from(zone)).cloned().unwrap_or_default()
    }
}

/// `95`, `66.5`.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}
