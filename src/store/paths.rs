//! Where things live.

use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use super::StoreFault;

/// The one folder that holds all that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// `EASTWEST_HOME`, else `eastwest` in `XDG_STATE_HOME` (if that is absolute) or in `~/.local/state`.
    ///
    /// `variable` looks up environment variables, so that tests need not set any. Nothing is created yet.
    pub fn find(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, StoreFault> {
        Ok(Self::find_by(variable)?.0)
    }

    /// As [`Home::find`], with the variable that decided.
    pub fn find_by(variable: impl Fn(&str) -> Option<OsString>) -> Result<(Self, &'static str), StoreFault> {
        let path = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        if let Some(root) = path("EASTWEST_HOME") {
            return Ok((Self { root }, "EASTWEST_HOME"));
        }
        if let Some(state) = path("XDG_STATE_HOME").filter(|path| path.is_absolute()) {
            return Ok((Self { root: state.join("eastwest") }, "XDG_STATE_HOME"));
        }
        let home = path("HOME").or_else(|| etcetera::home_dir().ok());
        let none = || io::Error::other("neither EASTWEST_HOME nor HOME is set");
        let home = home
            .ok_or_else(none)
            .map_err(StoreFault::at("find", Path::new("a folder to keep reviews in")))?;
        Ok((Self { root: home.join(".local/state/eastwest") }, "HOME"))
    }

    /// A home at that folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// There is something there already.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.root.is_dir()
    }

    /// Creates the folder and those inside it, for its owner alone.
    pub fn create(&self) -> Result<(), StoreFault> {
        [self.root.clone(), self.reviews(), self.places(), self.devices()]
            .iter()
            .try_for_each(|path| create(path))
    }

    /// The folder of the logs.
    #[must_use]
    pub fn reviews(&self) -> PathBuf {
        self.root.join("reviews")
    }

    pub(super) fn places(&self) -> PathBuf {
        self.root.join("place")
    }

    pub(super) fn devices(&self) -> PathBuf {
        self.root.join("devices")
    }
}

/// The folder of settings: `EASTWEST_HOME`, else `eastwest` in `XDG_CONFIG_HOME` (if that is absolute) or in
/// `~/.config`. None where nobody knows a home.
pub fn config_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(root) = path("EASTWEST_HOME") {
        return Some(root);
    }
    let settings = path("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let home = || path("HOME").or_else(|| etcetera::home_dir().ok());
    Some(settings.or_else(|| Some(home()?.join(".config")))?.join("eastwest"))
}

/// Whether a folder is this one or lies inside of it, links followed. What is not there lies nowhere.
#[must_use]
pub fn is_inside(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// What stands where a folder belongs, at this path or above it; `None` where nothing is in the way.
///
/// `doing` is what was to be done to the folder, as [`StoreFault`] has it.
pub(super) fn obstacle(doing: &'static str, path: &Path) -> Option<StoreFault> {
    let there = path.ancestors().find(|path| fs::symlink_metadata(path).is_ok())?;
    let why = match fs::metadata(there) {
        Ok(metadata) if metadata.is_dir() => return None,
        Ok(metadata) => format!("it is {}; a folder belongs there", kind(&metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => leads_nowhere(there),
        Err(error) => super::fault::words(&error),
    };
    Some(StoreFault { path: there.to_owned(), doing, cause: io::Error::other(why) })
}

/// What to say of a link whose end is not there.
pub(super) fn leads_nowhere(link: &Path) -> String {
    let end = fs::read_link(link).unwrap_or_default();
    format!("it is a link to {}, which is not there", end.display())
}

/// What something is, with its article.
pub(super) fn kind(metadata: &fs::Metadata) -> &'static str {
    let kind = metadata.file_type();
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a FIFO";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() { "a folder" } else { "a file" }
}

/// Creates a folder and those above it; what is there already stays as it is.
pub(super) fn create(path: &Path) -> Result<(), StoreFault> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| obstacle("create", path).unwrap_or_else(|| StoreFault::at("create", path)(error)))
}

/// Makes names in a folder durable. Some file systems cannot, and then there is nothing to be done.
pub(super) fn sync_folder(path: &Path) {
    if let Ok(folder) = fs::File::open(path) {
        let _ = folder.sync_all();
    }
}
