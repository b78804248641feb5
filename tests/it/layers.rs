//! Who may name whom: reads the sources and holds the rings. When this stops you, it is the design speaking.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of ours, crates, and parts of std that each module may name; what is not listed is forbidden.
///
/// Only the names in [`OURS`] and [`WATCHED`] count; `std::fmt` and the like are everybody's.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("mesh_view", &[]),
    ("pace", &["serde"]),
    ("palette", &["course", "serde", "toml"]),
    ("sim", &["mesh_view", "libm", "serde", "serde_json", "toml", "rand_core", "rand_pcg"]),
    ("srs", &["libm", "serde", "fsrs"]),
    ("course", &["pulldown_cmark", "unicode_width", "unicode_segmentation", "serde", "toml"]),
    ("learner", &["srs", "course", "serde", "serde_json", "libm"]),
    (
        "app",
        &[
            "mesh_view",
            "pace",
            "sim",
            "srs",
            "course",
            "learner",
            "serde",
            "serde_json",
            "unicode_width",
            "unicode_segmentation",
        ],
    ),
    (
        "ui",
        &[
            "app",
            "mesh_view",
            "pace",
            "palette",
            "srs",
            "course",
            "learner",
            "ratatui",
            "libm",
            "unicode_width",
            "unicode_segmentation",
        ],
    ),
    (
        "store",
        &[
            "app",
            "pace",
            "palette",
            "course",
            "learner",
            "sim",
            "srs",
            "serde",
            "serde_json",
            "toml",
            "include_dir",
            "etcetera",
            "std::fs",
            "std::env",
            "std::process",
        ],
    ),
    (
        "shell",
        &[
            "app",
            "pace",
            "ui",
            "store",
            "palette",
            "course",
            "learner",
            "srs",
            "sim",
            "ratatui",
            "crossterm",
            "signal_hook",
            "notify",
            "jiff",
            "anyhow",
            "rustix",
            "std::fs",
            "std::env",
            "std::thread",
            "std::process",
        ],
    ),
];

/// Our modules.
const OURS: [&str; 12] =
    ["mesh_view", "pace", "palette", "sim", "srs", "course", "learner", "app", "ui", "store", "shell", "cli"];

/// Crates with a side, and the parts of std that do I/O.
const WATCHED: &[&str] = &[
    "ratatui",
    "crossterm",
    "signal_hook",
    "notify",
    "rustix",
    "jiff",
    "anyhow",
    "clap",
    "serde",
    "serde_json",
    "toml",
    "libm",
    "fsrs",
    "rand_core",
    "rand_pcg",
    "pulldown_cmark",
    "unicode_width",
    "unicode_segmentation",
    "include_dir",
    "etcetera",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "std::io",
];

/// `cli` may name everybody; nobody but `main.rs` names `cli`.
const FREE: &[&str] = &["cli", "main", "lib"];

#[test]
fn nobody_names_a_ring_further_out() {
    let violations = violations(Path::new("src"));
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn a_planted_violation_is_caught() {
    let found = check(
        "sim",
        "src/sim/x.rs",
        "use crate::app::Action; // fine otherwise\nfn f() { std::fs::read(p); }",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(check("sim", "src/sim/x.rs", "// crate::app is not named here\nuse libm::log;").is_empty());
}

fn violations(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(root) {
        let inside = path.strip_prefix(root).expect("below the root");
        let first = inside.iter().next().expect("a file has a name").to_string_lossy();
        let module = first.trim_end_matches(".rs");
        if FREE.contains(&module) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source can be read");
        found.extend(check(module, &path.display().to_string(), &text));
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("src is there") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn check(module: &str, path: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{path} is in no ring; add `{module}` to the table")];
    };
    let code = without_comments(text);
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    OURS.iter()
        .chain(WATCHED)
        .filter(|name| {
            **name != module && !allowed.contains(name) && **name != "std::io" && names(code, name)
        })
        .map(|name| format!("{path} names {name}; {module} may name only {allowed:?}"))
        .collect()
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// `crate::app`, `use ratatui`, `ratatui::`, `std::fs`.
fn names(code: &str, name: &str) -> bool {
    if OURS.contains(&name) {
        return code.contains(&format!("crate::{name}::"))
            || code.contains(&format!("crate::{name};"))
            || code.match_indices("crate::{").any(|(at, _)| group_names(&code[at..], name));
    }
    code.match_indices(&format!("{name}::"))
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

fn group_names(code: &str, name: &str) -> bool {
    let group = code.split(';').next().unwrap_or_default();
    group.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name)
}
