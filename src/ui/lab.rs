//! The lab on the screen: the mesh above, numbers and reasons below, time at the bottom.
//!
//! ```text
//! ┌ us-east-1 ─────────────┐        ┌──────────── us-west-2 ┐
//! │ users ─►ingress─►…     │══70 ms═│    …◄─ingress◄─ users │
//! └────────────────────────┘        └───────────────────────┘
//! ── Metrics ────────────────────────────────────────────────
//! ── Why ───────────────────────────────┬─ Break us-east-1 ──
//! 0:00 ├━━━━━━▲━━━━●────────────────────────────────┤ 3:00
//! ```

pub mod compare;
pub mod edges;
pub mod flights;
mod gauges;
mod inspect;
mod log;
pub mod mesh;
pub mod panel;
pub mod place;
mod prompt;
mod strip;
mod timebar;
pub mod tracks;
mod words_view;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use self::flights::Tally;
use super::text::{line_at, rule};
use super::theme::{Glyph, Mark, Theme};
use crate::app::geometry::Area;
use crate::app::lab::scene::Scene;
use crate::app::lab::{Lab, explain};
use crate::app::state::Parts;
use crate::mesh_view::{MeshView, figures};

/// Numbers, and a row for each break with its heading.
const LOWER_ROWS_MIN: u16 = 15;
/// A line of numbers, and names, pods and the trunk of regions side by side.
const LOW_PICTURE_ROWS: u16 = 4;
/// Fewer rows than this hold no picture with numbers below.
const PICTURE_ROWS: u16 = 8;

#[must_use]
pub fn title(lab: &Lab, parts: &Parts, theme: Theme) -> (String, String) {
    if let Some(side_by_side) = lab.compare() {
        return compare::titles(side_by_side, theme);
    }
    titles(&lab.scene(parts.place.ask_first), theme)
}

/// The whole screen.
pub fn draw(lab: &Lab, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if let Some(side_by_side) = lab.compare() {
        return compare::draw(side_by_side, theme, area, buf);
    }
    draw_scene(&lab.scene(parts.place.ask_first), theme, area, buf);
}

/// A lab beside the text: a small picture, or a line or two where there is little height.
pub fn draw_embedded(lab: &Lab, theme: Theme, area: Area, buf: &mut Buffer) {
    draw_embedded_scene(&lab.scene(false), theme, area, buf);
}

/// What the header says: what runs, then how.
#[must_use]
pub fn titles(scene: &Scene<'_>, theme: Theme) -> (String, String) {
    if scene.words.is_some() {
        // The text begins with all of it.
        return ("Lab, as text".to_owned(), String::new());
    }
    let left = format!("LAB  {} · {}", scene.view.scenario, pattern(&scene.view.pattern));
    let asks = if scene.asks { "on" } else { "off" };
    (left, format!("{}  predict {asks}", running(scene, "behind", theme)))
}

/// How it runs: that it is behind, in these words, its seed, its speed and its time.
fn running(scene: &Scene<'_>, behind: &str, theme: Theme) -> String {
    let behind = if scene.behind { format!("{behind}  ") } else { String::new() };
    let play = theme.glyph(if scene.playing { Glyph::Play } else { Glyph::Pause });
    let speed = if theme.ascii { scene.speed.replace('×', "x") } else { scene.speed.clone() };
    format!("{behind}seed {}  {play} {speed}  t {}", scene.view.seed, figures::clock(scene.view.at))
}

/// The pattern with the key that shows it.
fn pattern(name: &str) -> String {
    let number = ["dual", "federation", "mesh"].iter().position(|known| *known == name);
    number.map_or_else(|| name.to_owned(), |index| format!("{} {name}", index + 1))
}

/// Where the parts of the screen are.
struct Panes {
    mesh: Area,
    gauges: Area,
    why: Area,
    breaks: Area,
    time: Area,
    /// Breaks stand beside the reasons, not under them.
    beside: bool,
    /// There is no room for headings.
    tight: bool,
}

fn panes(view: &MeshView, area: Area) -> Panes {
    let mut rest = area;
    let wide = area.width >= 100 && area.height >= 24;
    let time = rest.cut_bottom(if wide { 2 } else { u16::from(area.height >= 8) });
    if wide {
        let spacing = if area.height >= 52 { 3 } else { 2 };
        let picture =
            place::framed_rows(view, spacing).min(rest.height.saturating_sub(LOWER_ROWS_MIN)).max(10);
        let mut lower = rest;
        rest = lower.cut_top(picture);
        let gauges = lower.cut_top(4);
        let breaks = lower.cut_right(44);
        return Panes { mesh: rest, gauges, why: lower, breaks, time, beside: true, tight: false };
    }
    let tight = area.height < 18;
    let breaks = rest.cut_bottom(match area.height {
        18.. => 3,
        15.. => 1,
        _ => 0,
    });
    let mesh = rest.cut_top(match area.height {
        24.. => 10,
        15.. => 8,
        11.. => 6,
        _ => area.height.min(2),
    });
    let rows = if area.width >= 76 { 2 } else { 3 } + u16::from(!tight);
    let gauges = rest.cut_top(rows.min(rest.height.saturating_sub(3)));
    Panes { mesh, gauges, why: rest, breaks, time, beside: false, tight }
}

