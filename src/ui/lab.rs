//! The lab on the screen.

use ratatui::buffer::Buffer;

use super::theme::Theme;
use crate::app::geometry::Area;
use crate::app::lab::Lab;
use crate::app::state::Parts;

#[must_use]
pub fn title(_lab: &Lab, _parts: &Parts, _theme: Theme) -> (String, String) {
    ("LAB".to_owned(), String::new())
}

/// The whole screen.
pub fn draw(_lab: &Lab, _parts: &Parts, _theme: Theme, _area: Area, _buf: &mut Buffer) {}

/// Inside another screen.
pub fn draw_embedded(_lab: &Lab, _theme: Theme, _area: Area, _buf: &mut Buffer) {}
