//! Statistics on the screen: panels of lines, six side by side where there is room, else one at a time.
//!
//! ```text
//!  wide                                   narrow, and one panel alone
//!  ┌ recall ──────┐ ┌ true retention ─┐    True retention
//!  └──────────────┘ └─────────────────┘    7 days   86 %  19 of 22
//!  ┌ answers ─────┐ ┌ falling due ────┐    …
//!  └──────────────┘ └─────────────────┘
//!  ┌ how sure ────┐ ┌ hardest cards ──┐
//!  └──────────────┘ └─────────────────┘
//! ```
//!
//! Every chart has its numbers beside it and a shape for every shade, so that ASCII and no color lose nothing.

mod ahead;
mod cards;
mod judgment;
mod line;
mod recall;
mod retained;
mod retention;
mod reviews;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use self::line::Line;
use super::overlay::boxed;
use super::text::line_at;
use super::theme::{Glyph, Mark, Theme};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::words::{columns, top_of};
use crate::app::state::Parts;
use crate::app::stats::{Panel, Stats, words};

/// A panel that is alone is no wider: the eye has to find the number that belongs to a name.
const ALONE_COLUMNS: u16 = 96;

/// What a panel is drawn from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    stats: &'a Stats,
    parts: &'a Parts,
    theme: Theme,
    /// Columns there are.
    columns: usize,
    /// It has the screen for itself and may be as long as it likes.
    alone: bool,
}

#[must_use]
pub fn title(stats: &Stats, parts: &Parts) -> (String, String) {
    let place = Panel::GRID.iter().position(|panel| *panel == stats.panel);
    let right = match place {
        Some(at) if stats.words.is_none() && stats.is_alone(parts.size) && !stats.figures.is_empty() => {
            format!("{} of {}", at + 1, Panel::GRID.len())
        }
        _ => format!("episode {}, to {}", parts.course.lesson.episode, stats.figures.day),
    };
    ("STATISTICS".to_owned(), right)
}

pub fn draw(stats: &Stats, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if stats.words.is_some() {
        return draw_words(stats, parts, theme, area, buf);
    }
    let scene = Scene { stats, parts, theme, columns: 0, alone: true };
    if stats.figures.is_empty() && stats.panel != Panel::Retention {
        return draw_empty(scene, area, buf);
    }
    if stats.is_alone(parts.size) {
        return draw_alone(scene, area, buf);
    }
    let mut rest = area;
    for row in 0..3_u16 {
        let mut band = rest.cut_top(rest.height / (3 - row));
        let left = band.cut_left(band.width.div_ceil(2));
        for (panel, place) in [(0, left), (1, band)] {
            draw_panel(scene, Panel::GRID[usize::from(row) * 2 + panel], place, buf);
        }
    }
}

fn draw_panel(scene: Scene<'_>, panel: Panel, area: Area, buf: &mut Buffer) {
    let has_focus = scene.stats.panel == panel;
    let inside = boxed(area, &format!(" {} ", panel.title()), has_focus, scene.theme, buf).inset(1, 0);
    let scene = Scene { columns: usize::from(inside.width), alone: false, ..scene };
    let lines = lines(scene, panel);
    line::draw(&lines, 0, scene.theme, inside, buf);
    if lines.len() > usize::from(inside.height) {
        let key = keymap::shown(Context::Stats, Action::Zoom);
        let more = format!(" {} {key} ", scene.theme.glyph(Glyph::Ellipsis));
        let at = area.width.saturating_sub(more.chars().count() as u16 + 2);
        line_at(buf, area, area.height.saturating_sub(1), at, &more, scene.theme.mark(Mark::Key));
    }
}

fn draw_alone(scene: Scene<'_>, area: Area, buf: &mut Buffer) {
    let mut inside = area.inset(2, 0);
    inside.width = inside.width.min(ALONE_COLUMNS);
    let scene = Scene { columns: usize::from(inside.width), ..scene };
    let heading = inside.cut_top(if area.height >= 14 { 2 } else { 1 });
    line_at(buf, heading, 0, 0, scene.stats.panel.title(), scene.theme.mark(Mark::Strong));
    let lines = lines(scene, scene.stats.panel);
    let shown = usize::from(inside.height);
    let last = lines.len().saturating_sub(shown);
    let focus = lines.iter().position(Line::has_focus).map_or(0, |at| (at + 2).saturating_sub(shown));
    let top = scene.stats.top.max(focus).min(last);
    line::draw(&lines, top, scene.theme, inside, buf);
    if top < last {
        let key = keymap::shown(Context::Stats, Action::PageDown);
        let more = format!(" {} {key} ", scene.theme.glyph(Glyph::Ellipsis));
        let at = inside.width.saturating_sub(more.chars().count() as u16);
        line_at(buf, inside, inside.height.saturating_sub(1), at, &more, scene.theme.mark(Mark::Key));
    }
}

fn lines(scene: Scene<'_>, panel: Panel) -> Vec<Line> {
    match panel {
        Panel::Recall => recall::lines(scene),
        Panel::Retained => retained::lines(scene),
        Panel::Reviews => reviews::lines(scene),
        Panel::Ahead => ahead::lines(scene),
        Panel::Judgment => judgment::lines(scene),
        Panel::Cards => cards::lines(scene),
        Panel::Retention => retention::lines(scene),
    }
}

fn draw_empty(scene: Scene<'_>, area: Area, buf: &mut Buffer) {
    let lines = words::nothing_yet(scene.parts, &scene.stats.figures);
    let inside = area.centered(area.width.saturating_sub(4).min(72), area.height.saturating_sub(2));
    let mut row = 0;
    for (at, text) in lines.iter().enumerate() {
        let mark = if at == 0 { Mark::Strong } else { Mark::Plain };
        for wrapped in crate::app::lab::words::wrapped(text, usize::from(inside.width)) {
            line_at(buf, inside, row, 0, &wrapped, scene.theme.mark(mark));
            row += 1;
        }
        row += u16::from(at == 0 && area.height >= 14);
    }
}

/// The text form: headings bold, and where one is when it does not fit.
fn draw_words(stats: &Stats, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let rows = words::rows(stats, parts, columns(area.width));
    let mut rest = area.inset(1, 0);
    let shown = usize::from(area.height);
    let context = stats.context();
    let focus = rows.iter().position(|row| row.starts_with('>')).unwrap_or(0);
    let wanted = stats.words.unwrap_or(0).max((focus + 3).saturating_sub(shown));
    let top = top_of(wanted, rows.len(), shown);
    if rows.len() > shown {
        let foot = rest.cut_bottom(1);
        let last = (top + usize::from(rest.height)).min(rows.len());
        let key = |action| keymap::shown(context, action);
        let words = format!(
            "lines {} to {last} of {}; {} and {} for more",
            top + 1,
            rows.len(),
            key(Action::Down),
            key(Action::Up)
        );
        line_at(buf, foot, 0, 0, &words, theme.mark(Mark::Quiet));
    }
    for (at, row) in rows.iter().skip(top).take(usize::from(rest.height)).enumerate() {
        let style = if row.starts_with(' ') { Style::new() } else { theme.mark(Mark::Strong) };
        line_at(buf, rest, at as u16, 0, row, style);
    }
}
