//! Where the learner was, replaced whole at each save.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Home, StoreFault, paths};

/// The file of one device.
#[derive(Clone, Debug)]
pub struct PlaceFile {
    path: PathBuf,
}

impl PlaceFile {
    #[must_use]
    pub fn new(home: &Home, device: &str) -> Self {
        Self { path: home.places().join(format!("{device}.json")) }
    }

    /// Replaces what was kept; a crash leaves the old one or the new one, never a part.
    pub fn save(&self, place: &impl Serialize) -> Result<(), StoreFault> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        paths::create(folder)?;
        // Two terminals may save at once; each has a draft of its own.
        let draft = self.path.with_extension(format!("{}.draft", std::process::id()));
        let written = write(&draft, place).map_err(StoreFault::at("write", &self.path));
        let named = written
            .and_then(|()| fs::rename(&draft, &self.path).map_err(StoreFault::at("replace", &self.path)));
        if named.is_err() {
            // A full disk is not helped by half a draft for every sitting.
            fs::remove_file(&draft).ok();
        }
        named?;
        paths::sync_folder(folder);
        Ok(())
    }

    /// What was kept. A file that cannot be understood is set aside, so that saving works again, and reported.
    pub fn load<T: DeserializeOwned>(&self) -> Result<Option<T>, StoreFault> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreFault::at("read", &self.path)(error)),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            let aside = self.path.with_extension("json.broken");
            let kept = match fs::rename(&self.path, &aside) {
                Ok(()) => format!("; it was set aside as {}", aside.display()),
                Err(_) => String::new(),
            };
            let cause = io::Error::new(io::ErrorKind::InvalidData, format!("{error}{kept}"));
            StoreFault { path: self.path.clone(), doing: "understand", cause }
        })
    }
}

fn write(path: &Path, place: &impl Serialize) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(&serde_json::to_vec(place)?)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
