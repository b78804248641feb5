//! Widths in cells of a terminal, by what a reader sees as one character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::course::document::Span;

/// Cells a text takes: the sum over its graphemes, as terminals and the screen's buffer count it.
#[must_use]
pub fn text_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Cells of a line.
pub(super) fn line_width(line: &[Span]) -> usize {
    line.iter().map(|span| text_width(&span.text)).sum()
}

/// The text as it may be printed: blanks for tabs and line ends, nothing for other control characters.
pub(super) fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => clean.push_str("    "),
            '\n' => clean.push(' '),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

/// The longest start of `text` that fits `width` cells, and the rest. At least one grapheme is taken when
/// `force` is set, so that whoever cuts in a loop gets on.
pub(super) fn split_at_width(text: &str, width: usize, force: bool) -> (&str, &str) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let cells = text_width(grapheme);
        if used + cells > width && !(force && at == 0) {
            return text.split_at(at);
        }
        used += cells;
    }
    (text, "")
}

/// Cuts a line to `width`.
pub(super) fn clip(mut line: Vec<Span>, width: usize) -> Vec<Span> {
    let mut left = width;
    for span in &mut line {
        let cells = text_width(&span.text);
        if cells > left {
            let kept = split_at_width(&span.text, left, false).0.to_owned();
            left = 0;
            span.text = kept;
        } else {
            left -= cells;
        }
    }
    line.retain(|span| !span.text.is_empty());
    line
}
