//! The course as values: lessons, cards, and text laid out in rows. Knows neither the simulator nor a terminal.
//!
//! ```text
//! lesson.toml, *.md ─ lesson, markdown ─► Lesson ─ typeset ─► Row
//! quizzes/*.toml    ─ quiz             ─► Card
//!                                         both ─ lint ─► Diagnostic
//! ```

pub mod anki;
pub mod beats;
pub mod claim;
pub mod diagnostic;
mod digest;
pub mod directive;
pub mod document;
pub mod find;
pub mod lesson;
pub mod lint;
pub mod markdown;
pub mod near;
pub mod passage;
pub mod quiz;
pub(crate) mod toml_text;
pub mod typeset;
pub mod yaml_lexer;

use std::collections::{BTreeMap, BTreeSet};

pub use diagnostic::{Diagnostic, Severity};
use digest::Fnv;
pub use document::{Block, BlockId, BlockKind, Document, Role, Row, Span};
pub use lesson::{Lesson, Section, Step};
pub use quiz::{Card, CardId, CardKind, Mark};

/// One episode and its cards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    pub lesson: Lesson,
    /// In the order of the decks' names and of the cards in them; ids are unique.
    pub cards: Vec<Card>,
    /// Tells two versions of the content apart: 16 hexadecimal digits over all files.
    pub digest: String,
}

impl Course {
    /// Builds the course from its files, path to text, paths as in the repository: `lessons/…`, `quizzes/…`. What
    /// is wrong comes back as diagnostics beside what could be read.
    #[must_use]
    pub fn build(files: &BTreeMap<String, String>) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut course = Self { digest: digest(files), ..Self::default() };
        if let Some(folder) = folder(files, &mut diagnostics) {
            course.lesson = lesson::read::lesson(files, &folder, &mut diagnostics);
            course.cards = unique(quiz::read::cards(files, &folder, &mut diagnostics), &mut diagnostics);
        }
        (course, diagnostics)
    }

    /// The cards alone, as [`Course::build`] has them: for those who show no lesson and have no time.
    #[must_use]
    pub fn cards_of(files: &BTreeMap<String, String>) -> Vec<Card> {
        let told = &mut Vec::new();
        let Some(folder) = folder(files, told) else { return Vec::new() };
        let cards = quiz::read::cards(files, &folder, told);
        unique(cards, told)
    }

    /// A card by its id.
    #[must_use]
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.iter().find(|card| card.id.0 == id)
    }

    /// A section by its number from 1.
    #[must_use]
    pub fn section(&self, number: usize) -> Option<&Section> {
        self.lesson.sections.get(number.checked_sub(1)?)
    }
}

/// The folder of the one lesson; the first in order when there are more.
fn folder(files: &BTreeMap<String, String>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let folders: BTreeSet<&str> =
        files.keys().filter_map(|file| Some(file.strip_prefix("lessons/")?.split_once('/')?.0)).collect();
    let mut folders = folders.into_iter();
    let Some(first) = folders.next() else {
        diagnostics.push(Diagnostic::error("lessons", 0, 0, "there is no lesson here"));
        return None;
    };
    for other in folders {
        let what = format!("a course has one lesson; this one is not read, 'lessons/{first}' is");
        diagnostics.push(Diagnostic::error(&format!("lessons/{other}"), 0, 0, what));
    }
    Some(first.to_owned())
}

/// The cards without those whose id was taken.
fn unique(cards: Vec<Card>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Card> {
    let mut places: BTreeMap<CardId, String> = BTreeMap::new();
    let mut kept = Vec::with_capacity(cards.len());
    for card in cards {
        if let Some(place) = places.get(&card.id) {
            let what = format!("the id '{}' is taken", card.id);
            let help = format!("by the card at {place}");
            diagnostics.push(Diagnostic::error(&card.file, card.line, 1, what).with_help(help));
            continue;
        }
        places.insert(card.id.clone(), format!("{}:{}", card.file, card.line));
        kept.push(card);
    }
    kept
}

/// The files below a folder with this extension.
fn files_in<'a>(
    files: &'a BTreeMap<String, String>,
    folder: &'a str,
    extension: &'a str,
) -> impl Iterator<Item = (&'a String, &'a String)> {
    let fits = move |file: &str| file.rsplit_once('.').is_some_and(|(_, found)| found == extension);
    files.iter().filter(move |(file, _)| file.starts_with(folder) && fits(file))
}

fn digest(files: &BTreeMap<String, String>) -> String {
    let mut hash = Fnv::default();
    for (file, text) in files {
        for part in [file, text] {
            hash.write(&(part.len() as u64).to_le_bytes());
            hash.write(part.as_bytes());
        }
    }
    hash.hex()
}
