//! Interventions become layers, and layers become the state of pods, links and users.

use super::Engine;
use crate::sim::event::{Event, TryRef};
use crate::sim::fault::Scope;
use crate::sim::intervention::{Effect, Intervention, Target};
use crate::sim::time::SimSpan;
use crate::sim::world::{PodId, Try};

/// Kubernetes does not wait longer than this before it restarts a container again and again.
const RESTART_WAIT_MAX: SimSpan = SimSpan::from_seconds(300);
/// After so long without a crash the wait is short again.
const RESTART_FORGIVEN: SimSpan = SimSpan::from_seconds(600);
/// Kubernetes takes a node it has not heard from for lost after this (`node-monitor-grace-period`).
const NODE_GRACE: SimSpan = SimSpan::from_seconds(50);

impl Engine {
    /// Does what an intervention says, now.
    pub(super) fn intervene(&mut self, intervention: &Intervention) {
        self.intervene_once(intervention, false);
    }

    /// Does once more what repeats.
    pub(super) fn intervene_again(&mut self, intervention: &Intervention) {
        self.intervene_once(intervention, true);
    }

    fn intervene_once(&mut self, intervention: &Intervention, again: bool) {
        let target = intervention.target();
        let scope = Scope::of(target, &self.fixed.scenario);
        self.digest.mix(self.now.nanos() ^ 0xD0);
        self.faults.plan_again(intervention, self.now);
        if intervention.is_heal() {
            let healed = self.faults.heal(target);
            self.tell_healed(target, healed);
        } else {
            self.last_break = Some(self.now);
            let lasts = self.lasts(intervention, &scope);
            self.tell_intervention(intervention, lasts);
            let rolls = match scope {
                Scope::Pods { service, region, .. } if *intervention.effect() == Effect::Restart => {
                    Some((service, region))
                }
                _ => None,
            };
            match (target, intervention.effect()) {
                // Its container waits for a restart: nothing runs that could crash.
                (_, Effect::Crash) if lasts == Some(SimSpan::ZERO) => {}
                // A deed, not a layer.
                (_, Effect::Promote(region)) => self.promote_named(region),
                (Target::Aurora, Effect::Down) => {
                    let writer = Scope::Instance(self.world.stores.aurora.writer);
                    self.faults.lay(target, &Effect::Down, writer, lasts, self.now);
                }
                (_, effect) => {
                    if again {
                        self.faults.give_way(target, effect, &scope);
                    }
                    self.faults.lay(target, effect, scope, lasts, self.now);
                }
            }
            if let Some((service, region)) = rolls {
                self.roll(service, region);
            }
        }
        self.refresh();
    }

    /// A layer has come to its end.
    pub(super) fn end_layer(&mut self, id: u64) {
        if let Some((target, effect)) = self.faults.end(id) {
            self.digest.mix(self.now.nanos() ^ 0xED);
            self.tell_ended(&target, &effect);
            self.refresh();
        }
    }

    /// How long a layer stays: a crashed container is restarted by itself, later each time.
    fn lasts(&mut self, intervention: &Intervention, scope: &Scope) -> Option<SimSpan> {
        if *intervention.effect() != Effect::Crash || intervention.lasts().is_some() {
            return intervention.lasts();
        }
        let mut wait = SimSpan::ZERO;
        for pod in self.world.pods.iter_mut().filter(|pod| scope.has(pod) && !pod.condition.crashed) {
            if self.now.since(pod.crashed_at) > RESTART_FORGIVEN {
                pod.crashes = 0;
            }
            let doublings = pod.crashes.min(16);
            wait = wait.max(self.fixed.scenario.restart.times(1 << doublings).min(RESTART_WAIT_MAX));
            pod.crashes += 1;
            pod.crashed_at = self.now;
        }
        Some(wait)
    }

