//! Cards as text that Anki imports, and imports again to update them.
//!
//! The format is that of Anki's manual, "Text Files", with the headers of version 2.1.54 and later. Each card is one
//! line; what it is known by is the first column, made from the card's id. A quotation mark is written as HTML
//! (`&quot;`) and an end of a line as `<br>`, so that no cell needs quoting.

use super::Role;
use super::markdown::inline;
use super::quiz::{Card, CardKind, CardOption, GAP};

/// In the order of the columns: guid, note type, deck, front, back, tags.
const HEADERS: &str =
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n";
/// What Anki calls the note types that every collection has.
const BASIC: &str = "Basic";
const CLOZE: &str = "Cloze";

/// All of the cards as one file, for the deck of that name.
#[must_use]
pub fn file(cards: &[Card], deck: &str) -> String {
    let mut text = HEADERS.to_owned();
    for card in cards {
        let (kind, front) = front(card);
        let back = back(card);
        let guid = format!("eastwest/{}", card.id);
        text += &[guid, kind.to_owned(), plain(deck), front, back, tags(card)].join("\t");
        text.push('\n');
    }
    text
}

/// Words by which cards are found in Anki's browser; `::` makes a tree of them.
fn tags(card: &Card) -> String {
    let mut tags = vec![
        format!("eastwest::kind::{}", card.kind.name()),
        format!("eastwest::objective::{}", card.objective),
        format!("eastwest::section::{}", card.section),
    ];
    tags.extend(card.pattern.iter().map(|pattern| format!("eastwest::pattern::{pattern}")));
    tags.join(" ")
}

/// The note type and what is asked.
fn front(card: &Card) -> (&'static str, String) {
    let question = html(&card.question);
    match &card.kind {
        CardKind::Cloze { .. } => cloze(card, &question),
        CardKind::Recall { .. } | CardKind::Typed { .. } => (BASIC, question),
        CardKind::Number(number) => (BASIC, question + &unit(&number.unit)),
        CardKind::Run(run) => (BASIC, question + &unit(&run.unit)),
        CardKind::Choice { options, .. } => {
            (BASIC, question + &list("ol", options.iter().map(|option| html(&option.text))))
        }
        CardKind::Order(items) => {
            (BASIC, question + &list("ul", mixed(items).into_iter().map(|item| html(item))))
        }
        CardKind::Fault(fault) => (BASIC, question + &code(fault.lines())),
    }
}

/// What is right, and why.
fn back(card: &Card) -> String {
    let answer = html(&card.answer);
    let mut parts = match &card.kind {
        CardKind::Recall { points } => vec![answer, list("ul", points.iter().map(|point| html(point)))],
        // The sentence itself shows the answer.
        CardKind::Cloze { accept } => vec![also(accept)],
        CardKind::Typed { accept } => vec![answer, also(accept)],
        CardKind::Number(number) => vec![format!("<b>{}</b>", plain(&number.words())), answer],
        CardKind::Run(run) => {
            vec![format!("<b>{}</b>", plain(&run.number(run.claim.expect).words())), answer]
        }
        CardKind::Choice { options, .. } => choice(options, answer),
        CardKind::Order(items) => vec![list("ol", items.iter().map(|item| html(item))), answer],
        CardKind::Fault(fault) => vec![code(fault.wrong_lines()), answer],
    };
    parts.push(html(&card.reason));
    let section = format!("Section {}", card.section);
    let source = if card.source.is_empty() { section } else { html(&card.source) };
    parts.push(format!("<small>{source}</small>"));
    parts.retain(|part| !part.is_empty());
    joined(&parts)
}

/// A gap that Anki hides. Where the answer holds what Anki would take for the end of the gap or for a hint, it is asked
/// like any other question.
fn cloze(card: &Card, question: &str) -> (&'static str, String) {
    let answer = html(&card.answer);
    if answer.contains("}}") || answer.contains("::") {
        return (BASIC, question.to_owned());
    }
    (CLOZE, question.replacen(GAP, &format!("{{{{c1::{answer}}}}}"), 1))
}

fn choice(options: &[CardOption], answer: String) -> Vec<String> {
    let right =
        options.iter().find(|option| option.right).map(|option| format!("<b>{}</b>", html(&option.text)));
    let whys = options.iter().map(|option| {
        let mark = if option.right { "✓" } else { "✗" };
        format!("{mark} {}: {}", html(&option.text), html(&option.why))
    });
    vec![right.unwrap_or_default(), answer, list("ol", whys)]
}

/// The items in an order that gives nothing away: that of the alphabet, or turned by one where that is the right one.
fn mixed(items: &[String]) -> Vec<&String> {
    let mut mixed: Vec<&String> = items.iter().collect();
    mixed.sort();
    if mixed.iter().copied().eq(items) && mixed.len() > 1 {
        mixed.rotate_left(1);
    }
    mixed
}

fn also(accept: &[String]) -> String {
    let all: Vec<String> = accept.iter().map(|text| plain(text)).collect();
    if all.is_empty() { String::new() } else { format!("Also right: {}", all.join("; ")) }
}

fn unit(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!("<br><br><i>In {}.</i>", plain(unit)) }
}

fn list(tag: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("<li>{item}</li>")).collect();
    if items.is_empty() { String::new() } else { format!("<{tag}>{}</{tag}>", items.concat()) }
}

fn code<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<String> = lines.map(plain).collect();
    format!("<pre>{}</pre>", lines.join("<br>"))
}

/// Parts with room between them; lists and manifests bring their own.
fn joined(parts: &[String]) -> String {
    let is_block = |text: &str| ["ol>", "ul>", "pre>"].iter().any(|end| text.ends_with(end));
    let mut text = String::new();
    for part in parts {
        let has_room = text.is_empty() || is_block(&text) || is_block(part);
        text += if has_room { "" } else { "<br><br>" };
        text += part;
    }
    text
}

/// A text with emphasis and code in it.
fn html(text: &str) -> String {
    let span = |span: super::Span| {
        let text = plain(&span.text);
        match span.role {
            Role::Code => format!("<code>{text}</code>"),
            Role::Emphasis => format!("<i>{text}</i>"),
            Role::Strong => format!("<b>{text}</b>"),
            _ => text,
        }
    };
    inline(text).into_iter().map(span).collect()
}

/// A text as HTML, on one line.
fn plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            '\t' | '\r' => html.push(' '),
            other => html.push(other),
        }
    }
    html
}
