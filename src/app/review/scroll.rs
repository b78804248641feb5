//! A page that is longer than the screen.

use super::{Review, Stage};
use crate::app::action::Action;
use crate::app::state::Parts;

/// Rows that a page key scrolls.
const PAGE_ROWS: u16 = 5;

impl Review {
    /// The first row after a key that scrolls; the screen stops at the page's end.
    pub(super) fn scrolled(&self, parts: &Parts, action: Action) -> Option<u16> {
        let lines = match (action, &self.stage) {
            (Action::PageDown | Action::PageUp, _) => PAGE_ROWS,
            (Action::Down | Action::Up, Stage::Revealed(revealed)) if revealed.points.is_empty() => 1,
            (Action::Down | Action::Up, Stage::Over(over)) if over.leeches.len() < 2 => 1,
            (Action::Down | Action::Up, Stage::Pause(_)) => 1,
            _ => return None,
        };
        let is_down = matches!(action, Action::Down | Action::PageDown);
        let to = if is_down { self.top + lines } else { self.top.saturating_sub(lines) };
        Some(to.min(self.rows_about(parts).saturating_sub(parts.size.height)))
    }

    /// Rows that the page and what stands around it take, or some more.
    fn rows_about(&self, parts: &Parts) -> u16 {
        let columns = usize::from(parts.size.width.saturating_sub(8)).clamp(8, 80);
        let paused = if let Stage::Pause(pause) = &self.stage { pause.rows_about(columns) } else { 0 };
        let rows = match self.card(parts) {
            Some(card) => card.length() / columns + 24 + paused,
            None => self.answers.len() + 16 + paused,
        };
        u16::try_from(rows).unwrap_or(u16::MAX)
    }
}
