//! Putting all that is kept out of the way, where it can be brought back from.

use std::fs;
use std::path::PathBuf;

use super::{Home, StoreFault, paths};

/// Moves the logs and the places into `set-aside/<name>` of the same home and gives that folder.
///
/// Each of the two is moved whole, with one call; `devices` stays, so that this device keeps its name.
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
