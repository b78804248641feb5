//! A run on show: the timeline, how far it should have come, and the picture of where it is.

use std::time::Duration;

use super::branches::{Branches, Here, Turn};
use super::steps;
use crate::app::pacer::Pacer;
use crate::mesh_view::{MeshView, Nanos};
use crate::sim::{Budget, Intervention, Progress, Scenario, Seed, SimTime, Timeline};

/// On the way to a moment frames follow one another this fast.
const HURRY: Duration = Duration::from_millis(10);
/// Events a frame; what takes more is shown as behind.
const BUDGET: Budget = Budget(20_000);

/// A run, its pace and its picture.
#[derive(Debug)]
pub struct Run {
    timeline: Timeline,
    pub pacer: Pacer,
    view: MeshView,
    newest: SimTime,
    behind: bool,
    /// A moment that is being gone to; time stands still until it is there.
    goal: Option<SimTime>,
    /// Moments of log lines, oldest first, for stepping from event to event.
    events: Vec<Nanos>,
    /// When it was last brought up to date.
    seen: Duration,
    /// What was done, to be taken back.
    branches: Branches,
}

impl Run {
    /// A run that stands at a moment; the way there may take some frames.
    #[must_use]
    pub fn new(
        scenario: Scenario,
        seed: Seed,
        log: Vec<Intervention>,
        start: SimTime,
        now: Duration,
    ) -> Self {
        let mut run = Self {
            timeline: Timeline::new(scenario, seed, log),
            pacer: Pacer::default(),
            view: MeshView::default(),
            newest: SimTime::ZERO,
            behind: false,
            goal: None,
            events: Vec::new(),
            seen: now,
            branches: Branches::default(),
        };
        run.go(start, now);
        run
    }

    #[must_use]
    pub const fn view(&self) -> &MeshView {
        &self.view
    }

    #[must_use]
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// When it was last brought up to date.
    #[must_use]
    pub const fn seen(&self) -> Duration {
        self.seen
    }

    #[must_use]
    pub const fn newest(&self) -> SimTime {
        self.newest
    }

    #[must_use]
    pub const fn is_behind(&self) -> bool {
        self.behind
    }

    /// It goes to a moment, and does not play.
    #[must_use]
    pub const fn is_on_its_way(&self) -> bool {
        self.goal.is_some()
    }

    /// The moment on show.
    #[must_use]
    pub fn now(&self) -> SimTime {
        self.timeline.now()
    }

