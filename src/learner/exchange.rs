//! Entries on their way in and out: a JSON document or plain log lines, and a table of answers as CSV.
//!
//! Reading never fails on one bad line: it is named, and the rest is read.

mod csv;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::entry::Entry;
use super::wire::{self, Line};

/// The version of the document that is written.
pub const SCHEMA: u32 = 1;

/// What a file holds that was brought from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parcel {
    pub brought: Vec<Brought>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// One line that was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Where it stood, from 1.
    pub number: usize,
    /// As a log holds it, without its end.
    pub text: String,
    pub what: What,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Entry(Entry),
    /// Of a later version, with its id if it has one.
    Unknown(Option<String>),
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// From 1.
    pub number: usize,
    /// Fit to follow a colon.
    pub why: String,
}

#[derive(Deserialize)]
struct Document<'a> {
    schema: u32,
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

impl Brought {
    /// A line of a log; `None` where it can not be read.
    #[must_use]
    pub fn read(number: usize, text: String) -> Option<Self> {
        let what = match Line::read(text.as_bytes()) {
            Line::Entry(entry) => What::Entry(entry),
            Line::Unknown => What::Unknown(wire::id(text.as_bytes())),
            Line::Broken => return None,
        };
        Some(Self { number, text, what })
    }
}

impl Parcel {
    /// What `export json` wrote, or the lines of a log.
    ///
    /// # Errors
    /// One sentence's end on why it is neither, to follow the file's name.
    pub fn of_json(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        match serde_json::from_str::<Document<'_>>(text) {
            Ok(document) if document.schema > SCHEMA => {
                Err(format!("was written by a later version (schema {})", document.schema))
            }
            Ok(document) => Ok(Self::of_document(text, &document)),
            Err(error) if is_document(text) => Err(format!("cannot be read: {error}")),
            Err(_) => Self::of_lines(text),
        }
    }

    fn of_document(text: &str, document: &Document<'_>) -> Self {
        let mut parcel = Self::default();
        let (mut number, mut counted) = (1, 0);
        for raw in &document.entries {
            let at = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            number += text[counted..at].matches('\n').count();
            counted = at;
            // Between the words of JSON the end of a line is a space; inside of them it cannot stand.
            parcel.line(number, raw.get().replace(['\n', '\r'], " "));
        }
        parcel
    }

    fn of_lines(text: &str) -> Result<Self, String> {
        let mut parcel = Self::default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            parcel.line(at + 1, line.trim().to_owned());
        }
        if parcel.brought.is_empty() {
            return Err(
                "holds no entry; give what `eastwest export json` wrote, or a log (.jsonl)".to_owned()
            );
        }
        Ok(parcel)
    }

    fn line(&mut self, number: usize, text: String) {
        match Brought::read(number, text) {
            Some(brought) => self.brought.push(brought),
            None => self.unread.push(Unread { number, why: "no entry of any version".to_owned() }),
        }
    }
}

/// It was meant to be a document: something before its first entry says so.
fn is_document(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains("\"schema\"") || line.trim() == "{")
}
