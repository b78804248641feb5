//! How long a retry waits.

use crate::sim::time::SimSpan;

/// Envoy's base interval, which Istio leaves alone.
pub const BACKOFF_BASE: SimSpan = SimSpan::from_millis(25);
/// Ten times the base.
pub const BACKOFF_MAX: SimSpan = SimSpan::from_millis(250);

/// The wait before retry number `retry` (from 1): whole milliseconds, uniform from 0 up to but not including an interval
/// that doubles from the base and stops at the maximum: 25, 50, 100, 200, 250 ms.
///
/// Envoy's page gives (2^n - 1) times the base, which its code did long ago; today's code
/// (`JitteredExponentialBackOffStrategy`) doubles, and so do the waits measured on Envoy 1.40.
#[must_use]
pub fn backoff(retry: u32, draw: u64) -> SimSpan {
    backoff_from(BACKOFF_BASE, retry, draw)
}

/// The same from another base interval, counted in whole milliseconds and at least one; the maximum is ten times it
/// (Envoy's `RetryStateImpl`, Istio's `retries.backoff`).
#[must_use]
pub fn backoff_from(base: SimSpan, retry: u32, draw: u64) -> SimSpan {
    const MILLI: u64 = 1_000_000;
    let base = (base.nanos() / MILLI).max(1);
    let doublings = retry.saturating_sub(1).min(16);
    let interval = base.saturating_mul(1 << doublings).min(base.saturating_mul(10));
    SimSpan::from_millis(draw % interval)
}
