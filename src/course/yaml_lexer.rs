//! YAML by the eye, line by line, for color only: keys, strings, numbers, comments, punctuation. It knows
//! nothing of YAML's grammar; what it does not recognize stays plain, and the text comes back unchanged.

use super::document::{Role, Span};

/// The lines of `text` in spans of the `Code…` roles. A line's spans put together are that line.
#[must_use]
pub fn lines(text: &str) -> Vec<Vec<Span>> {
    let mut block_scalar: Option<usize> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if let Some(outer) = block_scalar {
            if indent > outer || line.trim().is_empty() {
                lines.push(vec![Span::new(Role::CodeString, line)]);
                continue;
            }
            block_scalar = None;
        }
        let spans = line_spans(line);
        if opens_block_scalar(line) {
            block_scalar = Some(indent);
        }
        lines.push(spans);
    }
    lines
}

/// `key: |`, `- >-`: the more indented lines below are text.
fn opens_block_scalar(line: &str) -> bool {
    let Some(last) = line.split(" #").next().and_then(|line| line.trim_end().rsplit(' ').next()) else {
        return false;
    };
    let Some(rest) = last.strip_prefix(['|', '>']) else { return false };
    line.trim() != last && rest.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

fn line_spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let body = line.trim_start();
    push(&mut spans, Role::CodePlain, &line[..line.len() - body.len()]);
    if body == "---" || body == "..." {
        push(&mut spans, Role::CodePunctuation, body);
        return spans;
    }
    let mut rest = body;
    while let Some(after) = rest.strip_prefix("- ") {
        push(&mut spans, Role::CodePunctuation, "-");
        let item = after.trim_start();
        push(&mut spans, Role::CodePlain, &rest[1..rest.len() - item.len()]);
        rest = item;
    }
    if rest == "-" {
        push(&mut spans, Role::CodePunctuation, rest);
        return spans;
    }
    if let Some(end) = key_end(rest) {
        push(&mut spans, Role::CodeKey, &rest[..end]);
        push(&mut spans, Role::CodePunctuation, ":");
        rest = &rest[end + 1..];
    }
    value(rest, &mut spans);
    spans
}

/// Where the key of `key: value` or `key:` ends, if the text starts with one.
fn key_end(text: &str) -> Option<usize> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let close = text[1..].find(quote)? + 2;
        return text[close..].starts_with(':').then_some(close);
    }
    if text.starts_with(['{', '[', '#']) {
        return None;
    }
    let end = text
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|&at| matches!(text[at + 1..].chars().next(), None | Some(' ')))?;
    (end > 0 && !text[..end].contains(" #")).then_some(end)
}

/// What follows a key or a dash: scalars, flow brackets, a comment.
fn value(text: &str, spans: &mut Vec<Span>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after_blank = spans.last().is_none_or(|span| span.text.ends_with(' '));
        let (role, length) = match first {
            '#' if after_blank => (Role::CodeComment, rest.len()),
            ' ' | '\t' => (Role::CodePlain, rest.len() - rest.trim_start_matches([' ', '\t']).len()),
            '"' | '\'' => (Role::CodeString, rest[1..].find(first).map_or(rest.len(), |at| at + 2)),
            '{' | '}' | '[' | ']' | ',' => (Role::CodePunctuation, 1),
            _ => {
                let end = scalar_end(rest);
                let word = &rest[..end];
                if rest[end..].starts_with(": ") {
                    (Role::CodeKey, end)
                } else if word == ":" {
                    (Role::CodePunctuation, end)
                } else {
                    (scalar(word), end)
                }
            }
        };
        push(spans, role, &rest[..length]);
        rest = &rest[length..];
    }
}

/// The end of a word: a blank, a bracket, a comma, or the colon of a key inside braces.
fn scalar_end(text: &str) -> usize {
    if text.starts_with(": ") {
        return 1;
    }
    let bracket = text.find([' ', '\t', '{', '}', '[', ']', ',']).unwrap_or(text.len());
    let colon = text.find(": ").unwrap_or(text.len());
    bracket.min(colon).max(text.chars().next().map_or(0, char::len_utf8))
}

/// A number also with a unit: `30s`, `10%`, `250m`, `1Gi`.
fn scalar(word: &str) -> Role {
    let unsigned = word.trim_start_matches(['-', '+']);
    let unit = unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numeric =
        unsigned.starts_with(|c: char| c.is_ascii_digit()) && unit.len() <= 2 && !unit.contains('-');
    if numeric || matches!(word, "true" | "false" | "null" | "~") {
        Role::CodeNumber
    } else {
        Role::CodePlain
    }
}

fn push(spans: &mut Vec<Span>, role: Role, text: &str) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.role == role => last.text.push_str(text),
        _ => spans.push(Span::new(role, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[(Role, &str)]) {
        let spans = lines(line).remove(0);
        let found: Vec<(Role, &str)> = spans.iter().map(|span| (span.role, span.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_key_a_number_and_a_comment_have_their_roles() {
        check(
            "  consecutive5xxErrors: 5 # in a row",
            &[
                (Role::CodePlain, "  "),
                (Role::CodeKey, "consecutive5xxErrors"),
                (Role::CodePunctuation, ":"),
                (Role::CodePlain, " "),
                (Role::CodeNumber, "5"),
                (Role::CodePlain, " "),
                (Role::CodeComment, "# in a row"),
            ],
        );
    }

    #[test]
    fn words_that_are_no_yaml_stay_plain() {
        check(
            "if the region fails, go west",
            &[
                (Role::CodePlain, "if the region fails"),
                (Role::CodePunctuation, ","),
                (Role::CodePlain, " go west"),
            ],
        );
        check("payment.default.svc", &[(Role::CodePlain, "payment.default.svc")]);
    }

    #[test]
    fn a_url_is_no_key() {
        check("http://example.com:80/x", &[(Role::CodePlain, "http://example.com:80/x")]);
    }

    #[test]
    fn a_block_of_text_is_a_string_up_to_its_indent() {
        let roles: Vec<Role> = lines("Corefile: |\n  .:53 {\n    errors\n  }\nnext: 1")
            .iter()
            .map(|line| line[0].role)
            .collect();
        assert_eq!(
            roles,
            [Role::CodeKey, Role::CodeString, Role::CodeString, Role::CodeString, Role::CodeKey]
        );
    }

    #[test]
    fn the_text_comes_back_unchanged() {
        for text in ["- - a: {b: [1, 'x'], \"k\": v}", "a:b", ": x", "- ", "-", "'open", "{", "key:", "é: ü"]
        {
            let back: String = lines(text)[0].iter().map(|span| span.text.as_str()).collect();
            assert_eq!(back, text);
        }
    }
}
