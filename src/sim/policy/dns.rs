//! Failing over by DNS: how long until users are moved to the other region's record.
//!
//! The parts are Route 53's: a health check every interval, a number of failures in a row that counts, and resolvers
//! that keep the old answer for its time to live.

mod search;

use crate::sim::time::SimSpan;

pub use search::{RECORD_TYPES, SEARCH, asked, steps};

/// A time that depends on where in its period an outage begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub best: SimSpan,
    /// The middle of the two.
    pub typical: SimSpan,
    pub worst: SimSpan,
}

impl Estimate {
    fn between(best: SimSpan, worst: SimSpan) -> Self {
        let half = worst.nanos() / 2 + best.nanos() / 2 + (worst.nanos() & best.nanos() & 1);
        Self { best, typical: SimSpan::from_nanos(half), worst }
    }
}

/// Settings of a health-checked record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedRecord {
    pub ttl: SimSpan,
    /// Between two checks: 30 s, or 10 s for an extra charge.
    pub check_interval: SimSpan,
    /// Failures in a row until the record is withdrawn; 0 counts as 1.
    pub check_threshold: u32,
    /// How much longer than the TTL resolvers keep an answer.
    pub resolver_overstay: SimSpan,
    /// What a failing check takes: nothing where connections are refused, [`CONNECT_MAX`] where packets are lost,
    /// [`ANSWER_MAX`] where nobody answers.
    pub silence: SimSpan,
}

/// An HTTP check must have its connection within 4 s (Route 53 Developer Guide, "How Amazon Route 53 determines whether
/// a health check is healthy").
pub const CONNECT_MAX: SimSpan = SimSpan::from_seconds(4);
/// And a 2xx or 3xx within 2 s more (same page).
pub const ANSWER_MAX: SimSpan = SimSpan::from_seconds(2);

/// The stages of a failover, from the start of the outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DnsFailover {
    /// Until the record is withdrawn.
    pub detect: Estimate,
    /// Until a user's resolver asks again, too.
    pub moved: Estimate,
}

/// How long a failover takes. The interval counts from the answer to a check, or from the end of waiting for one, to
/// the next check (Route 53 API, `RequestInterval`), so each check of a silent endpoint makes detection that much longer.
#[must_use]
pub fn dns_failover(record: &CheckedRecord) -> DnsFailover {
    let checks = u64::from(record.check_threshold.max(1));
    let waits = record.check_interval.times(checks - 1) + record.silence.times(checks);
    // The first failing check comes at once or a whole interval after the outage begins.
    let detect = Estimate::between(waits, waits + record.check_interval);
    // The answer in a resolver's cache is about to lapse, or brand-new.
    let kept = Estimate::between(SimSpan::ZERO, record.ttl + record.resolver_overstay);
    let moved = Estimate {
        best: detect.best + kept.best,
        typical: detect.typical + kept.typical,
        worst: detect.worst + kept.worst,
    };
    DnsFailover { detect, moved }
}
