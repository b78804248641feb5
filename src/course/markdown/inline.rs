//! The text of one paragraph, heading or cell: events to spans, adjacent ones of a kind joined.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::blocks::Reader;
use crate::course::document::{Role, Span};

/// What the innermost open emphasis or link makes of text.
#[derive(Clone, Debug)]
struct Style {
    role: Role,
    target: Option<String>,
}

impl Reader<'_> {
    /// Reads up to the next start or end of a block and leaves that for the caller.
    pub(super) fn spans(&mut self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut open: Vec<Style> = Vec::new();
        while let Some((event, range)) = self.peek() {
            let range = range.clone();
            match event.clone() {
                Event::Start(tag) => match style(&tag, open.last()) {
                    Some(style) => {
                        if matches!(tag, Tag::Image { .. }) {
                            let warning =
                                self.source.warning(range.start, "pictures are shown as their text only");
                            self.diagnostics.push(warning);
                        }
                        open.push(style);
                    }
                    None => break,
                },
                Event::End(tag) if is_inline(tag) => {
                    open.pop();
                }
                Event::End(_) | Event::Rule => break,
                event => self.text(&event, range.start, open.last(), &mut spans),
            }
            self.next();
        }
        spans
    }

    fn text(&mut self, event: &Event<'_>, at: usize, open: Option<&Style>, spans: &mut Vec<Span>) {
        let role = open.map_or(Role::Text, |style| style.role);
        let target = open.and_then(|style| style.target.clone());
        let (text, role) = match event {
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                (text.to_string(), role)
            }
            Event::Code(text) if role == Role::Link => (text.to_string(), role),
            Event::Code(text) => (text.to_string(), Role::Code),
            Event::Html(text) | Event::InlineHtml(text) => {
                if text.trim_start().starts_with("<!--") {
                    return;
                }
                self.diagnostics.push(self.source.warning(at, "HTML is shown as it is written"));
                (text.to_string(), role)
            }
            Event::FootnoteReference(label) => (label.to_string(), Role::FootnoteMark),
            Event::SoftBreak => (" ".to_owned(), role),
            Event::HardBreak => ("\n".to_owned(), role),
            Event::TaskListMarker(done) => ((if *done { "[x] " } else { "[ ] " }).to_owned(), role),
            Event::Start(_) | Event::End(_) | Event::Rule => return,
        };
        push(spans, Span { text, role, target });
    }
}

/// Adds a span, joined to the one before when both are of a kind. Footnote marks stay apart.
fn push(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last)
            if last.role == span.role && last.target == span.target && span.role != Role::FootnoteMark =>
        {
            last.text.push_str(&span.text);
        }
        _ => spans.push(span),
    }
}

/// The style of an inline tag inside `outer`, or `None` for the tag of a block.
fn style(tag: &Tag<'_>, outer: Option<&Style>) -> Option<Style> {
    let outer_role = outer.map_or(Role::Text, |style| style.role);
    let inherited = outer.and_then(|style| style.target.clone());
    let stronger =
        |role: Role| if matches!(outer_role, Role::Link | Role::Strong) { outer_role } else { role };
    match tag {
        Tag::Emphasis => Some(Style { role: stronger(Role::Emphasis), target: inherited }),
        Tag::Strong => Some(Style { role: stronger(Role::Strong), target: inherited }),
        Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
            Some(Style { role: outer_role, target: inherited })
        }
        Tag::Link { dest_url, .. } => Some(Style { role: Role::Link, target: Some(dest_url.to_string()) }),
        Tag::Image { .. } => Some(Style { role: outer_role, target: inherited }),
        _ => None,
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
