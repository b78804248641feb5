//! Blocks: walks the events once, one function a kind of block.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag};

use super::fence::Fence;
use super::source::Source;
use crate::course::diagnostic::Diagnostic;
use crate::course::directive::{Directive, Side};
use crate::course::document::{Align, Block, BlockId, BlockKind, Role, Span};

/// Lists, quotes and footnotes deeper than this are read as if they stood one level up: nobody writes them, and
/// every later step may recurse without a thought for the stack.
const DEPTH_MAX: usize = 12;

/// Reads one text.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub source: Source<'a>,
    pub diagnostics: Vec<Diagnostic>,
    events: Vec<(Event<'a>, Range<usize>)>,
    next: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub fn new(source: Source<'a>) -> Self {
        let events = super::events(source.text);
        Self { source, diagnostics: Vec::new(), events, next: 0, depth: 0 }
    }

    /// All blocks, the footnotes' texts last in the order in which they are first mentioned.
    pub fn document(&mut self) -> Vec<Block> {
        let blocks = self.blocks();
        let (notes, mut blocks): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block| matches!(block.kind, BlockKind::Footnote { .. }));
        blocks.extend(self.footnotes_in_order(notes));
        blocks
    }

    pub(super) fn peek(&self) -> Option<&(Event<'a>, Range<usize>)> {
        self.events.get(self.next)
    }

    pub(super) fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let event = self.events.get(self.next).cloned();
        self.next += 1;
        event
    }

    /// The blocks up to the end of the container (its end is consumed) or of the text.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut flattened = 0;
        while let Some((event, range)) = self.peek() {
            let (event, range) = (event.clone(), range.clone());
            match event {
                Event::End(_) if flattened > 0 => flattened -= 1,
                Event::End(_) => break,
                Event::Start(tag) if is_container(&tag) && self.depth >= DEPTH_MAX => {
                    if flattened == 0 {
                        let what = format!("nested more than {DEPTH_MAX} deep; shown one level up");
                        self.diagnostics.push(self.source.error(range.start, what));
                    }
                    flattened += 1;
                }
                Event::Start(tag) => {
                    let before = self.next;
                    if let Some(kind) = self.started(&tag, &range, &mut blocks) {
                        self.add(&mut blocks, range.start, kind);
                    }
                    if self.next > before {
                        continue;
                    }
                }
                Event::Rule => self.add(&mut blocks, range.start, BlockKind::Rule),
                _ => {
                    let spans = self.spans();
                    self.paragraph(&mut blocks, range.start, spans);
                    continue;
                }
            }
            self.next();
        }
        self.next();
        self.unpaired(&mut blocks);
        blocks
    }

    fn add(&mut self, blocks: &mut Vec<Block>, at: usize, kind: BlockKind) {
        blocks.push(Block { id: BlockId::default(), line: self.source.line(at), kind });
    }

    fn paragraph(&mut self, blocks: &mut Vec<Block>, at: usize, spans: Vec<Span>) {
        self.dangling_mark(at, &spans);
        if spans.iter().any(|span| !span.text.trim().is_empty()) {
            self.add(blocks, at, BlockKind::Paragraph(spans));
        }
    }

    /// A block whose start is next. `None` when it left nothing, or went into `blocks` itself.
    fn started(&mut self, tag: &Tag<'_>, range: &Range<usize>, blocks: &mut Vec<Block>) -> Option<BlockKind> {
        match tag {
            Tag::Heading { level, .. } => {
                let text = self.inside(Self::spans);
                Some(BlockKind::Heading { level: level_number(*level), text })
            }
            Tag::BlockQuote(_) => Some(BlockKind::Quote(self.nested())),
            Tag::CodeBlock(kind) => self.code(kind, range, blocks),
            Tag::List(first) => Some(BlockKind::List { first: *first, items: self.items() }),
            Tag::Item => Some(BlockKind::List { first: None, items: vec![self.nested()] }),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.nested();
                Some(BlockKind::Footnote { label: label.to_string(), blocks })
            }
            Tag::Table(align) => Some(self.table(align)),
            // An inline tag where a block may stand: the text of a tight list's item.
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } => {
                let spans = self.spans();
                self.paragraph(blocks, range.start, spans);
                None
            }
            Tag::HtmlBlock => {
                self.html(range, blocks);
                None
            }
            // Paragraphs and whatever else holds text.
            _ => {
                let spans = self.inside(Self::spans);
                self.paragraph(blocks, range.start, spans);
                None
            }
        }
    }

    /// Reads the content between a start and its end, both of which it consumes.
    fn inside<T>(&mut self, content: impl FnOnce(&mut Self) -> T) -> T {
        self.next();
        let content = content(self);
        self.next();
        content
    }

    fn nested(&mut self) -> Vec<Block> {
        self.next();
        self.depth += 1;
        let blocks = self.blocks();
        self.depth -= 1;
        blocks
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        self.next();
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = self.peek() {
            items.push(self.nested());
        }
        self.next();
        items
    }

    fn table(&mut self, align: &[Alignment]) -> BlockKind {
        self.next();
        let head = self.inside(Self::cells);
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableRow), _)) = self.peek() {
            let mut row = self.inside(Self::cells);
            row.resize(head.len(), Vec::new());
            rows.push(row);
        }
        self.next();
        let mut align: Vec<Align> = align.iter().map(|align| alignment(*align)).collect();
        align.resize(head.len(), Align::Left);
        BlockKind::Table { align, head, rows }
    }

    fn cells(&mut self) -> Vec<Vec<Span>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), range)) = self.peek() {
            let at = range.start;
            let spans = self.inside(Self::spans);
            self.dangling_mark(at, &spans);
            cells.push(spans);
        }
        cells
    }

    /// A comment is for authors; other HTML is nothing we show, so it stays as text.
    fn html(&mut self, range: &Range<usize>, blocks: &mut Vec<Block>) {
        self.next();
        while let Some((Event::Html(_) | Event::Text(_), _)) = self.peek() {
            self.next();
        }
        self.next();
        let text = self.source.text[range.clone()].trim();
        if !text.starts_with("<!--") {
            self.diagnostics.push(self.source.warning(range.start, "HTML is shown as it is written"));
            self.add(blocks, range.start, BlockKind::Paragraph(vec![Span::new(Role::Text, text)]));
        }
    }

    fn code(
        &mut self,
        kind: &CodeBlockKind<'_>,
        range: &Range<usize>,
        blocks: &mut [Block],
    ) -> Option<BlockKind> {
        self.next();
        let mut text = String::new();
        let mut at = None;
        while let Some((Event::Text(part), part_range)) = self.peek() {
            at = at.or(Some(part_range.start));
            text.push_str(part);
            self.next();
        }
        self.next();
        let CodeBlockKind::Fenced(info) = kind else {
            return Some(BlockKind::Code { language: String::new(), text });
        };
        if !is_closed(&self.source.text[range.clone()]) {
            self.diagnostics.push(self.source.error(range.start, "this fenced block is never closed"));
        }
        let fence = Fence { info, text: &text, at: range.start, body_at: at.unwrap_or(range.start) };
        match self.fence(&fence) {
            BlockKind::Directive(directive) => self.directive(*directive, range.start, blocks),
            code => Some(code),
        }
    }

    /// A `real` goes to the `sketch` right before it; everything else is a block of its own.
    fn directive(&mut self, directive: Directive, at: usize, blocks: &mut [Block]) -> Option<BlockKind> {
        let Directive::Sketch { sketch, real } = &directive else {
            return Some(BlockKind::Directive(Box::new(directive)));
        };
        if *sketch != Side::default() {
            return Some(BlockKind::Directive(Box::new(directive)));
        }
        if let Some(Block { kind: BlockKind::Directive(before), .. }) = blocks.last_mut()
            && let Directive::Sketch { real: waiting, .. } = before.as_mut()
            && *waiting == Side::default()
        {
            *waiting = real.clone();
            return None;
        }
        Some(self.broken("real", at, "a 'real' block comes right after its 'sketch'"))
    }

    /// Sketches that got no other side.
    fn unpaired(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let BlockKind::Directive(directive) = &block.kind else { continue };
            let Directive::Sketch { real, .. } = directive.as_ref() else { continue };
            if *real == Side::default() {
                let what = "a 'sketch' block is followed by its 'real' side";
                self.diagnostics.push(Diagnostic::error(self.source.file, block.line, 1, what));
                let broken = Directive::Broken { name: "sketch".to_owned(), what: what.to_owned() };
                block.kind = BlockKind::Directive(Box::new(broken));
            }
        }
    }

    fn footnotes_in_order(&mut self, mut notes: Vec<Block>) -> Vec<Block> {
        let mentions: Vec<String> = self
            .events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::FootnoteReference(label) => Some(label.to_string()),
                _ => None,
            })
            .collect();
        let place = |block: &Block| match &block.kind {
            BlockKind::Footnote { label, .. } => mentions.iter().position(|mention| mention == label),
            _ => None,
        };
        for note in notes.iter().filter(|note| place(note).is_none()) {
            let what = "this footnote is never mentioned";
            self.diagnostics.push(Diagnostic::warning(self.source.file, note.line, 1, what));
        }
        notes.sort_by_key(|note| place(note).unwrap_or(usize::MAX));
        notes
    }

    /// pulldown-cmark leaves the mark of a footnote that does not exist as text.
    fn dangling_mark(&mut self, at: usize, spans: &[Span]) {
        let marks =
            spans.iter().filter(|span| span.role != Role::Code).find_map(|span| span.text.split_once("[^"));
        if let Some((_, after)) = marks {
            let label = after.split(']').next().unwrap_or(after);
            self.diagnostics.push(self.source.error(at, format!("there is no footnote '{label}'")));
        }
    }
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_))
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

fn alignment(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// Whether the last line of a fenced block is a fence again.
fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let Some(first) = lines.next() else { return false };
    let Some(last) = lines.next_back() else { return false };
    let mark = if first.trim_start().starts_with('~') { '~' } else { '`' };
    let opening = first.trim_start().chars().take_while(|&c| c == mark).count();
    let closing = last.trim_start_matches([' ', '\t', '>']);
    closing.chars().all(|c| c == mark) && closing.chars().count() >= opening
}
