//! Latencies: log-normal spans given by their median and 99th percentile.

use std::sync::Arc;

use crate::sim::time::SimSpan;

/// Bins of the table of quantiles; its outer [`EXACT`] bins on each side are computed, not looked up.
const BINS: usize = 1024;
const EXACT: u64 = 8;
/// The standard normal's 99th percentile.
const Z99: f64 = 2.326_347_874_040_841;

/// A log-normal distribution of spans.
///
/// Sampling looks a quantile up and interpolates; between the bins kept exact the error is below 0.05 %.
#[derive(Clone, Debug, PartialEq)]
pub struct LogNormal {
    median: SimSpan,
    p99: SimSpan,
    sigma: f64,
    /// Quantiles in nanoseconds at i / BINS; empty if the span never varies. Shared by all checkpoints.
    edges: Arc<[u64]>,
}

impl LogNormal {
    /// `None` if the 99th percentile is below the median or the median is zero while the other is not.
    pub fn new(median: SimSpan, p99: SimSpan) -> Option<Self> {
        if p99 < median || (median == SimSpan::ZERO && p99 > median) {
            return None;
        }
        if p99 == median {
            return Some(Self { median, p99, sigma: 0.0, edges: Arc::from([]) });
        }
        let sigma = libm::log(p99.nanos() as f64 / median.nanos() as f64) / Z99;
        let mut made = Self { median, p99, sigma, edges: Arc::from([]) };
        made.edges = (0..=BINS).map(|i| made.quantile(inner(i as f64 / BINS as f64))).collect();
        Some(made)
    }

    /// Half of all spans are shorter.
    pub fn median(&self) -> SimSpan {
        self.median
    }

    /// 99 of 100 are shorter.
    pub fn p99(&self) -> SimSpan {
        self.p99
    }

    /// The mean, in nanoseconds.
    pub fn mean_nanos(&self) -> f64 {
        self.median.nanos() as f64 * libm::exp(self.sigma * self.sigma / 2.0)
    }

    /// The span that 64 evenly drawn bits stand for.
    #[inline]
    pub fn sample(&self, bits: u64) -> SimSpan {
        if self.edges.is_empty() {
            return self.median;
        }
        let bin = bits >> 54;
        if !(EXACT..BINS as u64 - EXACT).contains(&bin) {
            return SimSpan::from_nanos(self.quantile(super::unit_open(bits)));
        }
        let (low, high) = (self.edges[bin as usize], self.edges[bin as usize + 1]);
        let part = bits >> 30 & 0xFF_FFFF;
        SimSpan::from_nanos(low + ((u128::from(high - low) * u128::from(part)) >> 24) as u64)
    }

    fn quantile(&self, p: f64) -> u64 {
        (self.median.nanos() as f64 * libm::exp(self.sigma * probit(p))) as u64
    }
}

/// Keeps the table's two ends finite; they are never looked up.
fn inner(p: f64) -> f64 {
    p.clamp(1e-6, 1.0 - 1e-6)
}

/// The standard normal's quantile function: Wichura's algorithm AS 241 (1988), good to 16 digits.
fn probit(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTER_A, &CENTER_B);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 { ratio(r - 1.6, &MIDDLE_C, &MIDDLE_D) } else { ratio(r - 5.0, &FAR_E, &FAR_F) };
    if q < 0.0 { -z } else { z }
}

/// The quotient of two polynomials, coefficients from the constant upwards.
fn ratio(x: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    let at = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c);
    at(above) / at(below)
}

const CENTER_A: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTER_B: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_66e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const MIDDLE_C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const MIDDLE_D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_F: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::rng::{Concern, Dice, Seed};

    #[test]
    fn the_normal_quantiles_are_the_tables() {
        for (p, z) in [(0.5, 0.0), (0.975, 1.959963984540054), (0.99, Z99), (0.001, -3.090232306167813)] {
            assert!((probit(p) - z).abs() < 1e-12, "probit({p}) = {}", probit(p));
        }
        assert!((probit(1e-12) + 7.034483824768).abs() < 1e-6, "{}", probit(1e-12));
    }

    #[test]
    fn half_of_the_spans_are_below_the_median_and_one_in_a_hundred_above_the_99th() {
        let spans = LogNormal::new(SimSpan::from_micros(6500), SimSpan::from_millis(20)).unwrap();
        let dice = Dice::new(Seed(5));
        let mut drawn: Vec<u64> =
            (0..100_000).map(|n| spans.sample(dice.draw(Concern::Service, n, 0, 0)).nanos()).collect();
        drawn.sort_unstable();
        let near = |index: usize, nanos: f64, slack: f64| {
            let ratio = drawn[index] as f64 / nanos;
            assert!((1.0 - slack..1.0 + slack).contains(&ratio), "{ratio} at {index}");
        };
        near(50_000, 6.5e6, 0.01);
        near(99_000, 20e6, 0.03);
        let mean = drawn.iter().sum::<u64>() as f64 / 1e5;
        assert!((mean / spans.mean_nanos() - 1.0).abs() < 0.01, "{mean}");
        // 137 requests a second a pod, as the scenario's table says.
        assert_eq!((1e9 / spans.mean_nanos()).round(), 137.0);
    }

    #[test]
    fn looking_up_is_as_good_as_computing() {
        let spans = LogNormal::new(SimSpan::from_millis(1), SimSpan::from_millis(3)).unwrap();
        for n in 0..100_000_u64 {
            let bits = n.wrapping_mul(0x0000_A7C5_AC47_1B47) << 16;
            let exact = spans.quantile(crate::sim::rng::unit_open(bits)) as f64;
            let error = (spans.sample(bits).nanos() as f64 - exact).abs() / exact;
            assert!(error < 5e-4, "{error} at {bits:#x}");
        }
    }
}
