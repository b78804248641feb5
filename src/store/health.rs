//! A look at all that is kept: what it is, and what is not as it should be. Nothing in the logs is touched.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::journal::{self, Listing};
use super::lines::Found;
use super::{Home, StoreFault, device, lines, paths};
use crate::learner::{Event, Line};
use crate::srs::Moment;

/// Entries up to this much later than now are not called future: two machines' clocks differ. One hour, in ms.
const CLOCK_SLACK_MS: i64 = 3_600_000;
/// So many line numbers of a kind are named.
const NUMBERS_MAX: usize = 20;

/// The folder of everything.
#[derive(Debug)]
pub struct Health {
    pub root: PathBuf,
    pub exists: bool,
    /// Where it leads, if it is a link.
    pub leads_to: Option<PathBuf>,
    /// Who may do what with it, as `chmod` has it; `None` where there is none, or no such thing.
    pub mode: Option<u32>,
    /// A file could be written there, and removed. `None` where there is no folder.
    pub write: Option<io::Result<()>>,
    /// Names of devices that write here.
    pub devices: usize,
    pub logs: Vec<LogHealth>,
    /// What could not be read.
    pub faults: Vec<StoreFault>,
}

/// One log.
#[derive(Debug, Default)]
pub struct LogHealth {
    /// Its name, without the folder.
    pub name: String,
    pub bytes: u64,
    /// Lines that are not empty.
    pub lines: usize,
    pub entries: usize,
    pub reviews: usize,
    /// Lines that hold no entry.
    pub unread: Numbers,
    /// Lines of a later version.
    pub later: Numbers,
    /// Its last line has no end.
    pub is_torn: bool,
    /// The latest moment that an entry names.
    pub latest: Option<Moment>,
    /// Entries from the future.
    pub ahead: usize,
    /// When the file was written last, in milliseconds since 1970.
    pub written_ms: Option<i64>,
}

/// Numbers of lines: all are counted, the first few are named.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Numbers {
    pub count: usize,
    pub first: Vec<usize>,
}

impl Numbers {
    fn add(&mut self, number: usize) {
        self.count += 1;
        if self.first.len() < NUMBERS_MAX {
            self.first.push(number);
        }
    }
}

impl Health {
    /// Looks at a home at `now`.
    #[must_use]
    pub fn of(home: &Home, now: Moment) -> Self {
        let root = home.root().to_owned();
        let (logs, faults) = logs(home, now);
        Self {
            exists: home.exists(),
            leads_to: fs::read_link(&root).is_ok().then(|| root.canonicalize().ok()).flatten(),
            mode: home.exists().then(|| mode(&root)).flatten(),
            write: home.exists().then(|| try_to_write(&root)),
            devices: device::count(home),
            logs,
            faults,
            root,
        }
    }

    /// What would refuse an answer of this device, or its place, beside what is among the faults already. `device` is
    /// its name, if it has one.
    #[must_use]
    pub fn refused(&self, home: &Home, device: Option<&str>) -> Vec<StoreFault> {
        let is_new = |refused: &StoreFault| self.faults.iter().all(|fault| fault.path != refused.path);
        refused(home, device).into_iter().filter(is_new).collect()
    }
}

fn logs(home: &Home, now: Moment) -> (Vec<LogHealth>, Vec<StoreFault>) {
    let mut logs: Vec<LogHealth> = Vec::new();
    let Listing { paths, mut faults } = journal::logs(&home.reviews());
    logs.extend(paths.iter().map(|path| blank(path)));
    faults.extend(lines::each_in(&paths, |found| {
        let name = name(found.file);
        if let Some(log) = logs.iter_mut().find(|log| log.name == name) {
            log.count(&found, now);
        }
    }));
    (logs, faults)
}

fn blank(path: &Path) -> LogHealth {
    let metadata = fs::metadata(path).ok();
    let written = metadata.as_ref().and_then(|it| it.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    LogHealth {
        name: name(path),
        bytes: metadata.map_or(0, |it| it.len()),
        written_ms: written.and_then(|since| i64::try_from(since.as_millis()).ok()),
        ..LogHealth::default()
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl LogHealth {
    fn count(&mut self, found: &Found<'_>, now: Moment) {
        self.lines += 1;
        self.is_torn |= !found.is_whole;
        match &found.line {
            Line::Entry(entry) => {
                self.entries += 1;
                self.reviews += usize::from(matches!(entry.event, Event::Review(_)));
                self.ahead += usize::from(entry.at.ms > now.ms.saturating_add(CLOCK_SLACK_MS));
                let is_later = self.latest.is_none_or(|latest| latest.ms < entry.at.ms);
                self.latest = if is_later { Some(entry.at) } else { self.latest };
            }
            Line::Unknown => self.later.add(found.number),
            Line::Broken => self.unread.add(found.number),
        }
    }
}

/// What would refuse an answer, or the place in the lesson, at the next sitting.
fn refused(home: &Home, device: Option<&str>) -> Vec<StoreFault> {
    let own = device.map(|device| home.reviews().join(format!("{device}.jsonl")));
    // A log that is there is opened as an answer would open it; without one a new file has to fit into the folder.
    let own = own.filter(|path| path.symlink_metadata().is_ok());
    let appended = own.as_ref().map(|path| match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            fs::OpenOptions::new().append(true).open(path).map_err(StoreFault::at("write to", path)).map(drop)
        }
        Ok(metadata) => {
            let why = format!("it is {}, not a log", paths::kind(&metadata));
            Err(StoreFault::at("write to", path)(io::Error::other(why)))
        }
        Err(error) => Err(StoreFault::at("write to", path)(error)),
    });
    let reviews = own.is_none().then(|| home.reviews());
    let tried =
        reviews.into_iter().chain([home.places()]).map(|folder| match paths::obstacle("write to", &folder) {
            Some(fault) => Err(fault),
            // One that is not there yet is made in the folder of everything.
            None if folder.is_dir() => try_to_write(&folder).map_err(StoreFault::at("write to", &folder)),
            None => Ok(()),
        });
    appended.into_iter().chain(tried).filter_map(Result::err).collect()
}

/// The only sure way to know: rights, full disks and file systems that can only be read all refuse it.
fn try_to_write(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let written = fs::File::create(&path).and_then(|mut file| file.write_all(b"ok\n"));
    fs::remove_file(&path).ok();
    written
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::metadata(path).ok()?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}
