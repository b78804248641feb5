//! Logs, places and names of devices, on real files.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use eastwest::learner::{Entry, Event, IdMaker, Kind, Learner, Mode, Review};
use eastwest::srs::{Grade, Moment};
use eastwest::store::{Home, Journal, device, place::PlaceFile};
use proptest::prelude::*;
use tempfile::TempDir;

const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

pub fn review(card: &str) -> Event {
    Event::Review(Review {
        card: card.into(),
        hash: None,
        grade: Grade::Good,
        took_ms: 900,
        mode: Mode::Reveal,
        right: None,
        confidence: None,
        kind: Kind::New,
    })
}

fn home() -> (TempDir, Home) {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path().join("home"));
    (folder, home)
}

fn log(home: &Home, device: &str) -> PathBuf {
    home.root().join("reviews").join(format!("{device}.jsonl"))
}

/// A log of `count` entries, and those entries.
fn written(home: &Home, device: &str, count: i64) -> Vec<Entry> {
    let (mut journal, _) = Journal::open(home, device);
    let mut ids = IdMaker::new(device, 1);
    let entries: Vec<Entry> = (0..count).map(|n| ids.entry(NOON.plus(n), review("e11.mesh"))).collect();
    for entry in &entries {
        journal.append(entry).unwrap();
    }
    entries
}

fn open(home: &Home, device: &str) -> (Journal, Vec<Entry>) {
    Journal::open(home, device)
}

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let (_folder, home) = home();
    let entries = written(&home, "deva", 3);
    let (journal, read) = open(&home, "deva");
    assert_eq!(read, entries);
    let report = journal.report();
    assert_eq!((report.entries, report.broken, report.unknown, report.healed), (3, 0, 0, false));
    assert_eq!(fs::read_to_string(log(&home, "deva")).unwrap().lines().count(), 3);
}

#[test]
fn a_home_that_is_not_there_reads_as_empty_and_is_not_created_by_reading() {
    let (_folder, home) = home();
    let (journal, read) = open(&home, "deva");
    assert!(read.is_empty() && journal.report().faults.is_empty());
    assert!(!home.exists());
}

#[test]
fn unknown_and_broken_lines_are_counted_and_stay_in_the_file() {
    let (_folder, home) = home();
    written(&home, "deva", 1);
    let path = log(&home, "deva");
    let odd = "{\"v\":9,\"op\":\"review\"}\nnonsense\n\n{\"v\":1,\"op\":\"dance\",\"id\":\"1\"}\r\n";
    OpenOptions::new().append(true).open(&path).unwrap().write_all(odd.as_bytes()).unwrap();
    let (mut journal, read) = open(&home, "deva");
    assert_eq!(read.len(), 1);
    assert_eq!((journal.report().unknown, journal.report().broken), (2, 1));
    journal.append(&IdMaker::new("deva", 2).entry(NOON, review("e11.dns"))).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(odd) && text.lines().count() == 6, "{text}");
}

#[test]
fn two_processes_see_each_others_entries_before_the_next_card() {
    let (_folder, home) = home();
    let (mut one, _) = open(&home, "deva");
    let (mut two, _) = open(&home, "deva");
    let (mut ids_one, mut ids_two) = (IdMaker::new("deva", 1), IdMaker::new("deva", 2));
    let first = ids_one.entry(NOON, review("a"));
    let second = ids_two.entry(NOON, review("b"));
    assert_eq!(one.append(&first).unwrap(), []);
    assert_eq!(two.append(&second).unwrap(), [first], "the append itself brings what came before it");
    assert_eq!(one.read_tail(), [second]);
    assert_eq!((one.read_tail(), two.read_tail()), (vec![], vec![]), "nothing is told twice");
}

