//! A run that one can walk about in: forward within a budget, back to any moment, and again with something changed.
//!
//! Going back is having the run again: the last checkpoint before the moment, and the same events from there. What was
//! told on the way (lines, seconds) is kept once and recognized when it is told again.

mod ahead;
mod history;
mod inspect;
mod keep;
mod measure;
mod told;
mod view;

use crate::mesh_view::MeshView;
use crate::sim::engine::{Budget, Engine, Progress};
use crate::sim::intervention::Intervention;
use crate::sim::report::Report;
use crate::sim::reproduce::CommandLine;
use crate::sim::rng::Seed;
use crate::sim::scenario::Scenario;
use crate::sim::sink::Hearing;
use crate::sim::time::{SimSpan, SimTime};

use history::History;

/// A view shows the hops of the last two seconds, so replay begins at least this much before the moment wanted.
const RUN_UP: SimSpan = SimSpan::from_millis(2_100);
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
    /// Tries that somebody still works on or waits for.
    open: usize,
}

impl Timeline {
    /// A run at its beginning. Interventions take effect when their time comes.
    #[expect(clippy::needless_pass_by_value, reason = "a run is made of its three parts, all given away")]
    pub fn new(scenario: Scenario, seed: Seed, mut interventions: Vec<Intervention>) -> Self {
        interventions.sort_by_key(Intervention::at);
        let mut engine = Engine::new(&scenario, seed, Vec::new());
        engine.hear(Hearing::ALL);
        let sample = view::sample(&engine);
        let start =
            Checkpoint { engine: engine.clone(), applied: 0, told: history::Mark::default(), open: 0 };
        Self {
            engine,
            log: interventions,
            applied: 0,
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

    /// Does something now. What was still to come is dropped.
    pub fn intervene(&mut self, intervention: Intervention) {
        let now = self.now();
        self.log.truncate(self.applied);
        self.apply(intervention.moved_to(now));
    }

    /// The same run with other interventions. Up to where the two logs part it stays as it was run; what was run beyond
    /// is void, and the moment is one a little before they part. To go on where one was, [`Timeline::seek`] there.
    pub fn rewrite(&mut self, mut log: Vec<Intervention>) {
        log.sort_by_key(Intervention::at);
        let same = self.log.iter().zip(&log).take_while(|(one, other)| one == other).count();
        let next = [&self.log, &log].into_iter().filter_map(|log| log.get(same)).map(Intervention::at).min();
        let Some(parted) = next else { return };
        self.log = log;
        if self.applied > same || self.now() > parted {
            let run_up = SimTime::ZERO + parted.since(SimTime::ZERO + RUN_UP);
            self.restore(|checkpoint| checkpoint.applied <= same && checkpoint.engine.now() <= run_up);
        }
        self.cut_future();
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
        self.command_line(false).to_string()
    }

    /// The line that has it again under every pattern, up to now.
    pub fn command_for_all(&self) -> String {
        self.command_line(true).to_string()
    }

    /// How long it has run, as a command says it.
    pub fn duration(&self) -> SimSpan {
        self.now().since(SimTime::ZERO).max(SimSpan::from_millis(1))
    }

    fn command_line(&self, all_patterns: bool) -> CommandLine<'_> {
        CommandLine {
            scenario: self.scenario(),
            seed: self.seed(),
            interventions: &self.log[..self.applied],
            duration: self.duration(),
            all_patterns,
            seeds: None,
        }
    }

    /// The same run from its start with other rules: the same interventions.
    #[must_use]
    pub fn under(&self, scenario: Scenario) -> Self {
        Self::new(scenario, self.seed(), self.log.clone())
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
}
