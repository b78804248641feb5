//! The same run under the three patterns, side by side and in step: one clock, one list of failures, one bill.

mod act;
mod close;
pub mod tally;

use std::collections::VecDeque;
use std::time::Duration;

use super::branches::{Branches, Here, Rules};
use super::breaks::Spot;
use super::scene::{Front, Scene};
use crate::app::action::Failure;
use crate::app::manner::Motion;
use crate::app::pacer::Pacer;
use crate::mesh_view::MeshView;
pub use crate::mesh_view::budget::SLOS;
use crate::sim::{Budget, Pattern, Progress, Report, Scenario, SimTime, Timeline};
use tally::Tally;

/// Events a frame, for all of them together: as many as the lab spends on one.
const BUDGET: u32 = 20_000;
/// On the way to a moment frames follow one another this fast.
const HURRY: Duration = Duration::from_millis(10);
/// Figures of a whole run change no more often than this while it plays: faster ones cannot be read.
const READS: Duration = Duration::from_millis(250);
/// 99.9 %.
pub const SLO_FIRST: usize = 2;

/// The runs and their one clock.
#[derive(Debug)]
pub struct Compare {
    scenario: Scenario,
    lanes: [Lane; 3],
    pub pacer: Pacer,
    /// The moment that all runs are at and the picture is of.
    shown: SimTime,
    newest: SimTime,
    /// A moment that not all have reached yet; time stands still until they have.
    goal: Option<SimTime>,
    /// What was done, to be taken back from all of them.
    branches: Branches,
    /// Done to all as soon as they stand at one moment.
    waiting: VecDeque<Deed>,
    /// The column one stands on.
    pub column: usize,
    region: usize,
    broken: Vec<Failure>,
    slo: usize,
    seen: Duration,
    /// When the figures of the whole run were last read.
    read: Option<Duration>,
}

/// One pattern: its run, if it takes part.
#[derive(Debug)]
pub struct Lane {
    pattern: Pattern,
    timeline: Option<Timeline>,
    view: MeshView,
    tally: Tally,
}

/// What is done to all runs alike.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    /// `TARGET EFFECT`.
    Do(String),
    Undo,
    Redo,
}

impl Lane {
    #[must_use]
    pub const fn pattern(&self) -> Pattern {
        self.pattern
    }

    /// `3 mesh`: its key and its name.
    #[must_use]
    pub fn name(&self) -> String {
        let number = Pattern::ALL.iter().position(|pattern| *pattern == self.pattern).unwrap_or(0) + 1;
        format!("{number} {}", self.pattern)
    }

    /// It takes part.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.timeline.is_some()
    }

    #[must_use]
    pub const fn view(&self) -> &MeshView {
        &self.view
    }

    /// What its run has come to.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The report that the tally was read from, as it is now.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        self.timeline.as_ref().map(Timeline::report)
    }

    fn bring(&mut self, to: SimTime, budget: &mut Budget) -> Progress {
        let Some(timeline) = &mut self.timeline else { return Progress::Reached };
        if to < timeline.now() { timeline.seek(to, budget) } else { timeline.advance(to, budget) }
    }

    /// Puts the moment it stands at on show.
    fn show(&mut self) {
        if let Some(timeline) = &self.timeline {
            timeline.view(timeline.now(), &mut self.view);
        }
    }

    fn read(&mut self) {
        if let Some(timeline) = &self.timeline {
            self.tally = Tally::of(&timeline.report(), &self.view);
        }
    }
}

impl Compare {
    /// All three patterns from a run under one of them, which goes on as it is.
    #[must_use]
    pub fn new(
        (run, branches): (Timeline, Branches),
        pacer: Pacer,
        region: usize,
        slo: usize,
        now: Duration,
    ) -> Self {
        let scenario = run.scenario().clone();
        let (own, at) = (scenario.pattern(), run.now());
        let mut run = Some(run);
        let mut lanes = Pattern::ALL.map(|pattern| Lane {
            pattern,
            timeline: None,
            view: MeshView::default(),
            tally: Tally::default(),
        });
        for lane in &mut lanes {
            let other = run.as_ref().filter(|_| lane.pattern != own).map(|run| under(run, lane.pattern));
            lane.timeline = other;
        }
        let column = lanes.iter().position(|lane| lane.pattern == own).unwrap_or(0);
        lanes[column].timeline = run.take();
        let mut compare = Self {
            scenario,
            lanes,
            pacer,
            shown: at,
            newest: at,
            goal: Some(at),
            branches,
            waiting: VecDeque::new(),
            column,
            region,
            broken: Vec::new(),
            slo,
            seen: now,
            read: None,
        };
        compare.work(now);
        compare
    }

