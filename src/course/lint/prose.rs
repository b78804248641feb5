//! Rules about how things are said, and with which characters: terminals disagree on the width of some.

use unicode_width::UnicodeWidthChar;

use super::at_card;
use crate::course::diagnostic::Diagnostic;
use crate::course::document::Role;
use crate::course::markdown::inline;
use crate::course::{Card, Section, Span};

pub(super) fn lint_section(section: &Section) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    section.document.visit(&mut |block| {
        let written: Vec<Span> = block
            .directive()
            .map(|directive| directive.texts())
            .unwrap_or_default()
            .into_iter()
            .flat_map(inline)
            .collect();
        for what in wrong(block.spans().chain(&written)) {
            found.push(Diagnostic::error(&section.file, block.line, 1, what));
        }
    });
    found
}

pub(super) fn lint_card(card: &Card) -> Vec<Diagnostic> {
    let mut texts = vec![card.question.as_str(), &card.answer, &card.reason, &card.source];
    texts.extend(card.kind.prose());
    let spans: Vec<Span> = texts.into_iter().flat_map(inline).collect();
    wrong(spans.iter()).into_iter().map(|what| at_card(card, what)).collect()
}

/// What is wrong with a text, leaving out the code in it; each thing once.
fn wrong<'a>(spans: impl Iterator<Item = &'a Span>) -> Vec<String> {
    let mut found = Vec::new();
    for span in spans.filter(|span| span.role != Role::Code) {
        // `!=` is a quotation of a program, not a raised voice.
        if span.text.replace("!=", "").contains('!') {
            found.push("an exclamation mark; say it plainly".to_owned());
        }
        if span.text.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| word == "simply") {
            found.push("'simply' tells a reader who is stuck that it is their fault".to_owned());
        }
        if let Some(glyph) = span.text.chars().find(|&c| c != '\n' && c.width() != Some(1)) {
            let code = u32::from(glyph);
            found.push(format!("the character '{glyph}' (U+{code:04X}) is not one cell wide everywhere"));
        }
    }
    found.sort();
    found.dedup();
    found
}
