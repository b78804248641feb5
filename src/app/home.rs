//! Home: where one is, what is due, and the mesh that one will break.

use std::time::Duration;

use super::action::Action;
use super::now::Now;
use super::state::{Go, Parts, Reply};

/// The home screen.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The section one stands on, from 1.
    pub selected: u8,
}

impl Home {
    #[must_use]
    pub fn new(parts: &Parts, _now: Now) -> Self {
        Self { selected: parts.place.section.max(1) }
    }

    pub fn act(&mut self, _parts: &mut Parts, _now: Now, action: Action) -> Reply {
        match action {
            Action::Down => self.selected = (self.selected + 1).min(10),
            Action::Up => self.selected = self.selected.saturating_sub(1).max(1),
            Action::Top => self.selected = 1,
            Action::Bottom => self.selected = 10,
            Action::Confirm => return Reply::go(Go::Reader(Some(self.selected))),
            Action::Back => return Reply::go(Go::Leave),
            _ => {}
        }
        Reply::default()
    }

    pub fn frame(&mut self, _parts: &mut Parts, _now: Now) -> Reply {
        Reply::default()
    }

    #[must_use]
    pub const fn next_frame(&self) -> Option<Duration> {
        None
    }
}
