//! The numbers of the lab: each by its name, its value in a second, and as it stands now.

use super::budget::Budget;
use super::{Gauges, MeshView, figures};

/// A number on show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Of users' requests that ended, the share that ended well.
    Success,
    /// Of tries between services, the share that stayed in the caller's region.
    Local,
    /// The median of latency.
    P50,
    /// Its 99th percentile.
    P99,
    /// Gigabytes an hour between regions.
    Cross,
    /// Dollars an hour.
    Cost,
    /// Tries beyond the first.
    Retries,
    /// Endpoints ejected now, each proxy counted.
    Ejected,
    /// How much of the error budget is used.
    Budget,
}

impl Metric {
    /// All of them, in the order in which they are shown and selected.
    pub const ALL: [Self; 9] = [
        Self::Success,
        Self::Local,
        Self::P50,
        Self::P99,
        Self::Cross,
        Self::Cost,
        Self::Retries,
        Self::Ejected,
        Self::Budget,
    ];

    /// The first six have a gauge of their own at every size.
    pub const GAUGES: usize = 6;

    /// In one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Local => "local",
            Self::P50 => "p50",
            Self::P99 => "p99",
            Self::Cross => "cross",
            Self::Cost => "cost",
            Self::Retries => "retries",
            Self::Ejected => "ejected",
            Self::Budget => "budget",
        }
    }

    /// What it was in a second, in the unit of its axis; `None` where there was nothing to take it of.
    #[must_use]
    pub fn in_second(self, second: &Gauges, slo: u32) -> Option<f64> {
        match self {
            Self::Success => figures::success(second),
            Self::Local => second.local_percent,
            Self::P50 => second.p50_ms,
            Self::P99 => second.p99_ms,
            Self::Cross => Some(gigabytes_per_hour(second.cross_bytes)),
            Self::Cost => Some(second.cost_micro_usd_per_hour as f64 / 1e6),
            Self::Retries => Some(f64::from(second.retries)),
            Self::Ejected => Some(f64::from(second.ejected)),
            Self::Budget => Budget::of_counts(slo, u64::from(second.ok), u64::from(second.failed)).burn(),
        }
    }

    /// As it stands now.
    #[must_use]
    pub fn figure(self, view: &MeshView, slo: u32) -> String {
        let now = &view.now;
        match self {
            Self::Success => figures::success(now)
                .map_or_else(|| "none done".to_owned(), |share| figures::percent(share, 2)),
            Self::Local => {
                now.local_percent.map_or_else(|| "-".to_owned(), |share| figures::percent(share, 1))
            }
            Self::P50 => now.p50_ms.map_or_else(|| "-".to_owned(), figures::millis),
            Self::P99 => now.p99_ms.map_or_else(|| "-".to_owned(), figures::millis),
            Self::Cross => format!("{:.2} GB/h", gigabytes_per_hour(now.cross_bytes)),
            Self::Cost => figures::dollars_per_hour(now.cost_micro_usd_per_hour),
            Self::Retries => format!("{}/s", figures::thousands(u64::from(now.retries))),
            Self::Ejected => figures::thousands(u64::from(now.ejected)),
            Self::Budget => Budget::of(view, slo).used_words(),
        }
    }

    /// A value of its axis in a few columns.
    #[must_use]
    pub fn tick(self, value: f64) -> String {
        match self {
            Self::Success | Self::Local => format!("{value:.0} %"),
            Self::P50 | Self::P99 if value >= 1000.0 => format!("{:.1} s", value / 1000.0),
            Self::P50 | Self::P99 => format!("{value:.0} ms"),
            Self::Cross => format!("{value:.1} GB"),
            Self::Cost => format!("${value:.2}"),
            Self::Budget => format!("{}x", figures::rate(value)),
            Self::Retries | Self::Ejected => figures::rate(value),
        }
    }
}

/// At the rate of one second.
#[must_use]
pub fn gigabytes_per_hour(bytes: u64) -> f64 {
    bytes as f64 * 3600.0 / 1e9
}
