//! Route 53 and the resolvers before it: one health-checked record for each region's load balancer.
//!
//! ```text
//!   users ── resolver (keeps an answer for its TTL) ── Route 53 ── record of us-east-1 ◄── 16 checkers ── load balancer
//!                                                             └── record of us-west-2 ◄── 16 checkers ── load balancer
//! ```
//!
//! State and the answers it makes; when anybody asks is decided in `engine::route53` and `engine::users`.

use crate::sim::rng::{Concern, Dice, below};
use crate::sim::scenario::{Dns, RoutingPolicy, Scenario, Via};
use crate::sim::time::{SimSpan, SimTime};

/// Health checkers of one record. AWS does not publish the number: eight locations by default, and a request "every two
/// to three seconds" at an interval of 30 s (Route 53 Developer Guide, health-check values) make some 10 to 16.
pub const CHECKERS: usize = 16;
/// A record is healthy while *more* than this share of its checkers says so (Route 53 Developer Guide, "How Amazon
/// Route 53 determines whether a health check is healthy").
pub const HEALTHY_ABOVE_PERCENT: usize = 18;
/// Resolvers through which the users of one region come, each user through any of them: a choice, large enough that
/// users move gradually, small enough that each asks about as often as a provider's resolver does.
pub const RESOLVERS: usize = 64;

/// What a keyed draw of [`Concern::Dns`] is for: its `call`.
pub const FOR_CHECKER: u32 = 0;
pub const FOR_RESOLVER: u32 = 1;
pub const FOR_EXTERNAL_DNS: u32 = 2;
pub const FOR_CHECKED_POD: u32 = 3;
pub const FOR_CHECK_ERROR: u32 = 4;

/// All there is of public DNS.
#[derive(Clone, Debug)]
pub struct Route53 {
    /// By region.
    pub records: Vec<Record>,
    /// By the users' region: what they are told to be moved to, and whether they all are.
    pub moves: Vec<Move>,
    /// When a record was last found unhealthy first after something broke, and when the last resolver had followed.
    pub detected: Option<SimTime>,
    pub moved: Option<SimTime>,
    resolvers: Vec<Resolver>,
    policy: RoutingPolicy,
    primary: usize,
    kept: SimSpan,
}

/// The record of one region's load balancer.
#[derive(Clone, Debug)]
pub struct Record {
    /// It is in the zone.
    pub listed: bool,
    /// Route 53's opinion.
    pub healthy: bool,
    /// Every check would succeed, and since when that is so, or is not.
    pub well: bool,
    pub turned: SimTime,
    pub checkers: Vec<Checker>,
}

/// One of the many that check a record, each by itself.
#[derive(Clone, Copy, Debug)]
pub struct Checker {
    /// Its opinion.
    pub healthy: bool,
    /// Results in a row that differ from it.
    pub streak: u32,
    /// When its next check is due, or was while nothing could come of it.
    pub due: SimTime,
    /// While all is well checks cost no events: they are not made.
    pub asleep: bool,
    /// Checks made: a key for dice.
    pub checks: u32,
    /// A deep check is out.
    pub waits: bool,
}

/// The present answer for the users of one region.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub to: u8,
    /// When it became that.
    pub since: SimTime,
    /// Grows with each change: news of an older one is void.
    pub epoch: u32,
}

#[derive(Clone, Copy, Debug)]
struct Resolver {
    /// It asks again with the first request from then on.
    expires: SimTime,
    to: u8,
}

impl Route53 {
    /// Records and resolvers at time zero; `None` where users do not come through load balancers.
    pub fn new(scenario: &Scenario, dice: &Dice) -> Option<Self> {
        if scenario.entry.via == Via::ClientProxy {
            return None;
        }
        let dns = &scenario.dns;
        let doors = &scenario.services[scenario.entry.service].pods;
        let records =
            (0..doors.len()).map(|region| Record::new(region, doors[region] > 0, dns, dice)).collect();
        let mut made = Self {
            records,
            moves: Vec::new(),
            detected: None,
            moved: None,
            resolvers: Vec::new(),
            policy: dns.policy,
            primary: dns.primary,
            kept: dns.kept(),
        };
        for region in 0..doors.len() {
            let to = made.choose(region);
            made.moves.push(Move { to, since: SimTime::ZERO, epoch: 0 });
            for number in 0..RESOLVERS {
                let lane = (region * RESOLVERS + number) as u64;
                // Caches filled at any time before the start.
                let left = below(dice.draw(Concern::Dns, lane, FOR_RESOLVER, 0), dns.kept().nanos());
                made.resolvers.push(Resolver { expires: SimTime::from_nanos(left), to });
            }
        }
        Some(made)
    }

