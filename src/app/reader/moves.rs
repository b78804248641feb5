//! What keys do in the reader.

use super::{Pane, Reader, SpotKind, mesh};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::keymap::{self, Context};
use crate::app::now::Now;
use crate::app::predict::Deed;
use crate::app::state::{Go, Parts, Reply};
use crate::course::directive::Answer;

/// Rows that a page keeps of the one before.
const OVERLAP: usize = 2;

impl Reader {
    pub(super) fn act_on_lab(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        match action {
            Action::NextPane => self.look_at(now, Pane::Text),
            // What the lab has opened itself it closes itself.
            Action::Back if self.companion.context() == Context::Lab => self.look_at(now, Pane::Text),
            _ => self.companion.act(parts, now, action),
        }
    }

    pub(super) fn act_on_text(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        if let Some(reply) = self.answer(parts, now, action) {
            return reply;
        }
        match action {
            Action::Back => return Reply::go(Go::Home),
            Action::NextPane => return self.look_at(now, Pane::Lab),
            Action::Up => self.scroll(parts, now, self.view.top.saturating_sub(1)),
            Action::Down => self.scroll(parts, now, self.view.top + 1),
            Action::PageUp => self.scroll(parts, now, self.view.top.saturating_sub(self.page_rows())),
            Action::PageDown if self.view.is_at_end() => return self.turn(parts, now, 1),
            Action::PageDown => self.scroll(parts, now, self.page_below()),
            Action::Top => self.scroll(parts, now, 0),
            Action::Bottom => self.scroll(parts, now, self.view.top_max()),
            Action::NextSection => return self.turn(parts, now, 1),
            Action::PreviousSection => return self.turn(parts, now, -1),
            Action::NextStep => return self.next_step(parts, now),
            Action::PreviousStep => return self.previous_step(parts, now),
            Action::FlipSketch => return self.flip(parts),
            Action::TogglePredict => return self.toggle_predict(parts, now),
            Action::Rerun => self.rerun(parts, now),
            _ => {}
        }
        Reply::default()
    }

    pub(super) fn look_at(&mut self, now: Now, pane: Pane) -> Reply {
        self.pane = pane;
        self.companion.focus(now, pane == Pane::Lab);
        Reply::default()
    }

    /// Hands a key to the question on the screen, if there is one and the key is for it.
    fn answer(&mut self, parts: &mut Parts, now: Now, action: Action) -> Option<Reply> {
        let spot = self.active_spot()?.clone();
        match spot.kind {
            SpotKind::Recall if action == Action::Confirm => self.questions.reveal(&spot.name),
            SpotKind::Recall => return None,
            SpotKind::Predict => {
                let action = match action {
                    // Not asked for, so the key means: show me.
                    Action::Confirm if !self.asks => Action::Skip,
                    _ if !self.asks => return None,
                    action => action,
                };
                match self.questions.act(&spot.name, parts, action) {
                    Deed::Ignored => return None,
                    Deed::Unanswered => return Some(self.unanswered(&spot.name)),
                    Deed::Changed => {}
                    Deed::Locked => return Some(self.locked(parts, now, &spot.name)),
                }
            }
        }
        self.lay_out(parts);
        self.bring_up(&spot.name);
        Some(Reply::default())
    }

    /// The run that decides it begins, and the lab shows it.
    fn locked(&mut self, parts: &mut Parts, now: Now, name: &str) -> Reply {
        let mut reply = Reply { effects: self.decide(parts, now), ..Reply::default() };
        if let Some(mesh) = self.section(parts).and_then(|section| mesh::mesh_of(section, name)) {
            self.companion.show(parts, now, mesh);
        }
        self.lay_out(parts);
        self.bring_up(name);
        reply.effects.push(self.save(parts));
        reply
    }

    /// What came of a question grows below it: scrolls until it can be read, but not past the question.
    pub(super) fn bring_up(&mut self, name: &str) {
        if let Some(spot) = self.page.questions().iter().find(|spot| spot.name == name) {
            let lowest = spot.rows.end.saturating_sub(self.view.height).min(spot.rows.start);
            self.view.top = self.view.top.max(lowest);
            self.clamp();
        }
    }

