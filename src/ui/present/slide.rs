//! What an audience sees of a view: a beat, the lesson's text or a card. Never notes, never an answer before its time.

mod question;
mod scroll;
mod words;

use ratatui::buffer::Buffer;

use crate::app::geometry::Area;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::ui::lab;
use crate::ui::text::{clipped_at_word, line_at};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Text is easier to read from the last row when its lines are short.
const TEXT_COLUMNS: u16 = 72;
/// A mesh smaller than this is a line or two.
const MESH_ROWS: u16 = 10;

/// Draws a view; gives how far it can be scrolled, in rows.
pub fn draw(talk: &Talk, parts: &Parts, view: &View, theme: Theme, area: Area, buf: &mut Buffer) -> usize {
    let Some(slide) = talk.slide(view) else { return 0 };
    let mut rest = area;
    let foot = rest.cut_bottom(1);
    draw_foot(talk, parts, slide, theme, foot, buf);
    let mut body = rest.inset(if area.width >= 60 { 3 } else { 1 }, u16::from(area.height >= 20));
    let columns = body.width.min(TEXT_COLUMNS);
    let rows = words::rows(talk, parts, slide, view, columns);
    let lab = talk.stage().lab().filter(|_| view.front == Front::Beat && view.play.is_some());
    if let Some(lab) = lab {
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let text = body.cut_top(wanted.min(body.height.saturating_sub(MESH_ROWS.min(body.height / 2))));
        body.cut_top(u16::from(body.height > MESH_ROWS));
        let mut scene = lab.scene(false);
        scene.playing = talk.stage().pace().is_some();
        lab::draw_embedded_scene(&scene, theme, body, buf);
        return scroll::draw(&rows, view.top, theme, text, columns, buf);
    }
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(body.height);
    // Few words stand a little above the middle.
    body.cut_top((body.height - height) / 3);
    body.cut_left((body.width - columns) / 2);
    scroll::draw(&rows, view.top, theme, body, columns, buf)
}

/// Where in the lesson this is.
fn draw_foot(talk: &Talk, parts: &Parts, slide: &Slide, theme: Theme, area: Area, buf: &mut Buffer) {
    let beat = &slide.beat;
    let of = talk.deck().slides().iter().filter(|other| other.beat.section == beat.section).count();
    let title = parts.course.lesson.sections.get(beat.section).map_or("", |section| section.title.as_str());
    let right = format!("{}/{of}", beat.number);
    let left = format!("{}  {title}", beat.section + 1);
    let room = usize::from(area.width).saturating_sub(right.len() + 4);
    let left = clipped_at_word(&left, room, theme.glyph(Glyph::Ellipsis));
    line_at(buf, area, 0, 1, &left, theme.mark(Mark::Quiet));
    let column = area.width.saturating_sub(right.len() as u16 + 1);
    line_at(buf, area, 0, column, &right, theme.mark(Mark::Quiet));
}
