//! From prices to money: what pods, proxies, links and names cost.

use super::MONTH_HOURS;
use super::prices::{Prices, Size};

const BYTES_PER_GB: u128 = 1_000_000_000;
const MIB: u64 = 1 << 20;

impl Prices {
    /// Micro-dollars an hour for a part that takes so many millionths of a vCPU and bytes of memory.
    ///
    /// Nodes are bought with a fixed ratio of the two (4 GiB a vCPU), so the one that runs out first pays for both. A
    /// sidecar has 1.25 GiB a vCPU reserved and 0.3 GB used: CPU binds.
    pub fn part_micro(&self, microcores: u64, bytes: u64) -> u64 {
        let by_cpu = u128::from(microcores) * u128::from(self.pod_hour) / 1_000_000;
        let memory = u128::from(self.gib_per_vcpu.max(1)) << 30;
        let by_memory = u128::from(bytes) * u128::from(self.pod_hour) / memory;
        by_cpu.max(by_memory) as u64
    }

    /// Micro-dollars an hour for pods of `cpu_milli` thousandths of a vCPU together; memory in proportion.
    pub fn pods_micro(&self, cpu_milli: u64) -> u64 {
        self.part_micro(cpu_milli * 1000, 0)
    }

    /// Micro-dollars an hour for a proxy of this size through which so many thousandths of a request a second go:
    /// what it reserves, or what it uses if that is more.
    pub fn proxy_micro(&self, size: Size, rate_milli: u64) -> u64 {
        let used = |for_one: u64| (u128::from(for_one) * u128::from(rate_milli) / 1000) as u64;
        self.part_micro(
            (size.millicores * 1000).max(used(self.proxy_microcores_per_rps)),
            (size.mib * MIB).max(used(self.proxy_bytes_per_rps)),
        )
    }

    /// Micro-dollars an hour for the replicas of istiod in so many regions.
    pub fn istiod_micro(&self, regions: u64) -> u64 {
        let one = self.part_micro(self.istiod.millicores * 1000, self.istiod.mib * MIB);
        one * self.istiod_replicas * regions
    }

    /// Micro-dollars an hour for what the gateways of so many regions reserve; a gateway that has more to do, from some
    /// 285 requests a second, would use more.
    pub fn gateways_micro(&self, regions: u64) -> u64 {
        self.proxy_micro(self.gateway, 0) * self.gateway_replicas * regions
    }

    /// Micro-dollars an hour for Transit Gateway attachments that join so many regions: each region's own, and two
    /// ends for each pair.
    pub fn attachments_micro(&self, regions: u64) -> u64 {
        if regions < 2 { 0 } else { regions * regions * self.attachment_hour }
    }

    /// Micro-dollars of a gigabyte between regions.
    pub fn between_regions_gb(&self) -> u64 {
        self.transfer_gb + self.transit_gb
    }

    /// Micro-dollars for so many bytes between regions.
    pub fn transfer_micro(&self, bytes: u64) -> u64 {
        by_gb(bytes, self.between_regions_gb())
    }

    /// Micro-dollars for so many bytes between zones of a region, billed at both ends.
    pub fn zones_micro(&self, bytes: u64) -> u64 {
        by_gb(bytes, 2 * self.zones_gb_each_way)
    }

    /// Micro-dollars an hour for a hosted zone with so many health checks; nothing where nobody is checked and no
    /// names are kept.
    pub fn dns_micro(&self, checks: u64, fast: bool) -> u64 {
        let check = self.health_check_month + if fast { self.fast_check_month } else { 0 };
        (self.hosted_zone_month + checks * check) / MONTH_HOURS
    }

    /// Micro-dollars for so many Route 53 queries of latency records, or of others.
    pub fn queries_micro(&self, queries: u64, latency: bool) -> u64 {
        let million = if latency { self.latency_queries_million } else { self.queries_million };
        (u128::from(queries) * u128::from(million) / 1_000_000) as u64
    }
}

fn by_gb(bytes: u64, price: u64) -> u64 {
    (u128::from(bytes) * u128::from(price) / BYTES_PER_GB) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_costs_what_it_reserves_until_it_uses_more() {
        let prices = Prices::shipped();
        let sidecar = |rps: u64| prices.proxy_micro(prices.sidecar, rps * 1000);
        assert_eq!(sidecar(0), 4_800, "100m of 0.048");
        assert_eq!(sidecar(500), 4_800, "0.20 vCPU for 1000 requests a second is 100m for 500");
        assert_eq!(sidecar(1000), 9_600);
        assert_eq!(sidecar(2000), 19_200);
    }

    #[test]
    fn cpu_binds_for_a_sidecar_and_both_do_for_istiod() {
        let prices = Prices::shipped();
        let cpu_alone = |size: Size| prices.part_micro(size.millicores * 1000, 0);
        let memory_alone = |size: Size| prices.part_micro(0, size.mib * MIB);
        assert!(cpu_alone(prices.sidecar) > memory_alone(prices.sidecar));
        assert_eq!(cpu_alone(prices.istiod), memory_alone(prices.istiod));
        assert_eq!(prices.istiod_micro(2), 96_000, "four times half a pod");
    }

    #[test]
    fn fifteen_to_twenty_percent_is_true_of_pods_of_half_a_core() {
        let prices = Prices::shipped();
        let permille = |millicores: u64| {
            1000 * prices.proxy_micro(prices.sidecar, 55_000) / prices.pods_micro(millicores)
        };
        assert_eq!(permille(500), 200, "500m, 640 MiB: 20 % of either");
        assert_eq!(100 * prices.sidecar.mib / 640, 20);
        assert_eq!(permille(667), 149, "15 % to the nearest whole");
        assert_eq!(permille(2000), 50);
        assert_eq!(permille(1000), 100, "the shipped scenarios");
        assert_eq!(permille(100), 1000);
    }

    #[test]
    fn gateways_cost_two_small_proxies_a_region() {
        let prices = Prices::shipped();
        assert_eq!(prices.gateways_micro(2), 19_200);
    }
}
