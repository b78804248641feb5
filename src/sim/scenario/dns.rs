//! How users find a region: the records of its load balancer in Route 53, and who writes them.

use crate::sim::policy::dns::CheckedRecord;
use crate::sim::time::SimSpan;

/// All `dns.*` keys. The defaults are those of `two-regions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dns {
    pub policy: RoutingPolicy,
    /// Index of the region whose record is the PRIMARY one under [`RoutingPolicy::Failover`].
    pub primary: usize,
    pub ttl: SimSpan,
    /// How much longer than the TTL resolvers keep an answer.
    pub resolver_overstay: SimSpan,
    /// From a checker's answer to its next question: 30 s, or 10 s for an extra charge.
    pub check_interval: SimSpan,
    /// Results in a row that make a checker change its mind, 1 or more.
    pub check_threshold: u32,
    pub check: CheckDepth,
    /// Between two rounds of `ExternalDNS` (`--interval`, 1 m).
    pub external_dns_interval: SimSpan,
    pub external_dns_owner: Owner,
}

/// Which record Route 53 answers with: one routing policy for all records of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoutingPolicy {
    /// The nearest healthy region's.
    #[default]
    Latency,
    /// The primary's while it is healthy, else the next one's: hot-warm.
    Failover,
}

/// How far into the region a health check goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckDepth {
    /// The entry service answers by itself.
    #[default]
    Shallow,
    /// A request through the whole chain, like a user's.
    Deep,
}

/// What the clusters' `ExternalDNS` have as `--txt-owner-id`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// Each its own: nobody touches another's record.
    #[default]
    Distinct,
    /// All the same (the default of both is `default`), with `--policy=sync`: each deletes the other's record.
    Same,
}

impl Default for Dns {
    fn default() -> Self {
        Self {
            policy: RoutingPolicy::default(),
            primary: 0,
            ttl: SimSpan::from_seconds(60),
            resolver_overstay: SimSpan::ZERO,
            check_interval: SimSpan::from_seconds(10),
            check_threshold: 3,
            check: CheckDepth::default(),
            external_dns_interval: SimSpan::from_seconds(60),
            external_dns_owner: Owner::default(),
        }
    }
}

impl Dns {
    /// How long a resolver keeps an answer.
    pub fn kept(&self) -> SimSpan {
        self.ttl + self.resolver_overstay
    }

    /// The settings of one record, for an outage in which each failing check takes `silence`.
    pub fn record(&self, silence: SimSpan) -> CheckedRecord {
        CheckedRecord {
            ttl: self.ttl,
            check_interval: self.check_interval,
            check_threshold: self.check_threshold,
            resolver_overstay: self.resolver_overstay,
            silence,
        }
    }
}
