//! The settings of outlier detection and the arithmetic that follows from them alone.

use crate::sim::time::SimSpan;

/// Settings of outlier detection. The default is Envoy's (`outlier_detection.proto`), which Istio sends where a
/// `DestinationRule` has `outlierDetection` and leaves a field out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlierConfig {
    /// Off: nothing is counted. Istio's own default is off, for it writes no `outlierDetection` by itself.
    pub enabled: bool,
    /// Errors in a row, 500 to 599, that eject a host; 0 turns this off. Istio `consecutive5xxErrors`.
    pub consecutive_5xx: u32,
    /// 502, 503 and 504 in a row; 0 turns this off, as Envoy's `enforcing_consecutive_gateway_failure: 0` does. Istio `consecutiveGatewayErrors`.
    pub consecutive_gateway: u32,
    /// Count failures on this side of a connection (refused, timed out, broken off) apart from the host's own answers.
    /// Istio `splitExternalLocalOriginErrors`.
    pub split_local_origin: bool,
    /// Such failures in a row that eject; 0 turns this off. Only with the split. Istio `consecutiveLocalOriginFailures`.
    pub consecutive_local_origin: u32,
    /// Time between sweeps, the only moments at which a host returns.
    pub interval: SimSpan,
    /// How long the first ejection lasts at least; the n-th lasts n times as long.
    pub base_ejection_time: SimSpan,
    /// The longest ejection; never shorter than the base. Istio has no field for it.
    pub max_ejection_time: SimSpan,
    /// Percent of all hosts of the cluster, over all priorities, that may be out at once.
    pub max_ejection_percent: u32,
    /// Let one host go whatever the percentage says. Istio has no field for it.
    pub always_eject_one_host: bool,
    /// Up to this much is added to each ejection. Istio has no field for it.
    pub max_jitter: SimSpan,
}

impl Default for OutlierConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            consecutive_5xx: 5,
            consecutive_gateway: 0,
            split_local_origin: false,
            consecutive_local_origin: 5,
            interval: SimSpan::from_seconds(10),
            base_ejection_time: SimSpan::from_seconds(30),
            max_ejection_time: SimSpan::from_seconds(300),
            max_ejection_percent: 10,
            always_eject_one_host: false,
            max_jitter: SimSpan::ZERO,
        }
    }
}

impl OutlierConfig {
    /// May one more host go when `ejected` of `hosts` are out already?
    #[must_use]
    pub fn allows(&self, ejected: usize, hosts: usize) -> bool {
        let percent = u128::from(self.max_ejection_percent.min(100));
        let fits = 100 * (ejected as u128 + 1) <= percent * hosts as u128;
        fits || (self.always_eject_one_host && ejected == 0 && hosts > 0)
    }

    /// How long an ejection with this multiplier lasts at least, jitter aside.
    #[must_use]
    pub fn ejection_time(&self, multiplier: u32) -> SimSpan {
        self.base_ejection_time.times(multiplier.into()).min(self.longest())
    }

    /// The multiplier of the next ejection. It stops growing once it makes no difference.
    #[must_use]
    pub fn multiplier_after(&self, multiplier: u32) -> u32 {
        let lasted = self.base_ejection_time.times(multiplier.into());
        if lasted < self.longest() + self.base_ejection_time {
            multiplier.saturating_add(1)
        } else {
            multiplier
        }
    }

    /// Envoy's default is 300 s or the base, whichever is longer, and it refuses a shorter setting.
    fn longest(&self) -> SimSpan {
        self.max_ejection_time.max(self.base_ejection_time)
    }
}

/// How many of `hosts` can be ejected at the same time: floor(hosts × percent ÷ 100), or 1 where one may always go.
#[must_use]
pub fn eject_max(config: &OutlierConfig, hosts: usize) -> usize {
    let percent = u128::from(config.max_ejection_percent.min(100));
    let by_percent = (hosts as u128 * percent / 100) as usize;
    if config.always_eject_one_host { by_percent.max(usize::from(hosts > 0)) } else { by_percent }
}

/// The jitter of one ejection: whole milliseconds from a uniform draw, 0 to `max` inclusive.
#[must_use]
pub fn jitter(draw: u64, max: SimSpan) -> SimSpan {
    const NANOS_PER_MILLI: u64 = 1_000_000;
    SimSpan::from_millis(draw % (max.nanos() / NANOS_PER_MILLI + 1))
}
