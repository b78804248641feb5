//! What a mesh costs: whole micro-dollars, from prices in one asset file.

use toml::de::{DeTable, DeValue};

const PRICES: &str = include_str!("../../assets/prices.toml");
const BYTES_PER_GB: u128 = 1_000_000_000;

/// Prices in micro-dollars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// Of one pod for an hour.
    pub pod_hour: u64,
    /// Of a gigabyte (10^9 bytes) between regions.
    pub transfer_gb: u64,
}

impl Prices {
    /// The shipped prices.
    pub fn shipped() -> Self {
        let table = DeTable::parse(PRICES).expect("a test reads the shipped prices");
        let price = |section: &str, key: &str| {
            let text = table.get_ref().get(section).and_then(|found| match found.get_ref() {
                DeValue::Table(inner) => inner.get(key)?.get_ref().as_str(),
                _ => None,
            });
            text.and_then(micro).expect("a test reads the shipped prices")
        };
        Self { pod_hour: price("pod", "usd_per_hour"), transfer_gb: price("transfer", "usd_per_gb") }
    }

    /// Micro-dollars an hour for so many pods.
    pub fn pods_micro(&self, pods: u64) -> u64 {
        pods * self.pod_hour
    }

    /// Micro-dollars for so many bytes between regions.
    pub fn transfer_micro(&self, bytes: u64) -> u64 {
        (u128::from(bytes) * u128::from(self.transfer_gb) / BYTES_PER_GB) as u64
    }
}

/// Micro-dollars of a decimal number of dollars, exactly.
fn micro(usd: &str) -> Option<u64> {
    let (whole, decimals) = usd.split_once('.').unwrap_or((usd, "0"));
    if decimals.len() > 6 {
        return None;
    }
    Some(whole.parse::<u64>().ok()? * 1_000_000 + format!("{decimals:0<6}").parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_prices_are_those_of_the_contract() {
        let prices = Prices::shipped();
        assert_eq!(prices, Prices { pod_hour: 48_000, transfer_gb: 40_000 });
        assert_eq!(prices.pods_micro(18), 864_000);
        assert_eq!(prices.transfer_micro(2_500_000_000), 100_000);
    }
}
