//! The mesh of a beat, as large as there is room: a picture with its numbers, or a line or two of them.

use ratatui::buffer::Buffer;

use crate::app::geometry::Area;
use crate::app::lab::Lab;
use crate::app::lab::scene::Scene;
use crate::app::present::Talk;
use crate::app::present::session::View;
use crate::mesh_view::{PlaceKind, PlaceState, figures};
use crate::ui::lab::{draw_embedded_scene, gauges, log, mesh, place};
use crate::ui::text::{line_at, rule};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Fewer rows than this hold no picture with numbers below.
const PICTURE_ROWS: u16 = 12;
/// Numbers with the rule above them.
const GAUGE_ROWS: u16 = 4;
/// A picture whose pods stand further apart than this is not easier to read.
const SPACING: u16 = 7;
/// Reasons are told where there is room for so many rows, and no more than that.
const LOG_ROWS: u16 = 7;
/// Fewer columns than this hold no region beside another one in a line.
const LINE_COLUMNS: u16 = 58;

/// Rows that a mesh takes at least.
#[must_use]
pub const fn least_rows(body: Area) -> u16 {
    if body.height >= 18 { 3 } else { 2 }
}

/// Draws it at the moment on show. What the text says of it stands with the words.
pub fn draw(lab: &Lab, talk: &Talk, view: &View, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut scene = lab.scene(false);
    scene.playing = talk.stage().pace().is_some();
    scene.caption = "";
    if area.height < PICTURE_ROWS && area.width < LINE_COLUMNS {
        return draw_lines(&scene, theme, area, buf);
    }
    if area.height < PICTURE_ROWS {
        draw_embedded_scene(&scene, theme, area, buf);
        return;
    }
    let mut rest = area;
    draw_head(&scene, view, theme, rest.cut_top(1), buf);
    let most = match place::form_for(area) {
        place::Form::Beside => place::framed_rows(scene.view, SPACING),
        place::Form::Stacked => area.height,
    };
    mesh::draw(&scene, theme, rest.cut_top(most.min(rest.height - GAUGE_ROWS)), buf);
    let mut numbers = rest.cut_top(GAUGE_ROWS);
    rule(buf, numbers.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    gauges::draw(&scene, theme, numbers, buf);
    if rest.height >= LOG_ROWS && !scene.view.log.is_empty() {
        let mut reasons = rest.cut_top(LOG_ROWS);
        rule(buf, reasons.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
        log::draw(&scene, theme, reasons, buf);
    }
}

/// `► 00:20.1   3 mesh   2×`: whether it runs, its moment, its pattern, and its speed where that is another one.
fn draw_head(scene: &Scene<'_>, view: &View, theme: Theme, area: Area, buf: &mut Buffer) {
    let play = theme.glyph(if scene.playing { Glyph::Play } else { Glyph::Pause });
    let clock = format!("{play} {}", figures::clock(scene.view.at));
    let at = line_at(buf, area, 0, 1, &clock, theme.mark(Mark::Strong));
    let speed = view.play.as_ref().map_or(100, |play| play.speed);
    let times = if theme.ascii { "x" } else { "×" };
    let speed = match speed {
        100 => String::new(),
        whole if whole.is_multiple_of(100) => format!("   {}{times}", whole / 100),
        part => format!("   0.{part}{times}"),
    };
    let words = format!("{}{speed}", scene.view.pattern);
    line_at(buf, area, 0, at + 3, words.trim_end(), theme.mark(Mark::Quiet));
}

/// A row with the pods of both regions, and one with the numbers, for a window so narrow that one row would not hold it.
fn draw_lines(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let quiet = theme.mark(Mark::Quiet);
    let play = theme.glyph(if scene.playing { Glyph::Play } else { Glyph::Pause });
    let mut at = line_at(buf, area, 0, 0, play, quiet) + 1;
    at = line_at(buf, area, 0, at, &figures::minutes(scene.view.at), quiet) + 2;
    let service = place::service_order(scene.view).pop().unwrap_or_default();
    for (index, region) in scene.view.regions.iter().take(2).enumerate() {
        if index == 1 && scene.view.links.first().is_some_and(|link| link.cut.0 || link.cut.1) {
            at = line_at(buf, area, 0, at, theme.glyph(Glyph::Cut), theme.mark(Mark::Failure)) + 2;
        }
        at = line_at(buf, area, 0, at, &figures::initial(&region.name), theme.mark(Mark::Strong)) + 1;
        for pod in scene.view.places.iter().filter(|place| {
            let drawn = place.kind != PlaceKind::Users && place.state != PlaceState::Gone;
            drawn && place.service == service && usize::from(place.region) == index
        }) {
            let (glyph, mark) = mesh::pod_look(pod);
            at = line_at(buf, area, 0, at, theme.glyph(glyph), theme.mark(mark));
        }
        at += 2;
    }
    let now = &scene.view.now;
    let share =
        |share: Option<f64>, digits| share.map_or_else(|| "-".to_owned(), |it| figures::percent(it, digits));
    let numbers = [("local", share(now.local_percent, 1)), ("ok", share(figures::success(now), 2))];
    at = 0;
    for (name, figure) in numbers {
        at = line_at(buf, area, 1, at, name, quiet) + 1;
        at = line_at(buf, area, 1, at, &figure, theme.mark(Mark::Strong)) + 2;
    }
}
