//! Sharing a run: the command that `y` copies and the files of `X` are of the run on screen, and `lab --from` opens it.

use std::fs;
use std::time::Duration;

use clap::Parser as _;
use eastwest::app::effect::File;
use eastwest::app::geometry::Size;
use eastwest::app::state::Go;
use eastwest::app::{Effect, Screen};
use eastwest::cli::args::{Cli, Command};
use eastwest::store::save;
use serde_json::Value;

use crate::cli::{check, eastwest, home, text};
use crate::screen;
use crate::sessions::Sitting;

/// Keys that leave the lab paused, with runs of every kind: another pattern, several failures, one taken back, one of
/// an earlier moment.
const SESSIONS: [&str; 5] = [
    "space",
    "P f 5 wait wait 1 f n wait wait space",
    "P f a wait f 0 wait u wait space",
    "P f 5 wait wait o f l wait 2 wait L L H H H space",
    "P f r wait = wait wait f 5 wait space",
];

fn play(sitting: &mut Sitting, keys: &str) {
    for key in keys.split_whitespace() {
        match key {
            "wait" => sitting.pass(Duration::from_millis(1_930)),
            key => sitting.press(key),
        }
    }
    // All that is still being gone to is reached.
    sitting.pass(Duration::from_secs(2));
}

fn lab() -> Sitting {
    let mut sitting = Sitting::open(Size::new(120, 40), Go::Lab(None));
    sitting.pass(Duration::from_millis(2_345));
    sitting
}

/// What `y` copies.
fn copied(sitting: &mut Sitting) -> String {
    sitting.press("y");
    let Some(Effect::Copy(command)) = sitting.sent().last() else { panic!("{:?}", sitting.sent()) };
    let command = command.clone();
    sitting.press("esc");
    command
}

/// The files that `X` writes: series, events and JSON.
fn saved(sitting: &mut Sitting) -> [File; 3] {
    sitting.press("X");
    let Some(Effect::Save(files)) = sitting.sent().last() else { panic!("{:?}", sitting.sent()) };
    let files = files.clone().try_into().unwrap();
    sitting.press("esc");
    files
}

/// What `eastwest sim` prints for a copied line, with more flags.
fn printed(command: &str, more: &[&str]) -> String {
    let words = shlex::split(command).unwrap();
    assert_eq!(words[0], "eastwest");
    let args: Vec<&str> = words[1..].iter().map(String::as_str).chain(more.iter().copied()).collect();
    let output = eastwest(home().path(), &args);
    check(&output, 0);
    text(&output.stdout)
}

fn from(line: &str) -> anyhow::Result<Go> {
    match Cli::try_parse_from(["eastwest", "lab", "--from", line])?.command {
        Some(Command::Lab(args)) => args.start(),
        other => panic!("{other:?}"),
    }
}

/// The lab of a line, when it has come to the line's end.
fn opened(line: &str) -> Sitting {
    let mut sitting = Sitting::open(Size::new(120, 40), from(line).unwrap());
    sitting.pass(Duration::from_secs(3));
    sitting
}

fn digests(json: &str) -> Vec<Value> {
    let whole: Value = serde_json::from_str(json).unwrap();
    whole["patterns"].as_object().unwrap().values().map(|pattern| pattern["digest"].clone()).collect()
}

#[test]
fn the_copied_command_and_the_saved_files_are_the_run_on_screen() {
    for keys in SESSIONS {
        let mut sitting = lab();
        play(&mut sitting, keys);
        let command = copied(&mut sitting);
        let [series, events, json] = saved(&mut sitting);
        assert_eq!(printed(&command, &["--json", "--events", "--series"]), json.text, "{keys}: {command}");
        assert_eq!(printed(&command, &["--format", "csv", "--series"]), series.text, "{keys}");
        assert_eq!(printed(&command, &["--format", "csv", "--events"]), events.text, "{keys}");
        assert_eq!(json.name, "eastwest-two-regions-seed7.json");
        assert_eq!(series.name, "eastwest-two-regions-seed7-series.csv");
        assert_eq!(events.name, "eastwest-two-regions-seed7-events.csv");
        assert!(series.text.lines().count() > 2, "{}", series.text);
    }
}

