//! The presenter's window: notes, what the audience sees, what comes next, the clock, what is armed, hands, questions.

use std::time::Duration;

use super::audience::deed;
use super::deed::Deed;
use super::{Read, Talk, arming};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::keymap::Context;
use crate::app::now::Now;
use crate::app::state::{Go, Parts, Reply};

/// More characters than a question that is parked needs.
const TYPED_MAX: usize = 200;

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
    /// The key to leave was pressed once.
    leaving: bool,
    /// Milliseconds since 1970 as of the last look at the clock.
    now_ms: u64,
    seen: Duration,
}

impl Console {
    #[must_use]
    pub fn open(parts: &Parts, now: Now, section: Option<u8>, read: &Read) -> (Self, Vec<Effect>) {
        let (talk, effects) = Talk::open(parts, now, read, section);
        let console = Self {
            talk,
            reach: 0,
            region: 0,
            typed: None,
            leaving: false,
            now_ms: super::wall(now),
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
        self.talk.frame(parts, now);
        reply
    }

    fn do_it(&mut self, parts: &Parts, now: Now, action: Action) -> Reply {
        let was_leaving = std::mem::take(&mut self.leaving);
        let done = match action {
            Action::Back if self.talk.session().armed().is_some() => Deed::Disarm,
            Action::Back if was_leaving => return Reply::go(Go::Leave),
            Action::Back => {
                self.leaving = true;
                return Reply::info("once more leaves the console; the talk stays where it is");
            }
            Action::Park => {
                self.typed = Some(String::new());
                return Reply::default();
            }
            Action::Unpark => Deed::Unpark(0),
            Action::Fire => Deed::Fire,
            Action::Hold => Deed::Hold,
            Action::Clock => Deed::Clock,
            Action::ResetClock => Deed::ResetClock,
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
        self.talk.act(now, done)
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
    }

    /// Once a second for the clock while it runs, more often while a mesh does.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let clock = self.talk.session().clocks.is_started().then(|| {
            let elapsed = self.talk.session().clocks.elapsed(self.now_ms).as_millis() as u64;
            self.seen + Duration::from_millis(1_000 - elapsed % 1_000)
        });
        [clock, self.talk.next_frame()].into_iter().flatten().min()
    }

    pub fn scrolls_to(&mut self, rows: usize) {
        self.reach = u16::try_from(rows).unwrap_or(u16::MAX);
    }

    pub fn take(&mut self, parts: &Parts, now: Now, read: &Read) -> Vec<Effect> {
        self.tick(now);
        self.talk.take(parts, now, read)
    }
}
