//! Code in a box, YAML by its tokens. Long lines go on below, marked, so that nothing is out of sight.

use super::Frames;
use super::block::Line;
use super::width::{line_width, printable, split_at_width, text_width};
use crate::course::document::{Role, Span};
use crate::course::yaml_lexer;

/// Two for the left border, two for the right.
const BOX_CELLS: usize = 4;
/// Narrower than this there is no box.
const BOX_WIDTH_MIN: usize = 16;
/// Before what did not fit on the line above.
const GOES_ON: (&str, &str) = ("↳ ", "> ");
const PLAIN_INDENT: &str = "    ";

pub(super) fn is_code(role: Role) -> bool {
    matches!(
        role,
        Role::CodePlain
            | Role::CodeKey
            | Role::CodeString
            | Role::CodeNumber
            | Role::CodeComment
            | Role::CodePunctuation
    )
}

/// Code with a label on its upper border.
pub(super) fn block(label: &str, language: &str, text: &str, width: usize, frames: Frames) -> Vec<Line> {
    let lines: Vec<Line> = tokens(language, text);
    if frames == Frames::Plain {
        return lines.into_iter().map(indented).collect();
    }
    if width < BOX_WIDTH_MIN {
        return lines.into_iter().flat_map(|line| fold(line, width, frames)).collect();
    }
    let inner = width - BOX_CELLS;
    let mut boxed = vec![border(label, frames.pick("┌┐", "++"), width, frames)];
    for line in lines.into_iter().flat_map(|line| fold(line, inner, frames)) {
        boxed.push(sided(line, inner, frames));
    }
    boxed.push(border("", frames.pick("└┘", "++"), width, frames));
    boxed
}

/// Code line by line: YAML by its tokens, any other language as it is.
#[must_use]
pub fn tokens(language: &str, text: &str) -> Vec<Vec<Span>> {
    let text: Vec<String> = text.trim_end().lines().map(printable).collect();
    if matches!(language, "yaml" | "yml") {
        return yaml_lexer::lines(&text.join("\n"));
    }
    text.into_iter().map(|line| vec![Span::new(Role::CodePlain, line)]).collect()
}

/// An empty line still counts as code, so that it is never wrapped or clipped as text.
fn indented(mut line: Line) -> Line {
    if line_width(&line) > 0 {
        line.insert(0, Span::new(Role::CodePlain, PLAIN_INDENT));
    }
    line
}

/// `┌ yaml ─────┐`; a label that does not fit is cut.
fn border(label: &str, corners: &str, width: usize, frames: Frames) -> Line {
    let mut corners = corners.chars();
    let (left, right) = (corners.next().unwrap_or('+'), corners.next_back().unwrap_or('+'));
    let dash = frames.pick("─", "-");
    let label = split_at_width(label, width.saturating_sub(BOX_CELLS + 1), false).0;
    if label.is_empty() {
        let line = format!("{left}{}{right}", dash.repeat(width.saturating_sub(2)));
        return vec![Span::new(Role::Frame, line)];
    }
    let dashes = width - BOX_CELLS - text_width(label);
    vec![
        Span::new(Role::Frame, format!("{left} ")),
        Span::new(Role::Label, label),
        Span::new(Role::Frame, format!(" {}{right}", dash.repeat(dashes))),
    ]
}

fn sided(mut line: Line, inner: usize, frames: Frames) -> Line {
    let fill = inner.saturating_sub(line_width(&line));
    line.insert(0, frames.span("│ ", "| "));
    line.push(Span::new(Role::CodePlain, " ".repeat(fill)));
    line.push(frames.span(" │", " |"));
    line
}

/// Where a piece is cut: after a blank that is near, or before a word that the next row can hold; else where it is full.
fn at_blank<'a>(rest: &'a str, full: &'a str, is_begun: bool, width: usize) -> (&'a str, &'a str) {
    let word_start = full.rfind(' ').map_or(0, |blank| blank + 1);
    let has_words = !full[..word_start].trim().is_empty();
    if has_words && text_width(&full[word_start..]) <= width / 2 {
        return rest.split_at(word_start);
    }
    let word = rest.trim_start().split(' ').next().unwrap_or("");
    if !has_words && is_begun && text_width(word) <= width / 2 {
        return ("", rest);
    }
    rest.split_at(full.len())
}

/// A line in pieces of at most `width`, the later ones marked.
fn fold(line: Line, width: usize, frames: Frames) -> Vec<Line> {
    let mark = Span::new(Role::Frame, frames.pick(GOES_ON.0, GOES_ON.1));
    let mark_width = text_width(&mark.text);
    let marks = width > mark_width + 1;
    let mut folded: Vec<Line> = vec![Vec::new()];
    let mut left = width;
    let mut is_begun = false;
    for span in line {
        let mut rest = span.text.as_str();
        while !rest.is_empty() {
            let (fits, after) = split_at_width(rest, left, left == width || width <= 1);
            let (fits, after) =
                if after.is_empty() { (fits, after) } else { at_blank(rest, fits, is_begun, width) };
            is_begun |= !fits.is_empty();
            if !fits.is_empty() {
                left = left.saturating_sub(text_width(fits));
                let piece = Span { text: fits.to_owned(), ..span.clone() };
                folded.last_mut().expect("starts with one line and only grows").push(piece);
            }
            if !after.is_empty() {
                folded.push(if marks { vec![mark.clone()] } else { Vec::new() });
                left = if marks { width - mark_width } else { width };
                is_begun = false;
            }
            rest = after;
        }
    }
    folded
}