#[test]
fn a_copied_command_opens_the_same_run_paused_at_its_end() {
    for keys in SESSIONS {
        let mut sitting = lab();
        play(&mut sitting, keys);
        let command = copied(&mut sitting);
        let mut again = opened(&command);
        assert_eq!(again.app.wants_frame(), None, "it stands still: {keys}");
        assert_eq!(copied(&mut again), command, "{keys}");
        assert_eq!(digests(&saved(&mut again)[2].text), digests(&saved(&mut sitting)[2].text), "{keys}");
    }
}

#[test]
fn keys_seeds_and_timed_failures_are_taken_over() {
    let line = "eastwest sim one-service --seed 18446744073709551615 --duration 12s200ms --pattern federation \
                --set mesh.retries.attempts=0 --set 'users.us-east-1.rps = 50' \
                --do \"3s us-east-1/payment:2 errors=30/100 for 2s every 4s\" --do \"5s us-east-1~us-west-2 cut\"";
    let mut sitting = opened(line);
    let [.., json] = saved(&mut sitting);
    assert_eq!(digests(&json.text), digests(&printed(line, &["--json"])));
    assert_eq!(printed(&copied(&mut sitting), &["--json", "--events", "--series"]), json.text);
    // It can be gone on with: the failure of that moment is taken back.
    sitting.press("u");
    sitting.pass(Duration::from_secs(2));
    assert!(!copied(&mut sitting).contains("cut"));
}

#[test]
fn a_file_is_named_with_its_content_and_one_that_changed_is_refused() {
    let folder = home();
    let path = folder.path().join("mine.toml");
    fs::copy("tests/pure/coarse.toml", &path).unwrap();
    let line = format!("eastwest sim {} --seed 3 --duration 4s --do \"1s east/bank:2 503\"", path.display());
    let mut sitting = opened(&line);
    let command = copied(&mut sitting);
    assert!(command.contains(" # ") && command.contains("has sha256"), "{command}");
    let [series, _, json] = saved(&mut sitting);
    assert_eq!(printed(&command, &[]).matches("digest").count(), 1);
    assert_eq!(digests(&json.text), digests(&printed(&line, &["--json"])));
    assert!(series.name.starts_with("eastwest-mine-seed3"), "{}", series.name);
    from(&command).unwrap();
    fs::write(&path, fs::read_to_string(&path).unwrap() + "\n# other\n").unwrap();
    let refused = format!("{:#}", from(&command).unwrap_err());
    assert!(refused.contains("mine.toml has changed since this line was made"), "{refused}");
}

#[test]
fn a_line_that_is_no_run_is_answered_in_one_sentence() {
    for (line, says) in [
        ("", "--from: there is nothing; write a line that begins with eastwest sim"),
        ("eastwest lab", "--from: 'lab' is no run; write a line that begins with eastwest sim"),
        ("kubectl get pods", "--from: 'kubectl' does not begin a run"),
        ("eastwest sim --do \"5s us-east-1 down", "--from: a quote is not closed"),
        ("eastwest sim --foo", "--from: unexpected argument '--foo' found"),
        ("eastwest sim mars", "--from: there is no scenario 'mars'"),
        ("eastwest sim --seed x", "--from: invalid value 'x' for '--seed <SEED>': a seed is a whole number"),
        ("eastwest sim --pattern mseh", "did you mean 'mesh'?"),
        ("eastwest sim --set mesh.lb=fast", "--from: --set: mesh.lb=fast"),
        (
            "eastwest sim --do \"5s mars down\"",
            "--from: --do: '5s mars down': there is no region or zone 'mars'",
        ),
        ("eastwest sim --duration 0s", "--from: --duration: 0s is no time to run"),
        ("eastwest sim --apply x.yaml", "--from: --apply is not built yet"),
        ("eastwest sim --seeds 5", "--from: --seeds tells of many runs and the lab shows one"),
    ] {
        let error = from(line).map(|_| ()).unwrap_err();
        let said: Vec<String> = error.chain().map(ToString::to_string).collect();
        let said = said.join(": ");
        assert!(said.contains(says) && !said.contains('\n'), "{line}: {said}");
    }
    from("$ ./target/debug/eastwest sim").unwrap();
    assert!(Cli::try_parse_from(["eastwest", "lab", "one-service", "--from", "eastwest sim"]).is_err());
}

