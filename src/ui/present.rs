//! A talk on the screen: what the audience sees, and the presenter's console around a small copy of it.

mod ask;
pub mod audience;
pub mod console;
pub mod measure;
mod notes;
mod slide;
mod spoken;

use crate::app::geometry::{Area, Size};
use crate::app::present::Talk;
use crate::app::state::Parts;
use crate::ui::theme::Theme;

/// How far what the audience sees can be scrolled on a screen of that size, in rows.
#[must_use]
pub fn reach(talk: &Talk, parts: &Parts, theme: Theme, size: Size) -> usize {
    let mut unseen = ratatui::buffer::Buffer::empty(super::rect(Area::from(size)));
    slide::draw(talk, parts, talk.session().shown(), theme, Area::from(size), &mut unseen)
}
