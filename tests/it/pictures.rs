//! The README's pictures are what `eastwest record` prints of `docs/pictures/*.keys`. To make them anew:
//! `EASTWEST_BLESS=1 cargo test pictures`, or the commands that the failing test names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{check, eastwest, home, text};

const FOLDER: &str = "docs/pictures";
/// GitHub shows larger ones too, but not at once.
const BYTES_MAX: usize = 400 * 1024;

fn files(ending: &str) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(FOLDER).expect(FOLDER).map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == ending)).collect()
}

/// The command that makes the pictures of a script.
fn record(script: &Path, out: &Path, theme: &str) -> Vec<String> {
    let words = ["record", &script.display().to_string(), "--format", "svg", "--theme", theme, "--out"];
    words.map(str::to_owned).into_iter().chain([out.display().to_string()]).collect()
}

#[test]
fn the_readmes_pictures_are_what_record_prints() {
    let bless = std::env::var_os("EASTWEST_BLESS").is_some();
    let made = home();
    let out = if bless { Path::new(FOLDER) } else { made.path() };
    let mut names = BTreeSet::new();
    for script in files("keys") {
        for theme in ["dark", "light"] {
            let words = record(&script, out, theme);
            let output = eastwest(home().path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
            check(&output, 0);
            for path in text(&output.stdout).lines().map(Path::new) {
                let name = path.file_name().expect("a name");
                let kept = Path::new(FOLDER).join(name);
                let now = fs::read(path).expect("it was just made");
                assert!(now.len() <= BYTES_MAX, "{} has {} bytes", kept.display(), now.len());
                let again = record(&script, Path::new(FOLDER), theme).join(" ");
                assert!(
                    fs::read(&kept).ok().as_ref() == Some(&now),
                    "{} shows something else by now: eastwest {again}",
                    kept.display()
                );
                assert!(names.insert(kept), "two scripts make {name:?}");
            }
        }
    }
    assert_eq!(files("svg"), names, "every picture is of a script");
}

#[test]
fn every_picture_is_shown_in_the_readme_and_the_other_way_round() {
    let readme = fs::read_to_string("README.md").expect("README.md");
    let named: BTreeSet<PathBuf> = readme
        .split(['"', '(', ')'])
        .filter(|part| {
            part.starts_with(FOLDER) && Path::new(part).extension().is_some_and(|end| end == "svg")
        })
        .map(PathBuf::from)
        .collect();
    assert_eq!(named, files("svg"));
}
