//! Putting what a learner did out of the way, where it can be brought back from.

use std::path::PathBuf;
use std::{fs, io};

use super::{Home, StoreFault, paths};

/// Places that are kept, one a device that was read on.
pub fn places(home: &Home) -> Result<usize, StoreFault> {
    match fs::read_dir(home.places()) {
        Ok(found) => Ok(found.count()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(StoreFault::at("read", &home.places())(error)),
    }
}

/// Moves the logs and the places into `set-aside/<name>` of the same home and gives that folder.
///
/// Each of the two is moved whole, with one call. `devices` stays, so that this device keeps its name, and so does
/// `present`: a talk is no learner's, and may be open in another window.
pub fn all(home: &Home, name: &str) -> Result<PathBuf, StoreFault> {
    let folder = home.root().join("set-aside").join(name);
    paths::create(&folder)?;
    for path in [home.reviews(), home.places()] {
        if let (Some(last), true) = (path.file_name(), fs::symlink_metadata(&path).is_ok()) {
            fs::rename(&path, folder.join(last)).map_err(StoreFault::at("move", &path))?;
        }
    }
    for path in [folder.as_path(), home.root()] {
        paths::sync_folder(path);
    }
    Ok(folder)
}
