//! Bringing entries from elsewhere into a home: the union by id, in a file of its own.
//!
//! Nothing that is there is touched, and the new file appears whole or not at all: it is written under another name,
//! synced, and renamed. Whoever wants an import undone removes that file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::{Home, StoreFault, lines, paths};
use crate::learner::exchange::{Brought, What};
use crate::learner::{Entry, Event, Line};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Entries that were not here before.
    pub entries: usize,
    /// Those of them that are answers.
    pub reviews: usize,
    /// Lines of a later version of the program, kept for it.
    pub unknown: usize,
    /// Entries that were here already.
    pub known: usize,
    /// Lines that hold something else under an id that is known: what is here stands.
    pub differing: Vec<usize>,
    /// The file that holds what was taken; none where nothing was.
    pub file: Option<PathBuf>,
}

/// What a brought line is known by.
type Key = String;

/// Takes what is not known yet into a file that `name` is a part of.
pub fn take(home: &Home, brought: &[Brought], name: &str) -> Result<Taken, StoreFault> {
    let mut taken = Taken::default();
    let mut here = here(home, brought)?;
    let mut lines = String::new();
    for line in brought {
        match here.get(&key(line)) {
            Some(known) if *known == line.entry().cloned() => taken.known += 1,
            Some(_) => taken.differing.push(line.number),
            None => {
                here.insert(key(line), line.entry().cloned());
                lines.push_str(&line.text);
                lines.push('\n');
                match line.entry() {
                    Some(entry) => {
                        taken.entries += 1;
                        taken.reviews += usize::from(matches!(entry.event, Event::Review(_)));
                    }
                    None => taken.unknown += 1,
                }
            }
        }
    }
    if !lines.is_empty() {
        taken.file = Some(write(home, name, &lines)?);
    }
    Ok(taken)
}

impl Brought {
    /// The entry that it is; `None` where it is of a later version.
    fn entry(&self) -> Option<&Entry> {
        match &self.what {
            What::Entry(entry) => Some(entry),
            What::Unknown(_) => None,
        }
    }
}

/// An entry by its id; what is of a later version by its id too, or else by its text.
fn key(line: &Brought) -> Key {
    match &line.what {
        What::Entry(entry) => entry.id.to_string(),
        What::Unknown(Some(id)) => id.clone(),
        What::Unknown(None) => line.text.clone(),
    }
}

/// Which of them are in the home, and as what. A log that cannot be read stops it: its entries would be doubled.
fn here(home: &Home, brought: &[Brought]) -> Result<BTreeMap<Key, Option<Entry>>, StoreFault> {
    let wanted: BTreeSet<Key> = brought.iter().map(key).collect();
    let mut here = BTreeMap::new();
    let faults = lines::each(home, |found| {
        let text = String::from_utf8_lossy(found.text);
        let known = match &found.line {
            Line::Broken => None,
            _ => Brought::read(found.number, text.into_owned()),
        };
        if let Some(known) = known.filter(|known| wanted.contains(&key(known))) {
            here.insert(key(&known), known.entry().cloned());
        }
    });
    match faults.into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(here),
    }
}

fn write(home: &Home, name: &str, lines: &str) -> Result<PathBuf, StoreFault> {
    home.create()?;
    let path = home.reviews().join(format!("import-{name}.jsonl"));
    let draft = path.with_extension("draft");
    let written = fs::File::create_new(&draft).and_then(|mut file| {
        file.write_all(lines.as_bytes())?;
        file.sync_all()
    });
    let named = written.and_then(|()| fs::rename(&draft, &path));
    if let Err(error) = named {
        // Half of an import would look like all of it.
        fs::remove_file(&draft).ok();
        return Err(StoreFault::at("write", &path)(error));
    }
    paths::sync_folder(&home.reviews());
    Ok(path)
}
