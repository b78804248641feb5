//! The lab: a mesh that runs, is broken, taken back and asked about.

mod act;
mod ask;
pub mod bet;
mod branches;
pub mod breaks;
pub mod compare;
mod deeds;
pub mod explain;
mod export;
pub mod failures;
pub mod inquiry;
pub mod inspect;
pub mod loads;
mod motion;
pub mod open;
pub mod oracle;
pub mod question;
pub mod reach;
pub mod rule;
mod run;
pub mod scene;
mod slow;
mod staged;
mod steps;
pub mod still;
pub mod words;

use std::collections::BTreeSet;
use std::time::Duration;

use super::action::{Action, Failure};
use super::effect::Effect;
use super::keymap::Context;
use super::manner::Manner;
use super::now::Now;
use super::pacer::FRAME;
use super::state::{Parts, Reply};
use crate::mesh_view::Nanos;
use crate::sim::{Scenario, SimSpan, SimTime};
use bet::{Bet, Verdict};
use breaks::Spot;
use compare::Compare;
use failures::Kit;
use inspect::Inspect;
use oracle::{Answer, Oracle};
use run::Run;
use scene::{Front, Scene};

/// A prediction's answer is shown no sooner after the break, so that the mesh is watched first.
const WATCHED: SimSpan = SimSpan::from_seconds(5);

/// A lab, full screen or beside a text.
#[derive(Debug)]
pub struct Lab {
    scenario: Scenario,
    run: Run,
    /// Where breaks go: a region, counted from 0.
    region: usize,
    /// The row of [`Failure::ALL`] one stands on.
    row: usize,
    /// What holds at the moment on show.
    broken: Vec<Failure>,
    bet: Option<Bet>,
    /// Breaks that were asked about in this lab.
    asked: BTreeSet<String>,
    oracle: Option<Oracle>,
    /// Worked out, and not shown yet: when to, and what.
    answer: Option<(SimTime, Answer)>,
    verdict: Option<Verdict>,
    caption: String,
    /// What passes slowly.
    slow_words: String,
    touched: bool,
    /// It stands beside a text.
    beside: bool,
    /// The three patterns side by side; the run is lent to it.
    compare: Option<Compare>,
    /// What is asked of the mesh: an index into [`compare::SLOS`].
    slo: usize,
    /// Picture or numbers.
    front: Front,
    /// Text mode: the first row on show.
    words: Option<usize>,
    /// How much it moves.
    manner: Manner,
    /// What is selected and looked at.
    inspect: Inspect,
    /// The list of all failures, and what is armed.
    kit: Kit,
    /// The rule panel, if it is open.
    rule: Option<rule::Panel>,
    /// The log is on show up to here; to its end without it.
    log_until: Option<Nanos>,
}

impl Lab {
    #[must_use]
    pub const fn context(&self) -> Context {
        if let (None, None, Some(panel)) = (&self.compare, &self.bet, &self.rule) {
            return if panel.is_typing() { Context::LabRuleTyping } else { Context::LabRule };
        }
        match (&self.compare, &self.bet, self.inspect.is_open(), self.words) {
            (None, None, ..) if self.kit.list.is_open => Context::LabFailures,
            (Some(_), ..) => Context::Compare,
            (None, Some(_), ..) => Context::LabPredict,
            (None, None, true, _) => Context::LabLook,
            (None, None, false, Some(_)) => Context::LabWords,
            (None, None, false, None) => Context::Lab,
        }
    }

    /// Somebody did something to it; scrolling the text leaves it alone from then on.
    #[must_use]
    pub const fn is_touched(&self) -> bool {
        self.touched
    }

    /// What a picture is made of.
    #[must_use]
    pub fn scene(&self, asks: bool) -> Scene<'_> {
        Scene {
            view: self.run.view(),
            playing: self.run.pacer.is_playing(),
            speed: self.run.pacer.speed_words(),
            behind: self.run.is_behind(),
            newest: self.run.newest().nanos(),
            region: self.region,
            row: self.row,
            broken: &self.broken,
            asks,
            bet: self.bet.as_ref(),
            verdict: self.verdict.as_ref(),
            caption: self.caption(),
            words: self.words,
            selected: self.inspect.selected(self.run.view()),
            number: self.inspect.number(),
            slo: compare::SLOS[self.slo],
            front: self.front,
            sheet: self.inspect.sheet(),
            failures: self.board(),
            rule: self.rule.as_ref().map(|panel| panel.view(&self.scenario)),
            policy: rule::short(&self.scenario),
            log_until: self.log_until,
            motion: self.manner.motion,
        }
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        self.follow(parts.manner);
        self.touched |= !matches!(action, Action::Back | Action::NextPane);
        if self.compare.is_some() {
            let reply = self.act_on_compare(now, action);
            self.look();
            return reply;
        }
        self.make_room(action);
        let reply = if self.bet.is_some() {
            self.act_on_bet(parts, now, action)
        } else if let Some(reply) = self.act_on_failures(parts, now, action) {
            reply
        } else if let Some(reply) = self.act_on_rule(now, action) {
            reply
        } else if let Some(reply) = self.act_on_looks(action) {
            reply
        } else {
            self.act_on_run(parts, now, action)
        };
        self.look();
        reply
    }

    /// What runs, whatever has been done to it since.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// One sheet at a time: what is opened takes the place of what is open.
    fn make_room(&mut self, action: Action) {
        match action {
            Action::Failures => {
                self.rule = None;
                self.inspect.close();
            }
            Action::Rule if self.rule.is_none() => self.inspect.close(),
            _ => {}
        }
    }

    fn spot(&self) -> Spot {
        Spot::of(&self.scenario, self.region)
    }

    /// What is derived from the moment on show.
    fn look(&mut self) {
        self.broken = self.spot().holding(&self.run.timeline().holding());
        // Back before where the log was left, its newest line is on show again.
        self.log_until = self.log_until.filter(|until| *until <= self.run.now().nanos());
        self.inspect.look(self.run.timeline(), self.run.view(), compare::SLOS[self.slo]);
    }
}

impl Lab {
    pub fn frame(&mut self, parts: &mut Parts, now: Now) -> Reply {
        self.follow(parts.manner);
        if let Some(compare) = &mut self.compare {
            compare.frame(now.mono);
            return Reply::default();
        }
        self.play_on(now.mono);
        if let Some((broken_at, answer)) = self.oracle.as_mut().and_then(Oracle::work) {
            self.answer = Some((broken_at + WATCHED, answer));
            self.oracle = None;
        }
        self.look();
        self.settle(parts, now)
    }

    /// Stands still while nobody looks.
    pub fn left(&mut self, now: Now) -> Vec<Effect> {
        match &mut self.compare {
            Some(compare) => compare.pause(now.mono),
            None => self.run.pacer.pause(now.mono),
        }
        Vec::new()
    }

    /// Plays for so long, or until it is paused.
    pub fn play(&mut self, now: Now, length: Option<Duration>) {
        self.run.pacer.play(now.mono, length);
    }

    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        if let Some(compare) = &self.compare {
            return compare.next_frame();
        }
        let worked = || self.oracle.is_some().then(|| self.run.seen() + FRAME);
        self.run.next_frame().or_else(worked)
    }
}