#[test]
fn the_lab_takes_a_file_and_a_seed() {
    let args = ["eastwest", "lab", "tests/pure/coarse.toml", "--seed", "9"];
    let Some(Command::Lab(args)) = Cli::try_parse_from(args).unwrap().command else { panic!("no lab") };
    let mut sitting = Sitting::open(Size::new(120, 40), args.start().unwrap());
    sitting.pass(Duration::from_secs(1));
    assert!(
        screen::text(&sitting.app, 120, 40).contains("coarse"),
        "{}",
        screen::text(&sitting.app, 120, 40)
    );
    sitting.press("space");
    let command = copied(&mut sitting);
    assert!(command.starts_with("eastwest sim tests/pure/coarse.toml --seed 9 "), "{command}");
    // It is a lab of its own, not one beside a text.
    sitting.press("=");
    let Screen::Lab(lab) = sitting.app.screen() else { panic!("no lab") };
    assert!(lab.compare().is_some());
}

#[test]
fn a_long_command_can_be_read_in_full_and_any_key_closes_it() {
    let mut sitting = lab();
    play(&mut sitting, "P f 5 wait o f n wait 1 f l wait f e wait f k wait o f a space");
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        sitting.resize(Size::new(width, height), &mut |_| {});
        sitting.press("y");
        let Some(Effect::Copy(command)) = sitting.sent().last() else { panic!() };
        assert!(command.len() > 300, "{}: {command}", command.len());
        let words = shlex::split(command).unwrap();
        let mut seen = String::new();
        for _ in 0..20 {
            seen += &screen::text(&sitting.app, width, height);
            sitting.press("j");
        }
        for word in words.iter().flat_map(|word| word.split(' ')) {
            assert!(seen.contains(word), "{width}x{height}: {word} is not in {seen}");
        }
        assert!(sitting.app.overlay().is_some());
        sitting.press("p");
        assert!(sitting.app.overlay().is_none(), "any key closes it, and does nothing else");
    }
}

#[test]
fn files_are_never_written_over_and_all_get_the_same_number() {
    let folder = home();
    let file = |name: &str| File { name: name.to_owned(), text: format!("{name} says this\n") };
    let files = [file("run-series.csv"), file("run.json")];
    fs::write(folder.path().join("run.json"), "mine").unwrap();
    assert_eq!(save::all(folder.path(), &files).unwrap(), ["run-series-2.csv", "run-2.json"]);
    assert_eq!(save::all(folder.path(), &files).unwrap(), ["run-series-3.csv", "run-3.json"]);
    assert_eq!(fs::read_to_string(folder.path().join("run.json")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(folder.path().join("run-2.json")).unwrap(), "run.json says this\n");
}

#[test]
fn what_cannot_be_written_whole_is_not_written_at_all() {
    let folder = home();
    let files = ["one.csv", "no-such-folder/two.csv"]
        .map(|name| File { name: name.to_owned(), text: "text".to_owned() });
    let why = save::all(folder.path(), &files).unwrap_err();
    assert!(why.starts_with("nothing saved: ") && why.contains(", in /"), "{why}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_table_of_csv_is_of_one_kind() {
    for flags in [&[][..], &["--series", "--events"], &["--series", "--trace", "1"]] {
        let args = [&["sim", "--duration", "2s", "--format", "csv"], flags].concat();
        let output = eastwest(home().path(), &args);
        check(&output, 2);
        let err = text(&output.stderr);
        assert!(err.contains("--format csv is one table; give --series for its seconds"), "{err}");
    }
}