    /// Brings pods, links and users into the state that all layers together describe.
    fn refresh(&mut self) {
        self.refresh_regions();
        let severed_before = self.severed_pairs();
        self.refresh_links();
        self.refresh_gateways();
        for id in 0..self.world.pods.len() as PodId {
            self.refresh_pod(id);
        }
        for (one, other) in self.severed_pairs() {
            if !severed_before.contains(&(one, other)) {
                self.sever(one, other);
            }
        }
        for region in 0..self.users.len() as u8 {
            let surge = self.faults.surge(region);
            self.set_surge(region, surge);
        }
        self.refresh_discovery();
        self.refresh_lives();
        self.push_what_differs();
        self.refresh_stores();
        self.look_again();
    }

    fn refresh_regions(&mut self) {
        for region in 0..self.world.regions.len() as u8 {
            let state = &mut self.world.regions[usize::from(region)];
            state.down = self.faults.region_is(region, &Effect::Down);
            state.isolated = self.faults.region_is(region, &Effect::Isolate);
        }
    }

    fn refresh_links(&mut self) {
        let regions = self.world.regions.len() as u8;
        for from in 0..regions {
            for to in (0..regions).filter(|&to| to != from) {
                let index = usize::from(from) * usize::from(regions) + usize::from(to);
                self.world.links[index] = self.faults.link(from, to);
            }
        }
    }

    fn severed_pairs(&self) -> Vec<(u8, u8)> {
        let regions = self.world.regions.len() as u8;
        let pairs = (0..regions).flat_map(|one| (one + 1..regions).map(move |other| (one, other)));
        pairs.filter(|&(one, other)| self.world.severed(one, other)).collect()
    }

    fn refresh_pod(&mut self, id: PodId) {
        let pod = &self.world.pods[usize::from(id)];
        let (before, after) = (pod.condition, self.faults.condition(pod));
        if before == after {
            return;
        }
        let pod = &mut self.world.pods[usize::from(id)];
        pod.condition = after;
        if before.down != after.down {
            pod.epoch += 1;
            pod.node_lost = false;
        }
        let region_down = self.world.regions[usize::from(pod.region)].down;
        if (after.down && !before.down) || (after.crashed && !before.crashed) {
            self.world.stores.forget_reads(id, self.now);
        }
        let pod = &mut self.world.pods[usize::from(id)];
        if after.down && !before.down {
            pod.drop_work();
            if !region_down {
                // With its region a pod's own API server is gone too, and nobody is left to notice.
                let event = Event::NodeLost { pod: id, epoch: pod.epoch };
                self.queue.schedule(self.now + NODE_GRACE, event);
            }
            let open = self.tries_at(|_, made| made.pod == id);
            // No packet comes back: the caller's connection is given up as slowly as one that is never made.
            self.break_off(&open, false, |engine, _| engine.fixed.rules.connect_timeout);
            self.forget_connections(id);
        } else if after.crashed && !before.crashed {
            pod.drop_work();
            let open = self.tries_at(|_, made| made.pod == id);
            self.break_off(&open, false, Self::travel_back);
            self.forget_connections(id);
        }
        self.refresh_readiness(id);
    }

    /// Tries on the wire or at a pod, of which the predicate holds.
    pub(super) fn tries_at(&self, holds: impl Fn(&Self, &Try) -> bool) -> Vec<TryRef> {
        let open = self.world.tries.iter().filter(|(_, made)| made.flags.in_flight && holds(self, made));
        open.map(|(of, _)| of).collect()
    }

    /// No packet passes between two regions any more: what was on its way is lost, though pods finish their work.
    fn sever(&mut self, one: u8, other: u8) {
        let open = self.tries_at(|engine, made| {
            let there = engine.world.pods[usize::from(made.pod)].region;
            // Users of another region come over the internet.
            !Self::is_users(made)
                && ((made.region, there) == (one, other) || (made.region, there) == (other, one))
        });
        self.break_off(&open, true, |engine, _| engine.fixed.rules.connect_timeout);
    }
}
