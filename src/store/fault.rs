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

/// The system's words without its number, which says nothing to a learner; fit to follow a colon.
#[must_use]
pub fn words(cause: &io::Error) -> String {
    let plain = without_number(&cause.to_string());
    let mut chars = plain.chars();
    match (chars.next(), plain.chars().nth(1)) {
        // An abbreviation stays one: EOF.
        (Some(_), Some(second)) if second.is_uppercase() => plain,
        (Some(first), _) => first.to_lowercase().chain(chars).collect(),
        (None, _) => plain,
    }
}

/// A sentence without the numbers of the system's errors in it.
#[must_use]
pub fn without_number(text: &str) -> String {
    let mut parts = text.split(" (os error ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_error_is_left_out_and_an_abbreviation_stays() {
        let said = |text: &str| words(&io::Error::other(text.to_owned()));
        assert_eq!(said("No space left on device (os error 28)"), "no space left on device");
        assert_eq!(said("EOF while parsing"), "EOF while parsing");
        assert_eq!((said(""), said("A")), (String::new(), "a".to_owned()));
        assert_eq!(without_number("a: B (os error 2): c (os error 3)"), "a: B: c");
    }
}
