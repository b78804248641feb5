//! Homes and logs as life makes them: each with a clear message, and nothing lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use eastwest::learner::{Entry, Event, IdMaker, Learner};
use eastwest::srs::Moment;
use eastwest::store::{Home, Journal};

use crate::cli::{check, eastwest, home, text};
use crate::terminal::Terminal;

const PAST: Moment = Moment { ms: 1_763_800_000_000, offset: 60 };
const CARD: &str = "e11.region-first";

fn entries(count: i64) -> Vec<Entry> {
    let mut ids = IdMaker::new("elsewhere", 7);
    (0..count).map(|n| ids.entry(PAST.plus(n * 1000), super::store::review(CARD))).collect()
}

fn lines(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(Entry::to_line).collect()
}

fn log(home: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    fs::create_dir_all(home.join("reviews")).unwrap();
    let path = home.join("reviews").join(name);
    fs::write(&path, text).unwrap();
    path
}

fn fold(home: &Path) -> Learner {
    Learner::fold(Journal::read(&Home::at(home)).0)
}

fn logs(home: &Path) -> Vec<PathBuf> {
    let mut logs: Vec<PathBuf> =
        fs::read_dir(home.join("reviews")).unwrap().map(|file| file.unwrap().path()).collect();
    logs.sort();
    logs
}

