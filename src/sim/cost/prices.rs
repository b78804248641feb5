//! The prices and sizes of `assets/prices.toml`, as integers.

use toml::de::{DeTable, DeValue};

use crate::sim::decimal::decimal;
use crate::sim::near;

const PRICES: &str = include_str!("../../../assets/prices.toml");
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

/// Where a price is from, and when it was read there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceNote {
    pub source: String,
    /// `2026-11-22`.
    pub read: String,
}

/// The prices that bills by formula are made of, in the order of the file. Queries of Route 53 are counted by a run alone.
pub fn price_keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().map(|(key, _)| key).filter(|key| !key.ends_with("_queries"))
}

/// Where a shipped price is from; `None` if there is none of that key.
pub fn price_note(key: &str) -> Option<PriceNote> {
    let table = DeTable::parse(PRICES).ok()?;
    let (section, _) = key.split_once('.')?;
    let DeValue::Table(inner) = table.get_ref().get(section)?.get_ref() else { return None };
    let text = |key: &str| match inner.get(key)?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    Some(PriceNote { source: text("source")?, read: text("read")? })
}

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
    fn every_price_of_the_formula_has_a_source_and_a_date() {
        assert_eq!(price_keys().count(), 8);
        for key in price_keys() {
            let note = price_note(key).unwrap();
            assert!(note.source.len() > 10 && note.read.starts_with("20"), "{key} {note:?}");
        }
        assert_eq!(price_note("pod"), None);
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