    fn unanswered(&self, name: &str) -> Reply {
        let answer = self.questions.prediction(name).map(|prediction| &prediction.question().answer);
        let last = match answer {
            Some(Answer::Choice(options)) => options.len(),
            _ => 1,
        };
        Reply::info(format!("choose an answer first: 1 to {last}; or {} to skip", shown(Action::Skip)))
    }

    fn page_rows(&self) -> usize {
        self.view.height.saturating_sub(OVERLAP).max(1)
    }

    /// A page on, but not past the beginning of a question that could not be answered yet.
    fn page_below(&self) -> usize {
        let below = self.view.top + self.page_rows();
        let passed = self.page.questions().iter().find(|spot| {
            (self.view.top + 1..below).contains(&spot.rows.start)
                && !self.view.shows(&spot.rows)
                && self.questions.is_open(spot)
        });
        passed.map_or(below, |spot| spot.rows.start)
    }

    pub(super) fn scroll(&mut self, parts: &Parts, now: Now, top: usize) {
        self.view.top = top;
        self.clamp();
        self.step = None;
        self.follow(parts, now);
    }

    /// To another section, at its start.
    fn turn(&mut self, parts: &mut Parts, now: Now, by: isize) -> Reply {
        let last = parts.course.lesson.sections.len();
        let wanted = self.number.saturating_add_signed(by);
        if !(1..=last).contains(&wanted) {
            if by > 0 && self.go_out(parts) {
                return Reply::default();
            }
            let what = if by > 0 { "this is the last section" } else { "this is the first section" };
            return Reply::info(what);
        }
        let effects: Vec<Effect> = self.noted(parts, now);
        self.enter(parts, wanted);
        self.follow(parts, now);
        Reply { effects, ..Reply::default() }
    }

    fn next_step(&mut self, parts: &mut Parts, now: Now) -> Reply {
        if self.step() + 1 >= self.page.steps().len() {
            return self.turn(parts, now, 1);
        }
        self.jump(parts, now, self.step() + 1);
        Reply::default()
    }

    /// To the start of this step, or from there to the one before.
    fn previous_step(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let start = self.page.steps().get(self.step()).copied().unwrap_or(0);
        if self.step.is_none() && start < self.view.top {
            self.jump(parts, now, self.step());
        } else if self.step() > 0 {
            self.jump(parts, now, self.step() - 1);
        } else {
            let reply = self.turn(parts, now, -1);
            if reply.notice.is_none() {
                self.jump(parts, now, self.page.steps().len().saturating_sub(1));
            }
            return reply;
        }
        Reply::default()
    }

    pub(super) fn jump(&mut self, parts: &Parts, now: Now, step: usize) {
        self.view.top = self.page.steps().get(step).copied().unwrap_or(0);
        self.clamp();
        self.step = Some(step);
        self.follow(parts, now);
    }

    fn flip(&mut self, parts: &Parts) -> Reply {
        self.real_side = !self.real_side;
        self.lay_out(parts);
        let what = if self.real_side { "what one would apply" } else { "the shorthand" };
        Reply::info(format!("sketches show {what}; {} flips them", shown(Action::FlipSketch)))
    }

    fn toggle_predict(&mut self, parts: &mut Parts, now: Now) -> Reply {
        parts.place.ask_first = !parts.place.ask_first;
        self.asks = parts.place.ask_first;
        self.lay_out(parts);
        self.follow(parts, now);
        let what =
            if self.asks { "predictions are asked for" } else { "predictions are not asked for any more" };
        let notice = format!("{what}; {} changes that", shown(Action::TogglePredict));
        Reply { effects: vec![self.save(parts)], ..Reply::info(notice) }
    }

    /// The text takes the lab back, from the start of its run.
    fn rerun(&mut self, parts: &Parts, now: Now) {
        self.companion.give_back(parts, now);
        self.follow(parts, now);
    }
}

fn shown(action: Action) -> String {
    keymap::shown(Context::Predict, action)
}
