//! The prices and sizes of `assets/prices.toml`, as integers.

use toml::de::{DeTable, DeValue};

use super::MONTH_HOURS;
use crate::sim::decimal::decimal;
use crate::sim::near;

const PRICES: &str = include_str!("../../../assets/prices.toml");
const BYTES_PER_GB: u128 = 1_000_000_000;
const MIB: u64 = 1 << 20;
/// No price is so high that sums of it overflow.
const USD_MAX: u64 = 1_000_000;

/// Prices in micro-dollars, and the sizes that they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// Of a vCPU with its share of memory, for an hour.
    pub pod_hour: u64,
    /// GiB of memory that come with a vCPU.
    pub gib_per_vcpu: u64,
    /// Of a gigabyte (10^9 bytes) from one region to another.
    pub transfer_gb: u64,
    /// Of a gigabyte through Transit Gateway, on top of that.
    pub transit_gb: u64,
    /// Of an attachment to a Transit Gateway, for an hour.
    pub attachment_hour: u64,
    /// Of a gigabyte between zones, at each of its two ends.
    pub zones_gb_each_way: u64,
    pub hosted_zone_month: u64,
    pub queries_million: u64,
    pub latency_queries_million: u64,
    pub health_check_month: u64,
    /// On top of that for checks every 10 s.
    pub fast_check_month: u64,
    pub sidecar: Size,
    /// Of a pod of an east-west gateway.
    pub gateway: Size,
    /// In each region.
    pub gateway_replicas: u64,
    pub istiod: Size,
    /// In each region.
    pub istiod_replicas: u64,
    /// Millionths of a vCPU that a proxy uses for one request a second.
    pub proxy_microcores_per_rps: u64,
    /// Bytes of memory that a proxy uses for one request a second.
    pub proxy_bytes_per_rps: u64,
}

/// What a container reserves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub millicores: u64,
    pub mib: u64,
}

type Field = fn(&mut Prices) -> &mut u64;

/// The keys of the file that are prices, and where each goes.
const KEYS: [(&str, Field); 10] = [
    ("pod.usd_per_hour", |prices| &mut prices.pod_hour),
    ("transfer.usd_per_gb", |prices| &mut prices.transfer_gb),
    ("transit_gateway.usd_per_gb", |prices| &mut prices.transit_gb),
    ("transit_gateway.usd_per_attachment_hour", |prices| &mut prices.attachment_hour),
    ("zones.usd_per_gb_each_way", |prices| &mut prices.zones_gb_each_way),
    ("dns.usd_per_hosted_zone_month", |prices| &mut prices.hosted_zone_month),
    ("dns.usd_per_million_queries", |prices| &mut prices.queries_million),
    ("dns.usd_per_million_latency_queries", |prices| &mut prices.latency_queries_million),
    ("dns.usd_per_health_check_month", |prices| &mut prices.health_check_month),
    ("dns.usd_per_fast_check_month", |prices| &mut prices.fast_check_month),
];

impl Prices {
    /// The shipped prices.
    pub fn shipped() -> Self {
        Self::read(PRICES).expect("a test reads the shipped prices")
    }

