//! What went wrong with a file, in one sentence.

use std::io;
use std::path::{Path, PathBuf};

/// A file, what was being done to it, and why that failed.
#[derive(Debug, thiserror::Error)]
#[error("could not {doing} {}: {}", path.display(), words(cause))]
pub struct StoreFault {
    pub path: PathBuf,
    /// A verb that fits between "could not" and the path.
    pub doing: &'static str,
    pub cause: io::Error,
}

impl StoreFault {
    /// For `map_err`: makes the fault of an error.
    pub fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self { path: path.to_owned(), doing, cause }
    }
}

/// The system's words without its number, which says nothing to a learner.
fn words(cause: &io::Error) -> String {
    let text = cause.to_string();
    let plain = text.split(" (os error").next().unwrap_or_default();
    let mut chars = plain.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
