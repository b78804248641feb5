//! A pod: a few workers, a queue before them, and what is wrong with it.

use std::collections::VecDeque;

use crate::sim::proxy::Site;
use crate::sim::rng::Ratio;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Host, Life, Told};

/// Calls that wait in a pod's queue; the next one gets 503.
pub const QUEUE_MAX: usize = 1024;

/// One pod.
#[derive(Clone, Debug)]
pub struct Pod {
    pub service: u16,
    pub region: u8,
    /// Index into `World::zones`.
    pub zone: u16,
    /// Counted from 1 inside its service and region.
    pub number: u32,
    /// Its place in the list of its service's pods.
    pub host: Host,
    pub condition: Condition,
    pub life: Life,
    /// Its service is to have it: one that goes away comes again.
    pub wanted: bool,
    /// When it was asked to stop.
    pub asked_at: SimTime,
    /// Grows with each turn of its life, so that what was planned for an earlier one is void.
    pub life_epoch: u32,
    /// What was last said of it by its own region's API server.
    pub said: Told,
    /// What its region's load balancer has been told.
    pub listed: Told,
    /// Its certificate has run out.
    pub expired: bool,
    /// Kubernetes has given up its node.
    pub node_lost: bool,
    /// How often it crashed without a long quiet time between, and when last.
    pub crashes: u32,
    pub crashed_at: SimTime,
    /// Grows when it goes down or comes up, so that late news of an older state is void.
    pub epoch: u32,
    /// The proxy beside it for each service that it calls.
    pub proxies: Vec<(u16, u16)>,
    workers: Workers,
    pub counts: PodCounts,
}

/// What is wrong with a pod: all layers on it taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "layers are independent, and each is one of these")]
pub struct Condition {
    /// Packets to and from it are lost.
    pub down: bool,
    /// Connections are refused.
    pub refuse: bool,
    /// It has crashed and waits to be restarted.
    pub crashed: bool,
    /// Accepts and never answers.
    pub blackhole: bool,
    /// Answers 503 always.
    pub unavailable: bool,
    /// Answers 503 this often.
    pub errors: Ratio,
    /// Answers this much later.
    pub slow: SimSpan,
    /// Fails its readiness probe.
    pub not_ready: bool,
}

/// Calls that reached a pod, failures among its answers, and tries that it sent itself: this second's and the last whole
/// one's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodCounts {
    pub calls: u32,
    pub failed: u32,
    pub sent: u32,
    pub calls_last: u32,
    pub failed_last: u32,
}

impl Pod {
    pub fn new(service: u16, place: (u8, u16), number: u32, host: Host, concurrency: u32) -> Self {
        Self {
            service,
            region: place.0,
            zone: place.1,
            number,
            host,
            condition: Condition::default(),
            life: Life::Serving,
            wanted: true,
            asked_at: SimTime::ZERO,
            life_epoch: 0,
            said: Told::Ready,
            listed: Told::Ready,
            expired: false,
            node_lost: false,
            crashes: 0,
            crashed_at: SimTime::ZERO,
            epoch: 0,
            proxies: Vec::new(),
            workers: Workers::new(concurrency),
            counts: PodCounts::default(),
        }
    }

    /// Its region and zone.
    #[inline]
    pub fn place(&self) -> (u8, u16) {
        (self.region, self.zone)
    }

    /// The same, as proxies name places.
    pub fn site(&self) -> Site {
        Site { region: self.region, zone: self.zone }
    }

    /// Takes in a call that will work for `span`: when that work is done, or `None` if the queue is full.
    #[inline]
    pub fn accept(&mut self, now: SimTime, span: SimSpan) -> Option<SimTime> {
        self.workers.accept(now, span)
    }

    /// Forgets all work: the process is gone.
    pub fn drop_work(&mut self) {
        self.workers.clear();
    }

    /// Calls that are worked on and calls that wait.
    pub fn load(&self, now: SimTime) -> (u32, u32) {
        self.workers.load(now)
    }
}

/// Workers that take calls first come, first served. When a call begins and ends is known when it comes, because
/// nothing overtakes it; so its whole stay costs no event of its own.
#[derive(Clone, Debug)]
struct Workers {
    /// When each worker is free, as a heap with the earliest first.
    free_at: Vec<SimTime>,
    /// When each call begins that has not begun, in order.
    begins: VecDeque<SimTime>,
}

impl Workers {
    fn new(concurrency: u32) -> Self {
        Self { free_at: vec![SimTime::ZERO; concurrency.max(1) as usize], begins: VecDeque::new() }
    }

    #[inline]
    fn accept(&mut self, now: SimTime, span: SimSpan) -> Option<SimTime> {
        while self.begins.front().is_some_and(|&begin| begin <= now) {
            self.begins.pop_front();
        }
        if self.begins.len() >= QUEUE_MAX {
            return None;
        }
        let begin = self.free_at[0].max(now);
        let done = begin + span;
        self.free_at[0] = done;
        self.sink();
        if begin > now {
            self.begins.push_back(begin);
        }
        Some(done)
    }

    #[inline]
    fn sink(&mut self) {
        let mut at = 0;
        loop {
            let left = 2 * at + 1;
            if left >= self.free_at.len() {
                break;
            }
            let right = left + 1;
            let child = if right < self.free_at.len() && self.free_at[right] < self.free_at[left] {
                right
            } else {
                left
            };
            if self.free_at[child] >= self.free_at[at] {
                break;
            }
            self.free_at.swap(at, child);
            at = child;
        }
    }

    fn clear(&mut self) {
        self.free_at.fill(SimTime::ZERO);
        self.begins.clear();
    }

    fn load(&self, now: SimTime) -> (u32, u32) {
        let busy = self.free_at.iter().filter(|&&free| free > now).count();
        let waiting = self.begins.iter().filter(|&&begin| begin > now).count();
        (busy as u32, waiting as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> SimTime {
        SimTime::ZERO + SimSpan::from_millis(millis)
    }

    #[test]
    fn calls_are_served_in_the_order_they_come() {
        let mut workers = Workers::new(2);
        let span = SimSpan::from_millis(10);
        let done: Vec<_> = (0..5).map(|_| workers.accept(at(0), span).unwrap()).collect();
        assert_eq!(done, [at(10), at(10), at(20), at(20), at(30)]);
        assert_eq!(workers.load(at(0)), (2, 3));
        assert_eq!(workers.load(at(15)), (2, 1));
        assert_eq!(workers.accept(at(100), span), Some(at(110)));
        assert_eq!(workers.load(at(100)), (1, 0));
    }

    #[test]
    fn a_full_queue_takes_no_more() {
        let mut workers = Workers::new(1);
        let taken = (0..2000).filter(|_| workers.accept(at(0), SimSpan::from_millis(1)).is_some()).count();
        assert_eq!(taken, QUEUE_MAX + 1);
        assert!(workers.accept(at(1), SimSpan::from_millis(1)).is_some(), "one has begun by now");
    }
}
