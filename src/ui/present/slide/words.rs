//! The words of a view, as rows.

use super::question;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::markdown::inline;
use crate::course::typeset::{self, TypesetOptions};
use crate::course::{Block, BlockId, BlockKind, Document, Role, Row, Span};

/// The words of a view.
pub fn rows(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, columns: u16) -> Vec<Row> {
    match &view.front {
        Front::Text { real } => text(parts, slide, *real, columns),
        Front::Card { id, revealed } => card(talk, parts, id, *revealed, "", columns),
        Front::Beat => beat(talk, parts, slide, view, columns),
    }
}

fn beat(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, columns: u16) -> Vec<Row> {
    let heading = || set(vec![vec![Span::new(Role::Title, slide.beat.heading.clone())], Vec::new()], columns);
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
        Shows::Predict(_) => [heading(), question::rows(talk, parts, slide, view, columns)].concat(),
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
pub fn set(lines: Vec<Vec<Span>>, columns: u16) -> Vec<Row> {
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
