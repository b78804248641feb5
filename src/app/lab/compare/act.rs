//! What each key does to all runs at once.

use super::{Compare, Deed, SLOS, under};
use crate::app::action::{Action, Failure};
use crate::app::effect::Effect;
use crate::app::lab::branches::Here;
use crate::app::lab::breaks::Spot;
use crate::app::lab::export;
use crate::app::lab::run::follow;
use crate::app::lab::steps;
use crate::app::now::Now;
use crate::app::state::Reply;
use crate::sim::{Intervention, SimTime, Timeline};

impl Compare {
    /// Everything but leaving, which is the lab's.
    pub fn act(&mut self, now: Now, action: Action) -> Reply {
        let mono = now.mono;
        match action {
            Action::TogglePlay if self.pacer.is_playing() => self.pause(mono),
            Action::TogglePlay => self.pacer.play(mono, None),
            Action::StepOn | Action::StepBack | Action::ScrubOn | Action::ScrubBack => {
                if matches!(action, Action::StepOn | Action::StepBack) {
                    self.pause(mono);
                }
                if let Some(to) = steps::step(&self.pacer, action) {
                    self.seek(to, mono);
                }
            }
            Action::Slower => self.pacer.slower(),
            Action::Faster => self.pacer.faster(),
            Action::PreviousEvent | Action::NextEvent => {
                return self.go_to_event(action == Action::NextEvent, mono);
            }
            Action::ToStart => self.seek(SimTime::ZERO, mono),
            Action::ToEnd => self.seek(self.newest, mono),
            Action::Rerun => {
                self.seek(SimTime::ZERO, mono);
                self.pacer.play(mono, None);
            }
            Action::Undo => return self.take_back(Deed::Undo, now),
            Action::Redo => return self.take_back(Deed::Redo, now),
            Action::Up => self.column = (self.column + 2) % 3,
            Action::Down => self.column = (self.column + 1) % 3,
            Action::Pattern(number) => self.column = usize::from(number).clamp(1, 3) - 1,
            Action::OtherRegion => return self.other_region(),
            Action::Break(failure) => return self.toggle(failure, now),
            Action::DropPattern => return self.toggle_lane(mono),
            Action::NextSlo => self.slo = (self.slo + 1) % SLOS.len(),
            Action::CopyCommand => {
                return self
                    .first()
                    .map_or_else(Reply::default, |run| Reply::effect(Effect::Copy(run.command_for_all())));
            }
            Action::Export => return self.export(),
            _ => {}
        }
        Reply::default()
    }

    /// The files of all runs, which must stand at one moment for that.
    fn export(&self) -> Reply {
        if self.is_behind() {
            return Reply::info(
                "the runs are still on their way to this moment; try again when they are there",
            );
        }
        let runs: Vec<&Timeline> = self.lanes.iter().filter_map(|lane| lane.timeline.as_ref()).collect();
        let command = self.first().map(Timeline::command_for_all).unwrap_or_default();
        export::reply(&runs, &command)
    }

    /// Stands still; the figures are those of the moment on show.
    pub fn pause(&mut self, now: std::time::Duration) {
        self.pacer.pause(now);
        self.work(now);
    }

    fn go_to_event(&mut self, forward: bool, now: std::time::Duration) -> Reply {
        let log = self.first().map_or(&[][..], Timeline::log);
        let moments = log.iter().map(Intervention::at).filter(|moment| *moment <= self.newest);
        let Some(to) = steps::nearest(moments, self.pacer.target(), forward) else {
            return Reply::info(if forward {
                "no failure after this one"
            } else {
                "no failure before this one"
            });
        };
        self.pacer.pause(now);
        self.seek(to, now);
        Reply::default()
    }

    fn other_region(&mut self) -> Reply {
        self.region = (self.region + 1) % self.scenario.regions().count().max(1);
        self.look_for_breaks();
        let spot = Spot::of(&self.scenario, self.region);
        Reply::info(format!("failures go to {} now", spot.region))
    }

