//! The course's files, path to text: from the binary itself or from a folder that an author works in. Both give the
//! same paths and so, for the same content, the same course.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use include_dir::{Dir, include_dir};

use crate::course::Diagnostic;

/// The trees of a course.
const TREES: [(&str, Dir<'static>); 3] = [
    ("lessons", include_dir!("$CARGO_MANIFEST_DIR/lessons")),
    ("quizzes", include_dir!("$CARGO_MANIFEST_DIR/quizzes")),
    ("assets", include_dir!("$CARGO_MANIFEST_DIR/assets")),
];
/// What is read; anything else in the folders is somebody's notes, or an editor's leavings.
const EXTENSIONS: [&str; 4] = ["md", "toml", "yaml", "json"];
const SCENARIOS: &str = "assets/scenarios/";
/// A section of the longest kind has 20 KB. These keep a wrong folder from filling the memory.
const FILE_BYTES_MAX: u64 = 1 << 20;
const FILES_MAX: usize = 1000;
const DEPTH_MAX: usize = 6;

/// What could be read, and what is wrong with the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// Path with `/`, such as `lessons/11-…/01-….md`, to text.
    pub files: BTreeMap<String, String>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A course folder that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("could not read the course in '{}'", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("'{}' is no course: there is no folder 'lessons' in it", path.display())]
    NoCourse { path: PathBuf },
}

impl Library {
    /// The course in this binary.
    #[must_use]
    pub fn embedded() -> Self {
        let mut library = Self::default();
        for (tree, dir) in &TREES {
            library.embed(tree, dir);
        }
        library
    }

    /// The course in a folder that holds `lessons`, `quizzes` and `assets`.
    pub fn folder(path: &Path) -> Result<Self, LibraryError> {
        fs::metadata(path).map_err(|source| LibraryError::Read { path: path.to_owned(), source })?;
        if !path.join(TREES[0].0).is_dir() {
            return Err(LibraryError::NoCourse { path: path.to_owned() });
        }
        let mut library = Self::default();
        for (tree, _) in &TREES {
            library.walk(&path.join(tree), tree, 0);
        }
        Ok(library)
    }

    /// The course in `folder`, or the one in this binary.
    pub fn open(folder: Option<&Path>) -> Result<Self, LibraryError> {
        folder.map_or_else(|| Ok(Self::embedded()), Self::folder)
    }

    /// Names of the scenarios in it.
    #[must_use]
    pub fn scenarios(&self) -> BTreeSet<String> {
        let name = |file: &String| Some(file.strip_prefix(SCENARIOS)?.strip_suffix(".toml")?.to_owned());
        self.files.keys().filter_map(name).collect()
    }

    fn embed(&mut self, tree: &str, dir: &Dir<'_>) {
        for file in dir.files() {
            let below: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
            self.take(&format!("{tree}/{}", below.join("/")), file.contents().to_vec());
        }
        for inner in dir.dirs() {
            self.embed(tree, inner);
        }
    }

    fn walk(&mut self, folder: &Path, name: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let Some(part) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let name = format!("{name}/{part}");
            if part.starts_with('.') || self.files.len() >= FILES_MAX {
                continue;
            }
            match fs::metadata(entry.path()) {
                Ok(found) if found.is_dir() && depth < DEPTH_MAX => {
                    self.walk(&entry.path(), &name, depth + 1);
                }
                Ok(found) if found.is_file() && is_content(&name) => {
                    self.read(&entry.path(), &name, found.len());
                }
                Ok(_) => {}
                Err(error) => self.object(&name, format!("could not be read: {error}")),
            }
        }
    }

    fn read(&mut self, path: &Path, name: &str, bytes: u64) {
        if bytes > FILE_BYTES_MAX {
            self.object(name, format!("is larger than {FILE_BYTES_MAX} bytes and was not read"));
            return;
        }
        match fs::read(path) {
            Ok(bytes) => self.take(name, bytes),
            Err(error) => self.object(name, format!("could not be read: {error}")),
        }
    }

    fn take(&mut self, name: &str, bytes: Vec<u8>) {
        if !is_content(name) {
            return;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                self.files.insert(name.to_owned(), text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
            }
            Err(error) => {
                let (line, column) = end_of_utf8(&error);
                self.diagnostics.push(Diagnostic::error(name, line, column, NOT_UTF8));
            }
        }
    }

    fn object(&mut self, name: &str, what: String) {
        self.diagnostics.push(Diagnostic::error(name, 0, 0, what));
    }
}

/// What is said where a file stops being text.
pub const NOT_UTF8: &str = "this is not UTF-8 from here on";

/// Line and column, both from 1, of the first byte that is no UTF-8.
#[must_use]
pub fn end_of_utf8(error: &FromUtf8Error) -> (u32, u32) {
    let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
    let line = good.matches('\n').count() as u32 + 1;
    let column = good.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    (line, column)
}

/// The folders of a course.
pub fn trees() -> impl Iterator<Item = &'static str> {
    TREES.iter().map(|(tree, _)| *tree)
}

fn is_content(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
}
