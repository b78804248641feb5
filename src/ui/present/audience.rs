//! The audience's window: a view, in pictures or as text, and the notes where there is no second window.

use ratatui::buffer::Buffer;

use super::{notes, slide, spoken};
use crate::app::geometry::{Area, Size};
use crate::app::manner::Motion;
use crate::app::present::audience::Audience;
use crate::app::state::Parts;
use crate::ui::text::line_at;
use crate::ui::theme::{Glyph, Mark, Theme};

pub fn draw(audience: &Audience, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if audience.talk().session().blank {
        // So that who presents sees that it is blank and not gone.
        let corner = area.width.saturating_sub(1);
        line_at(
            buf,
            area,
            area.height.saturating_sub(1),
            corner,
            theme.glyph(Glyph::Dot),
            theme.mark(Mark::Quiet),
        );
        return;
    }
    let mut rest = area;
    if let Some(strip) = audience.strip(parts) {
        notes::draw(&strip, theme, rest.cut_bottom(strip.height), buf);
    }
    draw_view(audience, parts, theme, rest, buf);
}

fn draw_view(audience: &Audience, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) -> usize {
    let (talk, view) = (audience.talk(), audience.view());
    if parts.manner.motion == Motion::None {
        return spoken::draw(talk, parts, view, theme, area, buf);
    }
    slide::draw(talk, parts, view, theme, area, buf)
}

/// How far what is on show can be scrolled on a screen of that size, in rows.
#[must_use]
pub fn reach(audience: &Audience, parts: &Parts, theme: Theme, size: Size) -> usize {
    let mut rest = Area::from(size);
    let mut unseen = Buffer::empty(crate::ui::rect(rest));
    if let Some(strip) = audience.strip(parts) {
        rest.cut_bottom(strip.height);
    }
    draw_view(audience, parts, theme, rest, &mut unseen)
}
