//! Files that are not what they should be, and disks that are full: told where it matters, and never swallowed.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use eastwest::learner::IdMaker;
use eastwest::srs::Moment;
use eastwest::store::place::PlaceFile;
use eastwest::store::{Home, Journal};

use crate::cli::{check, eastwest, home, text};
use crate::hardship::as_nobody;
use crate::terminal::Terminal;

const PAST: Moment = Moment { ms: 1_763_800_000_000, offset: 60 };
const CARD: &str = "e11.region-first";

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn answer(number: i64) -> String {
    let entry = IdMaker::new("elsewhere", 7).entry(PAST.plus(number * 1000), super::store::review(CARD));
    entry.to_line() + "\n"
}

/// A home with the log of another device and one of this; gives the latter.
fn begun(home: &Path) -> PathBuf {
    fs::create_dir_all(home.join("reviews")).unwrap();
    fs::write(home.join("reviews/elsewhere.jsonl"), answer(0)).unwrap();
    check(&eastwest(home, &["reset", CARD]), 0);
    let logs = fs::read_dir(home.join("reviews")).unwrap().map(|file| file.unwrap().path());
    logs.into_iter().find(|path| !path.ends_with("elsewhere.jsonl")).unwrap()
}

/// What the doctor has found, a sentence each.
fn found(output: &Output) -> Vec<String> {
    check(output, 1);
    text(&output.stdout).lines().filter_map(|line| line.strip_prefix("! ").map(str::to_owned)).collect()
}

/// Runs it where no file may grow beyond `blocks` blocks of the shell's.
fn on_a_full_disk(home: &Path, blocks: u32, script: &str) -> Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; {script}"));
    command.arg(env!("CARGO_BIN_EXE_eastwest")).env("EASTWEST_HOME", home).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn what_goes_by_the_name_of_a_log_and_is_none_is_named_by_all_that_read_logs() {
    type Maker = fn(&Path);
    let makers: [(&str, Maker); 3] = [
        ("it is a FIFO, not a log", fifo),
        ("it is a folder, not a log", |path| fs::create_dir(path).unwrap()),
        ("it is a link to nowhere, which is not there", |path| symlink("nowhere", path).unwrap()),
    ];
    for (why, make) in makers {
        let home = home();
        begun(home.path());
        let odd = home.path().join("reviews/odd.jsonl");
        make(&odd);
        let says = format!("could not read {}: {why}", odd.display());
        for args in [&["due"][..], &["export", "json"], &["export", "csv"], &["stats"], &["reset", CARD]] {
            let output = eastwest(home.path(), args);
            check(&output, 2);
            assert_eq!(text(&output.stderr), format!("eastwest: {says}\n"), "{args:?}");
            assert!(output.stdout.is_empty(), "half a document: {}", text(&output.stdout));
        }
        let found = found(&eastwest(home.path(), &["doctor"]));
        assert_eq!(found.iter().filter(|it| it.contains("odd.jsonl")).collect::<Vec<_>>(), [&says]);
        let mut terminal = Terminal::start(home.path(), 160, 40, &["review"], &[]);
        terminal.until_text("could not read");
        terminal.send("\u{3}");
        assert!(terminal.ended().success());
    }
}

#[test]
fn logs_that_cannot_be_looked_at_are_not_taken_for_none() {
    let folder = home();
    let home = folder.path().join("home");
    begun(&home);
    let may = |mode: u32, path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    may(0o755, folder.path());
    may(0o755, &home);
    may(0o444, &home.join("reviews"));
    let outputs = [&["due"][..], &["export", "json"], &["doctor"]].map(|args| as_nobody(&home, args));
    may(0o755, &home.join("reviews"));
    check(&outputs[0], 2);
    check(&outputs[1], 2);
    for output in &outputs[..2] {
        assert!(text(&output.stderr).contains(".jsonl: permission denied"), "{}", text(&output.stderr));
    }
    assert!(outputs[1].stdout.is_empty());
    assert!(found(&outputs[2]).iter().any(|it| it.contains("elsewhere.jsonl: permission denied")));
}

