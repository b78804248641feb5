//! `eastwest export` and `import`, and what Anki makes of the cards.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use eastwest::learner::{Entry, Event, IdMaker, Kind, Learner, Review};
use eastwest::srs::{Grade, Moment};
use eastwest::store::{Home, Journal};

use crate::cli::{check, eastwest, home, text};

const NOON: Moment = Moment { ms: 1_763_800_000_000, offset: 60 };
const LATER: &str = r#"{"v":9,"id":"from-2031","op":"dream","t":{"day":7}}"#;

/// Two devices, things that were undone, and a line of a later version.
fn learned(home: &Path) {
    let mut logs = Vec::new();
    for device in ["aaaaaaaaaaaa", "bbbbbbbbbbbb"] {
        let mut ids = IdMaker::new(device, 7);
        let mut made: Vec<Entry> = Vec::new();
        for n in 0..30 {
            let Event::Review(plain) = super::store::review(["e11.q3-partition", "e11.region-first"][n % 2])
            else {
                unreachable!()
            };
            let review = Review { grade: Grade::ALL[n % 4], kind: Kind::Review, ..plain };
            made.push(ids.entry(NOON.plus(n as i64 * 40_000_000), Event::Review(review)));
        }
        let of = made[4].id.clone();
        made.push(ids.entry(NOON.plus(1), Event::Undo { of }));
        made.push(ids.entry(NOON.plus(2), Event::Finish { section: 3 }));
        logs.push((device, made));
    }
    fs::create_dir_all(home.join("reviews")).unwrap();
    for (device, made) in logs {
        let mut lines: String = made.iter().map(|entry| entry.to_line() + "\n").collect();
        lines += LATER;
        lines += "\n";
        fs::write(home.join(format!("reviews/{device}.jsonl")), lines).unwrap();
    }
}

fn fold(home: &Path) -> Learner {
    let (entries, report) = Journal::read(&Home::at(home));
    assert!(report.faults.is_empty());
    Learner::fold(entries)
}

fn exported(home: &Path, what: &str, to: &Path) -> PathBuf {
    let file = to.join(format!("out.{what}"));
    check(&eastwest(home, &["export", what, "--out", file.to_str().unwrap()]), 0);
    file
}

fn import(home: &Path, what: &str, file: &Path) -> std::process::Output {
    eastwest(home, &["import", what, file.to_str().unwrap()])
}

fn imports(home: &Path) -> Vec<PathBuf> {
    let listing = fs::read_dir(home.join("reviews")).unwrap().map(|file| file.unwrap().path());
    listing.filter(|path| path.to_str().unwrap().contains("import-")).collect()
}

#[test]
fn all_that_is_kept_goes_out_and_comes_back_the_same() {
    let (here, there) = (home(), home());
    learned(here.path());
    let file = exported(here.path(), "json", there.path());
    let whole: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(whole["entries"].as_array().unwrap().len(), 66);

    let output = import(there.path(), "json", &file);
    check(&output, 0);
    let said = text(&output.stdout);
    assert!(said.starts_with("took 64 entries (60 reviews) into reviews/import-"), "{said}");
    assert!(said.contains("of a later version, kept for it: 1 line"), "{said}");
    assert_eq!(fold(there.path()), fold(here.path()));

    let before = fs::read_to_string(&imports(there.path())[0]).unwrap();
    assert_eq!(before.matches(LATER).count(), 1);
    let again = import(there.path(), "json", &file);
    check(&again, 0);
    assert!(
        text(&again.stdout).starts_with("nothing was taken\nknown already: 66 entries"),
        "{}",
        text(&again.stdout)
    );
    assert_eq!(imports(there.path()).len(), 1, "no empty file is left");
    assert_eq!(fs::read_to_string(&imports(there.path())[0]).unwrap(), before);
}

#[test]
fn a_log_of_another_machine_is_taken_beside_what_is_here() {
    let (here, there) = (home(), home());
    learned(here.path());
    let own = fs::read(here.path().join("reviews/aaaaaaaaaaaa.jsonl")).unwrap();
    fs::create_dir_all(there.path().join("reviews")).unwrap();
    fs::write(there.path().join("reviews/aaaaaaaaaaaa.jsonl"), &own).unwrap();
    check(&import(there.path(), "json", &here.path().join("reviews/bbbbbbbbbbbb.jsonl")), 0);
    assert_eq!(fold(there.path()), fold(here.path()));
    assert_eq!(
        fs::read(there.path().join("reviews/aaaaaaaaaaaa.jsonl")).unwrap(),
        own,
        "nothing is rewritten"
    );
}

