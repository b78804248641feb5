//! A run that one can walk about in: forward within a budget, back to any moment, and again with something changed.
//!
//! Going back is having the run again: the last checkpoint before the moment, and the same events from there. What was
//! told on the way (lines, seconds) is kept once and recognized when it is told again.

mod ahead;
mod history;
mod inspect;
mod view;

use crate::mesh_view::MeshView;
use crate::sim::engine::{Budget, Engine, Progress};
use crate::sim::intervention::Intervention;
use crate::sim::report::Report;
use crate::sim::reproduce::command_line;
use crate::sim::rng::Seed;
use crate::sim::scenario::Scenario;
use crate::sim::sink::Hearing;
use crate::sim::time::{SimSpan, SimTime};

use history::History;

/// A view shows the hops of the last two seconds, so replay begins at least this much before the moment wanted.
const RUN_UP: SimSpan = SimSpan::from_millis(2_100);
/// With each so many tries in flight, some 6 MB, checkpoints stand as much further apart again.
const OPEN_SPREAD: usize = 40_000;
/// Whole seconds are the moments of checkpoints.
const CHECKPOINT_EVERY: SimSpan = SimSpan::from_seconds(1);

/// A run with its past.
#[derive(Clone, Debug)]
pub struct Timeline {
    engine: Engine,
    /// All interventions, those still to come included; sorted by time.
    log: Vec<Intervention>,
    /// How many of them have taken effect.
    applied: usize,
    /// Taken back and not yet replaced by something else; the last one first.
    undone: Vec<Intervention>,
    checkpoints: Vec<Checkpoint>,
    history: History,
    /// Dots drawn stand for this many hops.
    sample: u32,
}

#[derive(Clone, Debug)]
struct Checkpoint {
    engine: Engine,
    applied: usize,
    told: history::Mark,
}

impl Timeline {
    /// A run at its beginning. Interventions take effect when their time comes.
    #[expect(clippy::needless_pass_by_value, reason = "a run is made of its three parts, all given away")]
    pub fn new(scenario: Scenario, seed: Seed, mut interventions: Vec<Intervention>) -> Self {
        interventions.sort_by_key(Intervention::at);
        let mut engine = Engine::new(&scenario, seed, Vec::new());
        engine.hear(Hearing::ALL);
        let sample = view::sample(&engine);
        let start = Checkpoint { engine: engine.clone(), applied: 0, told: history::Mark::default() };
        Self {
            engine,
            log: interventions,
            applied: 0,
            undone: Vec::new(),
            checkpoints: vec![start],
            history: History::default(),
            sample,
        }
    }

    /// The moment reached.
    pub fn now(&self) -> SimTime {
        self.engine.now()
    }

    /// Runs on to `to`, or as far as the budget allows. Does nothing if `to` has passed.
    pub fn advance(&mut self, to: SimTime, budget: &mut Budget) -> Progress {
        loop {
            let due = self.log.get(self.applied).map_or(SimTime::MAX, Intervention::at);
            let second = SimTime::ZERO + CHECKPOINT_EVERY.times(self.now().seconds() + 1);
            let next = to.min(due).min(second);
            let before = self.now();
            if next >= before && self.engine.run_until(next, budget) == Progress::Behind {
                self.collect();
                return Progress::Behind;
            }
            self.collect();
            if next == due {
                let intervention = self.log[self.applied].clone();
                self.engine.intervene_now(&intervention);
                self.applied += 1;
                self.collect();
            } else if next == second {
                self.keep_checkpoint();
            }
            // Once more at the end: what an intervention set off at this very moment belongs to it.
            if next >= to && next != due {
                return Progress::Reached;
            }
        }
    }

    /// Does something now. What was still to come is dropped, as is what was undone.
    pub fn intervene(&mut self, intervention: Intervention) {
        let now = self.now();
        self.undone.clear();
        self.log.truncate(self.applied);
        self.apply(intervention.moved_to(now));
    }

    /// Takes back the last intervention that has taken effect and returns to its moment, as if it had not been. False if
    /// there is none. To go on where one was, [`Timeline::seek`] there.
    pub fn undo(&mut self) -> bool {
        let Some(index) = self.applied.checked_sub(1) else { return false };
        let last = self.log.remove(index);
        let at = last.at();
        self.undone.push(last);
        self.restore(|checkpoint| checkpoint.applied <= index && checkpoint.engine.now() <= at);
        self.run_to(at);
        self.cut_future();
        true
    }

