//! What is written beside the code, held to it.

use std::collections::BTreeSet;
use std::fs;

use eastwest::app::keymap;
use eastwest::app::lab::failures;

/// `EASTWEST_BLESS=1 cargo test papers` writes what stands between the marks; without it the file must hold it already.
fn holds(file: &str, [open, close]: [&str; 2], wanted: &str) {
    let text = fs::read_to_string(file).expect(file);
    let (before, rest) = text.split_once(open).expect("the file marks where it begins");
    let (inside, after) = rest.split_once(close).expect("and where it ends");
    if std::env::var_os("EASTWEST_BLESS").is_some() {
        fs::write(file, [before, open, wanted, close, after].concat()).expect(file);
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
fn the_readme_lists_the_keys_that_there_are() {
    holds("README.md", ["<!-- keys -->\n", "<!-- /keys -->"], &keymap::markdown());
}

#[test]
fn the_page_of_failures_lists_those_that_there_are() {
    holds("docs/failures.md", ["<!-- failures -->\n", "<!-- /failures -->"], &failures::markdown());
}

#[test]
fn the_page_of_data_names_every_column_and_key() {
    let page = fs::read_to_string("docs/data.md").expect("docs/data.md");
    let table = eastwest::learner::Learner::default().answers_csv();
    let line = eastwest::learner::IdMaker::new("a", 1)
        .entry(eastwest::srs::Moment::default(), super::store::review("c"));
    let line: serde_json::Value = serde_json::from_str(&line.to_line()).expect("a line is JSON");
    let keys = line.as_object().expect("and an object").keys().map(String::as_str);
    for name in table.trim().split(',').chain(keys) {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
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
