//! Discovery: what each region's control plane knows of every pod, and what it does when it cannot know.
//!
//! istiod keeps serving what it knew: down, its proxies keep their last endpoints; cut off from the other region's API
//! server, it keeps that region's. Losing the remote secret removes that region's endpoints cleanly. A consistent registry
//! (`registry.consistency`) chooses the other way in a partition: without a quorum it answers nobody, and with one it lets
//! go of what it cannot renew.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::intervention::Part;
use crate::sim::rng::{Concern, below};
use crate::sim::scenario::{Consistency, Pattern};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{ClusterDns, Istiod, PodId, Told, Try};

/// What an endpoint's lease lasts in a consistent registry: the shortest session that Consul allows, and what etcd's
/// users commonly grant.
const LEASE: SimSpan = SimSpan::from_seconds(10);

impl Engine {
    /// Brings the control planes into the state that all layers describe.
    pub(super) fn refresh_discovery(&mut self) {
        let mesh = self.fixed.scenario.pattern == Pattern::Mesh;
        for region in 0..self.world.regions.len() as u8 {
            let (istiod, dns) = (self.faults.part(region, Part::Istiod), self.faults.part(region, Part::Dns));
            let control = &mut self.world.regions[usize::from(region)].control;
            control.dns = ClusterDns { down: dns.down, slow: dns.slow };
            let before = control.istiod;
            if mesh {
                let (down, slow, secret_lost) = (istiod.down, istiod.slow, istiod.secret_lost);
                control.istiod = Istiod { down, slow, secret_lost };
            }
            if before.down != control.istiod.down {
                control.epoch += 1;
                control.changed_at = self.now;
                if control.istiod.down {
                    self.certificates_age(region);
                } else {
                    self.renew_certificates(region);
                }
            }
        }
        self.refresh_leases();
    }

    /// What a region's proxies are to be told of a pod; `None` where nobody can tell, and they keep what they know.
    pub(super) fn word_for(&self, region: u8, id: PodId) -> Option<Told> {
        let (pod, state) = (&self.world.pods[usize::from(id)], &self.world.regions[usize::from(region)]);
        if state.control.istiod.down {
            return None;
        }
        let lease_out = |since: SimTime| self.now.since(since) >= LEASE;
        if state.control.unrenewed[usize::from(pod.region)].is_some_and(lease_out) {
            return Some(Told::Gone);
        }
        if state.control.istiod.secret_lost && pod.region != region {
            return Some(Told::Gone);
        }
        let cut_off = self.world.severed(region, pod.region)
            || state.down
            || self.world.regions[usize::from(pod.region)].down;
        if cut_off { None } else { Some(pod.word()) }
    }

    /// Leases that can be renewed are; the others begin to run out.
    fn refresh_leases(&mut self) {
        if self.fixed.scenario.control.consistency == Consistency::Available {
            return;
        }
        for region in 0..self.world.regions.len() as u8 {
            let group = self.joined(region);
            let quorum = self.is_quorum(&group);
            let mut lost = false;
            for other in 0..self.world.regions.len() as u8 {
                let renewed = quorum && group.contains(&other);
                let since =
                    &mut self.world.regions[usize::from(region)].control.unrenewed[usize::from(other)];
                lost |= !renewed && since.is_none();
                *since = if renewed { None } else { since.or(Some(self.now)) };
            }
            if lost {
                self.queue.schedule(self.now + LEASE, Event::LeasesEnd { region });
            }
        }
    }

    /// The regions that are up and that packets get to from here, over others if need be.
    fn joined(&self, region: u8) -> Vec<u8> {
        let up = |region: u8| !self.world.regions[usize::from(region)].down;
        let mut group = Vec::new();
        if up(region) {
            group.push(region);
        }
        let mut next = 0;
        while let Some(&from) = group.get(next) {
            next += 1;
            for to in 0..self.world.regions.len() as u8 {
                if up(to) && !group.contains(&to) && !self.world.severed(from, to) {
                    group.push(to);
                }
            }
        }
        group
    }