/// Draws all of it; says which requests are in the picture.
pub fn draw_scene(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) -> Tally {
    if area.is_empty() {
        return Tally::default();
    }
    if let Some(top) = scene.words {
        // A question is read from its beginning.
        words_view::draw(scene, if scene.bet.is_some() { 0 } else { top }, theme, area, buf);
        return Tally::default();
    }
    let panes = panes(scene.view, area);
    let tally = if panes.mesh.height >= 5 {
        mesh::draw(scene, theme, panes.mesh, buf)
    } else {
        strip::draw(scene, theme, panes.mesh, buf);
        Tally::default()
    };
    let mut gauges = panes.gauges;
    if panes.tight {
        gauges::draw(scene.view, theme, gauges, buf);
    } else if !gauges.is_empty() {
        panel::headed_rule("Metrics, last 60 s", theme, gauges.cut_top(1), 0, buf);
        gauges::draw(scene.view, theme, gauges, buf);
    }
    let mut why = panes.why;
    panel::headed_rule(&why_heading(scene), theme, why.cut_top(1), 0, buf);
    log::draw(scene.view, scene.verdict, theme, why, buf);
    draw_breaks(scene, theme, &panes, buf);
    timebar::draw(scene, theme, panes.time, buf);
    let mut below = area;
    below.cut_top(panes.mesh.height);
    if let Some(sheet) = scene.sheet {
        inspect::draw(sheet, scene.view, theme, [below, area], buf);
    }
    if let Some(bet) = scene.bet {
        prompt::draw(bet, theme, [below, area], buf);
    }
    tally
}

/// With what is selected: that can be asked about.
fn why_heading(scene: &Scene<'_>) -> String {
    let place = scene.selected.and_then(|id| scene.view.places.get(usize::from(id)));
    place.map_or_else(|| "Why".to_owned(), |place| format!("Why {}", explain::path(scene.view, place)))
}

fn draw_breaks(scene: &Scene<'_>, theme: Theme, panes: &Panes, buf: &mut Buffer) {
    let mut breaks = panes.breaks;
    if breaks.is_empty() {
        return;
    }
    if panes.beside {
        panel::headed_rule(&panel::heading(scene), theme, breaks.cut_top(1), 0, buf);
        for row in 0..breaks.height {
            line_at(buf, breaks, row, 0, theme.glyph(Glyph::Bar), theme.mark(Mark::Frame));
        }
        breaks.cut_left(1);
        panel::draw(scene, theme, breaks, buf);
    } else {
        if !panes.tight {
            panel::headed_rule(&panel::heading_short(scene), theme, breaks.cut_top(1), 0, buf);
        }
        panel::draw_flowing(scene, theme, breaks, buf);
    }
}

/// The embedded lab, from a scene.
pub fn draw_embedded_scene(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) -> Tally {
    if area.height < PICTURE_ROWS || area.width < 30 {
        let tally = draw_low(scene, theme, area, buf);
        if let Some(sheet) = scene.sheet {
            inspect::draw(sheet, scene.view, theme, [area, area], buf);
        }
        return tally;
    }
    let mut rest = area;
    let head = rest.cut_top(1);
    let play = theme.glyph(if scene.playing { Glyph::Play } else { Glyph::Pause });
    let words = format!("LAB {play} {}", figures::clock(scene.view.at));
    line_at(buf, head, 0, 1, &words, theme.mark(Mark::Strong));
    let lines = if scene.caption.is_empty() { Vec::new() } else { caption_lines(scene.caption, area.width) };
    let caption = rest.cut_bottom(lines.len() as u16);
    for (row, line) in lines.iter().enumerate() {
        line_at(buf, caption, row as u16, 1, line, theme.mark(Mark::Quiet));
    }
    let mesh = rest.cut_top(match rest.height {
        30.. => 20,
        20.. => 16,
        12.. => rest.height - 5,
        _ => rest.height.saturating_sub(2).max(5),
    });
    let tally = mesh::draw(scene, theme, mesh, buf);
    let mut numbers = rest.cut_top(rest.height.min(4));
    if numbers.height == 4 {
        rule(buf, numbers.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    }
    gauges::draw(scene.view, theme, numbers, buf);
    if rest.height >= 3 {
        rule(buf, rest.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
        log::draw(scene.view, scene.verdict, theme, rest, buf);
    }
    let mut below = area;
    below.cut_top(mesh.height + 1);
    if let Some(sheet) = scene.sheet {
        inspect::draw(sheet, scene.view, theme, [below, area], buf);
    }
    if let Some(bet) = scene.bet {
        prompt::draw(bet, theme, [below, area], buf);
    }
    tally
}

/// The caption in at most two lines; authors keep it short.
fn caption_lines(caption: &str, columns: u16) -> Vec<String> {
    let mut lines = log::wrapped(caption, usize::from(columns.saturating_sub(2)));
    lines.truncate(2);
    lines
}

/// Under a text: numbers, and a picture with a row a region's pods where there is width; or a line or two.
fn draw_low(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) -> Tally {
    let mut rest = area;
    if scene.bet.is_some() || area.height < LOW_PICTURE_ROWS || place::form_for(area) == place::Form::Stacked
    {
        strip::draw(scene, theme, area, buf);
        return Tally::default();
    }
    strip::draw_numbers(scene, theme, rest.cut_top(1), buf);
    mesh::draw(scene, theme, rest, buf)
}

/// One cell of the screen, if it is inside the area.
fn put(buf: &mut Buffer, area: Area, (x, y): (u16, u16), glyph: &str, style: Style) {
    if let (Some(column), Some(row)) = (x.checked_sub(area.x), y.checked_sub(area.y)) {
        line_at(buf, area, row, column, glyph, style);
    }
}
