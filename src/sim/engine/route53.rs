//! Health checks of the records, what Route 53 makes of them, and who writes the records.
//!
//! A check sees the entry service's pods themselves, as a load balancer's target sees it: it asks one ready pod and
//! wants a 2xx in time. That payment fails two calls further on it does not see. While every check would succeed none
//! is made, so a healthy mesh pays no events for it. Deep checks are requests and live in `engine::probe`.
//!
//! Left out: queues before the entry pods, the travel of checks, and the up to a minute that a changed record takes to
//! all of Route 53's name servers.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::policy::dns::{ANSWER_MAX, CONNECT_MAX};
use crate::sim::rng::{Concern, below};
use crate::sim::scenario::{CheckDepth, Owner};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{FOR_CHECK_ERROR, FOR_CHECKED_POD, FOR_EXTERNAL_DNS, Pod, PodId, Told};

/// How a check ends, and after how long.
struct Result {
    ok: bool,
    after: SimSpan,
}

impl Engine {
    /// The loops of `ExternalDNS`, where they can do anything: each cluster's keeps its own record as it is.
    pub(super) fn start_external_dns(&mut self) {
        let dns = &self.fixed.scenario.dns;
        if self.world.route53.is_none() || dns.external_dns_owner == Owner::Distinct {
            return;
        }
        for region in 0..self.world.regions.len() {
            let bits = self.fixed.dice.draw(Concern::Dns, region as u64, FOR_EXTERNAL_DNS, 0);
            let phase = SimSpan::from_nanos(below(bits, dns.external_dns_interval.nanos()));
            self.queue.schedule(SimTime::ZERO + phase, Event::ExternalDns { region: region as u8 });
        }
    }

    /// What has changed may have changed what checks see: checkers wake where one could fail.
    pub(super) fn look_again(&mut self) {
        // Deep checks never sleep.
        if self.fixed.scenario.dns.check == CheckDepth::Deep {
            return;
        }
        for region in 0..self.world.regions.len() {
            let (well, doors) = (self.checks_succeed(region), self.door_pods(region).len());
            let Some(route53) = &mut self.world.route53 else { return };
            let record = &mut route53.records[region];
            if record.well != well {
                (record.well, record.turned) = (well, self.now);
            }
            if well || doors == 0 {
                continue;
            }
            let interval = self.fixed.scenario.dns.check_interval;
            for (number, checker) in record.checkers.iter_mut().enumerate().filter(|(_, each)| each.asleep) {
                checker.asleep = false;
                checker.due = checker.next_after(self.now, interval);
                let event = Event::Check { region: region as u8, checker: number as u8 };
                self.queue.schedule(checker.due, event);
            }
        }
    }

    /// A checker asks.
    pub(super) fn check(&mut self, region: u8, checker: u8) {
        if self.fixed.scenario.dns.check == CheckDepth::Deep {
            self.probe(region, checker);
            return;
        }
        let result = self.check_result(region, checker);
        let Some(route53) = &mut self.world.route53 else { return };
        route53.records[usize::from(region)].checkers[usize::from(checker)].checks += 1;
        if result.after == SimSpan::ZERO {
            self.checked(region, checker, result.ok);
        } else {
            let event = Event::Checked { region, checker, ok: result.ok };
            self.queue.schedule(self.now + result.after, event);
        }
    }

    /// A checker has its answer, or waits no longer; the next check is one interval after that.
    pub(super) fn checked(&mut self, region: u8, checker: u8, ok: bool) {
        let dns = &self.fixed.scenario.dns;
        let Some(route53) = &mut self.world.route53 else { return };
        let deep = dns.check == CheckDepth::Deep;
        let record = &mut route53.records[usize::from(region)];
        if deep && ok != record.healthy && record.is_quiet() {
            record.turned = self.now;
        }
        let asker = &mut record.checkers[usize::from(checker)];
        let turned = asker.hears(ok, dns.check_threshold);
        asker.due = self.now + dns.check_interval;
        asker.asleep = !deep && record.well && asker.healthy && asker.streak == 0;
        if !asker.asleep {
            self.queue.schedule(asker.due, Event::Check { region, checker });
        }
        if turned && record.is_healthy() != record.healthy {
            record.healthy = !record.healthy;
            let healthy = record.healthy;
            if !healthy && route53.detected < self.last_break {
                route53.detected = Some(self.now);
            }
            self.tell_record(region, healthy);
            self.records_changed();
        }
    }