#[test]
fn answers_go_out_as_a_table_and_come_back() {
    let (here, there) = (home(), home());
    learned(here.path());
    let file = exported(here.path(), "csv", there.path());
    check(&import(there.path(), "csv", &file), 0);
    let (before, after) = (fold(here.path()), fold(there.path()));
    for card in ["e11.q3-partition", "e11.region-first"] {
        assert_eq!(after.card(card), before.card(card));
        assert!(after.history(card).eq(before.history(card)));
    }
    assert!(after.finished().is_empty(), "a table holds answers and nothing else");
    check(&import(there.path(), "csv", &file), 0);
    assert_eq!(imports(there.path()).len(), 1);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_taken() {
    let (here, there) = (home(), home());
    learned(here.path());
    let file = here.path().join("reviews/aaaaaaaaaaaa.jsonl");
    let mut lines: Vec<String> = fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
    lines[2] = lines[2][..20].to_owned();
    // Somebody gave an answer another grade by hand: what is here stands.
    fs::create_dir_all(there.path().join("reviews")).unwrap();
    fs::write(there.path().join("reviews/x.jsonl"), lines[5].replace("\"r\":2", "\"r\":4")).unwrap();
    let odd = there.path().join("odd.jsonl");
    fs::write(&odd, lines.join("\n")).unwrap();
    let output = import(there.path(), "json", &odd);
    check(&output, 1);
    let said = text(&output.stdout);
    assert!(said.starts_with("took 30 entries (28 reviews)"), "{said}");
    assert!(said.contains("line 6: its id is known with something else under it, which stands"), "{said}");
    assert!(said.contains("could not be read: 1 line\n  line 3: no entry of any version"), "{said}");
}

#[test]
fn a_file_that_is_something_else_changes_nothing() {
    let (here, there) = (home(), home());
    learned(here.path());
    let cards = exported(here.path(), "anki", there.path());
    let cut = there.path().join("cut.json");
    let whole = fs::read_to_string(exported(here.path(), "json", there.path())).unwrap();
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    for (what, file, says) in [
        ("csv", &cards, "has no column 'id'; only what `eastwest export csv` wrote can be taken"),
        ("json", &cards, "holds no entry; give what `eastwest export json` wrote, or a log"),
        ("json", &cut, "cannot be read: EOF while parsing"),
        ("json", &there.path().join("none.json"), "could not read"),
    ] {
        let output = import(there.path(), what, file);
        check(&output, 2);
        let err = text(&output.stderr);
        assert!(err.contains(says) && err.lines().count() == 1, "{err}");
    }
    assert!(!there.path().join("reviews").exists());
}

#[test]
fn an_export_never_lands_among_the_logs_and_replaces_a_file_whole() {
    let here = home();
    learned(here.path());
    let among = here.path().join("reviews/backup.jsonl");
    let output = eastwest(here.path(), &["export", "json", "--out", among.to_str().unwrap()]);
    check(&output, 2);
    assert!(text(&output.stderr).contains("is where reviews are kept"), "{}", text(&output.stderr));
    assert!(!among.exists());

    let out = home();
    let file = exported(here.path(), "csv", out.path());
    let first = fs::read(&file).unwrap();
    exported(here.path(), "csv", out.path());
    assert_eq!(fs::read(&file).unwrap(), first);
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "no draft is left");
    let nowhere = out.path().join("none/x.csv");
    let output = eastwest(here.path(), &["export", "csv", "--out", nowhere.to_str().unwrap()]);
    check(&output, 2);
    assert!(text(&output.stderr).starts_with("eastwest: could not write"), "{}", text(&output.stderr));
}

#[test]
fn lines_that_hold_nothing_are_counted_when_exporting() {
    let here = home();
    learned(here.path());
    fs::write(here.path().join("reviews/c.jsonl"), "scribble\n").unwrap();
    for what in ["json", "csv"] {
        let output = eastwest(here.path(), &["export", what]);
        check(&output, 0);
        let err = text(&output.stderr);
        assert_eq!(err, "eastwest: 1 line holds no entry and is not exported; `eastwest doctor` names it\n");
    }
}

/// A note as Anki reads it.
struct Note {
    guid: String,
    kind: String,
    deck: String,
    fields: Vec<String>,
    tags: Vec<String>,
}

