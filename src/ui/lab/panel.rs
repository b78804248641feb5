//! What can be broken, and what is.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::figures;
use crate::app::action::{Action, Failure};
use crate::app::chord::Chord;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::scene::Scene;
use crate::mesh_view::Nanos;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// One row each; below them what holds or is armed and has no row of its own.
pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let (above, below) = parts(scene, area);
    let others: Vec<_> = scene.failures.others().collect();
    draw_others(&others, theme, below, buf);
    for (index, area) in above {
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
        let state = state(scene, failure);
        let at = area.width.saturating_sub(width(&state) as u16 + 1);
        line_at(buf, area, 0, at, &state, style(mark));
    }
}

fn draw_others(others: &[(&str, bool, Option<Nanos>)], theme: Theme, area: Area, buf: &mut Buffer) {
    let hidden = others.len().saturating_sub(usize::from(area.height));
    for (row, (words, armed, left)) in others.iter().take(usize::from(area.height)).enumerate() {
        let row = row as u16;
        let more = if hidden > 0 && row + 1 == area.height { format!("+{hidden} ") } else { String::new() };
        let (glyph, mark) = if *armed { ARMED } else { (Glyph::Down, Mark::Failure) };
        let state = format!("{more}{}", if *armed { "armed".to_owned() } else { broken(*left) });
        let at = area.width.saturating_sub(width(&state) as u16 + 1);
        line_at(buf, area, row, 1, theme.glyph(glyph), theme.mark(mark));
        let room = usize::from(at.saturating_sub(4));
        line_at(
            buf,
            area,
            row,
            3,
            &clipped(words, room, theme.glyph(Glyph::Ellipsis)),
            theme.mark(Mark::Plain),
        );
        line_at(buf, area, row, at, &state, theme.mark(mark));
    }
}

/// The mark of what is set up and not done.
pub const ARMED: (Glyph, Mark) = (Glyph::Event, Mark::Crossing);

/// That it holds, and for how long still.
#[must_use]
pub fn broken(left: Option<Nanos>) -> String {
    left.map_or_else(|| "broken".to_owned(), |left| format!("{} left", figures::seconds_left(left)))
}

fn state(scene: &Scene<'_>, failure: Failure) -> String {
    let (held, armed) = scene.failures.of(failure);
    match held {
        Some(left) => broken(left),
        None if scene.broken.contains(&failure) => broken(None),
        None if armed => "armed".to_owned(),
        None => String::new(),
    }
}

/// The row of each break that is in view: its number in the list, and where.
#[must_use]
pub fn rows(scene: &Scene<'_>, area: Area) -> Vec<(usize, Area)> {
    parts(scene, area).0
}

/// The rows of breaks, and the cells below them for what has no row of its own.
fn parts(scene: &Scene<'_>, area: Area) -> (Vec<(usize, Area)>, Area) {
    let mut area = area.inset(1, 0);
    let all = Failure::ALL.len() as u16;
    let others = scene.failures.others().count() as u16;
    let room = (area.height / 3).max(area.height.saturating_sub(all));
    let below = area.cut_bottom(others.min(room));
    // The row one stands on is always in view.
    let above = (scene.row as u16 + 1).saturating_sub(area.height).min(all.saturating_sub(area.height));
    let row = |index| Area { y: area.y + index - above, height: 1, ..area };
    ((above..all.min(above + area.height)).map(|index| (usize::from(index), row(index))).collect(), below)
}

/// All of them in a line or two.
pub fn draw_flowing(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    for (index, area) in flowing(scene, area) {
        let failure = Failure::ALL[index];
        let words = if index == scene.row { Mark::Selected } else { Mark::Plain };
        let mut at = line_at(buf, area, 0, 0, &key(failure), theme.mark(Mark::Key)) + 1;
        let (is_marked, left) = told(scene, failure);
        if is_marked {
            let (glyph, mark) = look(scene, failure);
            at = line_at(buf, area, 0, at, theme.glyph(glyph), theme.mark(mark)) + 1;
        }
        line_at(buf, area, 0, at, &format!("{}{left}", failure.short()), theme.mark(words));
    }
}

/// Whether a break holds or is armed, and how long it lasts still.
fn told(scene: &Scene<'_>, failure: Failure) -> (bool, String) {
    let (held, armed) = scene.failures.of(failure);
    let left = held.flatten().map_or_else(String::new, |left| format!(" {}", figures::seconds_left(left)));
    (scene.broken.contains(&failure) || armed, left)
}

/// Where each break is in a line or two: its number in the list, and the cells of its words.
#[must_use]
pub fn flowing(scene: &Scene<'_>, area: Area) -> Vec<(usize, Area)> {
    let area = area.inset(1, 0);
    let (mut row, mut column) = (0, 0);
    let mut all = Vec::new();
    for (index, failure) in Failure::ALL.into_iter().enumerate() {
        let (is_marked, left) = told(scene, failure);
        let words = width(&key(failure)) + 1 + width(failure.short()) + width(&left);
        let wide = words as u16 + if is_marked { 2 } else { 0 };
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

/// The panel's heading: where breaks go, for how long, and the key to all the others.
#[must_use]
pub fn heading(scene: &Scene<'_>) -> String {
    let region = scene.view.regions.get(scene.region).map_or("", |region| region.name.as_str());
    let other = keymap::key_for(Context::Lab, Action::OtherRegion);
    let all = keymap::shown(Context::Lab, Action::Failures);
    let lasts = lasts(scene);
    match other.filter(|_| scene.view.regions.len() > 1) {
        Some(key) if lasts.is_empty() => format!("Break {region}, {} other, {all} all", key.shown()),
        _ => format!("Break {region}{lasts}, {all} all"),
    }
}

/// The same in few columns: `f, then a key: break E`.
#[must_use]
pub fn heading_short(scene: &Scene<'_>) -> String {
    let region = scene.view.regions.get(scene.region).map_or_else(String::new, |r| figures::initial(&r.name));
    let prefix = keymap::key_for(Context::Lab, Action::BreakPrefix).map_or_else(String::new, Chord::shown);
    let all = keymap::shown(Context::Lab, Action::Failures);
    let (held, armed): (Vec<_>, Vec<_>) = scene.failures.others().partition(|(_, armed, _)| !armed);
    let mut words = format!("{prefix}, then a key: break {region}{}; {all} all", lasts(scene));
    if let [(only, _, left), rest @ ..] = held.as_slice() {
        let more = if rest.is_empty() { String::new() } else { format!(" +{}", rest.len()) };
        let left = left.map_or_else(String::new, |left| format!(" {}", figures::seconds_left(left)));
        words += &["; ", only, &left, &more].concat();
    }
    if let [(only, ..), rest @ ..] = armed.as_slice() {
        let more = if rest.is_empty() { String::new() } else { format!(" +{}", rest.len()) };
        words += &["; armed ", only, &more].concat();
    }
    words
}

fn lasts(scene: &Scene<'_>) -> String {
    scene.failures.lasts.as_ref().map_or_else(String::new, |span| format!(" for {span}"))
}

fn look(scene: &Scene<'_>, failure: Failure) -> (Glyph, Mark) {
    match failure {
        Failure::HealAll => (Glyph::Done, Mark::Quiet),
        _ if scene.broken.contains(&failure) => (Glyph::Down, Mark::Failure),
        _ if scene.failures.of(failure).1 => ARMED,
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