    fn read(text: &str) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        let value = |path: &str| -> Option<String> {
            let (section, key) = path.split_once('.')?;
            let DeValue::Table(inner) = table.get_ref().get(section)?.get_ref() else { return None };
            match inner.get(key)?.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                DeValue::Integer(number) => Some(number.as_str().to_owned()),
                _ => None,
            }
        };
        let whole = |path: &str| value(path)?.parse::<u64>().ok();
        let size = |section: &str| {
            let millicores = whole(&format!("{section}.millicores"))?;
            Some(Size { millicores, mib: whole(&format!("{section}.mib"))? })
        };
        let mut prices = Self {
            pod_hour: 0,
            gib_per_vcpu: whole("pod.gib_per_vcpu")?,
            transfer_gb: 0,
            transit_gb: 0,
            attachment_hour: 0,
            zones_gb_each_way: 0,
            hosted_zone_month: 0,
            queries_million: 0,
            latency_queries_million: 0,
            health_check_month: 0,
            fast_check_month: 0,
            sidecar: size("sidecar")?,
            gateway: size("gateway")?,
            gateway_replicas: whole("gateway.replicas")?,
            istiod: size("istiod")?,
            istiod_replicas: whole("istiod.replicas")?,
            proxy_microcores_per_rps: whole("sidecar.microcores_per_rps")?,
            proxy_bytes_per_rps: whole("sidecar.bytes_per_rps")?,
        };
        for (key, field) in KEYS {
            *field(&mut prices) = micro(&value(key)?)?;
        }
        Some(prices)
    }

    /// Changes one price: `KEY=USD`, with a key of the asset file.
    pub fn set(&mut self, assignment: &str) -> Result<(), String> {
        let (key, usd) = assignment.split_once('=').ok_or_else(|| {
            format!("'{assignment}' is no price; write KEY=USD, such as transit_gateway.usd_per_gb=0")
        })?;
        let (key, usd) = (key.trim(), usd.trim());
        let Some((_, field)) = KEYS.iter().find(|(known, _)| *known == key) else {
            let keys = KEYS.map(|(known, _)| known);
            return Err(match near::nearest(key, keys) {
                Some(meant) => format!("there is no price '{key}'; did you mean '{meant}'?"),
                None => format!("there is no price '{key}'; there is {}", keys.join(", ")),
            });
        };
        *field(self) = dollars(usd, USD_MAX)?;
        Ok(())
    }

    /// Each price key and its micro-dollars, in the order of the file.
    pub fn all(mut self) -> Vec<(&'static str, u64)> {
        KEYS.map(|(key, field)| (key, *field(&mut self))).to_vec()
    }

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

    /// Micro-dollars an hour for the east-west gateways of so many regions, through which so many thousandths of a
    /// request a second go, each through one.
    #[cfg_attr(not(test), expect(dead_code, reason = "no scenario has east-west gateways yet"))]
    pub fn gateways_micro(&self, regions: u64, rate_milli: u64) -> u64 {
        let gateways = self.gateway_replicas * regions;
        self.proxy_micro(self.gateway, rate_milli.checked_div(gateways).unwrap_or(0)) * gateways
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

/// Micro-dollars of what somebody wrote: a decimal number of dollars, exactly.
pub(super) fn dollars(usd: &str, most: u64) -> Result<u64, String> {
    micro(usd).filter(|&micro| micro <= most * 1_000_000).ok_or_else(|| {
        format!("'{usd}' is no price; write dollars from 0 to {most} with at most 6 decimals, such as 0.048")
    })
}

fn micro(usd: &str) -> Option<u64> {
    decimal(usd, 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_prices_are_those_of_the_contract() {
        let prices = Prices::shipped();
        assert_eq!(prices.pods_micro(18_000), 864_000);
        assert_eq!(prices.between_regions_gb(), 40_000);
        assert_eq!(prices.transfer_micro(2_500_000_000), 100_000);
        assert_eq!(prices.zones_micro(1_000_000_000), 20_000);
        assert_eq!(prices.attachments_micro(2), 200_000, "two VPCs, and both ends of one peering");
        assert_eq!(prices.attachments_micro(1), 0);
        // A zone and two checks every 10 s: (0.50 + 2 × 1.50) by 730.
        assert_eq!(prices.dns_micro(2, true), 4_794);
        assert_eq!(prices.queries_micro(2_500_000, false), 1_000_000);
        assert_eq!(prices.queries_micro(1_000_000, true), 600_000);
    }

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
        assert_eq!(prices.gateways_micro(2, 100_000), 19_200);
        assert_eq!(prices.gateways_micro(2, 4_000_000), 38_400, "1000 requests a second through each");
    }

    #[test]
    fn a_price_is_set_by_its_key_and_a_wrong_one_is_told_the_nearest() {
        let mut prices = Prices::shipped();
        prices.set("transit_gateway.usd_per_gb=0").unwrap();
        assert_eq!(prices.between_regions_gb(), 20_000);
        let error = prices.set("transfer.usd_pergb=1").unwrap_err();
        assert_eq!(error, "there is no price 'transfer.usd_pergb'; did you mean 'transfer.usd_per_gb'?");
        assert!(prices.set("pod").unwrap_err().contains("write KEY=USD"));
        for bad in ["", "-1", "1e9", "0.0000001", "1000001", "1.", "x"] {
            assert!(prices.set(&format!("pod.usd_per_hour={bad}")).is_err(), "{bad}");
        }
    }
}
