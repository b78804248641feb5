//! The hand-out as one HTML file that asks for nothing outside it and runs nothing: its style sheet is in its head, its
//! pictures are elements. It is XML as well, so that any reader of either takes it.

mod inline;
mod style;

use std::fmt::Write as _;

use super::{Chapter, Handout, Node, Picture};
use crate::course::document::Align;
use crate::course::typeset::tokens;
use crate::course::{Role, Span};
use inline::{escaped, write_spans};

/// All of it.
pub(in crate::cli::read) fn page(handout: &Handout) -> String {
    let title = escaped(&handout.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>{title}</title>\n<style>\n"
    );
    style::write(&handout.picture_styles, &mut page);
    let subtitle = escaped(&handout.subtitle);
    let _ = write!(
        page,
        "</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"quiet\">{subtitle}</p>\n</header>\n\
         <nav aria-label=\"Contents\">\n<ul>\n"
    );
    for Chapter { id, title, .. } in &handout.chapters {
        let _ = writeln!(page, "<li><a href=\"#{id}\">{}</a></li>", escaped(title));
    }
    page.push_str("</ul>\n</nav>\n<main>\n");
    for Chapter { id, title, nodes } in &handout.chapters {
        let title = escaped(title);
        let _ = writeln!(page, "<section id=\"{id}\">\n<h2>{title}</h2>");
        write_nodes(nodes, &mut page);
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn write_nodes(nodes: &[Node], page: &mut String) {
    for node in nodes {
        write_node(node, page);
    }
}

fn write_node(node: &Node, page: &mut String) {
    match node {
        Node::Heading { level, id, text } => {
            let level = (*level + 1).min(6);
            let _ = write!(page, "<h{level} id=\"{id}\">");
            write_spans(text, page);
            let _ = writeln!(page, "</h{level}>");
        }
        Node::Paragraph(spans) => write_paragraph("", spans, page),
        Node::List { first, items } => write_list(*first, items, page),
        Node::Table { align, head, rows } => write_table(align, head, rows, page),
        Node::Quote(nodes) => {
            page.push_str("<blockquote>\n");
            write_nodes(nodes, page);
            page.push_str("</blockquote>\n");
        }
        Node::Code { language, text } => write_code(language, text, page),
        Node::Command(command) => {
            let _ = writeln!(page, "<pre class=\"command\"><code>{}</code></pre>", escaped(command));
        }
        Node::Rule => page.push_str("<hr />\n"),
        Node::Footnote { key, number, nodes } => write_footnote(key, *number, nodes, page),
        Node::Part { name, id, nodes } => {
            let id = id.as_ref().map_or_else(String::new, |id| format!(" id=\"{id}\""));
            let _ = writeln!(page, "<div class=\"part\"{id}>\n<p class=\"label\">{name}</p>");
            write_nodes(nodes, page);
            page.push_str("</div>\n");
        }
        Node::Folded { summary, nodes } => {
            let _ = writeln!(page, "<details>\n<summary>{summary}</summary>");
            write_nodes(nodes, page);
            page.push_str("</details>\n");
        }
        Node::Picture(picture) => write_picture(picture, page),
    }
}

fn write_paragraph(attributes: &str, spans: &[Span], page: &mut String) {
    let _ = write!(page, "<p{attributes}>");
    write_spans(spans, page);
    page.push_str("</p>\n");
}

fn write_list(first: Option<u64>, items: &[Vec<Node>], page: &mut String) {
    let name = if first.is_some() { "ol" } else { "ul" };
    let start =
        first.filter(|first| *first != 1).map_or_else(String::new, |first| format!(" start=\"{first}\""));
    let _ = writeln!(page, "<{name}{start}>");
    for item in items {
        page.push_str("<li>");
        match item.as_slice() {
            // A paragraph that begins an item stands close to the next item.
            [Node::Paragraph(spans), rest @ ..] => {
                write_spans(spans, page);
                write_nodes(rest, page);
            }
            nodes => write_nodes(nodes, page),
        }
        page.push_str("</li>\n");
    }
    let _ = writeln!(page, "</{name}>");
}

/// A table scrolls by itself where it is too wide; for that the keyboard has to reach it.
fn write_table(align: &[Align], head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], page: &mut String) {
    page.push_str(
        "<div class=\"wide\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n",
    );
    write_row("th", align, head, page);
    page.push_str("</thead>\n<tbody>\n");
    for row in rows {
        write_row("td", align, row, page);
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn write_row(name: &str, align: &[Align], cells: &[Vec<Span>], page: &mut String) {
    page.push_str("<tr>");
    for (at, cell) in cells.iter().enumerate() {
        let class = match align.get(at) {
            Some(Align::Right) => " class=\"right\"",
            Some(Align::Center) => " class=\"center\"",
            Some(Align::Left) | None => "",
        };
        let _ = write!(page, "<{name}{class}>");
        write_spans(cell, page);
        let _ = write!(page, "</{name}>");
    }
    page.push_str("</tr>\n");
}

fn write_code(language: &str, text: &str, page: &mut String) {
    page.push_str("<pre tabindex=\"0\"><code>");
    for (at, line) in tokens(language, text).iter().enumerate() {
        if at > 0 {
            page.push('\n');
        }
        for span in line {
            let class = match span.role {
                Role::CodeKey => "key",
                Role::CodeString => "string",
                Role::CodeNumber => "number",
                Role::CodeComment => "quiet",
                _ => "",
            };
            let _ = match class {
                "" => write!(page, "{}", escaped(&span.text)),
                class => write!(page, "<span class=\"{class}\">{}</span>", escaped(&span.text)),
            };
        }
    }
    page.push_str("</code></pre>\n");
}

fn write_footnote(key: &str, number: usize, nodes: &[Node], page: &mut String) {
    let _ = writeln!(page, "<div class=\"footnote\" id=\"note-{key}\">");
    let mark = format!("<a href=\"#mark-{key}\" aria-label=\"Back to the text\">{number}</a> ");
    match nodes {
        [Node::Paragraph(spans), rest @ ..] => {
            let _ = write!(page, "<p>{mark}");
            write_spans(spans, page);
            page.push_str("</p>\n");
            write_nodes(rest, page);
        }
        nodes => {
            let _ = writeln!(page, "<p>{mark}</p>");
            write_nodes(nodes, page);
        }
    }
    page.push_str("</div>\n");
}

/// The picture has the sentences as its label; without one they stand in its place.
fn write_picture(picture: &Picture, page: &mut String) {
    if let Some(drawn) = &picture.drawn {
        let _ = writeln!(page, "<div class=\"picture\">\n{}</div>", drawn.svg);
        return;
    }
    page.push_str("<ul>\n");
    for sentence in &picture.sentences {
        let _ = writeln!(page, "<li>{}</li>", escaped(sentence));
    }
    page.push_str("</ul>\n");
}