    /// More than half of all regions; of two equal halves the one with the first region, which has a vote more.
    fn is_quorum(&self, group: &[u8]) -> bool {
        let votes = group.len() * 2 + usize::from(group.contains(&0));
        votes > self.world.regions.len()
    }

    /// Leases have run out: what they held is gone at once.
    pub(super) fn leases_end(&mut self, region: u8) {
        let mut changed = false;
        for id in 0..self.world.pods.len() as PodId {
            let told = self.world.regions[usize::from(region)].told[usize::from(id)];
            if self.word_for(region, id).is_some_and(|word| word != told) {
                changed = true;
                self.tell_proxies(region, id);
            }
        }
        if changed {
            let quorum = self.is_quorum(&self.joined(region));
            self.tell_leases_end(region, quorum);
        }
    }

    /// While istiod is down nothing is renewed. A certificate is renewed at half its life, so each has between half of it
    /// and all of it left (Istio: `SECRET_TTL` 24 h, `SECRET_GRACE_PERIOD_RATIO` 0.5).
    fn certificates_age(&mut self, region: u8) {
        let first = self.expiries(region).map(|(_, at)| at).min();
        let epoch = self.world.regions[usize::from(region)].control.epoch;
        if let Some(at) = first {
            self.queue.schedule(at, Event::CertificatesExpire { region, epoch });
        }
    }

    /// The pods of a region, and when each one's certificate runs out if istiod stays down.
    fn expiries(&self, region: u8) -> impl Iterator<Item = (PodId, SimTime)> + '_ {
        let control = &self.world.regions[usize::from(region)].control;
        let half = SimSpan::from_nanos(self.fixed.scenario.control.cert_ttl.nanos() / 2);
        let here = self.world.pods.iter().enumerate().filter(move |(_, pod)| pod.region == region);
        here.filter(|(_, pod)| pod.exists()).map(move |(id, _)| {
            let bits = self.fixed.dice.draw(Concern::Lives, u64::from(control.epoch), 1, id as u32);
            (id as PodId, control.changed_at + half + SimSpan::from_nanos(below(bits, half.nanos() + 1)))
        })
    }

    /// Some certificate of a region's pods has run out.
    pub(super) fn certificates_expire(&mut self, region: u8, epoch: u32) {
        if self.world.regions[usize::from(region)].control.epoch != epoch {
            return;
        }
        let due: Vec<PodId> =
            self.expiries(region).filter(|&(_, at)| at <= self.now).map(|(id, _)| id).collect();
        for id in due {
            let pod = &mut self.world.pods[usize::from(id)];
            if !pod.expired {
                pod.expired = true;
                self.world.expired += 1;
                self.tell_expired(id);
            }
        }
        let next = self.expiries(region).map(|(_, at)| at).filter(|&at| at > self.now).min();
        if let Some(at) = next {
            self.queue.schedule(at, Event::CertificatesExpire { region, epoch });
        }
    }

    fn renew_certificates(&mut self, region: u8) {
        for id in 0..self.world.pods.len() as PodId {
            if self.world.pods[usize::from(id)].region == region {
                self.renew_certificate(id);
            }
        }
    }

    /// A pod has a fresh certificate.
    pub(super) fn renew_certificate(&mut self, id: PodId) {
        let pod = &mut self.world.pods[usize::from(id)];
        if std::mem::take(&mut pod.expired) {
            self.world.expired -= 1;
        }
    }

    /// No mTLS connection comes about between a try's caller and its pod. Calls here have no connections of their own
    /// that would outlive them, so this meets every call; a real mesh holds out as long as its open connections do.
    #[inline]
    pub(super) fn handshake_fails(&self, made: &Try) -> bool {
        self.world.expired > 0 && self.certificate_missing(made)
    }

    #[cold]
    fn certificate_missing(&self, made: &Try) -> bool {
        use crate::sim::proxy::Caller;
        let Some(proxy) = self.world.proxies.get(usize::from(made.proxy)) else { return false };
        let caller = matches!(proxy.caller, Caller::Pod(id) if self.world.pods[usize::from(id)].expired);
        caller || self.world.pods[usize::from(made.pod)].expired
    }
}