    /// In the lesson's order.
    #[must_use]
    pub const fn lanes(&self) -> &[Lane; 3] {
        &self.lanes
    }

    /// The moment that all of them are at.
    #[must_use]
    pub const fn shown(&self) -> SimTime {
        self.shown
    }

    /// Not all have come to the moment wanted.
    #[must_use]
    pub const fn is_behind(&self) -> bool {
        self.goal.is_some()
    }

    /// What is asked of the mesh, in hundredths of a percent.
    #[must_use]
    pub const fn slo(&self) -> u32 {
        SLOS[self.slo]
    }

    #[must_use]
    pub const fn slo_index(&self) -> usize {
        self.slo
    }

    /// Time, marks and breaks, as the lab shows them.
    #[must_use]
    pub fn scene(&self) -> Scene<'_> {
        let on = self.lanes.iter().find(|lane| lane.is_on()).unwrap_or(&self.lanes[0]);
        Scene {
            view: &on.view,
            playing: self.pacer.is_playing(),
            speed: self.pacer.speed_words(),
            behind: self.is_behind(),
            newest: self.newest.nanos(),
            region: self.region,
            row: 0,
            broken: &self.broken,
            asks: false,
            bet: None,
            verdict: None,
            caption: "",
            words: None,
            selected: None,
            number: None,
            slo: self.slo(),
            front: Front::Picture,
            sheet: None,
            failures: super::failures::Board::default(),
            rule: None,
            policy: super::rule::short(&self.scenario),
            log_until: None,
            motion: Motion::default(),
        }
    }

    /// What is broken at the moment on show.
    #[must_use]
    pub fn broken(&self) -> &[Failure] {
        &self.broken
    }

    /// Goes to a moment, seen before or not.
    pub fn go_to(&mut self, at: SimTime, now: Duration) {
        self.seek(at, now);
    }

    /// When the next frame is wanted: while it plays, and until all have come where they should be.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        if self.goal.is_some() { Some(self.seen + HURRY) } else { self.pacer.next_frame() }
    }

    /// Lets time pass.
    pub fn frame(&mut self, now: Duration) {
        self.pacer.advance(now);
        self.work(now);
    }

    fn seek(&mut self, to: SimTime, now: Duration) {
        self.pacer.advance(now);
        self.goal = Some(to);
        self.read = None;
        self.work(now);
    }

    /// Brings all runs toward one moment; what is drawn changes only once all of them are there.
    fn work(&mut self, now: Duration) {
        self.seen = now;
        let target = self.goal.unwrap_or(self.pacer.target());
        self.pacer.jump(target);
        let mut rest = BUDGET * self.pacer.frames_in_one();
        let mut to_come = self.lanes.iter().filter(|lane| lane.is_on()).count() as u32;
        let mut together = true;
        for lane in self.lanes.iter_mut().filter(|lane| lane.is_on()) {
            // What one run does not need, the next ones may have.
            let share = rest / to_come.max(1);
            let mut budget = Budget(share);
            together &= lane.bring(target, &mut budget) == Progress::Reached;
            rest -= share - budget.0.min(share);
            to_come -= 1;
        }
        if !together {
            self.goal = Some(target);
            return;
        }
        self.goal = None;
        self.shown = target;
        self.newest = self.newest.max(target);
        if self.do_waiting() {
            // Undoing goes back in time; the way to where one was may take some frames.
            return self.work(now);
        }
        self.look(now);
    }

    /// What is drawn of the moment on show.
    fn look(&mut self, now: Duration) {
        let due = self.read.is_none_or(|read| now.saturating_sub(read) >= READS);
        let reads = due || !self.pacer.is_playing();
        if reads {
            self.read = Some(now);
        }
        for lane in &mut self.lanes {
            lane.show();
            if reads {
                lane.read();
            }
        }
        self.look_for_breaks();
    }

    /// What is broken in the chosen region at the moment on show, wherever the runs are on their way.
    fn look_for_breaks(&mut self) {
        let spot = Spot::of(&self.scenario, self.region);
        let held = self.first().map(Timeline::holding).unwrap_or_default();
        self.broken = spot.holding(&held);
    }

    /// Where they stand, under the pattern that the lab shows.
    fn here(&self) -> Option<Here> {
        let here = Here::of(self.first()?, self.shown, self.newest);
        Some(Here { rules: Rules::of(&self.scenario), ..here })
    }

    /// The first run that takes part; all have the same log.
    fn first(&self) -> Option<&Timeline> {
        self.lanes.iter().find_map(|lane| lane.timeline.as_ref())
    }
}

/// The same run from its start, under another pattern.
fn under(run: &Timeline, pattern: Pattern) -> Timeline {
    let mut scenario = run.scenario().clone();
    scenario.set_pattern(pattern);
    run.under(scenario)
}
