//! Spans as elements.

use std::fmt::Write as _;

use crate::course::{Role, Span};

/// The text of these spans.
pub(super) fn write_spans(spans: &[Span], page: &mut String) {
    for span in spans {
        write_span(span, page);
    }
}

fn write_span(span: &Span, page: &mut String) {
    let text = escaped(&span.text).replace('\n', "<br />");
    let target = span.target.as_deref().map(escaped);
    let _ = match (span.role, target) {
        (Role::Link, Some(target)) => write!(page, "<a href=\"{target}\">{text}</a>"),
        (Role::FootnoteMark, Some(key)) => {
            // The note leads back to where it was mentioned first.
            let id = format!("id=\"mark-{key}\" ");
            let id = if page.contains(&id) { "" } else { &id };
            write!(page, "<sup><a {id}href=\"#note-{key}\" aria-label=\"Note {text}\">{text}</a></sup>")
        }
        (Role::Emphasis, _) => write!(page, "<em>{text}</em>"),
        (Role::Strong | Role::Label, _) => write!(page, "<strong>{text}</strong>"),
        (Role::Figure, _) => write!(page, "<strong class=\"key\">{text}</strong>"),
        (Role::Code, _) => write!(page, "<code>{text}</code>"),
        (Role::Good, _) => write!(page, "<strong class=\"key\">{text}</strong>"),
        (Role::Bad, _) => write!(page, "<strong class=\"bad\">{text}</strong>"),
        (Role::Quiet, _) => write!(page, "<span class=\"quiet\">{text}</span>"),
        _ => write!(page, "{text}"),
    };
}

/// Text as it may stand in an element or between an attribute's quotes. What XML has no place for is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_a_tag() {
        assert_eq!(escaped("a<b> & \"c\" 'd'\u{1b}[0m\n"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;[0m\n");
        let mut page = String::new();
        let link = Span { text: "<x>".into(), role: Role::Link, target: Some("https://a/?b=\"&c".into()) };
        write_spans(&[link, Span::new(Role::Code, "a && b")], &mut page);
        assert_eq!(page, "<a href=\"https://a/?b=&quot;&amp;c\">&lt;x&gt;</a><code>a &amp;&amp; b</code>");
    }
}
