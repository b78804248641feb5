//! Numbers as the lab writes them: `99.95 %`, `13.7 ms`, `$0.533/h`, `01:12.4`.

use super::{Gauges, Nanos};

/// A share with so many decimals; what is not whole never reads as 100.
#[must_use]
pub fn percent(value: f64, decimals: usize) -> String {
    let scale = [1.0, 10.0, 100.0][decimals.min(2)];
    let shown = if value >= 100.0 { 100.0 } else { (value * scale + 1e-9).floor() / scale };
    format!("{shown:.decimals$} %")
}

/// The share of finished requests that ended well, if any finished.
#[must_use]
pub fn success(gauges: &Gauges) -> Option<f64> {
    let finished = f64::from(gauges.ok) + f64::from(gauges.failed);
    (finished > 0.0).then(|| f64::from(gauges.ok) / finished * 100.0)
}

#[must_use]
pub fn millis(ms: f64) -> String {
    match ms {
        ms if ms < 100.0 => format!("{ms:.1} ms"),
        ms if ms < 10_000.0 => format!("{ms:.0} ms"),
        ms => format!("{:.1} s", ms / 1000.0),
    }
}

#[must_use]
pub fn dollars_per_hour(micro: u64) -> String {
    format!("${:.3}/h", micro as f64 / 1e6)
}

/// A number of requests a second in at most four columns.
#[must_use]
pub fn rate(per_second: f64) -> String {
    match per_second {
        r if r <= 0.0 => "0".to_owned(),
        r if r < 999.5 => format!("{r:.0}"),
        r if r < 9_950.0 => format!("{:.1}k", r / 1e3),
        r if r < 999_500.0 => format!("{:.0}k", r / 1e3),
        r => format!("{:.0}M", r / 1e6),
    }
}

/// With a comma before every three digits: `75,911`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How much Envoy counts each healthy endpoint, in percent; `sim` has the same number, and a test compares them.
const OVERPROVISION_PERCENT: u32 = 140;

/// What a level can take by Envoy's reckoning: 1.4 × healthy ÷ total in percent, truncated and not yet cut at 100.
/// `None` where nobody is in it.
#[must_use]
pub fn weighed(healthy: u32, total: u32) -> Option<u32> {
    (healthy * OVERPROVISION_PERCENT).checked_div(total)
}

/// Minutes, seconds and tenths.
#[must_use]
pub fn clock(at: Nanos) -> String {
    let tenths = at / 100_000_000;
    format!("{:02}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// What is left of a span, in whole seconds begun.
#[must_use]
pub fn seconds_left(left: Nanos) -> String {
    format!("{} s", left.div_ceil(1_000_000_000))
}

/// Minutes and seconds.
#[must_use]
pub fn minutes(at: Nanos) -> String {
    let seconds = at / 1_000_000_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// One letter for a region, as people say it: `us-east-1` is E.
#[must_use]
pub fn initial(region: &str) -> String {
    let word = region.split('-').nth(1).filter(|word| !word.is_empty()).unwrap_or(region);
    word.chars().next().map_or_else(String::new, |c| c.to_uppercase().collect())
}

/// The last part of a pod's name, `3` of `payment-3`; all of it where it has another shape.
#[must_use]
pub fn number<'a>(name: &'a str, service: &str) -> &'a str {
    name.strip_prefix(service).and_then(|rest| rest.strip_prefix('-')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_is_never_rounded_away() {
        assert_eq!(percent(99.9999, 2), "99.99 %");
        assert_eq!(percent(100.0, 2), "100.00 %");
        assert_eq!(percent(70.4, 1), "70.4 %");
    }

    #[test]
    fn numbers_fit_their_columns() {
        for per_second in [0.0, 0.4, 77.2, 999.4, 999.6, 1234.0, 9_960.0, 123_456.0, 5e6] {
            assert!(rate(per_second).len() <= 4, "{per_second}: {}", rate(per_second));
        }
        assert_eq!(["0", "999", "1,000", "1,234,567"], [0, 999, 1000, 1_234_567].map(thousands));
        assert_eq!(clock(72_412_345_678), "01:12.4");
        assert_eq!(initial("us-east-1"), "E");
        assert_eq!(initial("moon"), "M");
    }
}
