//! The audience's window: what is on show, large and calm. It shows no notes, and no answer before it is revealed.

use std::time::Duration;

use super::deed::Deed;
use super::rehearse::Wish;
use super::session::{Front, Stage, View};
use super::strip::Strip;
use super::{Read, Talk};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::manner::Motion;
use crate::app::now::Now;
use crate::app::state::{Go, Parts, Reply};

/// The window.
#[derive(Debug)]
pub struct Audience {
    talk: Talk,
    /// Which page of which beat's notes is shown here, where there is no second window.
    notes: Option<(usize, usize)>,
    /// How far what is on show can be scrolled as it is drawn, in rows.
    reach: u16,
    /// What was asked for once, and loses something: the same key again does it.
    asked: Option<Action>,
}

impl Audience {
    #[must_use]
    pub fn open(
        parts: &Parts,
        now: Now,
        section: Option<u8>,
        read: &Read,
        wish: Wish,
    ) -> (Self, Vec<Effect>) {
        let (talk, effects) = Talk::open(parts, now, read, section, wish);
        (Self { talk, notes: None, reach: 0, asked: None }, effects)
    }

    #[must_use]
    pub const fn talk(&self) -> &Talk {
        &self.talk
    }

    pub const fn talk_mut(&mut self) -> &mut Talk {
        &mut self.talk
    }

    /// What is on show here.
    #[must_use]
    pub fn view(&self) -> &View {
        self.talk.session().shown()
    }

    /// The notes, if they are shown here; another beat's from their beginning.
    #[must_use]
    pub fn strip(&self, parts: &Parts) -> Option<Strip> {
        let (beat, page) = self.notes?;
        let page = if beat == self.talk.session().view.beat { page } else { 0 };
        Some(Strip::new(&self.talk, parts, page))
    }

    /// Shows the notes, their next page, or hides them.
    fn turn_notes(&mut self, parts: &Parts) {
        let beat = self.talk.session().view.beat;
        self.notes = match self.strip(parts) {
            None => Some((beat, 0)),
            Some(strip) if strip.page + 1 < strip.pages => Some((beat, strip.page + 1)),
            Some(_) => None,
        };
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        let asked = self.asked.take() == Some(action);
        match action {
            Action::Back if asked => return Reply::go(Go::Leave),
            Action::EndTalk if asked => return self.talk.end(now),
            Action::Back | Action::EndTalk => {
                self.asked = Some(action);
                return Reply::info(once_more(action));
            }
            Action::Notes => {
                self.turn_notes(parts);
                return Reply::default();
            }
            _ => {}
        }
        let mut view = self.talk.session().view.clone();
        if parts.manner.motion == Motion::None {
            view.top = first_line(&view);
        }
        let Some(deed) = deed(action, &view, self.reach, parts.size.height) else {
            return Reply::default();
        };
        self.do_deed(parts, now, deed)
    }

    /// Does something that no key does by itself.
    pub fn do_deed(&mut self, parts: &Parts, now: Now, deed: Deed) -> Reply {
        let had_mesh = self.shows_mesh();
        let mut reply = self.talk.act(now, deed);
        self.talk.frame(parts, now);
        reply.effects.extend(self.cleared(had_mesh));
        reply
    }

    fn shows_mesh(&self) -> bool {
        let view = self.view();
        view.play.is_some() && view.front == Front::Beat
    }

    /// Where a mesh gives way to words, clearing the screen is a tenth of the bytes of wiping it cell by cell. A room has
    /// a ground of its own, so there it would flash.
    fn cleared(&self, had_mesh: bool) -> Option<Effect> {
        let is_bare = self.talk.session().look.stage == Stage::Own;
        (is_bare && had_mesh && !self.shows_mesh()).then_some(Effect::Redraw)
    }

    pub fn frame(&mut self, parts: &Parts, now: Now) {
        self.talk.frame(parts, now);
    }

    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        self.talk.next_frame()
    }

    pub fn scrolls_to(&mut self, rows: usize) {
        self.reach = u16::try_from(rows).unwrap_or(u16::MAX);
    }

    pub fn take(&mut self, parts: &Parts, now: Now, read: &Read) -> Vec<Effect> {
        let had_mesh = self.shows_mesh();
        let mut effects = self.talk.take(parts, now, read);
        effects.extend(self.cleared(had_mesh));
        effects
    }
}

/// What a key does that loses something when it is pressed again.
#[must_use]
pub const fn once_more(action: Action) -> &'static str {
    match action {
        Action::EndTalk => "once more ends the talk",
        Action::ResetClock => "once more sets all clocks to zero; times, questions and cuts are lost",
        _ => "once more leaves this window; the talk stays where it is",
    }
}

/// The first line of a view as text: what is revealed stands above the lines on the mesh, so one is not taken past it.
#[must_use]
pub const fn first_line(view: &View) -> u16 {
    if view.top == u16::MAX { 0 } else { view.top }
}

/// What a key that both windows have does to the talk. `reach`: how far what the audience sees can be scrolled.
#[must_use]
pub fn deed(action: Action, view: &View, reach: u16, height: u16) -> Option<Deed> {
    let page = (height / 2).max(1);
    let top = view.top.min(reach);
    Some(match action {
        // What is below the screen comes before what is next.
        Action::NextStep if top < reach => Deed::Scroll((top + page).min(reach)),
        Action::NextStep => Deed::Next,
        Action::PreviousStep if top > 0 => Deed::Scroll(top.saturating_sub(page)),
        Action::PreviousStep => Deed::Previous,
        Action::Down => Deed::Scroll((top + 1).min(reach)),
        Action::Up => Deed::Scroll(top.saturating_sub(1)),
        Action::Aside => Deed::Aside,
        Action::Return => Deed::Return,
        Action::Details => Deed::Text,
        Action::FlipSketch if matches!(view.front, Front::Text { .. }) => Deed::Flip,
        Action::Blank => Deed::Blank,
        Action::Large => Deed::Large,
        Action::NextStage => Deed::NextStage,
        Action::Healthy => Deed::Healthy,
        Action::RewindTalk => Deed::Rewind,
        Action::TogglePlay => Deed::TogglePlay,
        Action::Faster => Deed::Faster,
        Action::Slower => Deed::Slower,
        Action::Choose(option @ 1..) => Deed::Hand(option - 1),
        Action::Erase => Deed::TakeBackHand,
        _ => return None,
    })
}