#[test]
fn the_doctor_finds_where_no_answer_can_be_saved() {
    let folder = home();
    let home = folder.path().join("home");
    let own = begun(&home);
    let may = |mode: u32, path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for path in [folder.path(), &home, &home.join("reviews"), &home.join("devices"), &home.join("place")] {
        may(0o755, path);
    }
    for file in fs::read_dir(home.join("devices")).unwrap() {
        may(0o444, &file.unwrap().path());
    }
    may(0o444, &own);
    let found_by = |home: &Path| found(&as_nobody(home, &["doctor"]));
    let says = format!("could not write to {}: permission denied", own.display());
    assert!(found_by(&home).contains(&says), "{:?}", found_by(&home));
    may(0o755, &home);

    // Nobody may write there, root or not.
    fs::remove_dir_all(home.join("place")).unwrap();
    fs::write(home.join("place"), "").unwrap();
    fs::remove_file(&own).unwrap();
    fs::create_dir(&own).unwrap();
    let found = found(&eastwest(&home, &["doctor"]));
    for says in ["place: it is a file; a folder belongs there", "it is a folder, not a log"] {
        assert_eq!(found.iter().filter(|it| it.ends_with(says)).count(), 1, "{found:?}");
    }
}

#[test]
fn a_home_that_cannot_be_one_is_named_and_its_settings_are_not_blamed() {
    let folder = home();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "").unwrap();
    symlink("/nowhere/at/all", &link).unwrap();
    for (home, why) in [
        (&file, "it is a file; a folder belongs there"),
        (&link, "it is a link to /nowhere/at/all, which is not there"),
    ] {
        let output = eastwest(home, &["doctor"]);
        assert_eq!(found(&output), [format!("could not read {}: {why}", home.display())]);
        assert!(!text(&output.stdout).contains("it is made with the first sitting"));
        let output = eastwest(home, &["import", "json", file.to_str().unwrap()]);
        check(&output, 2);
        let output = eastwest(home, &["due"]);
        check(&output, 2);
        assert_eq!(text(&output.stderr), format!("eastwest: could not read {}: {why}\n", home.display()));
        let mut terminal = Terminal::start(home, 200, 40, &["review"], &[]);
        terminal.until_text("could not create");
        assert!(terminal.text().contains(&why[..20]), "{}", terminal.text());
        terminal.send("\u{3}");
        terminal.ended();
    }
}

#[test]
fn a_full_disk_leaves_no_half_line_behind() {
    let home = home();
    let own = begun(home.path());
    // How much the shell's blocks are differs: 512 bytes or 1024.
    let probe = home.path().join("probe");
    on_a_full_disk(home.path(), 4, &format!("yes | head -c 100000 > '{}'", probe.display()));
    let room = fs::metadata(&probe).unwrap().len() as usize;
    assert!((1024..100_000).contains(&room), "{room}");
    // Empty lines up to where only the beginning of the next entry fits.
    let mut full = fs::read(&own).unwrap();
    full.resize(room - 60, b'\n');
    fs::write(&own, &full).unwrap();
    fs::write(home.path().join("reviews/elsewhere.jsonl"), answer(100_000_000)).unwrap();
    let output = on_a_full_disk(home.path(), 4, &format!("exec \"$0\" reset {CARD}"));
    check(&output, 2);
    let says = format!("eastwest: could not write {}: file too large\n", own.display());
    assert_eq!(text(&output.stderr), says);
    assert_eq!(fs::read(&own).unwrap(), full, "nothing is left of the line");
    check(&eastwest(home.path(), &["reset", CARD]), 0);
    assert_eq!(Journal::read(&Home::at(home.path())).1.broken, 0);
}

#[test]
fn a_full_disk_leaves_no_drafts_and_no_devices_behind() {
    let folder = home();
    let home = folder.path().join("home");
    fs::create_dir_all(home.join("reviews")).unwrap();
    fs::write(home.join("reviews/elsewhere.jsonl"), answer(0)).unwrap();
    let output = on_a_full_disk(&home, 0, &format!("exec \"$0\" reset {CARD}"));
    check(&output, 2);
    assert_eq!(fs::read_dir(home.join("devices")).unwrap().count(), 0);
    // A draft of somebody who was killed is no device.
    fs::write(home.join("devices/0123456789abcdef.0123456789ab"), "0123456789ab\n").unwrap();
    let output = eastwest(&home, &["doctor"]);
    assert!(text(&output.stdout).contains("no name yet, of 0 that write here"), "{}", text(&output.stdout));

    let place = PlaceFile::new(&Home::at(&home), "deva");
    fs::create_dir_all(home.join("place/deva.json")).unwrap();
    place.save(&1).unwrap_err();
    assert_eq!(fs::read_dir(home.join("place")).unwrap().count(), 1);
}

