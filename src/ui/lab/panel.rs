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
    for (index, area) in rows(scene, area) {
        let failure = Failure::ALL[index];
        let (glyph, mark) = look(scene, failure);
        let selected = index == scene.row;
        if selected {
            for column in 0..area.width {
                line_at(buf, area, 0, column, " ", theme.mark(Mark::Selected));
            }
        }
        let style = |mark| if selected { theme.mark(Mark::Selected) } else { theme.mark(mark) };
        line_at(buf, area, 0, 1, theme.glyph(glyph), style(mark));
        let next = line_at(buf, area, 0, 3, &keys(failure), style(Mark::Key));
        line_at(buf, area, 0, next + 2, failure.words(), style(Mark::Plain));
        if scene.broken.contains(&failure) {
            line_at(buf, area, 0, area.width.saturating_sub(7), "broken", style(Mark::Failure));
        }
    }
}

/// The row of each break that is in view: its number in the list, and where.
#[must_use]
pub fn rows(scene: &Scene<'_>, area: Area) -> Vec<(usize, Area)> {
    let area = area.inset(1, 0);
    let all = Failure::ALL.len() as u16;
    // The row one stands on is always in view.
    let above = (scene.row as u16 + 1).saturating_sub(area.height).min(all.saturating_sub(area.height));
    let row = |index| Area { y: area.y + index - above, height: 1, ..area };
    (above..all.min(above + area.height)).map(|index| (usize::from(index), row(index))).collect()
}

/// All of them in a line or two.
pub fn draw_flowing(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    for (index, area) in flowing(scene, area) {
        let failure = Failure::ALL[index];
        let words = if index == scene.row { Mark::Selected } else { Mark::Plain };
        let mut at = line_at(buf, area, 0, 0, &key(failure), theme.mark(Mark::Key)) + 1;
        if scene.broken.contains(&failure) {
            at = line_at(buf, area, 0, at, theme.glyph(Glyph::Down), theme.mark(Mark::Failure)) + 1;
        }
        line_at(buf, area, 0, at, failure.short(), theme.mark(words));
    }
}

/// Where each break is in a line or two: its number in the list, and the cells of its words.
#[must_use]
pub fn flowing(scene: &Scene<'_>, area: Area) -> Vec<(usize, Area)> {
    let area = area.inset(1, 0);
    let (mut row, mut column) = (0, 0);
    let mut all = Vec::new();
    for (index, failure) in Failure::ALL.into_iter().enumerate() {
        let mark = if scene.broken.contains(&failure) { 2 } else { 0 };
        let wide = (width(&key(failure)) + 1 + width(failure.short())) as u16 + mark;
        if column > 0 && column + wide + 3 > area.width {
            (row, column) = (row + 1, 0);
        }
        if row < area.height {
            let room = area.width.saturating_sub(column).min(wide);
            all.push((index, Area { x: area.x + column, y: area.y + row, width: room, height: 1 }));
        }
        column += wide + 3;
    }
    all
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
