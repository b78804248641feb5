//! What talks took, one JSON line each, oldest first: only ever appended to.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::{Home, StoreFault, paths};
use crate::pace::Rehearsal;

/// The file of a home.
#[derive(Clone, Debug)]
pub struct Rehearsals {
    path: PathBuf,
}

impl Rehearsals {
    #[must_use]
    pub fn of(home: &Home) -> Self {
        Self { path: home.root().join("present/rehearsals.jsonl") }
    }

    /// All that can be read; a line that cannot is left where it is.
    pub fn read(&self) -> Result<Vec<Rehearsal>, StoreFault> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(StoreFault::at("read", &self.path)(error)),
        }
    }

    /// Adds one; it is on the disk when this returns.
    pub fn append(&self, rehearsal: &Rehearsal) -> Result<(), StoreFault> {
        if let Some(folder) = self.path.parent() {
            paths::create(folder)?;
        }
        let fault = StoreFault::at("write", &self.path);
        self.write(rehearsal).map_err(fault)
    }

    fn write(&self, rehearsal: &Rehearsal) -> io::Result<()> {
        let mut line = serde_json::to_vec(rehearsal)?;
        line.push(b'\n');
        // A line that a crash has torn stays by itself.
        if fs::read(&self.path).is_ok_and(|bytes| bytes.last().is_some_and(|last| *last != b'\n')) {
            line.insert(0, b'\n');
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        file.write_all(&line)?;
        file.sync_all()
    }
}
