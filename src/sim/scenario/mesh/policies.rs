//! What a `VirtualService` injects, and how endpoints warm up.

use crate::sim::policy::balance::SlowStart;
use crate::sim::rng::Ratio;
use crate::sim::time::SimSpan;

/// Fault injection of a `VirtualService`, at the client's proxy and before its router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Index of the service whose calls it concerns; `None`: all.
    pub service: Option<usize>,
    pub delay: SimSpan,
    pub delay_percent: Ratio,
    /// An HTTP status.
    pub abort: u16,
    pub abort_percent: Ratio,
}

/// Slow start, as `loadBalancer.warmup` of a `DestinationRule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warmup {
    pub duration: Option<SimSpan>,
    pub minimum_percent: u32,
    /// Thousandths.
    pub aggression_milli: u32,
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            service: None,
            delay: SimSpan::ZERO,
            delay_percent: Ratio::default(),
            abort: 503,
            abort_percent: Ratio::default(),
        }
    }
}

impl Fault {
    /// Whether any call can meet it.
    pub fn does_something(&self) -> bool {
        (self.delay > SimSpan::ZERO && !self.delay_percent.is_zero()) || !self.abort_percent.is_zero()
    }
}

impl Default for Warmup {
    /// Istio's defaults, once there is a duration.
    fn default() -> Self {
        Self { duration: None, minimum_percent: 10, aggression_milli: 1000 }
    }
}

impl Warmup {
    /// As Envoy needs it; `None` where nobody warms up.
    pub fn slow_start(&self) -> Option<SlowStart> {
        Some(SlowStart {
            window: self.duration?,
            aggression: f64::from(self.aggression_milli) / 1000.0,
            min_weight_percent: f64::from(self.minimum_percent),
        })
    }
}
