//! What lies over a screen.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::text::{line_at, width};
use super::theme::{Mark, Theme};
use super::{help, palette, told};
use crate::app::Overlay;
use crate::app::geometry::Area;

pub fn draw(overlay: &Overlay, theme: Theme, area: Area, buf: &mut Buffer) {
    match overlay {
        Overlay::Help(help) => help::draw(help, theme, area, buf),
        Overlay::Palette(list) => palette::draw(list, theme, area, buf),
        Overlay::Told { what, scroll } => told::draw(what, *scroll, theme, area, buf),
    }
}

/// A cleared box with a heavy border; gives what is inside.
pub fn framed(area: Area, title: &str, theme: Theme, buf: &mut Buffer) -> Area {
    let rect = super::rect(area);
    Clear.render(rect, buf);
    let kind = if theme.ascii { BorderType::Plain } else { BorderType::Thick };
    let block = Block::bordered().border_type(kind).border_style(theme.mark(Mark::Focus)).title(title);
    let block = if theme.ascii { block.border_set(ASCII_BORDER) } else { block };
    block.render(rect, buf);
    area.inset(1, 1)
}

/// Words in the upper border, at its right end.
pub fn label(words: &str, theme: Theme, frame: Area, buf: &mut Buffer) {
    let words = format!(" {words} ");
    let at = frame.width.saturating_sub(width(&words) as u16 + 2);
    // Over a border that is bold already, a look is not to be added to it.
    line_at(buf, frame, 0, at, &words, Style::reset().patch(theme.mark(Mark::Quiet)));
}

/// A box on what is there, heavy where the eye should go; gives what is inside.
pub fn boxed(area: Area, title: &str, heavy: bool, theme: Theme, buf: &mut Buffer) -> Area {
    let (kind, mark) =
        if heavy { (BorderType::Thick, Mark::Focus) } else { (BorderType::Plain, Mark::Frame) };
    let block = Block::bordered().border_type(kind).border_style(theme.mark(mark)).title(title);
    let block = if theme.ascii { block.border_set(ASCII_BORDER) } else { block };
    block.render(super::rect(area), buf);
    area.inset(1, 1)
}

/// Borders for terminals without line drawing.
pub const ASCII_BORDER: ratatui::symbols::border::Set = ratatui::symbols::border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};
