//! Pods come and go: scaling, rolling restarts, and the way a pod ends.
//!
//! ```text
//!              asked to stop                 preStop over            nothing open, or 30 s
//!   Serving ────────────────────▶ Leaving ──────────────▶ Draining ──────────────────────▶ Gone
//!      ▲    word: on no list          takes calls             refuses connections            │ wanted again
//!      └───────────────────────────── Starting ◀─────────────────────────────────────────────┘
//! ```
//!
//! Word of the end and the end itself set off at the same moment: the proxies hear 0.1 to 0.5 s later. Without a
//! `preStop` hook a pod refuses connections meanwhile, which a mesh tries again elsewhere and a load balancer does not.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::rng::{Concern, below};
use crate::sim::scenario::Pattern;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Life, PodId};

/// A pod that has not ended by itself is killed so long after it was asked to (`terminationGracePeriodSeconds`).
const GRACE: SimSpan = SimSpan::from_seconds(30);
/// Its sidecar stays at least this long after the hook (Istio's `terminationDrainDuration`), so that its address refuses
/// rather than drops packets.
const DRAIN: SimSpan = SimSpan::from_seconds(5);
/// How often it is looked whether a draining pod still has work.
const LOOK_AGAIN: SimSpan = SimSpan::from_millis(100);

/// A rolling restart on its way: one pod at a time, lowest number first, the next when the last one is ready again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rollout {
    service: u16,
    region: u8,
    /// The number of the pod that is away; 0 at the beginning.
    away: u32,
    /// The highest number that has had its turn.
    done: u32,
}

impl Engine {
    /// Brings the number of pods to what all layers say, and lets go of restarts that have been healed.
    pub(super) fn refresh_lives(&mut self) {
        for service in 0..self.world.services.len() as u16 {
            for region in 0..self.world.regions.len() as u8 {
                let own = self.fixed.scenario.services[usize::from(service)].pods[usize::from(region)];
                let wanted = self.faults.scale(service, region).unwrap_or(own);
                self.scale(service, region, wanted);
            }
        }
        let faults = &self.faults;
        self.rollouts.retain(|rollout| faults.restarts(rollout.service, rollout.region));
        self.start_pending();
    }

    fn scale(&mut self, service: u16, region: u8, wanted: u32) {
        let there = |engine: &Self| {
            engine.world.services[usize::from(service)].by_region[usize::from(region)].len() as u32
        };
        while there(self) < wanted {
            let fixed = std::sync::Arc::clone(&self.fixed);
            let first_proxy = self.world.proxies.len();
            let Some(id) = self.world.add_pod(&fixed.scenario, service, region, &fixed.rules) else { break };
            let pod = &mut self.world.pods[usize::from(id)];
            pod.condition = self.faults.condition(pod);
            self.schedule_sweeps(first_proxy);
        }
        for index in 0..there(self) as usize {
            let id = self.world.services[usize::from(service)].by_region[usize::from(region)][index];
            let pod = &mut self.world.pods[usize::from(id)];
            let wants = pod.number <= wanted;
            if pod.wanted == wants {
                continue;
            }
            pod.wanted = wants;
            match (wants, pod.life) {
                (true, Life::Gone) => self.begin(id),
                (false, Life::Serving) => self.ask_to_leave(id),
                (false, Life::Starting | Life::Pending) => self.leave(id),
                // One on its way out comes again when it has gone; one that is out stays out.
                _ => {}
            }
        }
    }

    /// A restart of all pods of a service begins, anew if one was on its way.
    pub(super) fn roll(&mut self, service: u16, region: u8) {
        let same = |rollout: &&mut Rollout| (rollout.service, rollout.region) == (service, region);
        if let Some(known) = self.rollouts.iter_mut().find(same) {
            known.done = 0;
            return;
        }
        self.rollouts.push(Rollout { service, region, away: 0, done: 0 });
        self.roll_on(service, region, 0);
    }

    /// The pod with this number is ready again, or will not come again: the next one's turn.
    fn roll_on(&mut self, service: u16, region: u8, settled: u32) {
        let mine =
            |rollout: &Rollout| (rollout.service, rollout.region, rollout.away) == (service, region, settled);
        let Some(index) = self.rollouts.iter().position(mine) else { return };
        let done = self.rollouts[index].done;
        let pods = &self.world.services[usize::from(service)].by_region[usize::from(region)];
        let next = pods.iter().copied().find(|&id| {
            let pod = &self.world.pods[usize::from(id)];
            pod.number > done && pod.life == Life::Serving
        });
        let Some(id) = next else {
            self.rollouts.remove(index);
            self.faults.end_restarts(service, region);
            self.tell_restarted(service, region);
            return;
        };
        let number = self.world.pods[usize::from(id)].number;
        (self.rollouts[index].away, self.rollouts[index].done) = (number, number);
        self.ask_to_leave(id);
    }

