//! A section laid out for a width, and what stands where on it.

use std::ops::Range;

use crate::course::directive::Directive;
use crate::course::typeset::{TypesetOptions, rows};
use crate::course::{BlockId, Row, Section};

/// The rows of a section with the landmarks on them.
#[derive(Clone, Debug, Default)]
pub struct Page {
    rows: Vec<Row>,
    /// Rows at which steps begin.
    steps: Vec<usize>,
    /// Row and block of every `lab`.
    labs: Vec<(usize, usize)>,
    questions: Vec<Spot>,
    /// Names of the section's blocks.
    blocks: Vec<BlockId>,
    /// Letters and digits of the same block above each row.
    letters: Vec<usize>,
}

/// A question on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The id of the `predict`, or the card of the `recall`.
    pub name: String,
    pub kind: SpotKind,
    pub block: usize,
    /// Without the empty row below.
    pub rows: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    Predict,
    Recall,
}

/// A place in the text that outlives a change of width: letters and digits are the same at any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    pub block: BlockId,
    /// So many of the block stand above the row.
    pub letters: usize,
}

impl Page {
    /// Lays a section out.
    #[must_use]
    pub fn new(section: &Section, width: u16, options: &TypesetOptions) -> Self {
        let mut page = Self { rows: rows(&section.document, width, options), ..Self::default() };
        page.blocks = section.document.blocks.iter().map(|block| block.id.clone()).collect();
        page.letters = letters_above(&page.rows);
        page.steps = section.steps.iter().map(|step| page.rows_of(step.block).start).collect();
        for (block, directive) in section.directives() {
            page.note(block, directive);
        }
        page
    }

    fn note(&mut self, block: usize, directive: &Directive) {
        let rows = self.rows_of(block);
        match directive {
            Directive::Lab(_) => self.labs.push((rows.start, block)),
            Directive::Predict(predict) => self.spot(&predict.id, SpotKind::Predict, block, rows),
            Directive::Recall { card } => self.spot(card, SpotKind::Recall, block, rows),
            _ => {}
        }
    }

    fn spot(&mut self, name: &str, kind: SpotKind, block: usize, mut rows: Range<usize>) {
        while rows.end > rows.start + 1 && self.rows[rows.end - 1].spans.is_empty() {
            rows.end -= 1;
        }
        self.questions.push(Spot { name: name.to_owned(), kind, block, rows });
    }

    /// The rows of a block; an empty range where it would stand if it has none.
    #[must_use]
    pub fn rows_of(&self, block: usize) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.block < block);
        let end = self.rows.partition_point(|row| row.block <= block);
        start..end
    }

    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    #[must_use]
    pub fn steps(&self) -> &[usize] {
        &self.steps
    }

    #[must_use]
    pub fn labs(&self) -> &[(usize, usize)] {
        &self.labs
    }

    #[must_use]
    pub fn questions(&self) -> &[Spot] {
        &self.questions
    }

    /// The place of a row.
    #[must_use]
    pub fn anchor(&self, row: usize) -> Anchor {
        let row = row.min(self.rows.len().saturating_sub(1));
        let block = self.rows.get(row).and_then(|row| self.blocks.get(row.block));
        block.map_or_else(Anchor::default, |id| Anchor { block: id.clone(), letters: self.letters[row] })
    }

    /// The row that holds a place; nothing if its block is gone.
    #[must_use]
    pub fn row_of(&self, anchor: &Anchor) -> Option<usize> {
        let block = self.blocks.iter().position(|id| *id == anchor.block)?;
        let rows = self.rows_of(block);
        // The last row that begins at or before the place.
        let past = self.letters[rows.clone()].partition_point(|&above| above <= anchor.letters);
        Some((rows.start + past.saturating_sub(1)).min(self.rows.len().saturating_sub(1)))
    }
}

fn letters_above(rows: &[Row]) -> Vec<usize> {
    let mut above = Vec::with_capacity(rows.len());
    let mut block = usize::MAX;
    let mut letters = 0;
    for row in rows {
        if row.block != block {
            (block, letters) = (row.block, 0);
        }
        above.push(letters);
        let inked = row.spans.iter().flat_map(|span| span.text.chars());
        // A rule or an empty line counts as one letter: there are as many at any width, and no two rows are alike.
        letters += inked.filter(|c| c.is_alphanumeric()).count().max(1);
    }
    above
}
