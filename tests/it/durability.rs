//! What was acknowledged survives `kill -9` at any moment.
//!
//! The test runs itself again as a child that appends entries and names each one when it is durable.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use eastwest::learner::IdMaker;
use eastwest::srs::Moment;
use eastwest::store::{Home, Journal, device};

const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };
const HOME_VARIABLE: &str = "EASTWEST_TEST_DURABILITY_HOME";
const ROUNDS: usize = 240;

/// Does nothing by itself; the test below runs it.
#[test]
fn child_that_appends_until_it_is_killed() {
    let Some(root) = env::var_os(HOME_VARIABLE) else { return };
    let (mut journal, _) = Journal::open(&Home::at(root), "deva");
    let mut ids = IdMaker::new("deva", device::entropy(std::process::id(), 0));
    let mut out = std::io::stdout();
    loop {
        let entry = ids.entry(NOON, super::store::review("e11.mesh"));
        journal.append(&entry).unwrap();
        if writeln!(out, "\nkept {}", entry.id).is_err() {
            return;
        }
    }
}

#[test]
fn what_was_acknowledged_survives_kill_nine() {
    let folder = tempfile::TempDir::new().unwrap();
    let home = Home::at(folder.path());
    let mut kept: Vec<String> = Vec::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "durability::child_that_appends_until_it_is_killed", "--nocapture"])
            .env(HOME_VARIABLE, home.root())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut acknowledged = lines.filter_map(|line| line.strip_prefix("kept ").map(str::to_owned));
        kept.extend(acknowledged.by_ref().take(1 + round % 7));
        child.kill().unwrap();
        // What was said before the kill arrived counts too.
        kept.extend(acknowledged);
        child.wait().unwrap();
    }
    let (journal, entries) = Journal::open(&home, "deva");
    let found: std::collections::BTreeSet<String> =
        entries.iter().map(|entry| entry.id.to_string()).collect();
    assert!(kept.len() >= ROUNDS, "{} entries", kept.len());
    let lost: Vec<&String> = kept.iter().filter(|id| !found.contains(*id)).collect();
    assert_eq!(lost, Vec::<&String>::new());
    assert!(journal.report().broken <= ROUNDS, "at most the line in flight is torn");
}
