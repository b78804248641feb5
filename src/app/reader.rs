//! The reader.

use std::time::Duration;

use super::action::Action;
use super::effect::Effect;
use super::keymap::Context;
use super::now::Now;
use super::state::{Go, Parts, Reply};

/// The reader.
#[derive(Debug, Default)]
pub struct Reader {}

impl Reader {
    #[must_use]
    pub fn open(_parts: &Parts, _now: Now, _section: Option<u8>) -> Self {
        Self::default()
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        Context::Reader
    }

    pub fn act(&mut self, _parts: &mut Parts, _now: Now, action: Action) -> Reply {
        match action {
            Action::Back => Reply::go(Go::Home),
            _ => Reply::default(),
        }
    }
}

impl Reader {
    pub fn frame(&mut self, _parts: &mut Parts, _now: Now) -> Reply {
        Reply::default()
    }

    /// The window changed; what stood at the top still does.
    pub fn resized(&mut self, _parts: &Parts) {}

    /// Remembers the place.
    pub fn left(&mut self, _parts: &mut Parts, _now: Now) -> Vec<Effect> {
        Vec::new()
    }

    pub fn course_changed(&mut self, _parts: &Parts) {}

    #[must_use]
    pub const fn next_frame(&self) -> Option<Duration> {
        None
    }
}