#[test]
fn files_of_other_devices_are_read_when_they_appear_and_never_written() {
    let (_folder, home) = home();
    let (mut here, _) = open(&home, "deva");
    let there = written(&home, "devb", 2);
    assert_eq!(here.read_tail(), there);
    // The end of a line is on its way: it is waited for, not mended.
    let path = log(&home, "devb");
    let next = IdMaker::new("devb", 9).entry(NOON, review("late"));
    let line = next.to_line();
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(&line.as_bytes()[..40]).unwrap();
    assert_eq!(here.read_tail(), []);
    file.write_all(&line.as_bytes()[40..]).unwrap();
    assert_eq!(here.read_tail(), [next], "a whole line counts, its end may follow");
    file.write_all(b"\n").unwrap();
    assert_eq!(here.read_tail(), []);
    assert_eq!(here.report().broken, 0);
}

#[test]
fn a_file_that_was_replaced_is_read_again_from_its_beginning() {
    let (folder, home) = home();
    let (mut here, _) = open(&home, "deva");
    let there = written(&home, "devb", 2);
    assert_eq!(here.read_tail(), there);
    let path = log(&home, "devb");
    let new = folder.path().join("new");
    let third = IdMaker::new("devb", 9).entry(NOON, review("third"));
    let all = there.iter().chain([&third]).map(|entry| entry.to_line() + "\n").collect::<String>();
    fs::write(&new, all).unwrap();
    fs::rename(&new, &path).unwrap();
    let again = here.read_tail();
    assert_eq!(again.len(), 3);
    assert_eq!(Learner::fold(again.clone().into_iter().chain(there)), Learner::fold(again), "ids count once");
}

#[test]
fn a_fault_says_what_could_not_be_done_to_which_file() {
    let (folder, home) = home();
    fs::write(folder.path().join("home"), "a file where the folder should be").unwrap();
    let (mut journal, read) = open(&home, "deva");
    assert!(read.is_empty());
    let entry = IdMaker::new("deva", 1).entry(NOON, review("a"));
    let fault = journal.append(&entry).unwrap_err().to_string();
    let why = "it is a file; a folder belongs there";
    assert_eq!(fault, format!("could not create {}: {why}", home.root().display()));
    fs::remove_file(home.root()).unwrap();
    journal.append(&entry).unwrap();
    assert_eq!(open(&home, "deva").1, [entry], "what could not be kept then is kept now");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_the_next_line_stands_alone() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let (_folder, home) = home();
    let (mut journal, _) = open(&home, "deva");
    home.create().unwrap();
    let path = log(&home, "deva");
    std::os::unix::fs::symlink(full, &path).unwrap();
    let entry = IdMaker::new("deva", 1).entry(NOON, review("a"));
    let fault = journal.append(&entry).unwrap_err().to_string();
    assert_eq!(fault, format!("could not write {}: no space left on device", path.display()));
    // What a full disk leaves behind is the beginning of a line.
    fs::remove_file(&path).unwrap();
    fs::write(&path, &entry.to_line()[..30]).unwrap();
    journal.append(&entry).unwrap();
    assert_eq!(open(&home, "deva").1, [entry]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_cut_through_the_last_line_loses_that_line_and_no_other(count in 1..5i64, cut in any::<prop::sample::Index>()) {
        let (_folder, home) = home();
        let entries = written(&home, "deva", count);
        let path = log(&home, "deva");
        let bytes = fs::read(&path).unwrap();
        let last = entries.last().unwrap().to_line().len() + 1;
        let of_last = cut.index(last);
        let kept = bytes.len() - last + of_last;
        fs::write(&path, &bytes[..kept]).unwrap();

        let (mut journal, read) = open(&home, "deva");
        // Where only the end of the line was cut off, the entry is whole.
        let whole = count as usize - usize::from(kept + 1 < bytes.len());
        prop_assert_eq!(&read[..], &entries[..whole]);
        prop_assert_eq!(journal.report().healed, of_last > 0);
        let next = IdMaker::new("deva", 2).entry(NOON.plus(99), review("next"));
        journal.append(&next).unwrap();
        let (journal, again) = open(&home, "deva");
        prop_assert_eq!(again.last(), Some(&next));
        prop_assert_eq!(again.len(), whole + 1);
        prop_assert!(!journal.report().healed);
    }
}

#[test]
fn the_home_is_found_as_the_variables_say() {
    let find = |set: &[(&str, &str)]| {
        let set: Vec<(String, String)> = set.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        let home = Home::find(|name| set.iter().find(|(key, _)| key == name).map(|(_, value)| value.into()));
        home.unwrap().root().display().to_string()
    };
    let home = ("HOME", "/home/ada");
    assert_eq!(find(&[("EASTWEST_HOME", "/data"), ("XDG_STATE_HOME", "/state"), home]), "/data");
    assert_eq!(find(&[("XDG_STATE_HOME", "/state"), home]), "/state/eastwest");
    assert_eq!(find(&[home]), "/home/ada/.local/state/eastwest");
    assert_eq!(
        find(&[("EASTWEST_HOME", ""), ("XDG_STATE_HOME", "relative"), home]),
        "/home/ada/.local/state/eastwest"
    );
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, home) = home();
    home.create().unwrap();
    written(&home, "deva", 1);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(home.root()), mode(&home.root().join("reviews"))), (0o700, 0o700));
    assert_eq!(mode(&log(&home, "deva")), 0o600);
}

