//! One block to lines. Containers set their content narrower and put something before each line.

use std::collections::BTreeMap;
use std::slice::from_ref;

use super::width::{line_width, printable, text_width};
use super::wrap::wrap;
use super::{Frames, TypesetOptions, code, part, table};
use crate::course::document::{Block, BlockKind, Document, Role, Span};

pub(super) type Line = Vec<Span>;

/// Below this an indented block is set flush instead, so that something can still be read.
const INNER_MIN: usize = 6;
const RULE_WIDTH: usize = 24;

/// What all blocks of a document are set with.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    pub options: &'a TypesetOptions,
    /// Numbers of footnotes by label, in the order of their texts.
    footnotes: BTreeMap<&'a str, usize>,
}

impl<'a> Setting<'a> {
    pub fn new(document: &'a Document, options: &'a TypesetOptions) -> Self {
        let labels = document.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Footnote { label, .. } => Some(label.as_str()),
            _ => None,
        });
        Self { options, footnotes: labels.zip(1..).collect() }
    }

    pub fn frames(&self) -> Frames {
        self.options.frames
    }

    /// Wraps a text, its footnotes numbered and, in plain text, its links spelled out.
    pub fn wrap(&self, spans: &[Span], width: usize) -> Vec<Line> {
        wrap(&self.inked(spans), width)
    }

    /// The spans as they are to be read.
    pub fn inked(&self, spans: &[Span]) -> Vec<Span> {
        let mut inked = Vec::with_capacity(spans.len());
        for span in spans {
            match span.role {
                Role::FootnoteMark => inked.push(Span::new(Role::FootnoteMark, self.mark(&span.text))),
                Role::Link if self.frames() == Frames::Plain => {
                    inked.push(span.clone());
                    inked.extend(target_in_words(span));
                }
                _ => inked.push(span.clone()),
            }
        }
        inked
    }

    fn mark(&self, label: &str) -> String {
        match self.footnotes.get(label) {
            Some(number) => format!("[{number}]"),
            None => format!("[{label}]"),
        }
    }
}

/// Where a link leads, after its text; nothing when the text says so itself.
fn target_in_words(link: &Span) -> Option<Span> {
    let target = link.target.as_deref()?;
    let words = match target.strip_prefix("section:") {
        Some(number) if link.text.to_lowercase().contains(&format!("section {number}")) => return None,
        Some(number) => format!(" (section {number})"),
        None if link.text.contains(target) => return None,
        None => format!(" <{target}>"),
    };
    Some(Span::new(Role::Quiet, words))
}

/// The lines of one block; none for what is not shown.
pub(super) fn lines(block: &Block, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let frames = setting.frames();
    match &block.kind {
        BlockKind::Heading { level, text } => heading(*level, text, width, setting),
        BlockKind::Paragraph(spans) => setting.wrap(spans, width),
        BlockKind::List { first, items } => list(*first, items, width, setting),
        BlockKind::Table { align, head, rows } => {
            table::lines(&table::Table { align, head, rows }, width, setting)
        }
        BlockKind::Quote(blocks) => {
            let bar = Span::new(Role::Frame, if frames == Frames::Lines { "▏ " } else { "> " });
            let content = |width| recolor(stack(blocks, width, setting), Role::Quote);
            hang(from_ref(&bar), &bar, width, content)
        }
        BlockKind::Code { language, text } => {
            let label = if language == "text" { "" } else { language };
            code::block(label, language, text, width, frames)
        }
        BlockKind::Rule if frames == Frames::Plain => vec![vec![Span::new(Role::Frame, "* * *")]],
        BlockKind::Rule => {
            vec![vec![Span::new(Role::Frame, frames.pick("─", "-").repeat(width.min(RULE_WIDTH)))]]
        }
        BlockKind::Footnote { label, blocks } => {
            let mark = Span::new(Role::FootnoteMark, format!("{} ", setting.mark(label)));
            let content = |width| recolor(stack(blocks, width, setting), Role::Quiet);
            hang(from_ref(&mark), &blank_like(&mark), width, content)
        }
        BlockKind::Directive(directive) => part::lines(directive, &block.id, width, setting),
    }
}

/// Blocks one under the other; paragraphs and other blocks are kept apart by an empty line, lists under a
/// paragraph are not.
pub(super) fn stack(blocks: &[Block], width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let mut stacked: Vec<Line> = Vec::new();
    for block in blocks {
        let content = lines(block, width, setting);
        if !stacked.is_empty() && !content.is_empty() && !matches!(block.kind, BlockKind::List { .. }) {
            stacked.push(Vec::new());
        }
        stacked.extend(content);
    }
    stacked
}

/// Content with `first` before its first line and `rest`, as wide, before the others; flush under `first` when there is no
/// room beside it.
pub(super) fn hang(
    first: &[Span],
    rest: &Span,
    width: usize,
    content: impl Fn(usize) -> Vec<Line>,
) -> Vec<Line> {
    let indent = line_width(first);
    if width < indent + INNER_MIN {
        let mut lines = wrap(first, width);
        lines.extend(content(width));
        return lines;
    }
    let mut lines = content(width - indent);
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    for (number, line) in lines.iter_mut().enumerate() {
        let before = if number == 0 { first } else { from_ref(rest) };
        if number > 0 && line.is_empty() && before.iter().all(|span| span.text.trim().is_empty()) {
            continue;
        }
        line.splice(0..0, before.iter().cloned());
    }
    lines
}

/// Blanks as wide as a span.
pub(super) fn blank_like(span: &Span) -> Span {
    Span::new(Role::Text, " ".repeat(text_width(&span.text)))
}

/// Ordinary text in another role; emphasis, code and links keep theirs.
pub(super) fn recolor(mut lines: Vec<Line>, role: Role) -> Vec<Line> {
    for span in lines.iter_mut().flatten().filter(|span| span.role == Role::Text) {
        span.role = role;
    }
    lines
}

fn heading(level: u8, text: &[Span], width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let role = match level {
        0 | 1 => Role::Title,
        2 => Role::Heading,
        _ => Role::Subheading,
    };
    let mark = match (setting.frames(), level) {
        (Frames::Lines, 2) => "▍ ".to_owned(),
        (Frames::Lines, _) => String::new(),
        (_, level) => format!("{} ", "#".repeat(usize::from(level.clamp(1, 6)))),
    };
    let content = |width| recolor(setting.wrap(text, width), role);
    if mark.is_empty() {
        return content(width);
    }
    let mark = Span::new(role, mark);
    hang(from_ref(&mark), &blank_like(&mark), width, content)
}

fn list(first: Option<u64>, items: &[Vec<Block>], width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let markers = items.iter().enumerate().map(|(number, _)| match first {
        Some(first) => format!("{}. ", first.saturating_add(number as u64)),
        None => if setting.frames() == Frames::Lines { "• " } else { "- " }.to_owned(),
    });
    let markers: Vec<String> = markers.collect();
    let widest = markers.iter().map(|marker| text_width(marker)).max().unwrap_or(0);
    let loose = items.iter().any(|item| item.iter().filter(|block| is_text(block)).count() > 1);
    let mut lines = Vec::new();
    for (marker, item) in markers.iter().zip(items) {
        if loose && !lines.is_empty() {
            lines.push(Vec::new());
        }
        let marker = Span::new(Role::Frame, format!("{marker:>widest$}"));
        lines.extend(hang(from_ref(&marker), &blank_like(&marker), width, |width| {
            stack(item, width, setting)
        }));
    }
    lines
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_))
}

/// A short label on one line, cut to `width`.
pub(super) fn label(text: &str) -> Span {
    Span::new(Role::Label, printable(text))
}
