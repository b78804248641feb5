//! The log of what happened: one file a device, a line an entry, only ever appended to.
//!
//! An entry is on the disk when [`Journal::append`] returns. A line that was torn by a crash or a full disk is
//! ended by whoever writes next, and costs nothing but itself. Other processes may append to the same file and
//! other devices' files may appear: [`Journal::read_tail`] finds what is new in all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::lines::{self, Piece};
use super::{Home, StoreFault, paths};
use crate::learner::{Entry, Line};

/// The logs of one home, and how far each was read.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    own: PathBuf,
    read: BTreeMap<PathBuf, Cursor>,
    /// What could not be read at the last look, and was told.
    told: BTreeSet<PathBuf>,
    report: Report,
}

/// What was found in the files so far.
#[derive(Debug, Default)]
pub struct Report {
    pub entries: usize,
    /// Lines of a later version of the program: kept and ignored.
    pub unknown: usize,
    /// Lines that could not be read: kept and ignored.
    pub broken: usize,
    /// The end of this device's file was torn and has been mended.
    pub healed: bool,
    /// Files that could not be read or mended.
    pub faults: Vec<StoreFault>,
}

/// Up to where a file was read, and which file it was.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    offset: u64,
    file: FileId,
}

/// Tells a file from another one that took its name.
type FileId = (u64, u64);

impl Journal {
    /// Reads all logs of a home and mends the end of this device's own. Files that cannot be read are in the report.
    #[must_use]
    pub fn open(home: &Home, device: &str) -> (Self, Vec<Entry>) {
        let mut journal = Self::attach(home, device);
        let entries = journal.read_tail();
        (journal, entries)
    }

    /// Mends the end of this device's log and reads nothing yet: the first [`Journal::read_tail`] gives all there is.
    #[must_use]
    pub fn attach(home: &Home, device: &str) -> Self {
        let mut journal = Self::new(home, device);
        if let Err(fault) = journal.heal() {
            journal.report.faults.push(fault);
        }
        journal
    }

    /// Bytes in all logs together; what cannot be looked at counts as nothing.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let of = |path: &PathBuf| fs::metadata(path).map_or(0, |metadata| metadata.len());
        logs(&self.folder).paths.iter().map(of).sum()
    }

    /// Reads all logs of a home and writes nothing.
    #[must_use]
    pub fn read(home: &Home) -> (Vec<Entry>, Report) {
        let mut journal = Self::new(home, "");
        let entries = journal.read_tail();
        (entries, journal.report)
    }

    /// Adds an entry so that it survives a power cut; gives what other processes added to the file before it.
    ///
    /// After a fault the entry may or may not be in the file: appending it again does no harm, an id counts once.
    pub fn append(&mut self, entry: &Entry) -> Result<Vec<Entry>, StoreFault> {
        paths::create(&self.folder)?;
        let is_new = !self.own.exists();
        let mut file = open_for_append(&self.own).map_err(StoreFault::at("open", &self.own))?;
        lock(&file).map_err(StoreFault::at("lock", &self.own))?;
        let theirs = self.read_new(&self.own.clone())?;
        let doing = StoreFault::at("write", &self.own);
        let length = write_line(&mut file, &entry.to_line()).map_err(doing)?;
        file.sync_data().map_err(StoreFault::at("save", &self.own))?;
        if is_new {
            paths::sync_folder(&self.folder);
        }
        let cursor = self.read.entry(self.own.clone()).or_default();
        *cursor = Cursor { offset: length, file: file.metadata().map_or(cursor.file, |it| file_id(&it)) };
        self.report.entries += 1;
        Ok(theirs)
    }

    /// What was added to any log since the last look. A file that cannot be read is skipped, and reported if it could
    /// be read at the last look: what was told does not hide what is new.
    pub fn read_tail(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let Listing { paths, mut faults } = logs(&self.folder);
        for path in paths {
            match self.read_new(&path) {
                // A log of years is not copied.
                Ok(new) if entries.is_empty() => entries = new,
                Ok(new) => entries.extend(new),
                Err(fault) => faults.push(fault),
            }
        }
        let told = std::mem::replace(&mut self.told, faults.iter().map(|fault| fault.path.clone()).collect());
        self.report.faults.extend(faults.into_iter().filter(|fault| !told.contains(&fault.path)));
        entries
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Takes the faults found so far, so that each is told once.
    pub fn take_faults(&mut self) -> Vec<StoreFault> {
        std::mem::take(&mut self.report.faults)
    }

    fn new(home: &Home, device: &str) -> Self {
        let folder = home.reviews();
        let own = folder.join(format!("{device}.jsonl"));
        Self { folder, own, read: BTreeMap::new(), told: BTreeSet::new(), report: Report::default() }
    }

    /// Ends the last line of this device's file if a crash has left it open.
    fn heal(&mut self) -> Result<(), StoreFault> {
        if !self.own.exists() {
            return Ok(());
        }
        let mut file = open_for_append(&self.own).map_err(StoreFault::at("open", &self.own))?;
        lock(&file).map_err(StoreFault::at("lock", &self.own))?;
        if is_torn(&mut file).map_err(StoreFault::at("read", &self.own))? {
            let ended = file.write_all(b"\n").and_then(|()| file.sync_data());
            ended.map_err(StoreFault::at("mend", &self.own))?;
            self.report.healed = true;
        }
        Ok(())
    }

    /// Reads a file from where the last look ended.
    fn read_new(&mut self, path: &Path) -> Result<Vec<Entry>, StoreFault> {
        let fault = || StoreFault::at("read", path);
        let file = File::open(path).map_err(fault())?;
        let metadata = file.metadata().map_err(fault())?;
        let known = self.read.get(path).copied().unwrap_or_default();
        let is_same = known.file == file_id(&metadata) && known.offset <= metadata.len();
        let mut cursor = Cursor { file: file_id(&metadata), offset: if is_same { known.offset } else { 0 } };
        let mut entries = Vec::new();
        if cursor.offset < metadata.len() {
            cursor.offset = self.read_lines(file, cursor.offset, &mut entries).map_err(fault())?;
        }
        self.read.insert(path.to_owned(), cursor);
        Ok(entries)
    }

    /// Reads whole lines from `offset` on and gives the offset behind the last of them.
    fn read_lines(&mut self, mut file: File, mut offset: u64, entries: &mut Vec<Entry>) -> io::Result<u64> {
        file.seek(SeekFrom::Start(offset))?;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        loop {
            let Piece { bytes, is_whole, is_too_long } = lines::next(&mut reader, &mut line)?;
            let text = line.trim_ascii();
            let found = match text {
                _ if is_too_long => Some(Line::Broken),
                [] => None,
                text => Some(Line::read(text)),
            };
            // The last line may be on its way still: what is no entry yet is read again next time.
            let may_grow = !is_whole && !is_too_long && matches!(found, None | Some(Line::Broken));
            if bytes == 0 || may_grow {
                return Ok(offset);
            }
            offset += bytes;
            match found {
                Some(Line::Entry(entry)) => {
                    self.report.entries += 1;
                    entries.push(entry);
                }
                Some(Line::Unknown) => self.report.unknown += 1,
                Some(Line::Broken) => self.report.broken += 1,
                None => {}
            }
        }
    }
}

