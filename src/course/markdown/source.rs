//! The text being read and where it lies: a file as a whole, or the Markdown inside a `notes` block.

use crate::course::diagnostic::Diagnostic;

/// A text and its place in a file.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub file: &'a str,
    /// Line of the file that the text starts on, from 1.
    pub first_line: u32,
    /// Columns cut off the left of each line.
    pub indent: u32,
    /// Inside notes there are no directives.
    pub in_notes: bool,
    /// Byte offset of the start of each line.
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// A file from its first line on.
    pub fn file(text: &'a str, file: &'a str) -> Self {
        Self { text, file, first_line: 1, indent: 0, in_notes: false, starts: line_starts(text) }
    }

    /// The body of a `notes` block.
    pub fn notes(text: &'a str, file: &'a str, first_line: u32, indent: u32) -> Self {
        Self { text, file, first_line, indent, in_notes: true, starts: line_starts(text) }
    }

    /// Line of the file at a byte of the text.
    pub fn line(&self, offset: usize) -> u32 {
        self.first_line + self.starts.partition_point(|&start| start <= offset).saturating_sub(1) as u32
    }

    /// Column of the file, in characters from 1, at a byte of the text.
    pub fn column(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        before.chars().count() as u32 + 1 + self.indent
    }

    /// An error at a byte of the text.
    pub fn error(&self, offset: usize, what: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, self.line(offset), self.column(offset), what)
    }

    /// A warning at a byte of the text.
    pub fn warning(&self, offset: usize, what: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.file, self.line(offset), self.column(offset), what)
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}
