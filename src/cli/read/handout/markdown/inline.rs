//! Spans as Markdown, so that reading it gives the same spans again.

use std::fmt::Write as _;

use crate::course::{Role, Span};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It begins lines, and may break them.
    Text,
    /// It follows something on its line, which is never broken.
    Line,
    /// The same, between bars.
    Cell,
}

/// How a run of text is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Plain,
    Emphasis,
    Strong,
    Code,
    Link,
    Footnote,
}

impl Mark {
    const fn of(role: Role) -> Self {
        match role {
            Role::Emphasis => Self::Emphasis,
            Role::Strong | Role::Figure | Role::Good | Role::Bad | Role::Label => Self::Strong,
            Role::Code => Self::Code,
            Role::Link => Self::Link,
            Role::FootnoteMark => Self::Footnote,
            _ => Self::Plain,
        }
    }
}

/// The text of these spans.
pub(super) fn written(spans: &[Span], place: Place) -> String {
    let mut text = String::new();
    let runs = joined(spans);
    for (at, run) in runs.iter().enumerate() {
        let before_link = runs.get(at + 1).is_some_and(|next| next.mark == Mark::Link);
        run.write(before_link, &mut text);
    }
    let text = text.trim();
    let unbroken = || text.replace("\\\n", " ").replace('\n', " ");
    match place {
        Place::Text => text.split('\n').map(begun).collect::<Vec<_>>().join("\n"),
        Place::Line => closed(unbroken()),
        Place::Cell => unbroken().replace('|', "\\|"),
    }
}

/// Text of one mark.
struct Run {
    mark: Mark,
    text: String,
    target: Option<String>,
}

/// Neighbors that are marked alike are one run.
fn joined(spans: &[Span]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for span in spans.iter().filter(|span| !span.text.is_empty()) {
        let mark = Mark::of(span.role);
        match runs.last_mut() {
            Some(last) if last.mark == mark && last.target == span.target && mark != Mark::Footnote => {
                last.text.push_str(&span.text);
            }
            _ => runs.push(Run { mark, text: span.text.clone(), target: span.target.clone() }),
        }
    }
    runs
}

impl Run {
    fn write(&self, before_link: bool, text: &mut String) {
        let target = self.target.as_deref().unwrap_or_default();
        let _ = match self.mark {
            Mark::Plain => {
                let escaped = escaped(&self.text);
                match escaped.strip_suffix('!').filter(|_| before_link) {
                    // With the link it would be a picture.
                    Some(rest) => write!(text, "{rest}\\!"),
                    None => write!(text, "{escaped}"),
                }
            }
            Mark::Emphasis => self.around("*", text),
            Mark::Strong => self.around("**", text),
            Mark::Code => write!(text, "{}", code(&self.text)),
            Mark::Link => write!(text, "[{}]({})", escaped(&self.text), led_to(target)),
            Mark::Footnote => write!(text, "[^{target}]"),
        };
    }

    /// Blanks at the ends stay outside: next to one a mark is none.
    fn around(&self, mark: &str, text: &mut String) -> std::fmt::Result {
        let inner = self.text.trim();
        let (before, after) = (self.text.len() - self.text.trim_start().len(), self.text.trim_end().len());
        if inner.is_empty() {
            return write!(text, "{}", self.text);
        }
        write!(text, "{}{mark}{}{mark}{}", &self.text[..before], escaped(inner), &self.text[after..])
    }
}

/// A link's target, between angles where it holds what ends it.
fn led_to(target: &str) -> String {
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '<' | '>' | '\\');
    if !target.contains(ends) {
        return target.to_owned();
    }
    let mut angled = String::from("<");
    for c in target.chars().filter(|c| !c.is_control()) {
        if matches!(c, '<' | '>' | '\\') {
            angled.push('\\');
        }
        angled.push(c);
    }
    angled + ">"
}

