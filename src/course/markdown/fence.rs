//! Fenced blocks: an info string that is a directive's name makes a directive, any other is a language.

use super::blocks::Reader;
use super::ids;
use super::source::Source;
use crate::course::directive::read::{TEXT_NAMES, TOML_NAMES, directive};
use crate::course::directive::{Directive, Side};
use crate::course::document::{BlockKind, Document};
use crate::course::near::nearest;
use crate::course::toml_text::Origin;

/// Languages an author may name; anything else near a directive's name is taken for a slip.
const LANGUAGES: [&str; 18] = [
    "", "bash", "console", "corefile", "diff", "dns", "go", "hcl", "ini", "json", "md", "markdown", "rust",
    "sh", "text", "toml", "yaml", "yml",
];

/// One fenced block.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    pub info: &'a str,
    pub text: &'a str,
    /// Bytes of the source at which the block and its body start.
    pub at: usize,
    pub body_at: usize,
}

impl Reader<'_> {
    /// What a fenced block is. A `real` side comes back as a sketch whose other side is empty.
    pub(super) fn fence(&mut self, fence: &Fence<'_>) -> BlockKind {
        let mut words = fence.info.split_whitespace();
        let name = words.next().unwrap_or("");
        let rest: Vec<&str> = words.collect();
        let is_directive = TOML_NAMES.contains(&name) || TEXT_NAMES.contains(&name);
        if is_directive && self.source.in_notes {
            return self.broken(name, fence.at, format!("'{name}' cannot stand inside notes"));
        }
        match name {
            "yaml" if !rest.is_empty() => self.apply(fence, &rest),
            "sketch" | "real" => self.side(name, fence, &rest),
            _ if is_directive && !rest.is_empty() => {
                let what = format!("'{name}' takes nothing after its name, found '{}'", rest.join(" "));
                self.broken(name, fence.at, what)
            }
            "notes" => self.notes(fence),
            _ if is_directive => self.toml(name, fence),
            _ => self.code_block(name, fence),
        }
    }

    /// A broken block, with its diagnostic.
    pub(super) fn broken(&mut self, name: &str, at: usize, what: impl Into<String>) -> BlockKind {
        let what = what.into();
        self.diagnostics.push(self.source.error(at, what.clone()));
        BlockKind::Directive(Box::new(Directive::Broken { name: name.to_owned(), what }))
    }

    fn toml(&mut self, name: &str, fence: &Fence<'_>) -> BlockKind {
        let head_line = self.source.line(fence.at);
        let origin = Origin {
            file: self.source.file,
            text: fence.text,
            first_line: head_line + 1,
            indent: self.source.column(fence.body_at).saturating_sub(1),
            head_line,
        };
        let directive = directive(name, &origin).unwrap_or_else(|mut diagnostic| {
            diagnostic.what = format!("{name}: {}", diagnostic.what);
            let what = diagnostic.what.clone();
            self.diagnostics.push(diagnostic);
            Directive::Broken { name: name.to_owned(), what }
        });
        BlockKind::Directive(Box::new(directive))
    }

    fn notes(&mut self, fence: &Fence<'_>) -> BlockKind {
        let first_line = self.source.line(fence.at) + 1;
        let indent = self.source.column(fence.body_at).saturating_sub(1);
        let mut reader = Reader::new(Source::notes(fence.text, self.source.file, first_line, indent));
        let mut blocks = reader.document();
        ids::name(&mut blocks);
        self.diagnostics.append(&mut reader.diagnostics);
        if blocks.is_empty() {
            return self.broken("notes", fence.at, "notes: there is nothing in it");
        }
        BlockKind::Directive(Box::new(Directive::Notes(Document { blocks })))
    }

    fn side(&mut self, name: &str, fence: &Fence<'_>, rest: &[&str]) -> BlockKind {
        if fence.text.trim().is_empty() {
            return self.broken(name, fence.at, format!("{name}: there is nothing in it"));
        }
        if rest.len() > 1 {
            let what = format!("'{name}' takes one language after its name, found '{}'", rest.join(" "));
            return self.broken(name, fence.at, what);
        }
        let language = rest.first().copied().unwrap_or("").to_owned();
        let side = Side { language, text: fence.text.to_owned() };
        let (sketch, real) = if name == "sketch" { (side, Side::default()) } else { (Side::default(), side) };
        BlockKind::Directive(Box::new(Directive::Sketch { sketch, real }))
    }

    fn apply(&mut self, fence: &Fence<'_>, rest: &[&str]) -> BlockKind {
        if rest != ["apply"] {
            let what = format!("after 'yaml' comes 'apply' or nothing, found '{}'", rest.join(" "));
            return self.broken("yaml", fence.at, what);
        }
        BlockKind::Directive(Box::new(Directive::Apply { text: fence.text.to_owned() }))
    }

    fn code_block(&mut self, language: &str, fence: &Fence<'_>) -> BlockKind {
        let names = TOML_NAMES.into_iter().chain(TEXT_NAMES);
        if !LANGUAGES.contains(&language)
            && let Some(near) = nearest(language, names)
        {
            let what = format!("there is no block named '{language}'");
            let diagnostic =
                self.source.error(fence.at, what.clone()).with_help(format!("did you mean '{near}'?"));
            self.diagnostics.push(diagnostic);
            return BlockKind::Directive(Box::new(Directive::Broken { name: language.to_owned(), what }));
        }
        BlockKind::Code { language: language.to_owned(), text: fence.text.to_owned() }
    }
}
