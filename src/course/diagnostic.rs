//! Trouble with content, as a value: listed by `eastwest check` and shown to an author in place.

use std::fmt;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The content works; somebody should look.
    Warning,
    /// The content is wrong; `check` fails.
    Error,
}

/// One thing wrong with the content: what, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Path inside the course, such as `lessons/11-…/04-….md`.
    pub file: String,
    /// Line and column from 1; 0 where there is none.
    pub line: u32,
    pub column: u32,
    /// One sentence without a full stop.
    pub what: String,
    /// What would be right.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    /// `file:line:column: error: what (help)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column.max(1))?;
        }
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, ": {severity}: {}", self.what)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}
