//! The presenter's notes in the audience's window, for who has no second one: a strip that is turned page by page.

use super::Talk;
use crate::app::geometry::Size;
use crate::app::state::Parts;
use crate::course::typeset::{self, TypesetOptions};
use crate::course::{Role, Row, Span};

/// Where a beat has no notes.
const NONE: &str = "There are no notes for this section.";
/// The rule above, and what is worth turning a page for.
const ROWS_MIN: u16 = 4;

/// A page of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    pub rows: Vec<Row>,
    /// Rows of the screen that it takes, with the rule above.
    pub height: u16,
    /// Which page, from 0, of how many.
    pub page: usize,
    pub pages: usize,
}

impl Strip {
    /// A page of the notes of the presenter's beat; the last one for any number past it. It takes no more of the screen
    /// than leaves most of it to the audience.
    #[must_use]
    pub fn new(talk: &Talk, parts: &Parts, page: usize) -> Self {
        let Size { width, height } = parts.size;
        let rows = rows(talk, parts, width.saturating_sub(2).max(1));
        let most = (height * 2 / 5).max(ROWS_MIN);
        let height = u16::try_from(rows.len() + 1).unwrap_or(u16::MAX).min(most);
        let shown = usize::from(height.max(2) - 1);
        let pages = rows.len().div_ceil(shown).max(1);
        let page = page.min(pages - 1);
        let is_blank = |row: &Row| row.spans.is_empty();
        let rows = rows.into_iter().skip(page * shown).take(shown).skip_while(is_blank).collect();
        Self { rows, height, page, pages }
    }
}

fn rows(talk: &Talk, parts: &Parts, columns: u16) -> Vec<Row> {
    let notes = talk.beat().and_then(|beat| {
        let section = parts.course.lesson.sections.get(beat.section)?;
        beat.notes(section)
    });
    let options = TypesetOptions::default();
    notes.map_or_else(
        || vec![Row { spans: vec![Span::new(Role::Quiet, NONE)], ..Row::default() }],
        |notes| typeset::rows(notes, columns, &options),
    )
}