    fn toggle(&mut self, failure: Failure, now: Now) -> Reply {
        let spot = Spot::of(&self.scenario, self.region);
        let is_broken = self.broken.contains(&failure);
        self.ask_for(if is_broken { spot.healed(failure) } else { spot.broken(failure) }, now)
    }

    /// Breaks it in all runs; it is mended after `span`.
    pub fn break_for(&mut self, failure: Failure, span: &str, now: Now) -> Reply {
        let words = Spot::of(&self.scenario, self.region).broken(failure);
        self.ask_for(words.map(|words| format!("{words} for {span}")), now)
    }

    fn ask_for(&mut self, words: Option<String>, now: Now) -> Reply {
        let Some(words) = words else { return Reply::info("there is no such thing here") };
        let done = format!("all patterns: {words}");
        self.pacer.play(now.mono, None);
        self.put(Deed::Do(words), now);
        Reply::info(done)
    }

    fn take_back(&mut self, deed: Deed, now: Now) -> Reply {
        let undoes = deed == Deed::Undo;
        let possible = if undoes {
            self.here().is_some_and(|here| self.branches.can_undo(&here))
        } else {
            self.branches.can_redo()
        };
        self.put(deed, now);
        Reply::info(match (undoes, possible) {
            (true, true) => "taken back in all patterns",
            (true, false) => "nothing to undo",
            (false, true) => "done again in all patterns",
            (false, false) => "nothing to redo",
        })
    }

    fn put(&mut self, deed: Deed, now: Now) {
        self.waiting.push_back(deed);
        self.read = None;
        // Here and now, where all stand at one moment; else it waits for the slowest.
        if self.goal.is_none() {
            self.goal = Some(self.shown);
        }
        self.work(now.mono);
    }

    /// Does to all what has been asked for, the runs being at one moment; says whether there was anything.
    pub(super) fn do_waiting(&mut self) -> bool {
        let Some(deed) = self.waiting.pop_front() else { return false };
        let Some(here) = self.here() else { return true };
        let turn = match deed {
            Deed::Do(words) => {
                self.intervene(&words, &here);
                return true;
            }
            Deed::Undo => self.branches.undo(&here),
            Deed::Redo => self.branches.redo(&here),
        };
        if let Some(turn) = turn {
            self.scenario = turn.rules.put_into(&self.scenario);
            for lane in &mut self.lanes {
                let mut scenario = self.scenario.clone();
                scenario.set_pattern(lane.pattern);
                if let Some(run) = &mut lane.timeline {
                    follow(run, scenario, turn.log.clone());
                }
            }
            self.newest = turn.newest;
            self.goal = Some(turn.at);
        }
        true
    }

    fn intervene(&mut self, words: &str, here: &Here) {
        let at = self.shown;
        if let Ok(intervention) = Intervention::parse_now(words, at) {
            for run in self.lanes.iter_mut().filter_map(|lane| lane.timeline.as_mut()) {
                run.intervene(intervention.clone());
            }
        }
        self.newest = at;
        self.goal = Some(at);
        if let Some(after) = self.here() {
            self.branches.did(here, &after);
        }
    }

    /// Drops the pattern one stands on, or has it take part again.
    fn toggle_lane(&mut self, now: std::time::Duration) -> Reply {
        let on = self.lanes.iter().filter(|lane| lane.is_on()).count();
        let pattern = self.lanes[self.column].pattern;
        if self.lanes[self.column].is_on() {
            if on <= 2 {
                return Reply::info("it takes two to compare");
            }
            self.lanes[self.column].timeline = None;
            self.read = None;
            self.work(now);
            return Reply::info(format!("{pattern} is left out"));
        }
        self.lanes[self.column].timeline = self.first().map(|run| under(run, pattern));
        self.seek(self.goal.unwrap_or(self.shown), now);
        Reply::info(format!("{pattern} takes part again, from the start to here"))
    }
}