/// What a look at the folder of logs came to.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The logs, in the order of their names.
    pub paths: Vec<PathBuf>,
    /// What goes by the name of a log and cannot be looked at or is none, and the folder where that is so.
    pub faults: Vec<StoreFault>,
}

/// The log files in a folder; none where there is no folder. Nothing is opened: a FIFO would never answer.
pub(super) fn logs(folder: &Path) -> Listing {
    let mut found = Listing::default();
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) => {
            let is_none = error.kind() == io::ErrorKind::NotFound;
            let fault = paths::obstacle("read", folder)
                .or_else(|| (!is_none).then(|| StoreFault::at("read", folder)(error)));
            found.faults.extend(fault);
            return found;
        }
    };
    for file in listing {
        match file.map(|file| file.path()) {
            Ok(path) if path.extension().is_some_and(|extension| extension == "jsonl") => match look(&path) {
                Ok(true) => found.paths.push(path),
                Ok(false) => {}
                Err(cause) => found.faults.push(StoreFault::at("read", &path)(cause)),
            },
            Ok(_) => {}
            Err(cause) => found.faults.push(StoreFault::at("read", folder)(cause)),
        }
    }
    found.paths.sort();
    found.faults.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Whether a log is there; an error where something else is, or where that cannot be told.
fn look(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(true),
        Ok(metadata) => Err(io::Error::other(format!("it is {}, not a log", paths::kind(&metadata)))),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) if path.is_symlink() => Err(io::Error::other(paths::leads_nowhere(path))),
        // It was taken away since the folder was listed.
        Err(_) => Ok(false),
    }
}

pub(super) fn open_for_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Waits for other writers. Some network file systems have no locks; a single write is whole there more often than not.
pub(super) fn lock(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            done => return done,
        }
    }
}

/// The file does not end with the end of a line.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != [b'\n'])
}

/// Writes a line with one call, ends a torn one before it, and gives the file's length after that.
///
/// The file is locked by the caller: what a full disk has taken of the line is cut off again, so that no half of one
/// stays. Where the file system does not allow that, the next line ends it.
pub(super) fn write_line(file: &mut File, line: &str) -> io::Result<u64> {
    let start = if is_torn(file)? { "\n" } else { "" };
    let before = file.metadata()?.len();
    if let Err(error) = file.write_all(format!("{start}{line}\n").as_bytes()) {
        file.set_len(before).ok();
        return Err(error);
    }
    Ok(file.metadata()?.len())
}

#[cfg(unix)]
fn file_id(metadata: &fs::Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn file_id(_: &fs::Metadata) -> FileId {
    (0, 0)
}
