//! The suspended cards, one of which is stood on.

use super::page::Page;
use super::plain;
use crate::app::review::Shelf;
use crate::app::state::Parts;
use crate::course::Role;
use crate::ui::text::{clipped, line_at};
use crate::ui::theme::{Glyph, Mark};

pub(super) fn draw(page: &mut Page<'_>, shelf: &Shelf, parts: &Parts) {
    page.gap();
    page.text(0, Role::Strong, "Suspended: not asked until you bring them back.");
    page.gap();
    let ellipsis = page.theme.glyph(Glyph::Ellipsis);
    for (at, card) in shelf.cards.iter().enumerate() {
        let Some(card) = parts.course.card(card) else { continue };
        let (pointer, mark) = if at == shelf.at {
            (page.theme.glyph(Glyph::Pointer), Mark::Selected)
        } else {
            (" ", Mark::Plain)
        };
        line_at(page.buf, page.area, page.row, 0, pointer, page.theme.mark(Mark::Local));
        let section = format!("§{}", card.section);
        line_at(page.buf, page.area, page.row, 2, &section, page.theme.mark(Mark::Quiet));
        let room = usize::from(page.area.width.saturating_sub(7));
        let question = clipped(&plain(&card.question), room, ellipsis);
        line_at(page.buf, page.area, page.row, 6, &question, page.theme.mark(mark));
        page.row += 1;
        if at == shelf.at {
            page.focus = page.row - 1..page.row;
        }
    }
}
