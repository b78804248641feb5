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

impl Diagnostic {
    /// An error at a line and column (0 for none).
    #[must_use]
    pub fn error(file: &str, line: u32, column: u32, what: impl Into<String>) -> Self {
        Self { severity: Severity::Error, file: file.to_owned(), line, column, what: what.into(), help: None }
    }

    /// A warning at a line.
    #[must_use]
    pub fn warning(file: &str, line: u32, column: u32, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, column, what) }
    }

    /// The same with a word on what would be right; an empty one is none.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        let help = help.into();
        Self { help: (!help.is_empty()).then_some(help), ..self }
    }

    /// Whether `check` fails because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
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
