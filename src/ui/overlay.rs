//! What lies over a screen.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::text::{key_shown, line_at, width};
use super::theme::{Mark, Theme};
use crate::app::Overlay;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};

pub fn draw(overlay: &Overlay, theme: Theme, area: Area, buf: &mut Buffer) {
    match overlay {
        Overlay::Help { of, scroll } => draw_help(*of, *scroll, theme, area, buf),
    }
}

/// The keys of the context one came from, then those of its parents.
fn draw_help(of: Context, scroll: usize, theme: Theme, area: Area, buf: &mut Buffer) {
    let rows = help_rows(of, theme);
    let widest = rows.iter().map(|(key, words)| width(key) + width(words) + 4).max().unwrap_or(0) as u16;
    let frame = area.centered(widest.max(32) + 4, rows.len() as u16 + 2);
    let inner = framed(frame, " Keys ", theme, buf);
    let scroll = scroll.min(rows.len().saturating_sub(usize::from(inner.height)));
    let key_columns =
        rows.iter().filter(|(_, words)| !words.is_empty()).map(|(key, _)| width(key)).max().unwrap_or(0);
    for (row, (key, words)) in rows.iter().skip(scroll).take(usize::from(inner.height)).enumerate() {
        if words.is_empty() {
            line_at(buf, inner, row as u16, 1, key, theme.mark(Mark::Strong));
            continue;
        }
        line_at(buf, inner, row as u16, 2, key, theme.mark(Mark::Key));
        line_at(buf, inner, row as u16, key_columns as u16 + 4, words, Style::new());
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

/// Keys and words; a row without words is a heading.
fn help_rows(of: Context, theme: Theme) -> Vec<(String, &'static str)> {
    let mut rows = Vec::new();
    let mut contexts = vec![of];
    while let Some(parent) = contexts.last().and_then(|context| context.parent()) {
        contexts.push(parent);
    }
    if let Some(run) = contexts.iter().position(|context| *context == Context::Run) {
        contexts.insert(run + 1, Context::Break);
    }
    contexts.push(Context::Go);
    contexts.dedup();
    for context in contexts {
        if !rows.is_empty() {
            rows.push((String::new(), ""));
        }
        rows.push((context.title().to_owned(), ""));
        for binding in keymap::of(context) {
            let chords: Vec<String> = binding.chords().map(|chord| key_shown(chord.shown(), theme)).collect();
            rows.push((chords.join(" "), binding.words()));
        }
    }
    rows
}
