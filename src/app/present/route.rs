//! A talk among the other screens: opened, left for a question, told what its files say.

use super::audience::Audience;
use super::console::Console;
use super::rehearse::Wish;
use super::{Read, Talk};
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::{App, Parts, Screen, Window};

impl Screen {
    /// A window of a talk, and what to write at once.
    pub(in crate::app) fn talk(
        parts: &Parts,
        now: Now,
        window: Window,
        section: Option<u8>,
        read: &Read,
        wish: Wish,
    ) -> (Self, Vec<Effect>) {
        match window {
            Window::Audience => {
                let (audience, effects) = Audience::open(parts, now, section, read, wish);
                (Self::Audience(Box::new(audience)), effects)
            }
            Window::Console => {
                let (console, effects) = Console::open(parts, now, section, read, wish);
                (Self::Console(Box::new(console)), effects)
            }
        }
    }

    /// It is a window of a talk.
    pub(in crate::app) const fn is_talk(&self) -> bool {
        matches!(self, Self::Audience(_) | Self::Console(_))
    }

    fn talk_of(&mut self) -> Option<&mut Talk> {
        match self {
            Self::Audience(audience) => Some(audience.talk_mut()),
            Self::Console(console) => Some(console.talk_mut()),
            _ => None,
        }
    }
}

impl App {
    /// The talk, on show or left for a question.
    pub(in crate::app) fn talk_mut(&mut self) -> Option<&mut Talk> {
        let parked = self.parked.talk.as_mut();
        self.screen.talk_of().or_else(|| parked?.talk_of())
    }

    /// Takes in what the talk's files say.
    pub(in crate::app) fn take_talk(&mut self, now: Now, read: &Read) -> Vec<Effect> {
        let screen = if self.screen.is_talk() { Some(&mut self.screen) } else { self.parked.talk.as_mut() };
        match screen {
            Some(Screen::Audience(audience)) => audience.take(&self.parts, now, read),
            Some(Screen::Console(console)) => console.take(&self.parts, now, read),
            _ => Vec::new(),
        }
    }
}
