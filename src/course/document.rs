//! A lesson's text as meaning: blocks and spans that say what they *are*, never how they look.
//!
//! [`super::markdown`] makes a [`Document`] of text, [`super::typeset`] makes [`Row`]s of a document for a
//! width, and `ui::theme` gives a [`Role`] its style. Nothing here knows a terminal.

use super::directive::Directive;

/// A section's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Top-level blocks in reading order.
    pub blocks: Vec<Block>,
}

/// One block and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Stable across edits elsewhere: the slug of the heading above and a number under it, `the-rule/3`.
    pub id: BlockId,
    /// Line in the Markdown file, from 1.
    pub line: u32,
    /// What it is.
    pub kind: BlockKind,
}

/// Names one block of one section; what the reader's place is kept by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct BlockId(pub String);

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// Level 1 is the section's title, level 2 opens a step.
    Heading { level: u8, text: Vec<Span> },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// Items are blocks, so lists nest; `first` is the number an ordered list starts at.
    List { first: Option<u64>, items: Vec<Vec<Block>> },
    /// Every row has as many cells as the head.
    Table { align: Vec<Align>, head: Vec<Vec<Span>>, rows: Vec<Vec<Vec<Span>>> },
    /// A quotation.
    Quote(Vec<Block>),
    /// Code that is only shown.
    Code { language: String, text: String },
    /// A horizontal rule.
    Rule,
    /// The text of a footnote; its mark is a [`Span`] with [`Role::FootnoteMark`].
    Footnote { label: String, blocks: Vec<Block> },
    /// An interactive part.
    Directive(Box<Directive>),
}

/// Alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
}

/// A run of text with one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub role: Role,
    /// Where a [`Role::Link`] leads.
    pub target: Option<String>,
}

/// What a run of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    #[default]
    Text,
    Emphasis,
    Strong,
    /// Code inside a sentence.
    Code,
    Link,
    FootnoteMark,
    /// The section's title.
    Title,
    /// A step's heading.
    Heading,
    /// Headings below that.
    Subheading,
    /// Bullets, numbers, table rules, borders of boxes.
    Frame,
    /// The label on a box: `predict`, `sketch`, `lab`.
    Label,
    /// Code blocks, by token.
    CodePlain,
    CodeKey,
    CodeString,
    CodeNumber,
    CodeComment,
    CodePunctuation,
    Quote,
    /// A number that was computed.
    Figure,
    /// Right, wrong, and what asks for attention.
    Good,
    Bad,
    Warning,
    /// Text that may be skipped.
    Quiet,
    /// What a key is, in running text.
    Key,
    /// An option the reader stands on.
    Selected,
    /// Notes for the presenter.
    Note,
}

/// One line of a typeset document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Spans from the left; their widths add up to at most the width asked for.
    pub spans: Vec<Span>,
    /// Index of the top-level block this row belongs to.
    pub block: usize,
    /// Which row of that block this is, from 0.
    pub offset: usize,
}

impl Document {
    /// Calls `visit` for every block: those inside lists, quotes, footnotes and notes too.
    pub fn visit<'a>(&'a self, visit: &mut impl FnMut(&'a Block)) {
        visit_all(&self.blocks, visit);
    }
}

fn visit_all<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List { items, .. } => items.iter().for_each(|item| visit_all(item, visit)),
            BlockKind::Quote(inner) | BlockKind::Footnote { blocks: inner, .. } => visit_all(inner, visit),
            BlockKind::Directive(directive) => {
                if let Directive::Notes(notes) = directive.as_ref() {
                    visit_all(&notes.blocks, visit);
                }
            }
            _ => {}
        }
    }
}

impl Block {
    /// The text of this block itself, not of blocks inside it.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        let (own, cells): (&[Span], Vec<&Vec<Span>>) = match &self.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => (text, Vec::new()),
            BlockKind::Table { head, rows, .. } => (&[], head.iter().chain(rows.iter().flatten()).collect()),
            _ => (&[], Vec::new()),
        };
        own.iter().chain(cells.into_iter().flatten())
    }

    /// The directive in it, if it is one.
    #[must_use]
    pub fn directive(&self) -> Option<&Directive> {
        match &self.kind {
            BlockKind::Directive(directive) => Some(directive),
            _ => None,
        }
    }

    /// All that is written in it and in the blocks inside it, code too, without roles; not what is in directives.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts: Vec<String> = match &self.kind {
            BlockKind::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.map(|cell| cell.iter().map(|span| span.text.as_str()).collect()).collect()
            }
            BlockKind::List { items, .. } => items.iter().flatten().map(Self::text).collect(),
            BlockKind::Quote(blocks) | BlockKind::Footnote { blocks, .. } => {
                blocks.iter().map(Self::text).collect()
            }
            BlockKind::Code { text, .. } => vec![text.clone()],
            _ => vec![self.spans().map(|span| span.text.as_str()).collect()],
        };
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }
}

impl Row {
    /// The row's text without its roles.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

impl Span {
    /// A span without a target.
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { text: text.into(), role, target: None }
    }
}