    /// A pod is ready after it was not.
    pub(super) fn settled(&mut self, id: PodId) {
        let pod = &self.world.pods[usize::from(id)];
        self.roll_on(pod.service, pod.region, pod.number);
    }

    fn turn(&mut self, id: PodId, life: Life) -> u32 {
        let pod = &mut self.world.pods[usize::from(id)];
        pod.life = life;
        pod.life_epoch += 1;
        self.refresh_readiness(id);
        self.world.pods[usize::from(id)].life_epoch
    }

    /// A pod is asked to stop: it leaves all lists while its `preStop` hook runs.
    fn ask_to_leave(&mut self, id: PodId) {
        let epoch = self.turn(id, Life::Leaving);
        self.world.pods[usize::from(id)].asked_at = self.now;
        self.tell_leaving(id);
        let hook = self.fixed.scenario.control.pre_stop.min(GRACE);
        self.queue.schedule(self.now + hook, Event::PodStops { pod: id, epoch });
    }

    /// It stops listening.
    pub(super) fn stops(&mut self, id: PodId, epoch: u32) {
        let pod = &self.world.pods[usize::from(id)];
        if pod.life_epoch != epoch {
            return;
        }
        let killed_at = pod.asked_at + GRACE;
        let epoch = self.turn(id, Life::Draining);
        self.forget_connections(id);
        self.queue.schedule((self.now + DRAIN).min(killed_at), Event::PodExits { pod: id, epoch });
    }

    /// It ends if it has nothing open, and in any case when its grace is over.
    pub(super) fn exits(&mut self, id: PodId, epoch: u32) {
        let pod = &self.world.pods[usize::from(id)];
        if pod.life_epoch != epoch {
            return;
        }
        let killed_at = pod.asked_at + GRACE;
        let open: Vec<TryRef> = self.tries_at(|_, made| made.pod == id);
        if !open.is_empty() && self.now < killed_at {
            let event = Event::PodExits { pod: id, epoch };
            self.queue.schedule((self.now + LOOK_AGAIN).min(killed_at), event);
            return;
        }
        self.break_off(&open, false, Self::travel_back);
        self.leave(id);
    }

    /// The pod is no more, and comes again if it is wanted.
    fn leave(&mut self, id: PodId) {
        self.turn(id, Life::Gone);
        let pod = &mut self.world.pods[usize::from(id)];
        pod.drop_work();
        let (service, region, number) = (pod.service, pod.region, pod.number);
        if pod.wanted { self.begin(id) } else { self.roll_on(service, region, number) }
    }

    /// A pod is created under a number that is free. Its start takes its time, unless it has to wait for something first.
    fn begin(&mut self, id: PodId) {
        if !self.may_start(id) {
            self.turn(id, Life::Pending);
            return;
        }
        self.renew_certificate(id);
        self.world.pods[usize::from(id)].crashes = 0;
        let epoch = self.turn(id, Life::Starting);
        let least = self.fixed.scenario.control.start;
        let bits = self.fixed.dice.draw(Concern::Lives, u64::from(epoch), 0, u32::from(id));
        let extra = SimSpan::from_nanos(below(bits, (least.nanos() / 2).saturating_mul(3) + 1));
        self.queue.schedule(self.now + least + extra, Event::PodStarts { pod: id, epoch });
    }

    /// Without its region's istiod a pod gets no sidecar, no certificate and no configuration; on a dead node nothing
    /// starts.
    fn may_start(&self, id: PodId) -> bool {
        let pod = &self.world.pods[usize::from(id)];
        let mesh = self.fixed.scenario.pattern == Pattern::Mesh;
        let istiod = self.world.regions[usize::from(pod.region)].control.istiod;
        !(pod.condition.down || mesh && istiod.down)
    }

    /// Pods that waited for something start when it is there.
    fn start_pending(&mut self) {
        for id in 0..self.world.pods.len() as PodId {
            if self.world.pods[usize::from(id)].life == Life::Pending && self.may_start(id) {
                self.begin(id);
            }
        }
    }

    /// The pod listens, and its proxies know what the control plane knows.
    pub(super) fn started(&mut self, id: PodId, epoch: u32) {
        if self.world.pods[usize::from(id)].life_epoch != epoch {
            return;
        }
        if !self.may_start(id) {
            self.turn(id, Life::Pending);
            return;
        }
        let fixed = std::sync::Arc::clone(&self.fixed);
        self.world.renew_proxies(id, &fixed.rules);
        let proxies: Vec<_> = self.world.proxies_of(id).collect();
        for proxy in proxies {
            self.world.names[usize::from(proxy)] = SimTime::ZERO;
        }
        self.turn(id, Life::Serving);
    }
}
