//! The engine: takes the next event, changes the world, schedules what follows. All of it in one place, [`Engine::handle`].
//!
//! An event is one pop of the queue. Interventions are no events: they wait in an agenda of their own and take effect
//! after all events of their instant, so that a run can be had again whatever the steps it was taken in.

mod answer;
mod apply;
mod arrive;
mod bill;
mod control;
mod data;
mod discovery;
mod gateway;
mod give_up;
mod hop;
mod ingress;
mod inject;
mod linkerd;
mod lives;
mod look;
mod names;
mod parts;
mod pool;
mod probe;
mod route;
mod route53;
mod send;
mod serve;
mod trace;
mod users;
mod why;
mod wire;

use std::sync::Arc;

use crate::sim::cost::Prices;
use crate::sim::event::Event;
use crate::sim::fault::{Deed, Faults, Holding};
use crate::sim::intervention::Intervention;
use crate::sim::meter::{Histogram, Meter};
use crate::sim::proxy::Rules;
use crate::sim::queue::Queue;
use crate::sim::rng::{Concern, Dice, Seed, draw};
use crate::sim::scenario::{RoutingPolicy, Scenario};
use crate::sim::sink::{Digest, Hearing, Sink};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::World;

use arrive::UserStream;
use lives::Rollout;
use names::NameRules;
use why::Memory;

/// How many events may be handled before somebody else gets a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget(pub u32);

impl Budget {
    /// As many as one can ask for at once: some four thousand million.
    pub const fn endless() -> Self {
        Self(u32::MAX)
    }
}

/// How far a step came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// To the moment that was asked for.
    Reached,
    /// The budget was spent before.
    Behind,
}

/// A run at one moment. Cloning it is a checkpoint.
#[derive(Clone, Debug)]
pub struct Engine {
    fixed: Arc<Fixed>,
    now: SimTime,
    queue: Queue<Event>,
    world: World,
    users: Vec<UserStream>,
    faults: Faults,
    rollouts: Vec<Rollout>,
    meter: Meter,
    memory: Memory,
    sink: Sink,
    digest: Digest,
    /// Requests issued so far: the number of the next.
    requests: u64,
    events: u64,
    /// Readiness changes so far: a key for dice.
    pushes: u64,
    /// When the last intervention that is not a heal began.
    last_break: Option<SimTime>,
    second_ends: SimTime,
}

/// What a run never changes.
#[derive(Debug)]
struct Fixed {
    scenario: Scenario,
    seed: Seed,
    dice: Dice,
    rules: Rules,
    names: NameRules,
    prices: Prices,
}

impl Engine {
    /// A run before its first event. Interventions may be in any order; those of one instant keep theirs.
    pub fn new(scenario: &Scenario, seed: Seed, interventions: Vec<Intervention>) -> Self {
        let rules = Rules::new(scenario);
        let dice = Dice::new(seed);
        let world = World::new(scenario, &rules, &dice);
        let mut meter = Meter::new(scenario.regions.len(), scenario.services.len());
        meter.latency_records = scenario.dns.policy == RoutingPolicy::Latency;
        let memory = Memory::new(&world);
        let mut engine = Self {
            now: SimTime::ZERO,
            queue: Queue::default(),
            users: UserStream::all(scenario, seed),
            faults: Faults::default(),
            rollouts: Vec::new(),
            memory,
            sink: Sink::new(Hearing::NOTHING),
            digest: Digest::default(),
            requests: 0,
            events: 0,
            pushes: 0,
            last_break: None,
            second_ends: meter.second_ends(),
            meter,
            world,
            fixed: Arc::new(Fixed {
                scenario: scenario.clone(),
                seed,
                dice,
                rules,
                names: NameRules::new(scenario),
                prices: Prices::shipped(),
            }),
        };
        for region in 0..engine.users.len() {
            engine.schedule_arrival(region as u8);
        }
        engine.schedule_sweeps(0);
        engine.start_probes();
        engine.start_external_dns();
        for intervention in interventions {
            engine.faults.plan(intervention);
        }
        engine
    }

    /// Who listens from now on. Listening changes nothing that happens.
    pub fn hear(&mut self, hearing: Hearing) {
        self.sink.hearing = hearing;
    }

    /// Only requests issued from `from` on count in the report.
    pub fn measure_from(&mut self, from: SimTime) {
        self.meter.from = from;
    }

    /// Latencies count anew from here on.
    pub(in crate::sim) fn forget_latency(&mut self) {
        self.meter.latency = Histogram::default();
    }

