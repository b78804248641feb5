//! TOML in content, read so that trouble points at the author's file: the line and column there, in words an
//! author knows, with the nearest valid spelling.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::diagnostic::{Diagnostic, Severity};
use super::near::nearest;

/// A piece of TOML and where it lies in its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Line of the file that `text` starts on, from 1.
    pub first_line: u32,
    /// Columns cut off the left of each line before it became `text`.
    pub indent: u32,
    /// The line to name for what is absent: the fence or the table's head.
    pub head_line: u32,
}

impl<'a> Origin<'a> {
    /// A file that is TOML as a whole.
    pub fn file(file: &'a str, text: &'a str) -> Self {
        Self { file, text, first_line: 1, indent: 0, head_line: 1 }
    }

    /// Line and column, from 1, of a byte of the text.
    pub fn place(&self, offset: usize) -> (u32, u32) {
        let before = &self.text[..floor_boundary(self.text, offset)];
        let line = before.matches('\n').count() as u32;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32;
        (self.first_line + line, column + 1 + self.indent)
    }

    /// An error at `span`.
    pub fn error(&self, span: &Range<usize>, what: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        let (line, column) = self.place(span.start);
        Diagnostic::error(self.file, line, column, what).with_help(help)
    }

    /// An error about something that should be there and is not.
    pub fn absent(&self, what: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, self.head_line, 1 + self.indent, what).with_help(help)
    }

    /// Reads the whole text.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Diagnostic> {
        toml::from_str(self.text).map_err(|error| self.explain(&error))
    }

    /// A TOML or serde error in an author's words.
    pub fn explain(&self, error: &toml::de::Error) -> Diagnostic {
        let (what, help) = reword(error.message());
        let missing = what.ends_with("is missing");
        let (line, column) = match error.span() {
            Some(span) if !(missing && span.start == 0) => self.place(span.start),
            _ => (self.head_line, 1 + self.indent),
        };
        Diagnostic { severity: Severity::Error, file: self.file.to_owned(), line, column, what, help }
    }
}

/// The last character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What serde says, as "what is wrong" and "what would be right".
fn reword(message: &str) -> (String, Option<String>) {
    let message = message.lines().next().unwrap_or("").trim().trim_end_matches('.');
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let first = names.first().copied().unwrap_or("");
    if message.starts_with("unknown field") {
        return (format!("unknown key '{first}'"), Some(suggest(first, &names[1..], "the keys here are")));
    }
    if message.starts_with("unknown variant") {
        return (format!("unknown value '{first}'"), Some(suggest(first, &names[1..], "it can be")));
    }
    if message.starts_with("missing field") {
        return (format!("the key '{first}' is missing"), None);
    }
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|m| m.split_once(", expected "))
    {
        return (format!("expected {}, found {}", plain_type(expected), found.replace('`', "'")), None);
    }
    (message.replace('`', "'"), None)
}

fn suggest(word: &str, known: &[&str], list: &str) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("{list} {}", known.join(", ")),
    }
}

/// serde's names of types in an author's words.
fn plain_type(expected: &str) -> String {
    match expected {
        "f64" => "a number".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "a whole number".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a boolean" => "true or false".to_owned(),
        other => other.replace('`', "'"),
    }
}