    /// Which region's record the users of a region are answered with: the first good one from their own region on
    /// (latency; all others are equally far), or from the primary on (failover). Where none is healthy all count as
    /// healthy (Route 53 Developer Guide, "How Amazon Route 53 chooses records when health checking is configured").
    fn choose(&self, users: usize) -> u8 {
        let count = self.records.len();
        let first = match self.policy {
            RoutingPolicy::Latency => users,
            RoutingPolicy::Failover => self.primary,
        };
        let any_healthy = self.records.iter().any(|record| record.listed && record.healthy);
        let good = |&region: &usize| {
            let record = &self.records[region];
            record.listed && (record.healthy || !any_healthy)
        };
        (0..count).map(|step| (first + step) % count).find(good).unwrap_or(users) as u8
    }

    /// Whether no listed record is healthy, so that all count as healthy.
    pub fn all_unhealthy(&self) -> bool {
        !self.records.iter().any(|record| record.listed && record.healthy)
    }

    /// The load balancer that a user's resolver names, and whether it had to ask Route 53.
    #[inline]
    pub fn resolve(&mut self, users: u8, resolver: u64, now: SimTime) -> (u8, bool) {
        let place = usize::from(users) * RESOLVERS + resolver as usize;
        let kept = &mut self.resolvers[place];
        if now < kept.expires {
            return (kept.to, false);
        }
        *kept = Resolver { expires: now + self.kept, to: self.moves[usize::from(users)].to };
        (kept.to, true)
    }

    /// After a change of records: for each users' region whose answer is another now, the region it was, and when the
    /// last resolver lets go of an answer that no longer holds.
    pub fn changed(&mut self, now: SimTime) -> Vec<(u8, u8, SimTime)> {
        let mut all = Vec::new();
        for users in 0..self.moves.len() {
            let (was, to) = (self.moves[users].to, self.choose(users));
            if was == to {
                continue;
            }
            let epoch = self.moves[users].epoch + 1;
            self.moves[users] = Move { to, since: now, epoch };
            let own = &self.resolvers[users * RESOLVERS..(users + 1) * RESOLVERS];
            let stale = own.iter().filter(|kept| kept.to != to && kept.expires > now);
            let last = stale.map(|kept| kept.expires).max().unwrap_or(now);
            all.push((users as u8, was, last));
        }
        all
    }
}

impl Record {
    fn new(region: usize, listed: bool, dns: &Dns, dice: &Dice) -> Self {
        let checker = |number: usize| {
            let lane = (region * CHECKERS + number) as u64;
            let phase = below(dice.draw(Concern::Dns, lane, FOR_CHECKER, 0), dns.check_interval.nanos());
            Checker {
                healthy: true,
                streak: 0,
                due: SimTime::from_nanos(phase),
                asleep: true,
                checks: 0,
                waits: false,
            }
        };
        let checkers = (0..CHECKERS).map(checker).collect();
        Self { listed, healthy: true, well: true, turned: SimTime::ZERO, checkers }
    }

    /// Checkers that call it healthy.
    pub fn votes(&self) -> usize {
        self.checkers.iter().filter(|checker| checker.healthy).count()
    }

    /// All checkers agree with Route 53 and none has seen anything else lately.
    pub fn is_quiet(&self) -> bool {
        self.checkers.iter().all(|checker| checker.healthy == self.healthy && checker.streak == 0)
    }

    /// What Route 53 makes of the votes.
    pub fn is_healthy(&self) -> bool {
        self.votes() * 100 > self.checkers.len() * HEALTHY_ABOVE_PERCENT
    }
}

impl Checker {
    /// Takes in one result; whether it has changed its mind.
    pub fn hears(&mut self, ok: bool, threshold: u32) -> bool {
        if ok == self.healthy {
            self.streak = 0;
            return false;
        }
        self.streak += 1;
        if self.streak < threshold {
            return false;
        }
        (self.healthy, self.streak) = (ok, 0);
        true
    }

    /// Its next check after `now`, those slept through counted.
    pub fn next_after(&self, now: SimTime, interval: SimSpan) -> SimTime {
        if self.due > now {
            return self.due;
        }
        let missed = now.since(self.due).nanos() / interval.nanos() + 1;
        self.due + interval.times(missed)
    }
}
