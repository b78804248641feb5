//! Markdown to a [`Document`]: text an author may be in the middle of writing, so this never fails. What it
//! cannot make sense of stays in place as text or as [`Directive::Broken`], and a diagnostic says so.
//!
//! ```text
//! text ─ pulldown-cmark ─► events ─ blocks, inline ─► Block, Span
//!                                    └─ fence ─► code, or a Directive by its TOML
//! ```
//!
//! [`Directive::Broken`]: super::directive::Directive::Broken

mod blocks;
mod fence;
mod ids;
mod inline;
mod source;

use pulldown_cmark::{Event, Options, Parser};

use super::diagnostic::Diagnostic;
use super::document::{BlockKind, Document, Role, Span};
use blocks::Reader;
use source::Source;

/// Reads a section. `file` is what the diagnostics call it.
#[must_use]
pub fn parse(text: &str, file: &str) -> (Document, Vec<Diagnostic>) {
    let mut reader = Reader::new(Source::file(text, file));
    let mut blocks = reader.document();
    ids::name(&mut blocks);
    (Document { blocks }, reader.diagnostics)
}

/// Reads one line of text with emphasis, code and links in it, as in a directive's `ask` or a card's question.
/// Anything that is more than one paragraph stays as it is written.
#[must_use]
pub fn inline(text: &str) -> Vec<Span> {
    let mut reader = Reader::new(Source::file(text, ""));
    let mut blocks = reader.document();
    match (blocks.pop(), blocks.is_empty()) {
        (Some(block), true) => match block.kind {
            BlockKind::Paragraph(spans) => spans,
            _ => vec![Span::new(Role::Text, text)],
        },
        _ => vec![Span::new(Role::Text, text)],
    }
}

/// The events of a text, each with the bytes it came from.
fn events(text: &str) -> Vec<(Event<'_>, std::ops::Range<usize>)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(text, options).into_offset_iter().collect()
}
