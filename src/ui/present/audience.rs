//! The audience's window.

use ratatui::buffer::Buffer;

use super::slide;
use crate::app::geometry::Area;
use crate::app::present::audience::Audience;
use crate::app::state::Parts;
use crate::ui::theme::Theme;

pub fn draw(audience: &Audience, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let talk = audience.talk();
    if talk.session().blank {
        return;
    }
    slide::draw(talk, parts, audience.view(), theme, area, buf);
}
