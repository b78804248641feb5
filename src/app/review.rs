//! A review session.

use super::action::Action;
use super::keymap::Context;
use super::now::Now;
use super::state::{Go, Parts, Reply};

/// A review session.
#[derive(Debug, Default)]
pub struct Review {}

impl Review {
    #[must_use]
    pub fn open(_parts: &Parts, _now: Now) -> Self {
        Self::default()
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        Context::ReviewDone
    }

    pub fn act(&mut self, _parts: &mut Parts, _now: Now, action: Action) -> Reply {
        match action {
            Action::Back => Reply::go(Go::Home),
            _ => Reply::default(),
        }
    }
}

impl Review {
    /// The entry with this id is durable, or kept for the next try; the next card may show.
    pub fn appended(&mut self, _parts: &mut Parts, _now: Now, _id: &crate::learner::EntryId) -> Reply {
        Reply::default()
    }

    /// Other terminals' entries were read.
    pub fn log_read(&mut self, _parts: &mut Parts, _now: Now) {}
}
