//! `eastwest sim` as scripts and people use it: comparing, many seeds, following a request, lines of JSON.

use std::process::Output;

use serde_json::Value;

use crate::cli::{check, eastwest, home, text};

const BROKEN: [&str; 4] = ["--duration", "12s", "--do", "4s us-east-1/payment:2 503"];

fn sim(args: &[&str]) -> Output {
    eastwest(home().path(), &[&["sim"], args].concat())
}

fn json(args: &[&str]) -> Value {
    let output = sim(&[args, &["--json"]].concat());
    check(&output, 0);
    serde_json::from_slice(&output.stdout).unwrap()
}

fn lines(args: &[&str]) -> Vec<Value> {
    let output = sim(&[args, &["--format", "jsonl"]].concat());
    check(&output, 0);
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn refused(args: &[&str]) -> String {
    let output = sim(args);
    check(&output, 2);
    assert!(output.stdout.is_empty());
    text(&output.stderr)
}

#[test]
fn all_patterns_meet_the_same_users() {
    let whole = json(&[&["--pattern", "all"], &BROKEN[..]].concat());
    let patterns = whole["patterns"].as_object().unwrap();
    assert_eq!(patterns.keys().collect::<Vec<_>>(), ["dual", "federation", "mesh"]);
    let issued: Vec<&Value> = patterns.values().map(|pattern| &pattern["requests"]["issued"]).collect();
    assert!(issued.iter().all(|number| **number == *issued[0]), "{issued:?}");
    assert!(whole["reproduce"].as_str().unwrap().ends_with(" --pattern all"));
}

#[test]
fn a_pattern_alone_is_the_same_run_as_among_all() {
    let mut alone = json(&[&["--pattern", "federation"], &BROKEN[..]].concat());
    let mut all = json(&[&["--pattern", "all"], &BROKEN[..]].concat());
    let among = all["patterns"]["federation"].take();
    assert_eq!(alone["patterns"]["federation"].take(), among);
}

#[test]
fn seeds_are_put_together_as_they_are_run_one_by_one() {
    let whole = json(&[&["one-service", "--seed", "11", "--seeds", "3"], &BROKEN[..]].concat());
    let one =
        |seed| json(&[&["one-service", "--seed", seed], &BROKEN[..]].concat())["patterns"]["mesh"].take();
    let runs = ["11", "12", "13"].map(one);
    let mut failed: Vec<u64> = runs.iter().map(|run| run["requests"]["failed"].as_u64().unwrap()).collect();
    failed.sort_unstable();
    let mesh = &whole["patterns"]["mesh"];
    let spread = &mesh["requests"]["failed"];
    assert_eq!(
        [&spread["min"], &spread["median"], &spread["max"]],
        [failed[0], failed[1], failed[2]].each_ref()
    );
    let digests: Vec<&Value> = runs.iter().map(|run| &run["digest"]).collect();
    assert_eq!(mesh["digest"].as_array().unwrap().iter().collect::<Vec<_>>(), digests);
    assert_eq!((&whole["seed"], &whole["seeds"]), (&Value::from("11"), &Value::from(3)));
}

#[test]
fn tables_compare_and_conclude() {
    let output = sim(&[&["--pattern", "all", "--seeds", "2"], &BROKEN[..]].concat());
    check(&output, 0);
    let shown = text(&output.stdout);
    for part in [
        "dual",
        "federation",
        "success %",
        "latency p99 ms",
        "local % us-east-1 to payment",
        "bill $/h",
        "again:",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("In the median of 2 seeds, "), "{shown}");
    assert!(shown.lines().all(|line| line.starts_with("again:") || line.chars().count() <= 140), "{shown}");
}

#[test]
fn lines_say_their_type_and_pattern() {
    let lines =
        lines(&[&["--pattern", "all", "--events", "--series", "--trace", "1500"], &BROKEN[..]].concat());
    let of = |kind: &str, pattern: &str| {
        lines.iter().filter(|line| line["type"] == kind && line["pattern"] == pattern).count()
    };
    for pattern in ["dual", "federation", "mesh"] {
        assert_eq!(of("run", pattern), 1);
        assert_eq!(of("second", pattern), 12);
        assert!(of("event", pattern) > 0 && of("hop", pattern) > 2, "{pattern}");
    }
    let types = ["run", "event", "second", "hop"];
    assert!(lines.iter().all(|line| types.contains(&line["type"].as_str().unwrap())));
}

#[test]
fn a_request_is_followed_hop_by_hop() {
    let output = sim(&[&["--trace", "1200"], &BROKEN[..]].concat());
    check(&output, 0);
    let shown = text(&output.stdout);
    let trace = shown.split("request 1200\n").nth(1).unwrap();
    assert!(trace.contains("/users -> ") && trace.contains("P0 of 100 / 0 %"), "{trace}");
    assert!(trace.lines().last().unwrap().starts_with("It went well after "), "{trace}");
}

#[test]
fn what_cannot_be_asked_is_one_sentence() {
    for (args, says) in [
        (&["--trace", "999999", "--duration", "2s"][..], "there is no request 999999; users sent"),
        (&["--trace", "3", "--seeds", "2"], "--trace tells of one run"),
        (&["--events", "--seeds", "2"], "--events tells of one run"),
        (&["--seeds", "0"], "write a number from 1 to 1000"),
        (&["--seeds", "1001"], "write a number from 1 to 1000"),
        (&["--seeds", "2", "--seed", "18446744073709551615"], "the last there is"),
        (&["--format", "jsnol"], "did you mean 'jsonl'?"),
        (&["--pattern", "mseh"], "did you mean 'mesh'?"),
        (&["--pattern", "alll"], "did you mean 'all'?"),
        (&["two-region"], "did you mean 'two-regions'?"),
        (&["--duration", "8761h"], "write at most 8760h"),
        (&["--duration", "99999999h"], "longer than the 584 years"),
        (&["--pattern", "all", "--do", "5s mars down"], "there is no region or zone 'mars'"),
        (&["--do", "5s arora down"], "did you mean 'aurora'?"),
        (&["--set", "pattern=dual"], "write --pattern dual"),
        (&["--apply", "x.yaml"], "--apply is not built yet"),
        (
            &[
                "--set",
                "service.payment.service_time.median=6.5ms",
                "--set",
                "service.payment.service_time.p99=1.25ms",
            ],
            "service_time.p99 is 1.25ms, which is below service.payment.service_time.median, 6.5ms",
        ),
    ] {
        let err = refused(args);
        assert!(err.contains(says) && err.lines().count() == 1, "{args:?}: {err}");
    }
}

#[test]
fn what_changes_nothing_is_said_under_the_table() {
    let line = "Changes nothing under mesh: 1s us-west-2/gateway down: on a flat network no call goes through a gateway.";
    let shown = |args: &[&str]| {
        let broken =
            ["--duration", "2s", "--do", "1s us-west-2/gateway down", "--do", "1.5s us-west-2/gateway heal"];
        let output = sim(&[&broken[..], args].concat());
        check(&output, 0);
        text(&output.stdout)
    };
    assert_eq!(shown(&[]).matches(line).count(), 1, "{}", shown(&[]));
    let all = shown(&["--pattern", "all"]);
    assert!(all.contains("Changes nothing under dual: 1s us-west-2/gateway down: no call here"), "{all}");
    assert!(
        all.contains("Changes nothing under federation, mesh: 1s us-west-2/gateway down: on a flat"),
        "{all}"
    );
    assert!(
        shown(&["--events"]).contains("the gateway of us-west-2 loses all packets, and on a flat network")
    );
    assert!(!shown(&["--set", "mesh.network=gateways"]).contains("Changes nothing"));
}

#[test]
fn a_file_that_is_no_text_says_where_it_stops_being_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("odd.toml");
    std::fs::write(&file, b"name = \"x\"\n# h\xc3\xa9 \xff\n").unwrap();
    let err = refused(&[file.to_str().unwrap()]);
    assert!(
        err.contains("odd.toml:2:6: this is not UTF-8 from here on") && err.lines().count() == 1,
        "{err}"
    );
}
