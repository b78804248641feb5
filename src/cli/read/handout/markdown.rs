//! The hand-out as Markdown that GitHub renders; what GitHub folds is written in the HTML that it takes for that.

mod inline;

use super::{Handout, Node, Picture};
use crate::course::document::Align;
use crate::course::{Role, Span};
use inline::{Place, written};

/// All of it.
pub(in crate::cli::read) fn page(handout: &Handout) -> String {
    let plain = |text: &str| written(&[Span::new(Role::Text, text)], Place::Line);
    let mut lines = vec![format!("# {}", plain(&handout.title)), String::new(), plain(&handout.subtitle)];
    lines.push(String::new());
    let chapters = handout.chapters.iter();
    lines.extend(chapters.map(|chapter| format!("- [{}](#{})", plain(&chapter.title), chapter.id)));
    for chapter in &handout.chapters {
        lines.extend([String::new(), format!("<a id=\"{}\"></a>", chapter.id), String::new()]);
        lines.extend([format!("## {}", plain(&chapter.title)), String::new()]);
        lines.extend(blocks(&chapter.nodes));
    }
    lines.join("\n") + "\n"
}

/// Blocks with an empty line between them.
fn blocks(nodes: &[Node]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<&Node> = None;
    for node in nodes {
        if before.is_some() {
            lines.push(String::new());
        }
        // Two lists, one under the other, would be one.
        if let (Some(Node::List { .. }), Node::List { .. }) = (before, node) {
            lines.extend(["<!-- -->".to_owned(), String::new()]);
        }
        lines.extend(block(node));
        before = Some(node);
    }
    lines
}

fn block(node: &Node) -> Vec<String> {
    match node {
        // One deeper than in a section's file: the hand-out and its chapters have titles of their own.
        Node::Heading { level, text, .. } => {
            let marks = "#".repeat(usize::from(*level + 1).min(6));
            vec![format!("{marks} {}", written(text, Place::Line))]
        }
        Node::Paragraph(spans) => paragraph(spans),
        Node::List { first, items } => list(*first, items),
        Node::Table { align, head, rows } => table(align, head, rows),
        Node::Quote(nodes) => prefixed("> ", blocks(nodes)),
        Node::Code { language, text } => code(language, text),
        Node::Command(command) => code("sh", command),
        Node::Rule => vec!["---".to_owned()],
        Node::Footnote { key, nodes, .. } => hanging(&format!("[^{key}]: "), 4, blocks(nodes)),
        Node::Part { name, id, nodes } => {
            let id = id.as_ref().map_or_else(String::new, |id| format!("<a id=\"{id}\"></a>"));
            let mut lines = vec![format!("{id}**{name}**"), String::new()];
            lines.extend(blocks(nodes));
            prefixed("> ", lines)
        }
        Node::Folded { summary, nodes } => {
            let mut lines =
                vec!["<details>".to_owned(), format!("<summary>{summary}</summary>"), String::new()];
            lines.extend(blocks(nodes));
            lines.extend([String::new(), "</details>".to_owned()]);
            lines
        }
        Node::Picture(picture) => self::picture(picture),
    }
}

/// One line of it, or more where lines are broken by hand.
fn paragraph(spans: &[Span]) -> Vec<String> {
    written(spans, Place::Text).lines().map(str::to_owned).collect()
}

fn list(first: Option<u64>, items: &[Vec<Node>]) -> Vec<String> {
    let is_tight = items.iter().all(|item| match item.as_slice() {
        [_] => true,
        [_, rest @ ..] => rest.iter().all(|node| matches!(node, Node::List { .. })),
        [] => true,
    });
    let mut lines = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 && !is_tight {
            lines.push(String::new());
        }
        let mark = first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first + at as u64));
        let content = if is_tight { item.iter().flat_map(block).collect() } else { blocks(item) };
        lines.extend(hanging(&mark, mark.len(), content));
    }
    lines
}

fn table(align: &[Align], head: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> Vec<String> {
    let row = |cells: &[Vec<Span>]| {
        let cells: Vec<String> = cells.iter().map(|cell| written(cell, Place::Cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rules: Vec<&str> = align
        .iter()
        .map(|align| match align {
            Align::Left => "---",
            Align::Center => ":-:",
            Align::Right => "--:",
        })
        .collect();
    let rule = format!("| {} |", rules.join(" | "));
    [row(head), rule].into_iter().chain(rows.iter().map(|cells| row(cells))).collect()
}

/// Between fences that the text does not hold.
fn code(language: &str, text: &str) -> Vec<String> {
    let longest = text.lines().map(|line| line.trim_start().chars().take_while(|&c| c == '`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(text.trim_end_matches('\n').lines().map(str::to_owned));
    lines.push(fence);
    lines
}

fn picture(picture: &Picture) -> Vec<String> {
    let mut lines = picture.drawn.as_ref().map_or_else(Vec::new, |drawn| code("text", &drawn.text));
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let sentences = Span::new(Role::Text, picture.sentences.join(" "));
    lines.extend(paragraph(&[sentences]));
    lines
}

fn prefixed(prefix: &str, lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| format!("{prefix}{line}").trim_end().to_owned()).collect()
}

/// A mark before the first line, and all others so far in.
fn hanging(mark: &str, indent: usize, lines: Vec<String>) -> Vec<String> {
    let blank = " ".repeat(indent);
    let put = |(at, line): (usize, String)| match at {
        0 => format!("{mark}{line}").trim_end().to_owned(),
        _ if line.is_empty() => line,
        _ => format!("{blank}{line}"),
    };
    lines.into_iter().enumerate().map(put).collect()
}