    /// The layers that hold now.
    pub(in crate::sim) fn holding(&self) -> Vec<Holding> {
        self.faults.holding()
    }

    /// Handles everything up to and at `target`, or as much of it as the budget allows; takes from the budget what it spends.
    pub fn run_until(&mut self, target: SimTime, budget: &mut Budget) -> Progress {
        loop {
            let event_at = self.queue.next_at().unwrap_or(SimTime::MAX);
            let deed_at = self.faults.next_at().unwrap_or(SimTime::MAX);
            let next = event_at.min(deed_at);
            if next > target {
                break;
            }
            while next >= self.second_ends {
                self.close_second();
            }
            self.now = next;
            if event_at > deed_at {
                self.do_next_deed();
                continue;
            }
            if budget.0 == 0 {
                return Progress::Behind;
            }
            budget.0 -= 1;
            if let Some((at, event)) = self.queue.pop() {
                self.events += 1;
                self.digest.mix(at.nanos() ^ event.word().rotate_left(17));
                self.handle(event);
            }
        }
        while target >= self.second_ends {
            self.close_second();
        }
        self.now = self.now.max(target);
        Progress::Reached
    }

    /// The one place where events become changes.
    #[inline]
    fn handle(&mut self, event: Event) {
        match event {
            Event::Arrive { region, epoch } => self.arrive(region, epoch),
            Event::Reach(of) => self.reach(of),
            Event::Step(of) => self.step(of),
            Event::Answer(of) => self.answer(of),
            Event::Retry(of) => self.retry(of),
            Event::Delayed(of) => self.delayed(of),
            Event::TryTimeout(of) => self.try_timeout(of),
            Event::RouteTimeout(of) => self.route_timeout(of),
            Event::UserLeaves(of) => self.user_leaves(of),
            Event::Sweep { proxy } => self.sweep(proxy),
            Event::Merge { proxy, level } => self.merge(proxy, level),
            Event::Push { region, pod } => self.push(region, pod),
            Event::NodeLost { pod, epoch } => self.node_lost(pod, epoch),
            Event::Store(of) => self.write_store(of),
            Event::Commit { of, region } => self.commit(of, region),
            Event::Replicate { stream } => self.replicate(stream),
            Event::Promoted { number } => self.promoted(number),
            Event::PushLate { region, pod } => self.tell_proxies(region, pod),
            Event::PodStops { pod, epoch } => self.stops(pod, epoch),
            Event::PodExits { pod, epoch } => self.exits(pod, epoch),
            Event::PodStarts { pod, epoch } => self.started(pod, epoch),
            Event::CertificatesExpire { region, epoch } => self.certificates_expire(region, epoch),
            Event::LeasesEnd { region } => self.leases_end(region),
            Event::Resolved(of) => self.resolved(of),
            Event::Check { region, checker } => self.check(region, checker),
            Event::Checked { region, checker, ok } => self.checked(region, checker, ok),
            Event::CheckLate { region, checker, check } => self.check_late(region, checker, check),
            Event::UsersMoved { region, epoch } => self.users_moved(region, epoch),
            Event::ExternalDns { region } => self.external_dns(region),
        }
    }

    fn do_next_deed(&mut self) {
        match self.faults.next() {
            Some(Deed::Do(intervention)) => self.intervene(&intervention),
            Some(Deed::Again(intervention)) => self.intervene_again(&intervention),
            Some(Deed::End(id)) => self.end_layer(id),
            None => {}
        }
    }

    /// Does what an intervention says at this moment, whatever its own says. The events of this moment must have been
    /// handled, as [`Engine::run_until`] does.
    pub(super) fn intervene_now(&mut self, intervention: &Intervention) {
        self.intervene(intervention);
    }

    /// The first sweep of each proxy from `first` on.
    fn schedule_sweeps(&mut self, first: usize) {
        let rules = &self.fixed.rules;
        if !rules.outlier.enabled {
            return;
        }
        let interval = rules.outlier.interval;
        for proxy in first..self.world.proxies.len() {
            let phase = rules.outlier_phase.unwrap_or_else(|| {
                let bits = draw(self.fixed.seed, Concern::Phase, proxy as u64, 0, 0);
                SimSpan::from_nanos(crate::sim::rng::below(bits, interval.nanos()))
            });
            self.queue.schedule(self.now + phase, Event::Sweep { proxy: proxy as u16 });
        }
    }
}
