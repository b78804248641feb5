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
mod failures;
pub mod flights;
pub mod gauges;
pub mod heat;
pub mod hits;
mod inspect;
pub(in crate::ui) mod log;
pub mod mesh;
pub mod panel;
pub mod place;
mod prompt;
mod rule;
pub mod scale;
pub mod strip;
mod tables;
mod timebar;
pub mod tracks;
pub(in crate::ui) mod words_view;
mod zoom;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use self::flights::Tally;
use super::text::{line_at, rule, width};
use super::theme::{Glyph, Mark, Theme};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::scene::{Front, Scene};
use crate::app::lab::{Lab, explain};
use crate::app::state::Parts;
use crate::mesh_view::{MeshView, figures};

/// Numbers, and a row for each break with its heading.
const LOWER_ROWS_MIN: u16 = 15;
/// From so many columns on, with so many rows to spare, pods by seconds and tables stand beside the rest.
const LARGE_COLUMNS: u16 = 200;
const LARGE_ROWS: u16 = 8;
/// A line of numbers, and names, pods and the trunk of regions side by side.
const LOW_PICTURE_ROWS: u16 = 4;
/// Fewer rows than this hold no picture with numbers below.
const PICTURE_ROWS: u16 = 8;

#[must_use]
pub fn title(lab: &Lab, parts: &Parts, theme: Theme) -> (String, String) {
    if let Some(side_by_side) = lab.compare() {
        let text = ("Compare, as text".to_owned(), String::new());
        return if lab.is_text() { text } else { compare::titles(side_by_side, theme) };
    }
    let scene = lab.scene(parts.place.ask_first);
    let (left, right) = titles(&scene, theme);
    // The rule, where there is room between the two.
    let policy = log::shown_as(&format!("{left}   rule: {}", scene.policy), theme);
    let room = usize::from(parts.size.width).saturating_sub(width(&right) + 5);
    if scene.words.is_none() && width(&policy) <= room { (policy, right) } else { (left, right) }
}

/// The whole screen.
pub fn draw(lab: &Lab, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if let Some(side_by_side) = lab.compare() {
        let draw = if lab.is_text() { compare::spoken::draw } else { compare::draw };
        return draw(side_by_side, theme, area, buf);
    }
    draw_scene(&lab.scene(parts.place.ask_first), theme, area, buf);
}

/// A lab beside the text: a small picture, or a line or two where there is little height.
pub fn draw_embedded(lab: &Lab, theme: Theme, area: Area, buf: &mut Buffer) {
    draw_embedded_scene(&lab.scene(false), theme, area, buf);
}

/// How far the open sheet of a lab can be scrolled where it stands by itself, or else beside a text; `None` without one.
#[must_use]
pub fn reach(lab: &Lab, theme: Theme, area: Area, beside: bool) -> Option<usize> {
    let scene = lab.scene(false);
    if lab.compare().is_some() || lab.is_text() || scene.sheet.is_none() {
        return None;
    }
    let mut unseen = Buffer::empty(super::rect(area));
    let draw = if beside { draw_embedded_scene } else { draw_scene };
    Some(draw(&scene, theme, area, &mut unseen).reach)
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
    match scene.failures.armed.len() {
        0 => (left, format!("{}  predict {asks}", running(scene, "behind", theme))),
        armed => {
            let left = format!("{left}  {} {armed} armed", theme.glyph(Glyph::Event));
            (left, running(scene, "behind", theme))
        }
    }
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

impl Panes {
    /// There is room for more than the mesh in a line or two.
    const fn has_picture(&self) -> bool {
        self.mesh.height >= 5
    }

    /// All that is below the mesh, where sheets and questions lie if they fit there, or else all of `area`.
    fn below(&self, area: Area) -> [Area; 2] {
        let mut below = area;
        below.cut_top(self.mesh.height);
        [below, area]
    }
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
        words_view::draw(
            scene,
            if scene.bet.is_some() || scene.failures.list.is_some() { 0 } else { top },
            theme,
            area,
            buf,
        );
        return Tally::default();
    }
    if scene.front == Front::Numbers {
        zoom::draw(scene, theme, area, buf);
        return Tally { reach: draw_over(scene, theme, [area, area], buf), ..Tally::default() };
    }
    let (panes, more) = planned(scene, theme, area);
    let mut tally = if panes.has_picture() {
        mesh::draw(scene, theme, panes.mesh, buf)
    } else {
        strip::draw(scene, theme, panes.mesh, buf);
        Tally::default()
    };
    let mut gauges = panes.gauges;
    if panes.tight {
        gauges::draw(scene, theme, gauges, buf);
    } else if !gauges.is_empty() {
        gauges::draw_heading(scene, theme, gauges.cut_top(1), buf);
        gauges::draw(scene, theme, gauges, buf);
    }
    zoom::draw_lower(scene, theme, more, buf);
    let mut why = panes.why;
    panel::headed_rule(&why_heading(scene), theme, why.cut_top(1), 0, buf);
    log::draw(scene, theme, why, buf);
    draw_breaks(scene, theme, &panes, buf);
    timebar::draw(scene, theme, panes.time, buf);
    let [mut below, whole] = panes.below(area);
    if scene.rule.is_some() {
        below.cut_bottom(panes.time.height);
    }
    tally.reach = draw_over(scene, theme, [below, whole], buf);
    tally
}

