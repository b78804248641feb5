//! The course as values: lessons, cards, and text laid out in rows. Knows neither the simulator nor a terminal.

pub mod claim;
pub mod diagnostic;
pub mod directive;
pub mod document;
pub mod markdown;
pub mod near;
mod toml_text;
pub mod typeset;
pub mod yaml_lexer;

pub use diagnostic::{Diagnostic, Severity};
pub use document::{Block, BlockId, BlockKind, Document, Role, Row, Span};

/// The course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {}
