//! The presenter's window: notes, what the audience sees, what comes next, the clock, what is armed, hands, questions.

pub mod ahead;
pub mod cue;
mod deeds;
pub mod facts;
pub mod lines;
pub mod notes;
pub mod panes;
pub mod polls;

use std::time::Duration;

use super::audience::{deed, once_more};
use super::deed::Deed;
use super::rehearse::Wish;
use super::{Read, Talk, arming};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::geometry::Area;
use crate::app::keymap::Context;
use crate::app::manner::Motion;
use crate::app::now::Now;
use crate::app::state::{Go, Parts, Reply};
use crate::course::Document;
pub use deeds::cut_hint;
use panes::{Panes, Wants};

/// More characters than a question that is parked needs.
const TYPED_MAX: usize = 200;
/// From one look at a clock that runs to the next, in milliseconds.
const TICK_MS: u64 = 1_000;
/// The same as text: a screen reader says each line that changes.
const TEXT_TICK_MS: u64 = 10_000;

/// The window.
#[derive(Debug)]
pub struct Console {
    talk: Talk,
    /// How far what the audience sees can be scrolled, in rows, at the audience's size.
    reach: u16,
    /// Where failures go: a region, from 0.
    region: usize,
    /// A question for later, being typed.
    typed: Option<String>,
    /// What was asked for once, and loses something: the same key again does it.
    asked: Option<Action>,
    /// First row of the notes on show, or of everything as text.
    top: usize,
    /// The notes of that beat.
    noted: Option<Document>,
    /// Lines in reading order instead of a picture.
    text: bool,
    /// Milliseconds since 1970 as of the last look at the clock.
    now_ms: u64,
    /// Minutes of the local time ahead of UTC then.
    offset_minutes: i32,
    seen: Duration,
}

impl Console {
    #[must_use]
    pub fn open(
        parts: &Parts,
        now: Now,
        section: Option<u8>,
        read: &Read,
        wish: Wish,
    ) -> (Self, Vec<Effect>) {
        let (talk, effects) = Talk::open(parts, now, read, section, wish);
        let console = Self {
            noted: notes::written(&talk, parts).cloned(),
            talk,
            reach: 0,
            region: 0,
            typed: None,
            asked: None,
            top: 0,
            text: parts.manner.motion == Motion::None,
            now_ms: super::wall(now),
            offset_minutes: now.offset_minutes,
            seen: now.mono,
        };
        (console, effects)
    }

    #[must_use]
    pub const fn talk(&self) -> &Talk {
        &self.talk
    }

    pub const fn talk_mut(&mut self) -> &mut Talk {
        &mut self.talk
    }

    /// The moment of what is drawn, in milliseconds since 1970.
    #[must_use]
    pub const fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// It is text, not a picture.
    #[must_use]
    pub const fn is_text(&self) -> bool {
        self.text
    }

    /// First row on show of the notes, or of everything as text.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// Where everything is.
    #[must_use]
    pub fn panes(&self, parts: &Parts, body: Area) -> Panes {
        let cue = cue::cue(&self.talk, self.now_ms);
        let wants = Wants {
            waiting: self.typed.is_some() || !self.talk.session().parked.is_empty(),
            mesh: self.talk.stage().lab().is_some(),
            fire: u16::try_from(cue::lines(&self.talk, parts, &cue).len()).unwrap_or(u16::MAX),
        };
        panes::panes(body, wants)
    }

    /// Hours and minutes on the wall, while the talk's clocks run: otherwise nobody looks at the clock.
    #[must_use]
    pub fn time_of_day(&self) -> Option<(u64, u64)> {
        let minutes = i64::try_from(self.now_ms / 60_000).ok()? + i64::from(self.offset_minutes);
        let minutes = u64::try_from(minutes.rem_euclid(24 * 60)).ok()?;
        self.talk.session().clocks.is_started().then_some((minutes / 60, minutes % 60))
    }

    /// The question that is being typed.
    #[must_use]
    pub fn typed(&self) -> Option<&str> {
        self.typed.as_deref()
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        if self.typed.is_some() { Context::ConsoleTyping } else { Context::Console }
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        self.tick(now);
        let reply =
            if self.typed.is_some() { self.type_in(now, action) } else { self.do_it(parts, now, action) };
        self.settle(parts, now);
        reply
    }