/// Where everything is, and the cells for more numbers on a large screen.
fn planned(scene: &Scene<'_>, theme: Theme, area: Area) -> (Panes, Area) {
    let mut panes = panes(scene.view, area);
    let more = cut_more(scene.view, theme, area, &mut panes);
    (panes, more)
}

/// Room for the heat strip and the tables, where the screen is large: between the numbers and the reasons.
fn cut_more(view: &MeshView, theme: Theme, area: Area, panes: &mut Panes) -> Area {
    let wanted =
        zoom::lower_rows(view, theme, area.width).min(panes.why.height.saturating_sub(LOWER_ROWS_MIN));
    if area.width < LARGE_COLUMNS || wanted < LARGE_ROWS {
        return Area::default();
    }
    panes.breaks.cut_top(wanted);
    let more = panes.why.cut_top(wanted);
    Area { width: area.width, ..more }
}

/// A sheet, a list or a question, over the first of these areas that holds it; gives how far a sheet can be scrolled.
fn draw_over(scene: &Scene<'_>, theme: Theme, areas: [Area; 2], buf: &mut Buffer) -> usize {
    let reach = scene.sheet.map_or(0, |sheet| inspect::draw(sheet, scene.view, theme, areas, buf));
    if let Some(list) = &scene.failures.list {
        failures::draw(list, scene, theme, areas[1], buf);
    }
    if let Some(view) = &scene.rule {
        rule::draw(scene, view, theme, areas, buf);
    }
    if let Some(bet) = scene.bet {
        prompt::draw(bet, theme, areas, buf);
    }
    reach
}

/// With what is selected: that can be asked about.
fn why_heading(scene: &Scene<'_>) -> String {
    if !scene.caption.is_empty() {
        return format!("Why: {}", scene.caption);
    }
    if let Some(number) = scene.number {
        return format!("Why {}", number.name());
    }
    let place = scene.selected.and_then(|id| scene.view.places.get(usize::from(id)));
    let words =
        place.map_or_else(|| "Why".to_owned(), |place| format!("Why {}", explain::path(scene.view, place)));
    let later = scene.log_until.map(|until| {
        let key = keymap::shown(Context::Lab, Action::PageDown);
        format!(", to {}; {key} for later", figures::clock(until))
    });
    words + &later.unwrap_or_default()
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
        let mut tally = draw_low(scene, theme, area, buf);
        if let Some(sheet) = scene.sheet {
            tally.reach = inspect::draw(sheet, scene.view, theme, [area, area], buf);
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
    let mut tally = mesh::draw(scene, theme, mesh, buf);
    let mut numbers = rest.cut_top(rest.height.min(4));
    if numbers.height == 4 {
        rule(buf, numbers.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    }
    gauges::draw(scene, theme, numbers, buf);
    if rest.height >= 3 {
        rule(buf, rest.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
        log::draw(scene, theme, rest, buf);
    }
    let mut below = area;
    below.cut_top(mesh.height + 1);
    tally.reach = draw_over(scene, theme, [below, area], buf);
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
