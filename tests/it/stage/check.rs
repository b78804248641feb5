//! What `present --check` and `--script` find and print.

use std::path::Path;

use eastwest::app::geometry::Size;
use eastwest::cli::Outcome;
use eastwest::cli::calc::Format;
use eastwest::cli::present::{check, script};
use eastwest::course::Course;
use eastwest::store::library::Library;

fn checked(library: &Library, size: (u16, u16), format: Format) -> (String, Outcome) {
    let (course, _) = Course::build(&library.files);
    let (scenarios, _) = eastwest::cli::scenarios::known(library);
    let mut out = Vec::new();
    let outcome = check::run(&course, &scenarios, Size::new(size.0, size.1), format, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), outcome)
}

/// The shipped course with one file changed.
fn changed(file: &str, from: &str, to: &str) -> Library {
    let mut library = Library::embedded();
    let path = library.files.keys().find(|path| path.ends_with(file)).unwrap().clone();
    let text = library.files.get_mut(&path).unwrap();
    assert!(text.contains(from), "{path} has '{from}'");
    *text = text.replacen(from, to, 1);
    library
}

#[test]
fn the_shipped_lesson_is_clean_but_for_questions_that_scroll_on_a_very_small_screen() {
    let shipped = Library::embedded();
    for size in [(200, 55), (120, 40), (80, 24)] {
        let (printed, outcome) = checked(&shipped, size, Format::Table);
        assert_eq!(outcome, Outcome::Done, "{printed}");
        assert!(printed.ends_with(": nothing to mend\n"), "{printed}");
    }
    let (printed, outcome) = checked(&shipped, (60, 15), Format::Table);
    assert_eq!(outcome, Outcome::Found);
    let found: Vec<&str> = printed.lines().filter(|line| line.starts_with("  ")).collect();
    assert!(found.iter().all(|line| line.contains("scrolls: ")), "{printed}");
    let places: Vec<&str> = found.iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(
        places,
        [
            "3.3", "3.5", "3.7", "4.2", "4.4", "4.5", "5.3", "5.4", "7.2", "7.3", "7.4", "7.5", "7.6", "8.4",
            "8.5",
        ],
        "{printed}"
    );
}

#[test]
fn what_would_go_wrong_is_found() {
    let long = "word ".repeat(26);
    for (file, from, to, wanted) in [
        ("07-failure-scenarios.md", "```notes", "```text", "   7  Common Failure Scenarios: has no notes"),
        ("09-recap.md", "Four takeaways, each", &long, " words; at most 25"),
        (
            "lesson.toml",
            "duration = \"15m\"",
            "duration = \"20m\"",
            "  all  budgets 14:00 to 19:00, duration 20:00, 1:00 too long",
        ),
        (
            "05-service-discovery.md",
            "20s us-east-1~us-west-2 cut\"]\ncaption",
            "20s mars down\"]\ncaption",
            "its first failure never comes: ",
        ),
        (
            "07-failure-scenarios.md",
            "[[option]]\ntext = \"None\"",
            "[[option]]\ntext = \"D\"\nmin = 5\nmax = 5\n[[option]]\ntext = \"E\"\nmin = 6\nmax = 6\n[[option]]\ntext = \"None\"",
            "5 options; hands are counted for 2 to 4",
        ),
    ] {
        let (printed, outcome) = checked(&changed(file, from, to), (80, 24), Format::Table);
        assert_eq!(outcome, Outcome::Found, "{file}");
        assert!(printed.contains(wanted), "'{wanted}' in:\n{printed}");
    }
}

#[test]
fn as_json_it_is_the_same() {
    let (printed, outcome) = checked(&Library::embedded(), (60, 15), Format::Json);
    assert_eq!(outcome, Outcome::Found);
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let first = &report["findings"][0];
    assert_eq!((report["schema"].as_u64(), report["size"].as_str()), (Some(1), Some("60x15")));
    assert_eq!((first["section"].as_u64(), first["beat"].as_u64()), (Some(3), Some(3)));
    assert_eq!(first["kind"], "scrolls");
    assert!(first["rows"].as_u64().unwrap() > 0 && first["heading"] == "Pattern 1: dual single clusters");
}

#[test]
fn check_says_which_beat_is_too_long_for_80x24() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in changed(
        "07-failure-scenarios.md",
        "why = \"Every caller",
        &format!("why = \"{}Every caller", "word ".repeat(200)),
    )
    .files
    {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut out = Vec::new();
    let args = eastwest::cli::check::CheckArgs::default();
    let outcome = eastwest::cli::check::run(&args, Some(folder.path()), None, &mut out).unwrap();
    let printed = String::from_utf8(out).unwrap();
    assert_eq!(outcome, Outcome::Found);
    let is_it =
        |line: &str| line.contains("07-failure-scenarios.md:") && line.ends_with("rows too long for 80x24");
    assert!(printed.lines().any(is_it), "{printed}");
}

#[test]
fn the_script_has_every_section_every_beat_and_every_note() {
    let repository = Library::folder(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (course, _) = Course::build(&repository.files);
    let mut out = Vec::new();
    script::write(&course, &mut out).unwrap();
    let printed = String::from_utf8(out).unwrap();
    let count = |start: &str| printed.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("# "), count("## "), count("### ")), (1, 10, 59));
    assert_eq!(count("> **Say:**"), 10, "the notes of each section once");
    assert!(printed.contains("## 4 Service Mesh for Locality-Aware Traffic (3:12)"), "{printed}");
    assert!(printed.contains("- A All succeed: nobody needed the link (right)\n"), "{printed}");
    assert!(printed.contains("Fires `20s us-east-1~us-west-2 cut`"));
}
