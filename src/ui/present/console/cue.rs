//! What fires on the key, how the mesh stands, hands.

use ratatui::buffer::Buffer;

use super::headed;
use crate::app::geometry::Area;
use crate::app::present::console::Console;
use crate::app::present::console::cue::{self, Tone};
use crate::app::state::Parts;
use crate::ui::text::{clipped, line_at};
use crate::ui::theme::{Glyph, Mark, Theme};

pub fn draw(console: &Console, parts: &Parts, theme: Theme, area: Area, ruled: bool, buf: &mut Buffer) {
    let talk = console.talk();
    let cue = cue::cue(talk, console.now_ms());
    let body = headed(if cue.armed { "Armed" } else { "Demo" }, ruled, theme, area, buf);
    let lines = cue::lines(talk, parts, &cue);
    for (row, (words, tone)) in lines.iter().enumerate().take(usize::from(body.height)) {
        let (sign, mark) = match tone {
            Tone::Hot => (theme.glyph(Glyph::Pointer), Mark::Crossing),
            Tone::Strong => ("", Mark::Strong),
            Tone::Plain => ("", Mark::Plain),
            Tone::Quiet => ("", Mark::Quiet),
        };
        let words = format!("{sign}{}{}", if sign.is_empty() { "" } else { " " }, words);
        let words = clipped(&words, usize::from(body.width), theme.glyph(Glyph::Ellipsis));
        line_at(buf, body, row as u16, 0, &words, theme.mark(mark));
    }
}