    /// Route 53 answers with what it has now; resolvers follow when they ask.
    fn records_changed(&mut self) {
        let Some(route53) = &mut self.world.route53 else { return };
        for (users, was, last) in route53.changed(self.now) {
            let Some(route53) = &self.world.route53 else { return };
            let epoch = route53.moves[usize::from(users)].epoch;
            self.tell_moving(users, was, last);
            self.queue.schedule(last, Event::UsersMoved { region: users, epoch });
        }
    }

    /// The last resolver of a region's users has let go of an answer that no longer holds.
    pub(super) fn users_moved(&mut self, region: u8, epoch: u32) {
        let Some(route53) = &mut self.world.route53 else { return };
        if route53.moves[usize::from(region)].epoch != epoch {
            return;
        }
        if route53.detected == Some(route53.moves[usize::from(region)].since) {
            route53.moved = Some(self.now);
        }
        self.tell_moved(region);
    }

    /// One round of a cluster's `ExternalDNS`, where both have the same owner id and `--policy=sync`: by the TXT records
    /// all are its own, so it deletes what its cluster does not ask for, and writes what is missing. Changes are at all
    /// name servers at once here; Route 53 takes up to a minute.
    pub(super) fn external_dns(&mut self, region: u8) {
        let again = self.now + self.fixed.scenario.dns.external_dns_interval;
        self.queue.schedule(again, Event::ExternalDns { region });
        if self.world.regions[usize::from(region)].down || self.door_pods(usize::from(region)).is_empty() {
            return;
        }
        let Some(route53) = &mut self.world.route53 else { return };
        let mut changed = false;
        for (other, record) in route53.records.iter_mut().enumerate() {
            let wanted = other == usize::from(region);
            changed |= record.listed != wanted;
            record.listed = wanted;
        }
        if changed {
            self.tell_rewritten(region);
            self.records_changed();
        }
    }

    /// The entry service's pods in a region.
    fn door_pods(&self, region: usize) -> &[PodId] {
        &self.world.services[self.fixed.scenario.entry.service].by_region[region]
    }

    /// Entry pods that the region's load balancer has on its list.
    fn ready_doors(&self, region: usize) -> impl Iterator<Item = &Pod> {
        let pods = self.door_pods(region).iter().map(|id| &self.world.pods[usize::from(*id)]);
        pods.filter(|pod| pod.listed == Told::Ready)
    }

    /// Whether any check of a region's record would succeed, whichever pod it came to.
    fn checks_succeed(&self, region: usize) -> bool {
        let mut doors = self.ready_doors(region).peekable();
        doors.peek().is_some() && doors.all(answers_checks)
    }

    /// What one check comes to: the load balancer hands it to any of the ready pods.
    fn check_result(&self, region: u8, checker: u8) -> Result {
        let at_once = |ok| Result { ok, after: SimSpan::ZERO };
        let doors: Vec<&Pod> = self.ready_doors(usize::from(region)).collect();
        let lane = u64::from(region) << 8 | u64::from(checker);
        let Some(route53) = &self.world.route53 else { return at_once(true) };
        let number = route53.records[usize::from(region)].checkers[usize::from(checker)].checks;
        let draw = |what| self.fixed.dice.draw(Concern::Dns, lane << 40 | u64::from(number), what, 0);
        let pick = below(draw(FOR_CHECKED_POD), doors.len() as u64) as usize;
        // Without a ready pod the load balancer answers 503 itself.
        let Some(pod) = doors.get(pick) else { return at_once(false) };
        let condition = &pod.condition;
        if condition.down {
            return Result { ok: false, after: CONNECT_MAX };
        }
        if condition.refuse || condition.crashed {
            return at_once(false);
        }
        if condition.blackhole || condition.slow >= ANSWER_MAX {
            return Result { ok: false, after: ANSWER_MAX };
        }
        let errs = condition.unavailable || condition.errors.hits(draw(FOR_CHECK_ERROR));
        Result { ok: !errs, after: condition.slow }
    }
}

/// A check that comes to this pod succeeds for certain.
fn answers_checks(pod: &Pod) -> bool {
    let condition = &pod.condition;
    let reached = !condition.down && !condition.refuse && !condition.crashed && !condition.blackhole;
    reached && !condition.unavailable && condition.errors.is_zero() && condition.slow < ANSWER_MAX
}
