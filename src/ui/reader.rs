//! Reader on the screen.

use ratatui::buffer::Buffer;

use super::theme::Theme;
use crate::app::geometry::Area;
use crate::app::reader::Reader;
use crate::app::state::Parts;

#[must_use]
pub fn title(_reader: &Reader, _parts: &Parts) -> (String, String) {
    ("Reader".to_owned(), String::new())
}

pub fn draw(_reader: &Reader, _parts: &Parts, _theme: Theme, _area: Area, _buf: &mut Buffer) {}