    /// When the next frame is wanted: while it plays, and until it has come where it should be.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        if self.goal.is_some() { Some(self.seen + HURRY) } else { self.pacer.next_frame() }
    }

    /// Lets time pass.
    pub fn frame(&mut self, now: Duration) {
        self.pacer.advance(now);
        self.catch_up(now);
    }

    /// Goes to a moment, seen before or not.
    pub fn seek(&mut self, to: SimTime, now: Duration) {
        self.pacer.advance(now);
        self.go(to, now);
    }

    /// Does something to the mesh at the moment on show. What was ahead of it is another branch now.
    pub fn intervene(&mut self, intervention: Intervention, now: Duration) {
        let before = self.here();
        // On the way to a moment it is done when that is reached.
        let done = before.log.iter().filter(|done| done.at() <= before.at).cloned();
        let log = done.chain([intervention.moved_to(before.at)]).collect();
        self.timeline.rewrite(log);
        self.newest = before.at;
        self.branches.did(&before, &self.here());
        self.branched(before.at, now);
    }

    /// Has the same run with other interventions from where the two part; where it stands then is to be said next.
    pub fn rewrite(&mut self, log: Vec<Intervention>) {
        self.timeline.rewrite(log);
        self.newest = self.timeline.now();
    }

    /// Has the same run again with other rules, up to the moment on show.
    pub fn under(&mut self, scenario: Scenario, now: Duration) {
        let before = self.here();
        self.timeline = self.timeline.under(scenario);
        self.newest = before.at;
        self.branches.did(&before, &self.here());
        self.branched(before.at, now);
    }

    /// Where it stands, or is on its way to.
    #[must_use]
    pub fn here(&self) -> Here {
        Here::of(&self.timeline, self.goal.unwrap_or(self.timeline.now()), self.newest)
    }

    /// Gives the run away for a while; what stays here stands still at a beginning.
    pub fn lend(&mut self) -> (Timeline, Branches) {
        let scenario = self.timeline.scenario().clone();
        let empty = Timeline::new(scenario, self.timeline.seed(), Vec::new());
        self.pacer = Pacer::default();
        self.goal = None;
        (std::mem::replace(&mut self.timeline, empty), std::mem::take(&mut self.branches))
    }

    /// Goes on with a run that was lent, or with the same under another pattern, at a moment of it.
    pub fn take_back(
        &mut self,
        (run, branches): (Timeline, Branches),
        pacer: Pacer,
        (at, newest): (SimTime, SimTime),
        now: Duration,
    ) {
        (self.timeline, self.pacer, self.newest) = (run, pacer, newest);
        self.branches = branches;
        self.events.clear();
        self.go(at, now);
    }

    /// Takes back what was done last, as if it had never been; says what it was.
    pub fn undo(&mut self, now: Duration) -> Option<String> {
        let turn = self.branches.undo(&self.here())?;
        Some(self.turn(turn, now))
    }

    /// Does again what was taken back last; says what it was.
    pub fn redo(&mut self, now: Duration) -> Option<String> {
        let turn = self.branches.redo(&self.here())?;
        Some(self.turn(turn, now))
    }

    fn turn(&mut self, turn: Turn, now: Duration) -> String {
        let scenario = turn.rules.put_into(self.timeline.scenario());
        follow(&mut self.timeline, scenario, turn.log);
        self.newest = turn.newest;
        self.branched(turn.at, now);
        turn.what
    }

    /// The run has changed behind the moment it stands at; what is seen next is `at`.
    fn branched(&mut self, at: SimTime, now: Duration) {
        let reached = self.timeline.now().nanos();
        self.events.retain(|event| *event < reached);
        self.go(at, now);
    }

    /// The event before or after the moment on show.
    #[must_use]
    pub fn event(&self, forward: bool) -> Option<SimTime> {
        let told = self.events.iter().map(|at| SimTime::from_nanos(*at));
        let done = self.timeline.log().iter().map(Intervention::at);
        let moments = told.chain(done).filter(|moment| *moment <= self.newest);
        steps::nearest(moments, self.pacer.target(), forward)
    }

    fn go(&mut self, to: SimTime, now: Duration) {
        self.goal = Some(to);
        self.catch_up(now);
    }

    fn catch_up(&mut self, now: Duration) {
        self.seen = now;
        let mut budget = Budget(BUDGET.0 * self.pacer.frames_in_one());
        let target = self.goal.unwrap_or(self.pacer.target());
        self.pacer.jump(target);
        let progress = if target < self.timeline.now() {
            self.timeline.seek(target, &mut budget)
        } else {
            self.timeline.advance(target, &mut budget)
        };
        self.behind = progress == Progress::Behind;
        match (self.goal, progress) {
            (Some(_), Progress::Reached) => self.goal = None,
            // The picture goes slower instead of jumping later.
            (None, Progress::Behind) => self.pacer.jump(self.timeline.now()),
            _ => {}
        }
        self.newest = self.newest.max(self.timeline.now());
        self.timeline.view(self.timeline.now(), &mut self.view);
        self.note_events();
    }

    fn note_events(&mut self) {
        let last = self.events.last().copied();
        for line in self.view.log.iter().filter(|line| last.is_none_or(|last| line.at > last)) {
            if self.events.last().is_none_or(|last| line.at > *last) {
                self.events.push(line.at);
            }
        }
    }
}

/// The run under other rules or with other interventions. It is had again from where it differs; to go on where one was,
/// seek there.
pub fn follow(timeline: &mut Timeline, scenario: Scenario, log: Vec<Intervention>) {
    if *timeline.scenario() == scenario {
        timeline.rewrite(log);
    } else {
        *timeline = Timeline::new(scenario, timeline.seed(), log);
    }
}
