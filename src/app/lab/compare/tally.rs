//! What one run came to, in the figures that are compared: read from its report and its seconds.

use crate::mesh_view::{Gauges, MeshView};
use crate::sim::Report;
pub use crate::sim::report::Cost;

/// Seconds of the worst stretch.
const STRETCH: usize = 10;

/// The figures of one pattern, from the start of the run; the worst stretches are of the seconds a view holds, the
/// last 240.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub ok: u64,
    pub failed: u64,
    pub p50_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    /// Of all tries between services, in percent.
    pub local_percent: Option<f64>,
    pub gb_per_hour: Option<f64>,
    pub retries: u64,
    /// On the mean since the start.
    pub bill: Cost,
    pub worst: Worst,
}

/// The worst ten seconds in a row of each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worst {
    pub success_percent: Option<f64>,
    /// The mean of the seconds' 99th percentiles.
    pub p99_ms: Option<f64>,
    /// The mean of the seconds' shares.
    pub local_percent: Option<f64>,
    pub gb_per_hour: Option<f64>,
}

impl Tally {
    #[must_use]
    pub fn of(report: &Report, view: &MeshView) -> Self {
        let callers = || {
            let by_service = report.calls.values();
            by_service.flat_map(|regions| regions.iter())
        };
        let sent: u64 = callers().flat_map(|(_, calls)| calls.to.values()).sum();
        let local: u64 = callers().filter_map(|(region, calls)| calls.to.get(region)).sum();
        Self {
            ok: report.requests.ok,
            failed: report.requests.failed,
            p50_ms: report.latency_ms.p50,
            p99_ms: report.latency_ms.p99,
            local_percent: (sent > 0).then(|| local as f64 / sent as f64 * 100.0),
            gb_per_hour: report.cross_region.gb_per_hour,
            retries: report.requests.retries,
            bill: report.cost_usd_per_hour,
            worst: Worst::of(&view.seconds),
        }
    }

    /// Requests that ended.
    #[must_use]
    pub const fn finished(&self) -> u64 {
        self.ok + self.failed
    }

    /// Of those that ended.
    #[must_use]
    pub fn success_percent(&self) -> Option<f64> {
        (self.finished() > 0).then(|| self.ok as f64 / self.finished() as f64 * 100.0)
    }

    /// Whether so many hundredths of a percent ended well; in whole numbers, so that nothing is rounded up.
    #[must_use]
    pub const fn meets(&self, slo: u32) -> bool {
        self.finished() > 0 && self.ok * 10_000 >= slo as u64 * self.finished()
    }
}

impl Worst {
    fn of(seconds: &[Gauges]) -> Self {
        let ended = |second: &Gauges| f64::from(second.ok) + f64::from(second.failed);
        let stretches = || seconds.windows(STRETCH.min(seconds.len()).max(1));
        let success = stretches().filter_map(|stretch| {
            let all: f64 = stretch.iter().map(ended).sum();
            let ok: f64 = stretch.iter().map(|second| f64::from(second.ok)).sum();
            (all > 0.0).then(|| ok / all * 100.0)
        });
        let crossing = stretches().map(|stretch| {
            let bytes: u64 = stretch.iter().map(|second| second.cross_bytes).sum();
            bytes as f64 / 1e9 * 3600.0 / stretch.len() as f64
        });
        Self {
            success_percent: success.reduce(f64::min),
            p99_ms: stretches().filter_map(|stretch| mean(stretch, |s| s.p99_ms)).reduce(f64::max),
            local_percent: stretches()
                .filter_map(|stretch| mean(stretch, |s| s.local_percent))
                .reduce(f64::min),
            gb_per_hour: crossing.reduce(f64::max),
        }
    }
}

fn mean(stretch: &[Gauges], of: impl Fn(&Gauges) -> Option<f64>) -> Option<f64> {
    let (sum, count) =
        stretch.iter().filter_map(of).fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// Which of several is cheapest among those of which `may` holds; the first of equals.
#[must_use]
pub fn cheapest(tallies: [Option<&Tally>; 3], may: impl Fn(&Tally) -> bool) -> Option<usize> {
    best(tallies.map(|tally| tally.filter(|tally| may(tally)).map(|tally| tally.bill.total)), false)
}

/// Which is largest, or least; the first of equals, and none where all are equal.
#[must_use]
pub fn best(values: [Option<f64>; 3], largest: bool) -> Option<usize> {
    let better = |one: f64, other: f64| if largest { one > other } else { one < other };
    let mut found: Option<(usize, f64)> = None;
    for (index, value) in values.into_iter().enumerate() {
        if let Some(value) = value.filter(|value| found.is_none_or(|(_, best)| better(*value, best))) {
            found = Some((index, value));
        }
    }
    found.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(ok: u32, failed: u32) -> Gauges {
        Gauges { ok, failed, ..Gauges::default() }
    }

    #[test]
    fn the_worst_stretch_is_ten_seconds_long() {
        let mut seconds = vec![second(100, 0); 30];
        seconds[12] = second(0, 100);
        assert_eq!(Worst::of(&seconds).success_percent, Some(90.0));
        assert_eq!(Worst::of(&seconds[12..13]).success_percent, Some(0.0));
        assert_eq!(Worst::of(&[]).success_percent, None);
    }

    #[test]
    fn an_objective_is_not_met_by_rounding() {
        let tally = Tally { ok: 99_899, failed: 101, ..Tally::default() };
        assert!(!tally.meets(9_990));
        assert!(Tally { ok: 99_900, failed: 100, ..Tally::default() }.meets(9_990));
        assert!(!Tally::default().meets(9_900), "nothing has ended");
    }
}
