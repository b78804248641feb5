//! Roles in the sixteen colors that every terminal lets its user choose; without color only the text.

use std::io::{self, Write};

use crate::course::{Role, Span};

const RESET: &str = "\x1b[0m";

/// Prints one line.
pub(super) fn line(spans: &[Span], color: bool, out: &mut dyn Write) -> io::Result<()> {
    for span in spans {
        match sequence(span.role).filter(|_| color) {
            Some(sequence) => write!(out, "{sequence}{}{RESET}", span.text)?,
            None => write!(out, "{}", span.text)?,
        }
    }
    writeln!(out)
}

/// How a role is switched on.
fn sequence(role: Role) -> Option<&'static str> {
    match role {
        Role::Title => Some("\x1b[1;4m"),
        Role::Heading | Role::Subheading | Role::Strong | Role::Selected | Role::Key => Some("\x1b[1m"),
        Role::Emphasis => Some("\x1b[3m"),
        Role::Link => Some("\x1b[4m"),
        Role::Label | Role::Figure => Some("\x1b[1;36m"),
        Role::Code | Role::CodeKey => Some("\x1b[36m"),
        Role::CodeString | Role::Good => Some("\x1b[32m"),
        Role::CodeNumber | Role::Warning => Some("\x1b[33m"),
        Role::Bad => Some("\x1b[1;31m"),
        Role::Frame | Role::FootnoteMark | Role::CodeComment | Role::Quiet | Role::Note => Some("\x1b[2m"),
        Role::Text | Role::Quote | Role::CodePlain | Role::CodePunctuation => None,
    }
}