/// A backslash before every sign that would be read as something else.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let next = signs.peek().copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\n' | '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '$' => escaped.push('\\'),
            // Inside a word it is only itself.
            '_' if !(is_word(before) && is_word(next)) => escaped.push('\\'),
            // `&lt;` would be a sign.
            '&' if next.is_some_and(|next| next.is_alphanumeric() || next == '#') => escaped.push('\\'),
            _ => {}
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

/// A heading that ends with its own text, and not with what closes headings.
fn closed(mut line: String) -> String {
    if line.ends_with('#') {
        line.insert(line.len() - 1, '\\');
    }
    line
}

/// A line whose beginning is text, and no heading, quotation, list, rule or fence.
fn begun(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    if (1..=9).contains(&digits) && matches!(after, Some('.' | ')')) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '>', '-', '+', '=', '|']) { format!("\\{line}") } else { line.to_owned() }
}

/// Between more backticks than there are in it.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let has_edge = text.starts_with('`') || text.ends_with('`');
    let has_blanks = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    if has_edge || has_blanks { format!("{ticks} {text} {ticks}") } else { format!("{ticks}{text}{ticks}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::document::BlockKind;
    use crate::course::markdown::parse;

    /// What a reader makes of the text of these spans.
    fn read(written: &str) -> Vec<Span> {
        let (document, _) = parse(written, "here");
        match document.blocks.as_slice() {
            [block] => match &block.kind {
                BlockKind::Paragraph(spans) => spans.clone(),
                other => panic!("{written:?} is {other:?}"),
            },
            blocks => panic!("{written:?} is {} blocks", blocks.len()),
        }
    }

    #[test]
    fn no_sign_of_a_text_is_read_as_something_else() {
        for text in [
            "a * b * c, *d*, **e**, _f_, __g__, snake_case, ~~h~~",
            "# no heading",
            "- no item",
            "+ no item",
            "1. no item",
            "12) no item",
            "> no quotation",
            "=== no rule",
            "`no code` and ``more`` \\ \\* back",
            "[no](link) ![no](picture) [^no] <b>no tag</b> <!-- no comment -->",
            "&lt; &#60; AT&T & co",
            "$5 and $7",
            "| no | table |",
        ] {
            let spans = [Span::new(Role::Text, text)];
            assert_eq!(read(&written(&spans, Place::Text)), spans, "{}", written(&spans, Place::Text));
        }
    }

    #[test]
    fn marks_come_back_and_blanks_stay_outside_them() {
        let link = Span { text: "a [b]".into(), role: Role::Link, target: Some("https://a/(b c)".into()) };
        let spans = [
            Span::new(Role::Text, "Look at that!"),
            link,
            Span::new(Role::Text, ", "),
            Span::new(Role::Strong, "it * is"),
            Span::new(Role::Text, " "),
            Span::new(Role::Emphasis, "so"),
            Span::new(Role::Text, " with "),
            Span::new(Role::Code, "a `tick` | bar"),
            Span::new(Role::Text, "."),
        ];
        assert_eq!(read(&written(&spans, Place::Text)), spans);
        let figure = [
            Span::new(Role::Strong, "It is "),
            Span::new(Role::Figure, "38.86"),
            Span::new(Role::Strong, " %"),
            Span::new(Role::Text, " of all."),
        ];
        assert_eq!(written(&figure, Place::Text), "**It is 38.86 %** of all.");
        let blanks = [Span::new(Role::Strong, " a "), Span::new(Role::Text, "b")];
        assert_eq!(written(&blanks, Place::Line), "**a** b");
    }

    #[test]
    fn a_line_stays_one_line() {
        let spans = [Span::new(Role::Text, "a\nb | c #")];
        assert_eq!(written(&spans, Place::Line), "a b | c \\#");
        assert_eq!(written(&spans, Place::Cell), "a b \\| c #");
        assert_eq!(read(&written(&spans, Place::Text)), spans);
    }
}
