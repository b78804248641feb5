//! Home on the screen.

use ratatui::buffer::Buffer;

use super::theme::Theme;
use crate::app::geometry::Area;
use crate::app::home::Home;
use crate::app::state::Parts;

#[must_use]
pub fn title(_home: &Home, _parts: &Parts) -> (String, String) {
    ("EP 11".to_owned(), String::new())
}

pub fn draw(_home: &Home, _parts: &Parts, _theme: Theme, _area: Area, _buf: &mut Buffer) {}