    /// Does something that no key does by itself.
    pub fn do_deed(&mut self, parts: &Parts, now: Now, deed: Deed) -> Reply {
        self.tick(now);
        let reply = self.talk.act(now, deed);
        self.settle(parts, now);
        reply
    }

    /// Other notes are read from their beginning.
    fn settle(&mut self, parts: &Parts, now: Now) {
        self.talk.frame(parts, now);
        let notes = notes::written(&self.talk, parts);
        if notes != self.noted.as_ref() {
            self.noted = notes.cloned();
            self.top = 0;
        }
    }

    fn do_it(&mut self, parts: &Parts, now: Now, action: Action) -> Reply {
        let asked = self.asked.take() == Some(action);
        let done = match action {
            Action::Back if self.talk.session().armed().is_some() => Deed::Disarm,
            Action::Back if asked => return Reply::go(Go::Leave),
            Action::EndTalk if asked => return self.talk.end(now),
            Action::ResetClock if asked => Deed::ResetClock,
            Action::Back | Action::EndTalk | Action::ResetClock => {
                self.asked = Some(action);
                return Reply::info(once_more(action));
            }
            Action::Park => {
                self.typed = Some(String::new());
                return Reply::default();
            }
            Action::Fire => Deed::Fire,
            Action::Hold => Deed::Hold,
            Action::Clock => return self.turn_clock(now),
            Action::CutAdvice => return self.cut(parts, now),
            Action::PageDown | Action::PageUp => {
                self.scroll(parts, action == Action::PageDown);
                return Reply::default();
            }
            Action::Break(failure) => match arming::arm(&self.talk, parts, failure, self.region) {
                Ok(arm) => arm,
                Err(why) => return Reply::info(why),
            },
            Action::OtherRegion => return self.other_region(parts),
            _ => {
                let height = self.talk.peers().audience.map_or(parts.size.height, |size| size.height);
                match deed(action, &self.talk.session().view, self.reach, height) {
                    Some(deed) => deed,
                    None => return Reply::default(),
                }
            }
        };
        let (from, forward) = (self.talk.session().section(self.talk.deck()), done == Deed::Next);
        let reply = self.talk.act(now, done);
        if forward { self.say_what_was_passed(from, reply) } else { reply }
    }

    fn other_region(&mut self, parts: &Parts) -> Reply {
        match arming::next_region(&self.talk, parts, self.region) {
            Ok((region, name)) => {
                self.region = region;
                Reply::info(format!("failures go to {name} from now on"))
            }
            Err(why) => Reply::info(why),
        }
    }

    fn type_in(&mut self, now: Now, action: Action) -> Reply {
        let typed = self.typed.get_or_insert_default();
        match action {
            Action::Type(c) if typed.chars().count() < TYPED_MAX => typed.push(c),
            Action::Erase => drop(typed.pop()),
            Action::Back => self.typed = None,
            Action::Confirm => {
                let question = self.typed.take().unwrap_or_default().trim().to_owned();
                if !question.is_empty() {
                    return self.talk.act(now, Deed::Park(question));
                }
            }
            _ => {}
        }
        Reply::default()
    }

    pub fn frame(&mut self, parts: &Parts, now: Now) {
        self.tick(now);
        self.talk.frame(parts, now);
    }

    fn tick(&mut self, now: Now) {
        (self.now_ms, self.seen) = (super::wall(now), now.mono);
        self.offset_minutes = now.offset_minutes;
    }

    /// Once a second for the clock while it runs, more often while a mesh does; never when nothing moves.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let session = self.talk.session();
        let clock = (session.clocks.is_started() && !session.ended).then(|| {
            let tick = if self.text { TEXT_TICK_MS } else { TICK_MS };
            let elapsed = session.clocks.elapsed(self.now_ms).as_millis() as u64;
            self.seen + Duration::from_millis(tick - elapsed % tick)
        });
        [clock, self.talk.next_frame()].into_iter().flatten().min()
    }

    pub fn scrolls_to(&mut self, rows: usize) {
        self.reach = u16::try_from(rows).unwrap_or(u16::MAX);
    }

    pub fn take(&mut self, parts: &Parts, now: Now, read: &Read) -> Vec<Effect> {
        self.tick(now);
        let effects = self.talk.take(parts, now, read);
        self.settle(parts, now);
        effects
    }
}
