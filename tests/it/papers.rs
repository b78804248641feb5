//! What is written beside the code, held to it.

use std::collections::BTreeSet;
use std::fs;

use eastwest::app::keymap;

const OPEN: &str = "<!-- keys -->\n";
const CLOSE: &str = "<!-- /keys -->";

/// `EASTWEST_BLESS=1 cargo test papers` writes the table; without it the README must hold it already.
#[test]
fn the_readme_lists_the_keys_that_there_are() {
    let text = fs::read_to_string("README.md").expect("README.md");
    let (before, rest) = text.split_once(OPEN).expect("the README marks where the keys stand");
    let (inside, after) = rest.split_once(CLOSE).expect("and where they end");
    let wanted = keymap::markdown();
    if std::env::var_os("EASTWEST_BLESS").is_some() {
        fs::write("README.md", [before, OPEN, &wanted, CLOSE, after].concat()).expect("README.md");
    } else {
        assert_eq!(inside, wanted, "run EASTWEST_BLESS=1 cargo test papers");
    }
}

/// `EASTWEST_BLESS=1 cargo test papers` writes it anew.
#[test]
fn the_file_of_keys_is_the_table_that_there_is() {
    let wanted = keymap::toml();
    if std::env::var_os("EASTWEST_BLESS").is_some() {
        fs::write("assets/keys.toml", &wanted).expect("assets/keys.toml");
    }
    let there = fs::read_to_string("assets/keys.toml").expect("assets/keys.toml");
    assert!(there == wanted, "run EASTWEST_BLESS=1 cargo test papers");
}

#[test]
fn the_readme_names_the_two_commands() {
    let text = fs::read_to_string("README.md").expect("README.md");
    for command in ["\ncargo run --release ", "\ncargo test "] {
        assert!(text.contains(command), "{command}");
    }
}

#[test]
fn every_crate_of_the_lock_file_is_listed_with_its_license() {
    let lock = fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    let listed = fs::read_to_string("THIRD-PARTY.md").expect("THIRD-PARTY.md");
    let listed: BTreeSet<&str> = listed
        .lines()
        .filter_map(|line| line.strip_prefix("- ")?.split_once(" — ").map(|(name, _)| name))
        .collect();
    let locked: BTreeSet<String> = lock
        .split("[[package]]")
        .skip(1)
        .filter_map(|package| Some(format!("{} {}", value(package, "name")?, value(package, "version")?)))
        .filter(|package| !package.starts_with("eastwest "))
        .collect();
    let missing: Vec<&String> = locked.iter().filter(|package| !listed.contains(package.as_str())).collect();
    let extra: Vec<&&str> = listed.iter().filter(|package| !locked.contains(**package)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "not listed: {missing:?}; no longer used: {extra:?}");
}

fn value<'a>(package: &'a str, key: &str) -> Option<&'a str> {
    let line = package.lines().find(|line| line.starts_with(&format!("{key} = ")))?;
    line.split('"').nth(1)
}