#[test]
fn a_device_whose_name_could_not_be_kept_keeps_it_with_its_first_answer() {
    let home = home();
    fs::write(home.path().join("devices"), "in the way").unwrap();
    let mut terminal = Terminal::start(home.path(), 120, 40, &["review"], &[]);
    terminal.until_text("how sure?");
    fs::remove_file(home.path().join("devices")).unwrap();
    terminal.send("2\r");
    terminal.until_text("Good");
    terminal.send("3");
    terminal.until_text("card 2 of");
    terminal.send("\u{3}");
    assert!(terminal.ended().success(), "{}", terminal.text());
    let only = |folder: &str| {
        let files: Vec<PathBuf> =
            fs::read_dir(home.path().join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    };
    let name = fs::read_to_string(only("devices")).unwrap();
    assert_eq!(only("reviews").file_stem().unwrap().to_str(), Some(name.trim()));
}

#[test]
fn a_place_that_is_not_saved_is_told_on_leaving() {
    let home = home();
    let own = begun(home.path());
    let place = home.path().join("place").join(own.with_extension("json").file_name().unwrap());
    fs::create_dir_all(&place).unwrap();
    let mut terminal = Terminal::start(home.path(), 200, 40, &["review"], &[]);
    terminal.until_text("how sure?");
    terminal.send("\u{3}");
    assert!(!terminal.ended().success());
    assert!(
        terminal.text().contains("where you were is not saved: could not replace"),
        "{}",
        terminal.text()
    );
}

#[test]
fn an_export_stays_behind_links_and_flows_into_what_is_no_file() {
    let (here, out) = (home(), home());
    begun(here.path());
    let at = |name: &str| out.path().join(name);
    let export = |to: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eastwest"));
        command.args(["export", "csv", "--out"]).arg(to).env("EASTWEST_HOME", here.path());
        check(&command.output().unwrap(), 0);
    };
    export(&at("plain"));
    let csv = fs::read(at("plain")).unwrap();
    assert!(csv.starts_with(b"id,t_ms"));

    fs::write(at("real"), "").unwrap();
    for (link, end) in [("link", "real"), ("early", "later"), ("twice", "link")] {
        symlink(end, at(link)).unwrap();
        fs::remove_file(at("real")).unwrap();
        fs::write(at("real"), "").unwrap();
        export(&at(link));
        assert!(at(link).is_symlink(), "{link}");
        assert_eq!(fs::read(at(link)).unwrap(), csv, "{link}");
    }
    assert!(at("link").is_symlink() && at("real").is_file());

    fifo(&at("fifo"));
    let reader = Command::new("cat").arg(at("fifo")).stdout(Stdio::piped()).spawn().unwrap();
    export(&at("fifo"));
    assert!(fs::symlink_metadata(at("fifo")).unwrap().file_type().is_fifo());
    assert_eq!(reader.wait_with_output().unwrap().stdout, csv);

    // A link into the home is no way around the rule.
    symlink(here.path().join("reviews/backup.jsonl"), at("sly")).unwrap();
    let output = eastwest(here.path(), &["export", "json", "--out", at("sly").to_str().unwrap()]);
    check(&output, 2);
    assert!(text(&output.stderr).contains("is where reviews are kept"), "{}", text(&output.stderr));
}

#[test]
fn output_that_cannot_be_written_is_called_that() {
    let home = home();
    let to = home.path().join("to");
    let output = on_a_full_disk(home.path(), 0, &format!("exec \"$0\" keys > '{}'", to.display()));
    check(&output, 2);
    assert_eq!(text(&output.stderr), "eastwest: could not write the output: file too large\n");
}

#[test]
fn an_import_can_be_piped() {
    let (here, there) = (home(), home());
    begun(here.path());
    let log = fs::File::open(here.path().join("reviews/elsewhere.jsonl")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_eastwest"));
    command.args(["import", "json", "-"]).env("EASTWEST_HOME", there.path()).stdin(log);
    let output = command.output().unwrap();
    check(&output, 0);
    assert!(text(&output.stdout).starts_with("took 1 entry (1 review)"), "{}", text(&output.stdout));
}