    /// Does again what was taken back last, at its moment. False if there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(again) = self.undone.pop() else { return false };
        let at = again.at();
        if at < self.now() {
            self.restore(|checkpoint| checkpoint.engine.now() <= at);
        }
        self.run_to(at);
        self.apply(again);
        true
    }

    /// Goes to any moment, back or on; as far as the budget allows. Ask again with the same moment to go on.
    pub fn seek(&mut self, to: SimTime, budget: &mut Budget) -> Progress {
        let run_up = SimTime::ZERO + to.since(SimTime::ZERO + RUN_UP);
        let now = self.now();
        let nearer = |checkpoint: &Checkpoint| (now..=run_up).contains(&checkpoint.engine.now());
        if to < now || self.checkpoints.iter().any(nearer) {
            self.restore(|checkpoint| checkpoint.engine.now() <= run_up);
        }
        self.advance(to, budget)
    }

    /// All interventions, those still to come included.
    pub fn log(&self) -> &[Intervention] {
        &self.log
    }

    /// Fills a view of the moment `shown`, which is [`Timeline::now`] or a little before.
    pub fn view(&self, shown: SimTime, into: &mut MeshView) {
        view::fill(self, shown, into);
    }

    /// What has been counted so far.
    pub fn report(&self) -> Report {
        self.engine.report()
    }

    /// A fingerprint of all that has happened.
    pub fn digest(&self) -> String {
        self.engine.digest()
    }

    /// The scenario with all that was set.
    pub fn scenario(&self) -> &Scenario {
        self.engine.scenario()
    }

    /// Its seed.
    pub fn seed(&self) -> Seed {
        self.engine.seed()
    }

    /// The line that has this run again up to now.
    pub fn command(&self) -> String {
        let scenario = self.scenario();
        let so_far = &self.log[..self.applied];
        let duration = self.now().since(SimTime::ZERO).max(SimSpan::from_millis(1));
        command_line(scenario.name(), scenario, self.seed(), so_far, duration)
    }

    /// The line that has it again under every pattern, up to now.
    pub fn command_for_all(&self) -> String {
        let scenario = self.scenario().under_its_own_pattern();
        let duration = self.now().since(SimTime::ZERO).max(SimSpan::from_millis(1));
        let so_far = &self.log[..self.applied];
        command_line(scenario.name(), &scenario, self.seed(), so_far, duration) + " --pattern all"
    }

    /// The same run from its start with other rules: the same interventions, those taken back included.
    #[must_use]
    pub fn under(&self, scenario: Scenario) -> Self {
        let undone = self.undone.clone();
        Self { undone, ..Self::new(scenario, self.seed(), self.log.clone()) }
    }

    /// There is something that [`Timeline::undo`] would take back.
    pub fn can_undo(&self) -> bool {
        self.applied > 0
    }

    /// There is something that [`Timeline::redo`] would do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// How many checkpoints are kept.
    pub fn checkpoints(&self) -> usize {
        self.checkpoints.len()
    }

    /// Puts an intervention for this moment into the log and does it. What had been told of the future is void.
    fn apply(&mut self, intervention: Intervention) {
        self.finish_instant();
        self.cut_future();
        self.engine.intervene_now(&intervention);
        self.log.insert(self.applied, intervention);
        self.applied += 1;
        self.finish_instant();
    }

    fn run_to(&mut self, at: SimTime) {
        while self.advance(at, &mut Budget::endless()) == Progress::Behind {}
    }

    /// All events of this moment, those that were set off in it included.
    fn finish_instant(&mut self) {
        let now = self.now();
        while self.engine.run_until(now, &mut Budget::endless()) == Progress::Behind {}
        self.collect();
    }

    fn cut_future(&mut self) {
        let now = self.now();
        self.history.cut();
        self.checkpoints
            .retain(|checkpoint| checkpoint.engine.now() <= now && checkpoint.applied <= self.applied);
    }

    /// Goes back to the last checkpoint of which `holds`; the first always does.
    fn restore(&mut self, holds: impl Fn(&Checkpoint) -> bool) {
        let found = self.checkpoints.iter().rev().find(|checkpoint| holds(checkpoint));
        let Some(checkpoint) = found.or(self.checkpoints.first()) else { return };
        self.engine = checkpoint.engine.clone();
        self.applied = checkpoint.applied;
        self.history.rewind(checkpoint.told);
    }

    fn collect(&mut self) {
        self.history.hear(self.engine.take_log(), self.engine.take_details());
    }

    fn keep_checkpoint(&mut self) {
        let now = self.now();
        if self.checkpoints.last().is_some_and(|last| last.engine.now() >= now) {
            return;
        }
        let mut engine = self.engine.clone();
        engine.forget_told();
        self.checkpoints.push(Checkpoint { engine, applied: self.applied, told: self.history.mark() });
        self.thin_out(now);
    }

    /// Lets go of checkpoints as they age: every 2 s of the last minute, every 5 s of the last four, every two minutes of
    /// the last hour, every ten minutes before that. One holds some 60 kB: an hour's are 6 MB, and to any moment of the
    /// last four minutes no more than 5 s are run again. Where calls pile up that nobody answers a checkpoint grows with
    /// them, and those that hold many stand further apart.
    fn thin_out(&mut self, now: SimTime) {
        let mut kept_at = None;
        self.checkpoints.retain(|checkpoint| {
            let at = checkpoint.engine.now().seconds();
            let spacing = match now.seconds().saturating_sub(at) {
                0..60 => 2,
                60..250 => 5,
                250..3600 => 120,
                _ => 600,
            };
            let spacing = spacing * (1 + checkpoint.engine.in_flight() / OPEN_SPREAD) as u64;
            let keep = kept_at.is_none_or(|last: u64| at / spacing > last / spacing);
            if keep {
                kept_at = Some(at);
            }
            keep
        });
    }
}
