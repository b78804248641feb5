//! What can be broken, and what is.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::figures;
use crate::app::action::{Action, Failure};
use crate::app::chord::Chord;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::scene::Scene;
use crate::ui::text::{line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// One row each.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let area = area.inset(1, 0);
    let rows = Failure::ALL.len() as u16;
    // The row one stands on is always in view.
    let above = (scene.row as u16 + 1).saturating_sub(area.height).min(rows.saturating_sub(area.height));
    for (index, failure) in Failure::ALL.into_iter().enumerate().skip(usize::from(above)) {
        let row = index as u16 - above;
        let (glyph, mark) = look(scene, failure);
        let selected = index == scene.row;
        if selected {
            for column in 0..area.width {
                line_at(buf, area, row, column, " ", theme.mark(Mark::Selected));
            }
        }
        let style = |mark| if selected { theme.mark(Mark::Selected) } else { theme.mark(mark) };
        line_at(buf, area, row, 1, theme.glyph(glyph), style(mark));
        let next = line_at(buf, area, row, 3, &keys(failure), style(Mark::Key));
        line_at(buf, area, row, next + 2, failure.words(), style(Mark::Plain));
        if scene.broken.contains(&failure) {
            line_at(buf, area, row, area.width.saturating_sub(7), "broken", style(Mark::Failure));
        }
    }
}

/// All of them in a line or two.
pub fn draw_flowing(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let area = area.inset(1, 0);
    let (mut row, mut column) = (0, 0);
    for (index, failure) in Failure::ALL.into_iter().enumerate() {
        let is_broken = scene.broken.contains(&failure);
        let key = key(failure);
        let wide = (width(&key) + width(failure.short()) + 4) as u16 + if is_broken { 2 } else { 0 };
        if column > 0 && column + wide > area.width {
            (row, column) = (row + 1, 0);
        }
        let words = if index == scene.row { Mark::Selected } else { Mark::Plain };
        let at = line_at(buf, area, row, column, &key, theme.mark(Mark::Key)) + 1;
        let at = if is_broken {
            line_at(buf, area, row, at, theme.glyph(Glyph::Down), theme.mark(Mark::Failure)) + 1
        } else {
            at
        };
        line_at(buf, area, row, at, failure.short(), theme.mark(words));
        column += wide;
    }
}

/// The panel's heading: where breaks go.
#[must_use]
pub fn heading(scene: &Scene<'_>) -> String {
    let region = scene.view.regions.get(scene.region).map_or("", |region| region.name.as_str());
    let other = keymap::key_for(Context::Lab, Action::OtherRegion);
    match other.filter(|_| scene.view.regions.len() > 1) {
        Some(key) => format!("Break {region}, {} for the other", key.shown()),
        None => format!("Break {region}"),
    }
}

/// The same in few columns: `f break E`.
#[must_use]
pub fn heading_short(scene: &Scene<'_>) -> String {
    let region = scene.view.regions.get(scene.region).map_or_else(String::new, |r| figures::initial(&r.name));
    let prefix = keymap::key_for(Context::Lab, Action::BreakPrefix).map_or_else(String::new, Chord::shown);
    format!("{prefix}, then a key: break {region}")
}

fn look(scene: &Scene<'_>, failure: Failure) -> (Glyph, Mark) {
    match failure {
        Failure::HealAll => (Glyph::Done, Mark::Quiet),
        _ if scene.broken.contains(&failure) => (Glyph::Down, Mark::Failure),
        _ => (Glyph::Open, Mark::Quiet),
    }
}

fn key(failure: Failure) -> String {
    keymap::key_for(Context::Break, Action::Break(failure)).map_or_else(String::new, Chord::shown)
}

fn keys(failure: Failure) -> String {
    let prefix = keymap::key_for(Context::Lab, Action::BreakPrefix).map_or_else(String::new, Chord::shown);
    format!("{prefix} {}", key(failure))
}

/// A heading in a rule across the area.
pub fn headed_rule(words: &str, theme: Theme, area: Area, row: u16, buf: &mut Buffer) {
    crate::ui::text::rule(buf, area, row, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    if !words.is_empty() {
        line_at(buf, area, row, 2, &format!(" {words} "), Style::new());
    }
}
