//! What some seconds in a row were made of: who failed and why, where tries went and how long they took there, what
//! crossed, what it cost. One second is a stretch, and stretches add up.

use super::Nanos;

/// Seconds in a row, in parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretch {
    /// How many seconds.
    pub seconds: u32,
    /// When the last of them ended.
    pub end: Nanos,
    /// Users' requests that ended well.
    pub ok: u64,
    /// Users' requests that ended badly.
    pub failed: u64,
    /// Those, by the users' region and by what began it.
    pub failures: Vec<Trouble>,
    /// Tries beyond the first, by the caller's region and by what the try before met.
    pub retries: Vec<Trouble>,
    /// Tries, by who called what, and where it was.
    pub calls: Vec<CallsTo>,
    /// Users' requests that ended well, by what happened on their way: see [`Stretch::journeys`].
    pub by_way: [Journeys; 4],
    /// What went from one region to another.
    pub crossed: Vec<Crossed>,
    /// The part of those bytes that data stores sent each other, and pods to stores.
    pub store_bytes: u64,
    /// Endpoints that a proxy ejected, each proxy counted.
    pub ejections: u32,
    /// The bill of the last of these seconds.
    pub bill: BillParts,
    /// The seconds' medians of latency, in milliseconds.
    pub p50: Mean,
    /// The seconds' 99th percentiles.
    pub p99: Mean,
}

/// Why a try or a request did not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A pod answered with an error of its own.
    Answered,
    /// A pod's queue was full.
    QueueFull,
    /// A pod could not write to Aurora.
    Aurora,
    /// A pod could not write to `DynamoDB`.
    DynamoDb,
    /// A connection was refused.
    Refused,
    /// A certificate had expired.
    Expired,
    /// No connection within `connect_timeout`.
    ConnectTimeout,
    /// A connection broke.
    Reset,
    /// No answer within a timeout of the route or of the try.
    Timeout,
    /// A circuit breaker of the caller's proxy (UO).
    Overflow,
    /// An error injected by a `VirtualService` (FI).
    Injected,
    /// No healthy endpoint to send to (UH).
    NoHost,
    /// No address for the name.
    NoAddress,
    /// The user went away before an answer came.
    Left,
}

/// So many failures of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// An index into [`super::MeshView::regions`].
    pub region: u8,
    /// The service where it began: an index into [`super::Detail::services`].
    pub service: u16,
    pub reason: Reason,
    pub count: u64,
}

/// Tries from one region to one service in one region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallsTo {
    /// An index into [`super::Detail::services`].
    pub service: u16,
    /// The caller's region.
    pub from: u8,
    /// The region it was sent to.
    pub to: u8,
    /// The callers are users, who come through a load balancer and no proxy.
    pub by_users: bool,
    /// Tries sent.
    pub sent: u64,
    /// Tries ended well.
    pub ended: u64,
    /// Time of those, way and queue included, without what their pods waited for calls of their own that ended well;
    /// nanoseconds. What a try waited for may have ended a second before it, so one second alone can be negative.
    pub own_ns: i64,
}

/// Requests of one sort, and how long they took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Journeys {
    pub count: u64,
    /// Nanoseconds of all of them.
    pub total_ns: u64,
    /// The longest of them.
    pub longest_ns: u64,
}

/// What went from one region to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crossed {
    pub from: u8,
    pub to: u8,
    /// Tries between services.
    pub calls: u64,
    /// Bytes that way: requests of these calls, answers to those of the other way, what stores send.
    pub bytes: u64,
}

/// Micro-dollars an hour by part; traffic between zones is left out, as in the number on show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillParts {
    pub pods: u64,
    /// Sidecars.
    pub mesh: u64,
    /// istiod, and gateways between regions.
    pub control_plane: u64,
    /// Transit Gateway attachments.
    pub attachments: u64,
    /// Route 53.
    pub dns: u64,
    /// Bytes between regions.
    pub transfer: u64,
}

/// Values that are to be averaged.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    /// Of one value, or of none.
    #[must_use]
    pub fn of(value: Option<f64>) -> Self {
        Self { sum: value.unwrap_or(0.0), count: u32::from(value.is_some()) }
    }

    /// The mean; `None` without a value.
    #[must_use]
    pub fn get(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }
}

impl BillParts {
    /// Name and micro-dollars an hour of each part, in the order of the bill.
    #[must_use]
    pub const fn all(&self) -> [(&'static str, u64); 6] {
        [
            ("pods", self.pods),
            ("sidecars", self.mesh),
            ("control plane", self.control_plane),
            ("attachments", self.attachments),
            ("Route 53", self.dns),
            ("transfer", self.transfer),
        ]
    }

    /// All parts together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.all().into_iter().map(|(_, micro)| micro).sum()
    }
}

impl Journeys {
    /// Counts one request.
    pub fn add(&mut self, took_ns: u64) {
        self.count += 1;
        self.total_ns = self.total_ns.saturating_add(took_ns);
        self.longest_ns = self.longest_ns.max(took_ns);
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.total_ns = self.total_ns.saturating_add(other.total_ns);
        self.longest_ns = self.longest_ns.max(other.longest_ns);
    }

    /// In milliseconds; `None` without any.
    #[must_use]
    pub fn mean_ms(&self) -> Option<f64> {
        (self.count > 0).then(|| self.total_ns as f64 / self.count as f64 / 1e6)
    }
}