fn with(home: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eastwest"));
    command.args(args).env("EASTWEST_HOME", home).envs(env.iter().copied()).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn a_log_edited_by_hand_keeps_every_line_that_is_still_one() {
    let home = home();
    let entries = entries(4);
    let [one, two, three, four] = &lines(&entries)[..] else { unreachable!() };
    // Turned round, indented, with Windows' line ends, an editor's mark, a comment, a line twice and one cut short.
    let edited = format!(
        "\u{feff}{four}\r\n# my notes\r\n\r\n   {two}  \r\n{one}\r\n{two}\r\n{}\r\n{three}",
        &three[..three.len() - 9]
    );
    let path = log(home.path(), "elsewhere.jsonl", &edited);
    assert_eq!(fold(home.path()), Learner::fold(entries));
    let output = eastwest(home.path(), &["doctor"]);
    check(&output, 1);
    let said = text(&output.stdout);
    assert!(said.contains("reviews/elsewhere.jsonl: lines 2, 7 hold no entry"), "{said}");
    check(&eastwest(home.path(), &["reset", CARD]), 0);
    assert_eq!(fs::read_to_string(path).unwrap(), edited, "nobody's log is rewritten");
}

#[test]
fn a_log_of_a_later_version_is_kept_told_and_handed_on() {
    let home = home();
    let later = r#"{"v":2,"id":"9-x-0-1","op":"review","card":"e11.region-first","s":[1.5,2]}"#;
    let unknown_key = lines(&entries(1))[0].replace("\"r\":3", "\"r\":3,\"mood\":\"good\"");
    log(home.path(), "elsewhere.jsonl", format!("{later}\n{unknown_key}\n"));
    assert_eq!(fold(home.path()).history(CARD).count(), 1);
    let output = eastwest(home.path(), &["doctor"]);
    check(&output, 1);
    assert!(
        text(&output.stdout).contains("line 1 comes from a later version of eastwest"),
        "{}",
        text(&output.stdout)
    );
    let output = eastwest(home.path(), &["export", "json"]);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(said.contains(later) && said.contains(&unknown_key), "{said}");
}

#[test]
fn a_home_behind_a_link_is_the_same_home() {
    let home = home();
    let (real, link) = (home.path().join("real"), home.path().join("link"));
    log(&real, "elsewhere.jsonl", lines(&entries(1)).join("\n") + "\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&real, &link).unwrap();
    check(&eastwest(&link, &["reset", CARD]), 0);
    assert_eq!(fold(&link), fold(&real));
    assert_eq!(fold(&real).card(CARD).unwrap().reviews, 0);
    let output = eastwest(&link, &["doctor"]);
    assert!(text(&output.stdout).contains("a link to "), "{}", text(&output.stdout));
    check(&eastwest(&link, &["reset", "--all", "--yes"]), 0);
    assert!(link.is_symlink() && fold(&real).is_empty() && real.join("set-aside").is_dir());
}

#[test]
fn two_hosts_on_one_home_write_a_log_each_and_see_each_other() {
    let home = home();
    let mut ids = IdMaker::new("elsewhere", 7);
    let [first, second] = ["e11.region-first", "e11.q3-partition"]
        .map(|card| ids.entry(PAST, super::store::review(card)).to_line());
    log(home.path(), "elsewhere.jsonl", format!("{first}\n{second}\n"));
    check(&with(home.path(), &["reset", "e11.region-first"], &[("HOSTNAME", "one")]), 0);
    check(&with(home.path(), &["reset", "e11.q3-partition"], &[("HOSTNAME", "two")]), 0);
    assert_eq!(logs(home.path()).len(), 3, "{:?}", logs(home.path()));
    let output = with(home.path(), &["reset", "e11.region-first"], &[("HOSTNAME", "two")]);
    assert!(text(&output.stdout).contains("is new already"), "{}", text(&output.stdout));
    let output = with(home.path(), &["doctor"], &[("HOSTNAME", "two")]);
    assert!(text(&output.stdout).contains(", of 2 that write here"), "{}", text(&output.stdout));
}

#[test]
fn a_change_of_time_zone_moves_no_answer_to_another_day() {
    let home = home();
    log(home.path(), "elsewhere.jsonl", lines(&entries(1)).join("\n") + "\n");
    let tokyo = with(home.path(), &["due", "--json"], &[("TZ", "JST-9")]);
    let angeles = with(home.path(), &["due", "--json"], &[("TZ", "PST8PDT")]);
    check(&tokyo, 0);
    assert_eq!(tokyo.stdout, angeles.stdout, "it was long ago: due in either zone");
    check(&with(home.path(), &["reset", CARD], &[("TZ", "JST-9")]), 0);
    let own = logs(home.path()).into_iter().find(|path| !path.ends_with("elsewhere.jsonl")).unwrap();
    assert!(
        fs::read_to_string(&own).unwrap().contains("\"off\":540"),
        "each entry has the offset of its own clock"
    );
    let learner = fold(home.path());
    assert_eq!(learner.history(CARD).next().unwrap().at, PAST, "and keeps it");
}

#[test]
fn a_time_zone_may_be_given_by_its_name() {
    let (home, zones) = (home(), tempfile::tempdir().unwrap());
    // A zone file as RFC 9636 has it, nine hours ahead of UTC all year.
    let header = |version: u8| {
        let mut bytes = b"TZif".to_vec();
        bytes.push(version);
        bytes.extend([0; 15]);
        for count in [0_u32, 0, 0, 0, 1, 4] {
            bytes.extend(count.to_be_bytes());
        }
        bytes.extend(32_400_i32.to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(b"XST\0");
        bytes
    };
    let zone = [header(b'2'), header(b'2'), b"\nXST-9\n".to_vec()].concat();
    fs::create_dir(zones.path().join("Here")).unwrap();
    fs::write(zones.path().join("Here/There"), zone).unwrap();
    log(home.path(), "elsewhere.jsonl", lines(&entries(1)).join("\n") + "\n");
    let env = [("TZ", "Here/There"), ("TZDIR", zones.path().to_str().unwrap())];
    check(&with(home.path(), &["reset", CARD], &env), 0);
    let own = logs(home.path()).into_iter().find(|path| !path.ends_with("elsewhere.jsonl")).unwrap();
    assert!(
        fs::read_to_string(&own).unwrap().contains("\"off\":540"),
        "{}",
        fs::read_to_string(&own).unwrap()
    );
}

#[test]
fn a_clock_that_was_ahead_loses_nothing_and_is_found() {
    let home = home();
    let future = Moment { ms: 7_258_118_400_000, offset: 0 };
    let mut ids = IdMaker::new("elsewhere", 7);
    log(home.path(), "elsewhere.jsonl", ids.entry(future, super::store::review(CARD)).to_line() + "\n");
    check(&eastwest(home.path(), &["due"]), 0);
    let output = eastwest(home.path(), &["doctor"]);
    check(&output, 1);
    assert!(text(&output.stdout).contains("1 of 1 entries lie in the future"), "{}", text(&output.stdout));
    // A reset now would stand before that answer in time, so the answer is taken back first; its line is kept.
    let output = eastwest(home.path(), &["reset", CARD]);
    check(&output, 0);
    assert!(text(&output.stdout).contains("1 of them is dated after now and was taken back"));
    let learner = fold(home.path());
    assert_eq!((learner.history(CARD).count(), learner.card(CARD).unwrap().reviews), (0, 0));
    assert_eq!(learner.entry_count(), 3, "nothing is deleted");
}

/// Runs it as somebody who has no rights here, also where the tests are root, to whom no right is denied.
#[cfg(unix)]
pub(crate) fn as_nobody(home: &Path, args: &[&str]) -> Output {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;

    let mine = home.parent().unwrap();
    let binary = mine.join("eastwest");
    if !binary.exists() {
        // By another process: a file that this one has open for writing, and a test beside it forks, is busy.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_eastwest")).arg(&binary).status().unwrap();
        assert!(copied.success());
    }
    let mut command = Command::new(binary);
    command.args(args).env("EASTWEST_HOME", home).stdin(Stdio::null());
    if fs::metadata(mine).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    command.output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_home_that_can_only_be_read_is_read_and_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = home();
    let home = folder.path().join("home");
    log(&home, "elsewhere.jsonl", lines(&entries(1)).join("\n") + "\n");
    let may = |mode: u32, path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    may(0o755, folder.path());
    may(0o555, &home.join("reviews"));
    may(0o555, &home);

    let output = as_nobody(&home, &["due"]);
    check(&output, 0);
    assert!(text(&output.stdout).contains("1 card due"), "{}", text(&output.stdout));
    let output = as_nobody(&home, &["reset", CARD]);
    check(&output, 2);
    let err = text(&output.stderr);
    assert!(err.contains("could not create") && err.contains("permission denied"), "{err}");
    let output = as_nobody(&home, &["doctor"]);
    check(&output, 1);
    assert!(text(&output.stdout).contains("nothing can be written to"), "{}", text(&output.stdout));
    check(&as_nobody(&home, &["export", "json"]), 0);
    may(0o755, &home);
    may(0o755, &home.join("reviews"));
    assert_eq!(fold(&home).history(CARD).count(), 1);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_there_stays() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let home = home();
    log(home.path(), "elsewhere.jsonl", lines(&entries(1)).join("\n") + "\n");
    check(&eastwest(home.path(), &["reset", CARD]), 0);
    let own = logs(home.path()).into_iter().find(|path| !path.ends_with("elsewhere.jsonl")).unwrap();
    let kept = home.path().join("kept");
    fs::rename(&own, &kept).unwrap();
    std::os::unix::fs::symlink(full, &own).unwrap();
    let mut terminal = Terminal::start(home.path(), 120, 40, &["review"], &[]);
    terminal.until_text("how sure?");
    terminal.send("2\r");
    terminal.until_text("Good");
    terminal.send("3");
    terminal.until_text("your answer is not saved, it is kept here and tried again: ");
    // The disk has room again: what was kept is written before leaving.
    fs::remove_file(&own).unwrap();
    fs::rename(&kept, &own).unwrap();
    terminal.send("\u{3}");
    assert!(terminal.ended().success(), "{}", terminal.text());
    assert_eq!(fs::read_to_string(&own).unwrap().lines().count(), 2, "the reset and the answer");
}

#[test]
fn the_grade_of_one_terminal_is_seen_by_the_other_before_its_next_card() {
    let home = home();
    let mut one = Terminal::start(home.path(), 120, 40, &["review"], &[]);
    let mut two = Terminal::start(home.path(), 120, 40, &["review"], &[]);
    one.until_text("how sure?");
    two.until_text("how sure?");
    // The picture stands before the loop runs; a key that is answered shows that it does.
    two.send("\t");
    two.until_text("[certain]");
    one.send("2\r");
    one.until_text("Good");
    one.send("3");
    one.until_text("card 2 of");
    // The other shows the same card still. Its answer is not taken twice: it hears of the grade and goes on.
    two.send("2\r");
    two.until_text("that card was just graded in another terminal");
    for terminal in [&mut one, &mut two] {
        terminal.send("\u{3}");
        assert!(terminal.ended().success());
    }
    let entries = Journal::read(&Home::at(home.path())).0;
    assert_eq!(entries.iter().filter(|entry| matches!(entry.event, Event::Review(_))).count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_gigabyte_without_a_line_takes_little_memory_and_costs_only_itself() {
    let home = home();
    let path = log(home.path(), "elsewhere.jsonl", lines(&entries(1)).join("\n") + "\n");
    // Zeros up to a gibibyte: what a crash of some file systems leaves behind.
    let file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.set_len(1 << 30).unwrap();
    log(home.path(), "other.jsonl", lines(&entries(2))[1].clone() + "\n");
    let mut command = Command::new("sh");
    // 400 MB of address space: the log does not fit.
    command.args(["-c", "ulimit -v 400000 && exec \"$0\" due", env!("CARGO_BIN_EXE_eastwest")]);
    let output = command.env("EASTWEST_HOME", home.path()).output().unwrap();
    check(&output, 0);
    assert!(text(&output.stdout).contains("1 card due"), "{}", text(&output.stdout));
    assert_eq!(fold(home.path()).history(CARD).count(), 2);
}