/// Reads a file by the rules of Anki's manual, "Text Files": headers first, `#` begins a comment, cells may be quoted,
/// columns that are not named by a header are fields.
fn anki(text: &str) -> Vec<Note> {
    let mut columns = [0; 4];
    let mut rest = text;
    let (mut separator, mut html) = (',', false);
    while let Some((line, after)) = rest.strip_prefix('#').and_then(|rest| rest.split_once('\n')) {
        let (key, value) = line.split_once(':').unwrap();
        match key {
            "separator" => separator = if value == "tab" { '\t' } else { panic!("{value}") },
            "html" => html = value == "true",
            key => {
                let names = ["guid column", "notetype column", "deck column", "tags column"];
                columns[names.iter().position(|name| *name == key).expect(key)] = value.parse().unwrap();
            }
        }
        rest = after;
    }
    assert!(html);
    let mut notes = Vec::new();
    for line in rest.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(separator).collect();
        assert!(cells.iter().all(|cell| !cell.starts_with('"')), "no cell is quoted: {line}");
        let cell = |at: usize| cells[columns[at] - 1].to_owned();
        let fields = (1..=cells.len()).filter(|at| !columns.contains(at)).map(|at| cells[at - 1].to_owned());
        notes.push(Note {
            guid: cell(0),
            kind: cell(1),
            deck: cell(2),
            fields: fields.collect(),
            tags: cell(3).split_whitespace().map(str::to_owned).collect(),
        });
    }
    notes
}

/// Every tag is closed, in order, and only those that a field needs are used.
fn is_sound(html: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        assert!(!before.contains(['>', '"']), "{before}");
        let (tag, after) = after.split_once('>').expect("a tag ends");
        match tag.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None if tag == "br" => {}
            None if ["b", "i", "code", "small", "pre", "ol", "ul", "li"].contains(&tag) => open.push(tag),
            None => return false,
        }
        rest = after;
    }
    open.is_empty() && !rest.contains(['>', '"'])
}

#[test]
fn anki_reads_every_card_and_finds_it_again() {
    let here = home();
    let output = eastwest(here.path(), &["export", "anki"]);
    check(&output, 0);
    let deck = text(&output.stdout);
    let notes = anki(&deck);
    let course = eastwest::course::Course::build(&eastwest::store::library::Library::embedded().files).0;
    assert_eq!(notes.len(), course.cards.len());
    assert!(!here.path().join("reviews").exists(), "nothing is made");
    for (note, card) in notes.iter().zip(&course.cards) {
        assert_eq!(note.guid, format!("eastwest/{}", card.id));
        assert_eq!(note.deck, "eastwest::Episode 11");
        assert_eq!(note.fields.len(), 2, "Basic and Cloze have two fields");
        assert!(note.fields.iter().all(|field| !field.is_empty() && is_sound(field)), "{}", note.guid);
        let expected = if card.kind.name() == "cloze" { "Cloze" } else { "Basic" };
        assert_eq!(note.kind, expected, "{}", note.guid);
        assert_eq!(note.fields[0].matches("{{c1::").count(), usize::from(expected == "Cloze"));
        assert!(note.tags.contains(&format!("eastwest::objective::{}", card.objective)));
        assert!(note.tags.contains(&format!("eastwest::section::{}", card.section)));
        assert!(!note.fields[0].contains(&card.reason), "the reason is on the back");
    }
    let guids: BTreeSet<&str> = notes.iter().map(|note| note.guid.as_str()).collect();
    assert_eq!(guids.len(), notes.len());
    let of = |id: &str| notes.iter().find(|note| note.guid == format!("eastwest/{id}")).unwrap();
    let fault = of("e11.fault-ten-percent");
    assert!(fault.fields[0].contains("<pre>apiVersion: networking.istio.io/v1<br>kind: DestinationRule<br>"));
    assert!(fault.fields[1].starts_with("<pre>      maxEjectionPercent: 10</pre>"), "{}", fault.fields[1]);
    let order = of("e11.build-the-mesh");
    assert!(
        order.fields[0].contains("<ul><li>Connect the two: ")
            && order.fields[1].starts_with("<ol><li>Give both")
    );
    assert!(of("e11.gap-one-point-four").fields[0].ends_with("overprovisioning factor of {{c1::1.4}}."));
}

#[test]
fn an_import_that_is_killed_at_any_moment_took_all_or_nothing() {
    let (here, there, out) = (home(), home(), home());
    learned(here.path());
    let file = exported(here.path(), "json", out.path());
    let (none, all) = (Learner::default(), fold(here.path()));
    let mut ends = BTreeSet::new();
    for round in 0..60 {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_eastwest"))
            .args(["import", "json", file.to_str().unwrap()])
            .env("EASTWEST_HOME", there.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Somewhere in its life; where does not matter to what has to hold.
        for _ in 0..round * 40 {
            let _ = fs::read_dir(there.path()).map(Iterator::count);
        }
        child.kill().ok();
        child.wait().unwrap();
        let found = fold(there.path());
        assert!(found == none || found == all, "round {round}");
        ends.insert(found == all);
        // From the beginning again; what a killed one has left lying is not in the way.
        for import in fs::read_dir(there.path().join("reviews")).into_iter().flatten() {
            let path = import.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                fs::remove_file(path).unwrap();
            }
        }
    }
    assert!(ends.contains(&false), "at least one was killed before its end");
}