#[test]
fn a_device_keeps_its_name_and_another_host_gets_its_own() {
    let (_folder, home) = home();
    let first = device::name(&home, "laptop", 0xABCD << 112).unwrap();
    assert_eq!(first, "abcd00000000");
    assert_eq!(device::name(&home, "laptop", 7 << 100).unwrap(), first);
    assert_ne!(device::name(&home, "desktop", 7 << 100).unwrap(), first);
    // A name that was damaged is made anew.
    for file in fs::read_dir(home.root().join("devices")).unwrap() {
        fs::write(file.unwrap().path(), "\0\0").unwrap();
    }
    assert_eq!(device::name(&home, "laptop", 0x1234 << 112).unwrap(), "123400000000");
    assert_eq!(fs::read_dir(home.root().join("devices")).unwrap().count(), 2, "no drafts are left");
}

#[test]
fn processes_that_ask_for_a_name_at_once_agree_on_it() {
    for _ in 0..20 {
        let (_folder, home) = home();
        home.create().unwrap();
        let names: Vec<String> = std::thread::scope(|scope| {
            let ask = |n: u128| device::name(&home, "laptop", n << 90 | 0xF << 124).unwrap();
            let asked: Vec<_> = (0..6).map(|n| scope.spawn(move || ask(n))).collect();
            asked.into_iter().map(|name| name.join().unwrap()).collect()
        });
        assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    }
}

#[test]
fn entropy_differs_from_call_to_call() {
    assert_ne!(device::entropy(1, 1), device::entropy(1, 1));
}

#[test]
fn a_place_is_replaced_whole_and_a_broken_one_is_set_aside() {
    let (_folder, home) = home();
    let file = PlaceFile::new(&home, "deva");
    assert_eq!(file.load::<Vec<u8>>().unwrap(), None);
    file.save(&vec![4, 2]).unwrap();
    file.save(&vec![4, 3]).unwrap();
    assert_eq!(file.load::<Vec<u8>>().unwrap(), Some(vec![4, 3]));
    let folder = home.root().join("place");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no drafts are left");
    let path = folder.join("deva.json");
    fs::write(&path, "[4,").unwrap();
    let fault = file.load::<Vec<u8>>().unwrap_err().to_string();
    assert!(fault.starts_with(&format!("could not understand {}: ", path.display())), "{fault}");
    assert!(fault.contains("set aside"), "{fault}");
    assert_eq!(file.load::<Vec<u8>>().unwrap(), None);
    file.save(&vec![1]).unwrap();
    assert_eq!(file.load::<Vec<u8>>().unwrap(), Some(vec![1]));
}
