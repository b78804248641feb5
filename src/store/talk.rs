//! The talk's files: one that says all, and who is there.
//!
//! ```text
//! present/session.json   the talk, replaced whole
//! present/session.lock   held while it is replaced
//! present/audience.lock  held by the audience's window as long as it lives; audience.json is its size
//! present/console.lock   the same of the console
//! present/class.jsonl    rounds of recall, one a line, added only
//! ```
//!
//! The system lets go of a lock when its process dies, however it dies: nobody has to say that he is there.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Home, StoreFault, journal, paths};
use crate::app::geometry::Size;
use crate::app::present::polls::Round;
use crate::app::present::session::Session;
use crate::app::present::{Peers, Read};
use crate::app::state::Window;

/// The folder of the talk.
#[derive(Clone, Debug)]
pub struct TalkFiles {
    folder: PathBuf,
}

/// A window that is alive as long as this is.
#[derive(Debug)]
pub struct Presence {
    _lock: File,
    path: PathBuf,
}

/// What came of writing.
#[derive(Debug)]
pub enum Written {
    Done,
    /// Somebody else had written since; nothing was.
    Moved(Box<Session>),
}

/// Who made a file, read from one that is otherwise not understood.
#[derive(Deserialize)]
struct Maker {
    version: String,
}

#[derive(Serialize, Deserialize)]
struct Shown {
    columns: u16,
    rows: u16,
}

impl TalkFiles {
    /// The talk of a home; the folder is created.
    pub fn open(home: &Home) -> Result<Self, StoreFault> {
        let folder = home.root().join("present");
        paths::create(&folder)?;
        Ok(Self { folder })
    }

    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the files say now, as somebody sees it who has the window `own`.
    pub fn read(&self, own: Window) -> Result<Read, StoreFault> {
        let peers = Peers {
            audience: (own != Window::Audience).then(|| self.size_of(Window::Audience)).flatten(),
            console: own != Window::Console && self.is_there(Window::Console),
        };
        let path = self.session();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Read { peers, ..Read::default() });
            }
            Err(error) => return Err(StoreFault::at("read", &path)(error)),
        };
        Ok(match serde_json::from_slice::<Session>(&bytes) {
            Ok(session) => Read { session: Some(Box::new(session)), peers, ..Read::default() },
            Err(_) => Read { foreign: Some(maker(&bytes)), peers, ..Read::default() },
        })
    }

    /// Writes a talk, unless the file has come as far by its serial: then it is somebody else's. One that has fallen
    /// behind, since a disk was full for a while, is made up for. `anew` sets aside whatever is there. `kept`: it is
    /// on the disk when this returns.
    pub fn write(&self, session: &Session, kept: bool, anew: bool) -> Result<Written, StoreFault> {
        let lock = self.lock_file("session.lock")?;
        lock.lock().map_err(StoreFault::at("lock", &self.folder.join("session.lock")))?;
        let path = self.session();
        if anew {
            self.set_aside(session.changed_ms)?;
        } else if let Some(there) = fs::read(&path).ok().and_then(|bytes| parsed(&bytes))
            && there.serial >= session.serial
        {
            return Ok(Written::Moved(Box::new(there)));
        }
        let draft = path.with_extension(format!("{}.draft", std::process::id()));
        write_draft(&draft, session, kept).map_err(StoreFault::at("write", &draft))?;
        fs::rename(&draft, &path).map_err(StoreFault::at("replace", &path))?;
        if kept {
            paths::sync_folder(&self.folder);
        }
        Ok(Written::Done)
    }

    /// Adds a round of recall to the class's log, so that it survives a power cut. It is nobody's own review.
    pub fn note_round(&self, round: &Round) -> Result<(), StoreFault> {
        let path = self.folder.join("class.jsonl");
        let line = serde_json::to_string(round).map_err(io::Error::from);
        let line = line.map_err(StoreFault::at("write", &path))?;
        let mut file = journal::open_for_append(&path).map_err(StoreFault::at("open", &path))?;
        journal::lock(&file).map_err(StoreFault::at("lock", &path))?;
        let written = journal::write_line(&mut file, &line).and_then(|_| file.sync_data());
        written.map_err(StoreFault::at("write", &path))
    }

    /// Says that this window is there, with its size; `None` where another one of its kind is already.
    pub fn enter(&self, window: Window, size: Size) -> Result<Option<Presence>, StoreFault> {
        let file = format!("{}.lock", name(window));
        let lock = self.lock_file(&file)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => {
                return Err(StoreFault::at("lock", &self.folder.join(file))(error));
            }
        }
        let presence = Presence { _lock: lock, path: self.folder.join(format!("{}.json", name(window))) };
        presence.resized(size)?;
        Ok(Some(presence))
    }

    /// The lock of a window, to be waited for.
    pub fn lock_of(&self, window: Window) -> Result<File, StoreFault> {
        self.lock_file(&format!("{}.lock", name(window)))
    }

    fn is_there(&self, window: Window) -> bool {
        let Ok(lock) = self.lock_of(window) else { return false };
        matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    fn size_of(&self, window: Window) -> Option<Size> {
        if !self.is_there(window) {
            return None;
        }
        let bytes = fs::read(self.folder.join(format!("{}.json", name(window)))).ok();
        let shown = bytes.and_then(|bytes| serde_json::from_slice::<Shown>(&bytes).ok());
        Some(shown.map_or_else(|| Size::new(80, 24), |shown| Size::new(shown.columns, shown.rows)))
    }

    /// What is there is kept under a name of its own.
    fn set_aside(&self, now_ms: u64) -> Result<(), StoreFault> {
        let path = self.session();
        if !path.exists() {
            return Ok(());
        }
        let aside = self.folder.join(format!("talk-{now_ms}.json"));
        fs::rename(&path, &aside).map_err(StoreFault::at("set aside", &path))
    }

    fn session(&self) -> PathBuf {
        self.folder.join("session.json")
    }

    fn lock_file(&self, name: &str) -> Result<File, StoreFault> {
        let path = self.folder.join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        options.open(&path).map_err(StoreFault::at("open", &path))
    }
}

impl Presence {
    /// The window has this size now.
    pub fn resized(&self, size: Size) -> Result<(), StoreFault> {
        let shown = Shown { columns: size.width, rows: size.height };
        let draft = self.path.with_extension(format!("{}.draft", std::process::id()));
        write_draft(&draft, &shown, false).map_err(StoreFault::at("write", &draft))?;
        fs::rename(&draft, &self.path).map_err(StoreFault::at("replace", &self.path))
    }
}

const fn name(window: Window) -> &'static str {
    match window {
        Window::Audience => "audience",
        Window::Console => "console",
    }
}

fn parsed(bytes: &[u8]) -> Option<Session> {
    serde_json::from_slice(bytes).ok()
}

/// `eastwest 0.2.0`, or what else can be said of a file that is not understood.
fn maker(bytes: &[u8]) -> String {
    let maker = serde_json::from_slice::<Maker>(bytes);
    maker.map_or_else(|_| "something else".to_owned(), |maker| format!("eastwest {}", maker.version))
}

fn write_draft(path: &Path, value: &impl Serialize, kept: bool) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(&serde_json::to_vec(value)?)?;
    file.write_all(b"\n")?;
    if kept { file.sync_all() } else { Ok(()) }
}
