//! A document to rows of cells for a width. Everything the reader, the presenter and `eastwest read` show of a
//! lesson's text goes through [`rows`]; how a [`Role`] looks is not decided here.
//!
//! Each row knows its block and its number in it, so a place in the text survives a change of width.

mod block;
mod code;
mod part;
mod table;
mod width;
mod wrap;

use std::collections::BTreeMap;

use super::document::{Document, Role, Row, Span};
use block::Setting;
pub use code::tokens;
pub use part::{figure_text, percent_hint, sentence};
pub use width::text_width;
pub use wrap::is_unit_of;

/// What rows are made for. The default is a reader who has answered nothing yet.
#[derive(Clone, Debug, Default)]
pub struct TypesetOptions {
    /// Show the presenter's notes.
    pub notes: bool,
    /// Of the two sides of a sketch show the real one.
    pub real_side: bool,
    pub frames: Frames,
    /// Numbers of `calc` blocks, by block id; where there is none yet, `…` stands.
    pub figures: BTreeMap<String, f64>,
    /// What is known of questions, by the id of a `predict` or the card of a `recall`.
    pub asked: BTreeMap<String, Asked>,
}

/// What boxes, bars and bullets are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frames {
    /// Box-drawing characters.
    #[default]
    Lines,
    /// The same in ASCII.
    Ascii,
    /// Nothing drawn: for pipes and screen readers. Tables become lines, and code is not wrapped, so that it can
    /// be copied; its rows alone may be wider than asked.
    Plain,
}

/// The state of one question in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The question of a `recall`, which the text only names.
    pub question: String,
    /// The option the learner stands on or has taken.
    pub chosen: Option<usize>,
    /// What has been typed of a percentage.
    pub typed: String,
    /// Lines below the question: help, the result, the reason. Wrapped if they must be.
    pub lines: Vec<Vec<Span>>,
}

/// The document in rows of at most `width` cells (at least 10; narrower ones lose text at the right).
#[must_use]
pub fn rows(document: &Document, width: u16, options: &TypesetOptions) -> Vec<Row> {
    let width = usize::from(width.max(1));
    let setting = Setting::new(document, options);
    let mut rows: Vec<Row> = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let lines = block::lines(content, width, &setting);
        if lines.is_empty() {
            continue;
        }
        // The empty row belongs to the block above it: a block's row 0 is always its text.
        if let Some(last) = rows.last() {
            rows.push(Row { spans: Vec::new(), block: last.block, offset: last.offset + 1 });
        }
        let clipped = lines.into_iter().map(|line| clip(line, width, options.frames));
        rows.extend(clipped.enumerate().map(|(offset, spans)| Row { spans, block, offset }));
    }
    rows
}

/// Wraps text that stands alone, such as a card's question, to `width`.
#[must_use]
pub fn wrap_spans(spans: &[Span], width: u16) -> Vec<Vec<Span>> {
    wrap::wrap(spans, usize::from(width.max(1)))
}

/// The last word on the width: only rows narrower than anything sensible are cut here.
fn clip(line: Vec<Span>, width: usize, frames: Frames) -> Vec<Span> {
    let is_code = line.iter().any(|span| code::is_code(span.role));
    if is_code && frames == Frames::Plain { line } else { width::clip(line, width) }
}

impl Frames {
    /// `lines` or `ascii`, whichever applies; plain text has its own words and never asks.
    fn pick<'a>(self, lines: &'a str, ascii: &'a str) -> &'a str {
        if self == Self::Lines { lines } else { ascii }
    }

    fn span(self, lines: &str, ascii: &str) -> Span {
        Span::new(Role::Frame, self.pick(lines, ascii))
    }
}
