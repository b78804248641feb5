//! A manifest with a line that is wrong: numbered lines to pick one from, and afterwards which it was.

use super::page::Page;
use crate::course::quiz::Fault;
use crate::course::{Role, Span, yaml_lexer};
use crate::ui::text::line_at;
use crate::ui::theme::{Glyph, Mark};

/// Columns of the pointer and the line's number.
const GUTTER: u16 = 5;

/// The lines, with a pointer at the one picked.
pub(super) fn draw(page: &mut Page<'_>, fault: &Fault, picked: Option<usize>) {
    for (at, spans) in yaml_lexer::lines(&fault.yaml).into_iter().enumerate() {
        let here = picked == Some(at);
        let glyph = if here { page.theme.glyph(Glyph::Pointer) } else { " " };
        draw_line(page, at, (glyph, Mark::Local), &spans);
        if here {
            page.focus = page.row.saturating_sub(1)..page.row;
        }
    }
}

/// The lines, the wrong ones marked, and the one that was picked: found, or in vain.
pub(super) fn draw_shown(page: &mut Page<'_>, fault: &Fault, picked: Option<usize>) {
    for (at, mut spans) in yaml_lexer::lines(&fault.yaml).into_iter().enumerate() {
        let is_wrong = fault.wrong.contains(&at);
        let (glyph, mark) = match (is_wrong, picked == Some(at)) {
            (true, true) => (page.theme.glyph(Glyph::Done), Mark::Strong),
            (true, false) => (page.theme.glyph(Glyph::Pointer), Mark::Failure),
            (false, _) => (" ", Mark::Plain),
        };
        if is_wrong {
            for span in &mut spans {
                span.role = Role::Bad;
            }
        }
        if picked == Some(at) {
            spans.push(Span::new(Role::Quiet, if is_wrong { "   found" } else { "   you picked this one" }));
        }
        draw_line(page, at, (glyph, mark), &spans);
    }
}

/// A manifest keeps its blanks, so its lines are cut and never wrapped; decks keep them short.
fn draw_line(page: &mut Page<'_>, at: usize, (glyph, mark): (&str, Mark), spans: &[Span]) {
    line_at(page.buf, page.area, page.row, 0, glyph, page.theme.mark(mark));
    line_at(page.buf, page.area, page.row, 2, &format!("{:>2}", at + 1), page.theme.mark(Mark::Quiet));
    let mut column = GUTTER;
    for span in spans {
        column = line_at(page.buf, page.area, page.row, column, &span.text, page.theme.role(span.role));
    }
    page.row += 1;
}
