//! What only the presenter reads: the answer of a question, and the notes of the beat.

use super::polls;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::Front;
use crate::app::present::stage::predict;
use crate::app::reader;
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::directive::Answer;
use crate::course::markdown::inline;
use crate::course::typeset::{self, Frames, TypesetOptions, figure_text};
use crate::course::{Block, BlockId, BlockKind, Document, Role, Row, Span};

/// The rows for so many columns; never none.
#[must_use]
pub fn rows(talk: &Talk, parts: &Parts, columns: u16, frames: Frames) -> Vec<Row> {
    let options = TypesetOptions { frames, ..TypesetOptions::default() };
    let mut blocks: Vec<Block> = answer(talk, parts).into_iter().map(paragraph).collect();
    blocks.extend(written(talk, parts).into_iter().flat_map(|notes| notes.blocks.iter().cloned()));
    if blocks.is_empty() {
        blocks.push(paragraph(vec![Span::new(Role::Quiet, "No notes for this beat.")]));
    }
    typeset::rows(&Document { blocks }, columns, &options)
}

/// The author's notes of the presenter's beat.
#[must_use]
pub fn written<'a>(talk: &Talk, parts: &'a Parts) -> Option<&'a Document> {
    let beat = talk.beat()?;
    beat.notes(parts.course.lesson.sections.get(beat.section)?)
}

/// The answer of what is asked, in lines; none where nothing is.
fn answer(talk: &Talk, parts: &Parts) -> Vec<Vec<Span>> {
    let view = &talk.session().view;
    let Some(slide) = talk.slide(view) else { return Vec::new() };
    match (&view.front, &slide.beat.shows) {
        (Front::Card { id, .. }, _) | (Front::Beat, Shows::Card(id)) => of_card(parts, id),
        (_, Shows::Predict(_)) => of_prediction(talk, parts, slide),
        _ => Vec::new(),
    }
}

fn of_card(parts: &Parts, id: &str) -> Vec<Vec<Span>> {
    let lines = parts.course.card(id).map(reader::answer).unwrap_or_default();
    labelled(lines)
}

fn of_prediction(talk: &Talk, parts: &Parts, slide: &Slide) -> Vec<Vec<Span>> {
    let Some(predict) = predict(parts, slide) else { return Vec::new() };
    let number = polls::number(talk, predict);
    let words = match (&predict.answer, predict.right_option(number)) {
        (Answer::Choice(options), Some(right)) => {
            let text = options.get(right).map_or("", |option| option.text.as_str());
            format!("{}: {text} ({})", polls::letter(right), figure_text(number))
        }
        (Answer::Percent { .. }, _) => format!("{} %", figure_text(number)),
        (Answer::Choice(_), None) => figure_text(number),
    };
    labelled(vec![vec![Span::new(Role::Strong, words)], inline(&predict.why)])
}

/// The first line says what it is.
fn labelled(mut lines: Vec<Vec<Span>>) -> Vec<Vec<Span>> {
    if let Some(first) = lines.first_mut() {
        first.insert(0, Span::new(Role::Key, "Answer "));
    }
    lines
}

fn paragraph(spans: Vec<Span>) -> Block {
    Block { id: BlockId::default(), line: 0, kind: BlockKind::Paragraph(spans) }
}