impl CallsTo {
    /// Milliseconds of one try that ended well; `None` without any.
    #[must_use]
    pub fn mean_ms(&self) -> Option<f64> {
        (self.ended > 0).then(|| (self.own_ns as f64 / self.ended as f64 / 1e6).max(0.0))
    }

    /// It went to another region.
    #[must_use]
    pub const fn crosses(&self) -> bool {
        self.from != self.to
    }
}

impl Stretch {
    /// Where [`Stretch::by_way`] keeps requests of which some try crossed, and some was made again.
    #[must_use]
    pub const fn way(crossed: bool, retried: bool) -> usize {
        crossed as usize | (retried as usize) << 1
    }

    /// Requests whose way `counts`, told whether some try crossed and whether some was made again.
    #[must_use]
    pub fn journeys(&self, counts: impl Fn(bool, bool) -> bool) -> Journeys {
        let mut sum = Journeys::default();
        for (way, journeys) in self.by_way.iter().enumerate() {
            if counts(way & 1 != 0, way & 2 != 0) {
                sum.join(journeys);
            }
        }
        sum
    }

    /// Users' requests that ended.
    #[must_use]
    pub const fn finished(&self) -> u64 {
        self.ok + self.failed
    }

    /// A count of so many, a second.
    #[must_use]
    pub fn per_second(&self, count: u64) -> f64 {
        count as f64 / f64::from(self.seconds.max(1))
    }

    /// Empties it, keeping what was allocated.
    pub fn clear(&mut self) {
        let mut kept = std::mem::take(self);
        kept.failures.clear();
        kept.retries.clear();
        kept.calls.clear();
        kept.crossed.clear();
        (self.failures, self.retries) = (kept.failures, kept.retries);
        (self.calls, self.crossed) = (kept.calls, kept.crossed);
    }

    /// Takes in what came before it or after it.
    pub fn join(&mut self, next: &Self) {
        self.seconds += next.seconds;
        self.ok += next.ok;
        self.failed += next.failed;
        self.store_bytes += next.store_bytes;
        self.ejections += next.ejections;
        if next.end >= self.end {
            (self.bill, self.end) = (next.bill, next.end);
        }
        for (mean, other) in [(&mut self.p50, next.p50), (&mut self.p99, next.p99)] {
            mean.sum += other.sum;
            mean.count += other.count;
        }
        for (own, other) in self.by_way.iter_mut().zip(&next.by_way) {
            own.join(other);
        }
        next.failures.iter().for_each(|trouble| count(&mut self.failures, *trouble));
        next.retries.iter().for_each(|trouble| count(&mut self.retries, *trouble));
        for calls in &next.calls {
            let who = |known: &CallsTo| (known.service, known.from, known.to, known.by_users);
            match self.calls.iter_mut().find(|known| who(known) == who(calls)) {
                Some(known) => {
                    known.sent += calls.sent;
                    known.ended += calls.ended;
                    known.own_ns += calls.own_ns;
                }
                None => self.calls.push(*calls),
            }
        }
        for crossed in &next.crossed {
            match self.crossed.iter_mut().find(|known| (known.from, known.to) == (crossed.from, crossed.to)) {
                Some(known) => {
                    known.calls += crossed.calls;
                    known.bytes += crossed.bytes;
                }
                None => self.crossed.push(*crossed),
            }
        }
    }
}

/// Adds so many to those of the same kind.
pub fn count(list: &mut Vec<Trouble>, trouble: Trouble) {
    let who = |known: &Trouble| (known.region, known.service, known.reason);
    match list.iter_mut().find(|known| who(known) == who(&trouble)) {
        Some(known) => known.count += trouble.count,
        None => list.push(trouble),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(failed: u64, own_ns: i64) -> Stretch {
        let trouble = Trouble { region: 0, service: 2, reason: Reason::NoHost, count: failed };
        Stretch {
            seconds: 1,
            failed,
            failures: vec![trouble],
            calls: vec![CallsTo { sent: 1, ended: 1, own_ns, ..CallsTo::default() }],
            p99: Mean::of(Some(own_ns as f64)),
            ..Stretch::default()
        }
    }

    #[test]
    fn stretches_add_up() {
        let mut both = second(3, 2_000_000);
        both.join(&second(4, 4_000_000));
        assert_eq!((both.seconds, both.failed, both.failures[0].count), (2, 7, 7));
        assert_eq!((both.failures.len(), both.calls.len()), (1, 1));
        assert_eq!(both.calls[0].mean_ms(), Some(3.0));
        assert_eq!(both.p99.get(), Some(3_000_000.0));
        both.clear();
        assert_eq!(both, Stretch::default());
    }

    #[test]
    fn journeys_are_found_by_what_happened_on_their_way() {
        let mut stretch = Stretch::default();
        stretch.by_way[Stretch::way(true, false)].add(80_000_000);
        stretch.by_way[Stretch::way(true, true)].add(90_000_000);
        stretch.by_way[Stretch::way(false, false)].add(10_000_000);
        let crossed = stretch.journeys(|crossed, _| crossed);
        assert_eq!((crossed.count, crossed.mean_ms(), crossed.longest_ns), (2, Some(85.0), 90_000_000));
        assert_eq!(stretch.journeys(|_, retried| !retried).count, 2);
    }
}
