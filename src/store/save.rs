//! Files that somebody asked for, written beside what is there and never over it.

use std::fs::{self, File as Handle};
use std::io::{self, Write};
use std::path::Path;

use crate::app::effect::File;

/// More files of one name than this are somebody's loop.
const NUMBERS_MAX: u32 = 9_999;

/// Writes all of the files into the folder, or none; gives the names they have there. Where one of the names is taken,
/// all get the same number before their ending.
///
/// # Errors
/// One sentence on why nothing was written.
pub fn all(folder: &Path, files: &[File]) -> Result<Vec<String>, String> {
    for number in 1..=NUMBERS_MAX {
        let names: Vec<String> = files.iter().map(|file| numbered(&file.name, number)).collect();
        if names.iter().any(|name| fs::symlink_metadata(folder.join(name)).is_ok()) {
            continue;
        }
        match write(folder, &names, files) {
            Ok(()) => return Ok(names),
            // Somebody else took the name in this very moment.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("nothing saved: {error}, in {}", folder.display())),
        }
    }
    Err(format!("nothing saved: all numbers up to {NUMBERS_MAX} are taken in {}", folder.display()))
}

/// `series.csv`, then `series-2.csv`.
fn numbered(name: &str, number: u32) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, ending))) => format!("{stem}-{number}.{ending}"),
        (_, None) => format!("{name}-{number}"),
    }
}

fn write(folder: &Path, names: &[String], files: &[File]) -> io::Result<()> {
    let mut written = Vec::new();
    for (name, file) in names.iter().zip(files) {
        let path = folder.join(name);
        let made = Handle::create_new(&path).and_then(|mut handle| {
            written.push(path);
            handle.write_all(file.text.as_bytes())?;
            handle.sync_all()
        });
        if let Err(error) = made {
            // Half of what was asked for would look like all of it.
            for path in &written {
                fs::remove_file(path).ok();
            }
            return Err(error);
        }
    }
    Ok(())
}
