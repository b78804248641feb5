//! Review on the screen.

use ratatui::buffer::Buffer;

use super::theme::Theme;
use crate::app::geometry::Area;
use crate::app::review::Review;
use crate::app::state::Parts;

#[must_use]
pub fn title(_review: &Review, _parts: &Parts) -> (String, String) {
    ("Review".to_owned(), String::new())
}

pub fn draw(_review: &Review, _parts: &Parts, _theme: Theme, _area: Area, _buf: &mut Buffer) {}
