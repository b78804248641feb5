//! What each key does to the run: its time, what is broken in it, and where breaks go.

use super::compare::SLOS;
use super::scene::Front;
use super::{Lab, ask, steps};
use crate::app::action::{Action, Failure};
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::{Go, Parts, Reply};
use crate::sim::{Intervention, Pattern, SimTime};

/// Moments of the log that a page key turns.
const LOG_PAGE: i8 = 4;

impl Lab {
    pub(super) fn act_on_run(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        let mono = now.mono;
        if self.scroll(parts, action) {
            return Reply::default();
        }
        match action {
            Action::Back if self.front == Front::Numbers => self.front = Front::Picture,
            Action::Zoom if self.beside => {
                return Reply::info("there is no room for that beside a text: open the lab by itself");
            }
            Action::Zoom => self.front = self.front.turned(),
            Action::NextSlo => self.slo = (self.slo + 1) % SLOS.len(),
            Action::Back => return Reply::go(Go::Home),
            Action::TogglePlay if self.run.pacer.is_playing() => self.run.pacer.pause(mono),
            Action::TogglePlay => self.run.pacer.play(mono, None),
            Action::StepOn | Action::StepBack | Action::ScrubOn | Action::ScrubBack => {
                if matches!(action, Action::StepOn | Action::StepBack) {
                    self.run.pacer.pause(mono);
                }
                if let Some(to) = steps::step(&self.run.pacer, action) {
                    self.run.seek(to, mono);
                }
            }
            Action::Slower => self.run.pacer.slower(),
            Action::Faster => self.run.pacer.faster(),
            Action::PreviousEvent | Action::NextEvent => {
                return self.go_to_event(action == Action::NextEvent, now);
            }
            Action::ToStart => self.run.seek(SimTime::ZERO, mono),
            Action::ToEnd => self.run.seek(self.run.newest(), mono),
            Action::Rerun => {
                self.run.seek(SimTime::ZERO, mono);
                self.run.pacer.play(mono, None);
            }
            Action::Compare => return self.open_compare(now),
            Action::Pattern(number) => return self.under_pattern(usize::from(number), now),
            Action::Undo | Action::Redo => return self.take_back(action == Action::Undo, now),
            Action::Up => self.row = self.row.saturating_sub(1),
            Action::Down => self.row = (self.row + 1).min(Failure::ALL.len() - 1),
            Action::OtherRegion => {
                self.region = (self.region + 1) % self.scenario.regions().count().max(1);
                self.kit.list.other_region();
            }
            Action::Confirm => return self.toggle(parts, now, Failure::ALL[self.row]),
            Action::Break(failure) => return self.toggle(parts, now, failure),
            Action::TurnWords => self.turn_words(),
            Action::PageUp => self.turn_log(-LOG_PAGE),
            Action::PageDown => self.turn_log(LOG_PAGE),
            Action::TogglePredict => return ask::toggle_asking(parts),
            Action::CopyCommand => return Reply::effect(Effect::Copy(self.run.timeline().command())),
            Action::Export => return self.export(),
            _ => {}
        }
        Reply::default()
    }

    /// Has the same run again under another pattern, up to the moment on show.
    fn under_pattern(&mut self, number: usize, now: Now) -> Reply {
        let Some(&pattern) = number.checked_sub(1).and_then(|index| Pattern::ALL.get(index)) else {
            return Reply::default();
        };
        if self.scenario.pattern() == pattern {
            return Reply::info(format!("pattern {number}, {pattern}, is on show"));
        }
        let mut scenario = self.scenario.clone();
        scenario.set_pattern(pattern);
        self.under(scenario, now);
        Reply::info(format!("pattern {number}, {pattern}: the same users, seed and failures"))
    }

    fn go_to_event(&mut self, forward: bool, now: Now) -> Reply {
        match self.run.event(forward) {
            Some(at) => {
                self.run.seek(at, now.mono);
                self.run.pacer.pause(now.mono);
                Reply::default()
            }
            None => Reply::info(if forward { "no event after this one" } else { "no event before this one" }),
        }
    }

    /// Breaks what is whole, asking first if that is wanted; mends what is broken.
    fn toggle(&mut self, parts: &Parts, now: Now, failure: Failure) -> Reply {
        if let Some(row) = Failure::ALL.iter().position(|known| *known == failure) {
            self.row = row;
        }
        match self.spot().broken(failure) {
            Some(words) if failure == Failure::HealAll => self.intervene(Some(words), now),
            Some(words) => self.toggle_break(parts, now, &words),
            None => Reply::info("there is no such thing here"),
        }
    }

    /// Does what the words say, now, and lets the mesh run.
    pub(super) fn intervene(&mut self, words: Option<String>, now: Now) -> Reply {
        let Some(words) = words else { return Reply::info("there is no such thing here") };
        match Intervention::parse_now(&words, self.run.here().at) {
            Ok(intervention) => {
                self.run.intervene(intervention, now.mono);
                self.run.pacer.play(now.mono, None);
                Reply::default()
            }
            Err(error) => Reply::trouble(error.to_string()),
        }
    }
}
