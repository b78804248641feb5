//! Sentences on tables where health is short: scores of all levels, panic, nobody left, routes with weights, mirrors.

use crate::sim::engine::Engine;
use crate::sim::policy::priority::Score;
use crate::sim::proxy::{OVERPROVISION, Proxy};
use crate::sim::world::Try;

impl Engine {
    /// `1 of 4 healthy in us-west-2 (35), 0 of 4 in us-east-1 (0)`.
    pub(super) fn scores_text(&self, proxy: &Proxy) -> String {
        let one = |(level, (healthy, total)): (usize, (u32, u32))| {
            let score = Score::by_weight(healthy.into(), 0, total.into(), OVERPROVISION).healthy;
            let word = if level == 0 { " healthy" } else { "" };
            format!("{healthy} of {total}{word} in {} ({score})", self.level_name(proxy, level))
        };
        let levels: Vec<String> = proxy.counts().enumerate().map(one).collect();
        levels.join(", ")
    }

    /// Every level is in panic.
    pub(super) fn panic_text(&self, proxy: &Proxy, service: &str) -> String {
        let threshold = self.fixed.rules.panic_percent;
        let each = if proxy.counts().count() > 1 { "each " } else { "" };
        let loads = proxy.table().healthy_load.iter().enumerate().filter(|(_, load)| **load > 0);
        let goes: Vec<String> = loads.map(|(level, &load)| self.load_text(proxy, level, load)).collect();
        format!(
            "{service}: {}, {each}below {threshold} % → panic: all pods get calls, healthy or not: {}",
            self.scores_text(proxy),
            goes.join(", ")
        )
    }

    /// Levels that get calls and are in panic while others are not.
    pub(super) fn partial_panic_text(&self, proxy: &Proxy) -> String {
        let table = proxy.table();
        let panics = |level: &usize| table.panic[*level] && table.healthy_load[*level] > 0;
        let levels: Vec<String> =
            (0..table.panic.len()).filter(panics).map(|level| self.level_name(proxy, level)).collect();
        if levels.is_empty() {
            return String::new();
        }
        format!(
            "; {} is below {} % → panic: all its pods get calls, healthy or not",
            levels.join(" and "),
            self.fixed.rules.panic_percent
        )
    }

    /// Nobody healthy is left in a table.
    pub(super) fn nobody_text(&self, proxy: &Proxy, service: &str) -> String {
        let whither = proxy
            .subset
            .map_or_else(|| "anywhere".to_owned(), |there| format!("in {}", self.region_name(there)));
        let fails = if self.fixed.rules.linkerd.is_some() { "fails" } else { "fails at once with 503 (UH)" };
        let every = if proxy.subset.is_some() { "every such call" } else { "every call" };
        format!("{service}: no pod is healthy {whither} → {every} {fails}")
    }

    /// A call has found nobody.
    pub(super) fn no_host_text(&self, made: &Try, service: &str, region: &str) -> String {
        let proxy = self.world.proxies.get(usize::from(made.proxy));
        let subset = proxy.and_then(|proxy| proxy.subset);
        let whither = subset.map_or_else(String::new, |there| format!(" in {}", self.region_name(there)));
        let flag = if self.fixed.rules.linkerd.is_some() { "" } else { " (UH)" };
        format!("{service}: no healthy pod{whither} for callers in {region} → 503 at once{flag}")
    }

    /// The service as a table is about it: under route weights each region's share of calls has a table of its own.
    pub(super) fn routed_name(&self, proxy: &Proxy, service: String) -> String {
        match proxy.subset {
            Some(there) => format!("{service}, calls routed to {}", self.region_name(there)),
            None => service,
        }
    }

    /// A Linkerd mirror serves only when no own pod is ready.
    pub(super) fn mirror_text(&self, proxy: &Proxy, service: &str) -> String {
        let counts: Vec<(u32, u32)> = proxy.counts().collect();
        let (ready, total) = counts.first().copied().unwrap_or_default();
        let place = self.level_name(proxy, 0);
        let loads = proxy.table().healthy_load.iter().enumerate().filter(|(_, load)| **load > 0);
        let goes: Vec<String> = loads.map(|(level, &load)| self.load_text(proxy, level, load)).collect();
        let rule = if counts.len() > 1 { " (a mirror serves when no own pod is ready)" } else { "" };
        format!("{service}: {ready} of {total} ready in {place} → {}{rule}", goes.join(", "))
    }
}
