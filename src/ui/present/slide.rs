//! What an audience sees of a view: a beat, the lesson's text or a card. Never notes, never an answer before its time.

use ratatui::buffer::Buffer;

use super::ask;
use crate::app::geometry::Area;
use crate::app::present::Talk;
use crate::app::present::asked::asked;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::markdown::inline;
use crate::course::typeset::{self, TypesetOptions};
use crate::course::{Block, BlockId, BlockKind, Document, Role, Row, Span};
use crate::ui::lab;
use crate::ui::text::{clipped_at_word, line_at, row_at};
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
    let rows = rows(talk, parts, slide, view, columns);
    let lab = talk.stage().lab().filter(|_| view.front == Front::Beat && view.play.is_some());
    if let Some(lab) = lab {
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let text = body.cut_top(wanted.min(body.height.saturating_sub(MESH_ROWS.min(body.height / 2))));
        body.cut_top(u16::from(body.height > MESH_ROWS));
        let mut scene = lab.scene(false);
        scene.playing = talk.stage().pace().is_some();
        lab::draw_embedded_scene(&scene, theme, body, buf);
        return draw_rows(&rows, view.top, theme, text, columns, buf);
    }
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(body.height);
    // Few words stand a little above the middle.
    body.cut_top((body.height - height) / 3);
    body.cut_left((body.width - columns) / 2);
    draw_rows(&rows, view.top, theme, body, columns, buf)
}

/// The rows from `top` on; a mark says that there are more.
fn draw_rows(rows: &[Row], top: u16, theme: Theme, area: Area, columns: u16, buf: &mut Buffer) -> usize {
    let reach = rows.len().saturating_sub(usize::from(area.height));
    let top = usize::from(top).min(reach);
    for (index, row) in rows.iter().skip(top).take(usize::from(area.height)).enumerate() {
        row_at(buf, area, index as u16, 0, row, theme);
    }
    let edge = columns.min(area.width.saturating_sub(1));
    if top > 0 {
        line_at(buf, area, 0, edge, theme.glyph(Glyph::Event), theme.mark(Mark::Key));
    }
    if top < reach {
        let more = format!("{} more", reach - top);
        let column = area.width.saturating_sub(more.len() as u16);
        line_at(buf, area, area.height.saturating_sub(1), column, &more, theme.mark(Mark::Key));
    }
    reach
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

/// The words of a view.
fn rows(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, columns: u16) -> Vec<Row> {
    match &view.front {
        Front::Text { real } => text(parts, slide, *real, columns),
        Front::Card { id, revealed } => card(talk, parts, id, *revealed, "", columns),
        Front::Beat => beat(talk, parts, slide, view, columns),
    }
}

fn beat(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, columns: u16) -> Vec<Row> {
    let heading = || set(vec![vec![Span::new(Role::Title, slide.beat.heading.clone())], Vec::new()], columns);
    if let Some(asked) = asked(talk, parts, view) {
        return [heading(), set(ask::lines(&asked), columns)].concat();
    }
    match &slide.beat.shows {
        Shows::Points(points) => {
            let shown = points.iter().take(view.step + 1);
            let lines = shown.flat_map(|point| [vec![Span::new(Role::Strong, point.clone())], Vec::new()]);
            [heading(), set(lines.collect(), columns)].concat()
        }
        Shows::Lab(_) => {
            let caption = slide.demo.as_ref().map_or("", |demo| demo.mesh.caption.as_str());
            let fired = slide.fires_at().is_none_or(|at| view.step >= at);
            let lines = if fired { vec![inline(caption), Vec::new()] } else { Vec::new() };
            [heading(), set(lines, columns)].concat()
        }
        Shows::Predict(_) => heading(),
        Shows::Card(id) => {
            card(talk, parts, id, Some(view.step) == slide.reveals_at(), &slide.beat.id, columns)
        }
    }
}

/// A card for everybody: its question; its answer when that is shown.
fn card(talk: &Talk, parts: &Parts, id: &str, revealed: bool, beat: &str, columns: u16) -> Vec<Row> {
    let Some(card) = parts.course.card(id) else { return Vec::new() };
    let mut lines = vec![vec![Span::new(Role::Strong, card.question.clone())], Vec::new()];
    if revealed {
        lines.extend(crate::app::reader::answer(card));
        lines.push(Vec::new());
    }
    if let (Some(left), false) = (talk.stage().think_left(), beat.is_empty()) {
        lines.extend([ask::think_line(left), Vec::new()]);
    }
    let poll = talk.session().poll(beat);
    if !poll.hands.is_empty() {
        let words = format!("{} of {} had it", poll.count(0), poll.hands.len());
        lines.push(vec![Span::new(Role::Figure, words)]);
    }
    set(lines, columns)
}

/// The lesson's text under the beat's heading.
fn text(parts: &Parts, slide: &Slide, real: bool, columns: u16) -> Vec<Row> {
    let Some(section) = parts.course.lesson.sections.get(slide.beat.section) else { return Vec::new() };
    let blocks = section.document.blocks.get(slide.beat.blocks.clone()).unwrap_or(&[]).to_vec();
    let options = TypesetOptions { real_side: real, ..TypesetOptions::default() };
    typeset::rows(&Document { blocks }, columns, &options)
}

/// Lines as paragraphs of their own, in rows of so many columns.
fn set(lines: Vec<Vec<Span>>, columns: u16) -> Vec<Row> {
    lines
        .into_iter()
        .flat_map(|spans| {
            if spans.is_empty() {
                return vec![Row::default()];
            }
            let block = Block { id: BlockId::default(), line: 0, kind: BlockKind::Paragraph(spans) };
            typeset::rows(&Document { blocks: vec![block] }, columns, &TypesetOptions::default())
        })
        .collect()
}
