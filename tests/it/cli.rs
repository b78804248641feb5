//! The real binary as scripts use it: output, exit codes, pipes.

use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) fn eastwest(home: &Path, args: &[&str]) -> Output {
    command(home, args).output().expect("the binary runs")
}

fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eastwest"));
    command.args(args).env("EASTWEST_HOME", home).env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Fails with both outputs when the code is another.
#[track_caller]
pub(crate) fn check(output: &Output, code: i32) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "stdout:\n{out}\nstderr:\n{err}");
}

pub(crate) fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn without_a_terminal_it_prints_its_help_and_gives_up() {
    let home = home();
    let output = eastwest(home.path(), &[]);
    check(&output, 2);
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("Usage: eastwest"), "{}", text(&output.stderr));
}

#[test]
fn every_usage_error_is_one_line_and_at_most_one_of_advice() {
    let home = home();
    for args in [
        &["calc", "spill"][..],
        &["--no-such-flag"],
        &["nonsense"],
        &["mission"],
        &["present", "99"],
        &["present", "--format", "json"],
        &["present", "--check", "--size", "80"],
        &["present", "--check", "--size", "30x10"],
        &["sim", "--seed", "x"],
        &["sim", "no-such-scenario"],
        &["read", "99"],
        &["sim", "--do", "5s mars down"],
        &["sim", "--set", "mesh.outlier.intervall=5s"],
        &["lab", "--do", "3s us-moon/payment-1 down"],
        &["sim", "--json", "--format", "jsonl"],
    ] {
        let output = eastwest(home.path(), args);
        check(&output, 2);
        let err = text(&output.stderr);
        assert!(err.starts_with("eastwest: "), "{args:?}: {err}");
        assert!(err.lines().count() <= 2, "{args:?}: {err}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn a_wrong_key_gets_its_nearest_right_spelling() {
    let home = home();
    let output = eastwest(home.path(), &["sim", "--set", "mesh.outlier.intervall=5s"]);
    assert!(text(&output.stderr).contains("mesh.outlier.interval"), "{}", text(&output.stderr));
}

#[test]
fn due_has_nothing_to_say_where_nobody_has_learned() {
    let home = home();
    let output = eastwest(&home.path().join("never-made"), &["due"]);
    check(&output, 0);
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn a_closed_pipe_is_success() {
    let home = home();
    for args in [&["read"][..], &["sim", "--duration", "60s", "--series", "--json"]] {
        let mut child = command(home.path(), args).stdout(Stdio::piped()).spawn().expect("the binary runs");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{args:?}");
    }
}

#[test]
fn the_same_command_tells_the_same_story() {
    let home = home();
    let args = ["sim", "two-regions", "--duration", "20s", "--do", "5s us-east-1/payment:2 503", "--json"];
    let (first, second) = (eastwest(home.path(), &args), eastwest(home.path(), &args));
    check(&first, 0);
    assert!(text(&first.stdout).contains("\"digest\""));
    assert_eq!(first.stdout, second.stdout);
}

#[test]
fn what_is_planned_is_answered_in_one_sentence() {
    let home = home();
    let output = eastwest(home.path(), &["sim", "--apply", "one.yaml", "--apply", "two.yaml"]);
    check(&output, 2);
    let err = text(&output.stderr);
    assert!(err.contains("is not built yet"), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
}

#[test]
fn wrong_numbers_and_flags_are_named_without_advice_that_does_not_help() {
    let home = home();
    for (args, says) in [
        (&["sim", "--seed", "-1"][..], "a seed is a whole number from 0 to 18446744073709551615"),
        (&["sim", "--seed", "18446744073709551616"], "a seed is a whole number"),
        (&["sim", "--duration", "-1s"], "'-1s' is not a span of time"),
        (&["sim", "--foo"], "unexpected argument '--foo'"),
        (&["calc", "spill", "-1/4"], "'-1/4' is not a level"),
        (&["calc"], "there is spill, eject, dns, latency and cost"),
        (&["calc", "cost", "--price", "x"], "--price: 'x' is no price; write KEY=USD"),
        (&["calc", "spil"], "there is no calculation 'spil'; there is spill"),
    ] {
        let output = eastwest(home.path(), args);
        check(&output, 2);
        let err = text(&output.stderr);
        assert!(err.contains(says) && !err.contains("as a value"), "{args:?}: {err}");
    }
}

#[test]
fn requests_that_hang_are_not_passed_over_in_the_conclusion() {
    let home = home();
    let output =
        eastwest(home.path(), &["sim", "--duration", "40s", "--do", "5s us-east-1/payment blackhole"]);
    check(&output, 0);
    assert!(text(&output.stdout).contains("still wait for an answer"), "{}", text(&output.stdout));
}

#[test]
fn the_lab_refuses_what_a_run_refuses_and_in_the_same_words() {
    let home = home();
    for changes in [
        &["--do", "3s us-moon/payment-1 down"][..],
        &["--do", "3s us-east-1/payment-9 503"],
        &["--set", "mesh.network=gateways", "--do", "3s us-east-1/gatewa down"],
    ] {
        let said = |command| {
            let output = eastwest(home.path(), &[&[command], changes].concat());
            check(&output, 2);
            text(&output.stderr)
        };
        assert_eq!(said("lab"), said("sim"));
    }
}
