//! A talk among the other screens: opened, left for a question, told what its files say.

use super::audience::Audience;
use super::console::Console;
use std::time::Duration;

use super::deed::Deed;
use super::rehearse::Wish;
use super::{Read, Talk, outline};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::keymap::{self, Context};
use crate::app::now::Now;
use crate::app::state::{App, Notice, Overlay, Parts, Screen, Window};

/// How one comes back to a talk that is left for another screen.
pub(in crate::app) fn way_back(to: &Screen) -> String {
    let prefix = keymap::shown(Context::Global, Action::GoPrefix);
    let key = keymap::shown(Context::Go, Action::GoTalk);
    // From home the other key leaves the program.
    let or = match to {
        Screen::Home(_) => String::new(),
        _ => format!(", as does {}", keymap::shown(Context::Global, Action::Back)),
    };
    format!("{prefix} {key} comes back to the talk{or}; the other window stays as it is")
}

impl Screen {
    /// A window of a talk, at a section and with a length of its own where they are given, and what to write at once.
    pub(in crate::app) fn talk(
        parts: &Parts,
        now: Now,
        window: Window,
        (section, total): (Option<u8>, Option<Duration>),
        read: &Read,
        wish: Wish,
    ) -> (Self, Vec<Effect>) {
        let (mut screen, mut effects) = match window {
            Window::Audience => {
                let (audience, effects) = Audience::open(parts, now, section, read, wish);
                (Self::Audience(Box::new(audience)), effects)
            }
            Window::Console => {
                let (console, effects) = Console::open(parts, now, section, read, wish);
                (Self::Console(Box::new(console)), effects)
            }
        };
        if let (Some(total), Some(talk)) = (total, screen.talk_of()) {
            let ms = u64::try_from(total.as_millis()).unwrap_or(u64::MAX);
            effects.extend(talk.act(now, Deed::Total(ms)).effects);
        }
        (screen, effects)
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

    /// The list of beats and cards over a window of a talk.
    pub(in crate::app) fn open_outline(&mut self) {
        let list = match &self.screen {
            Screen::Audience(audience) => outline::open(audience.talk(), &self.parts, None),
            Screen::Console(console) => outline::open(console.talk(), &self.parts, Some(console.now_ms())),
            _ => return,
        };
        self.overlay = Some(Overlay::Palette(list));
    }

    /// The questions for later, to cross one out.
    pub(in crate::app) fn cross_out(&mut self) {
        let Screen::Console(console) = &self.screen else { return };
        if console.talk().session().parked.is_empty() {
            let key = keymap::shown(Context::Console, Action::Park);
            self.notice = Some(Notice::Info(format!("no question waits; {key} writes one down")));
        } else {
            self.overlay = Some(Overlay::Palette(outline::parked(console.talk())));
        }
    }

    /// Does to the talk on the screen what no key does by itself.
    pub(in crate::app) fn do_in_talk(&mut self, now: Now, deed: Deed) -> Vec<Effect> {
        let reply = match &mut self.screen {
            Screen::Audience(audience) => audience.do_deed(&self.parts, now, deed),
            Screen::Console(console) => console.do_deed(&self.parts, now, deed),
            _ => return Vec::new(),
        };
        self.follow(now, reply)
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
