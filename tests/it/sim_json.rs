//! `docs/sim-json.md` and the program say the same.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::cli::{check, eastwest, home, text};

const PAGE: &str = "docs/sim-json.md";

/// Runs that together print every field.
const RUNS: [&[&str]; 5] = [
    &["--do", "1s aurora promote=us-west-2", "--set", "data.aurora.switchover=1s"],
    &["--pattern", "all", "--events", "--series", "--trace", "900", "--do", "2s us-east-1/payment:2 503"],
    &["--set", "mesh.locality=failover", "--do", "2s us-east-1a down"],
    &["--set", "mesh.locality=distribute", "--do", "2s us-east-1/payment:2 503"],
    &["--seeds", "2", "--set", "mesh.locality=distribute", "--do", "2s us-east-1/payment:2 503"],
];

fn printed(args: &[&str], format: &str) -> String {
    let output = eastwest(home().path(), &[&["sim", "--duration", "6s", "--format", format], args].concat());
    check(&output, 0);
    text(&output.stdout)
}

/// The fields of the page, each under the path that its heading names.
fn documented() -> BTreeSet<String> {
    let page = fs::read_to_string(PAGE).expect(PAGE);
    let mut under = String::new();
    let mut fields = BTreeSet::new();
    for line in page.lines() {
        let quoted = line.split('`').nth(1).unwrap_or_default();
        if line.starts_with("## ") {
            under.clear();
        } else if line.starts_with("### ") {
            under = format!("{quoted}.");
        } else if line.starts_with("| `") {
            assert_eq!(line.matches('|').count(), 5, "name, unit, meaning, null: {line}");
            assert!(fields.insert(format!("{under}{quoted}")), "{under}{quoted} is there twice");
        }
    }
    assert!(fields.len() > 50, "{fields:?}");
    fields
}

/// Names of this scenario by what they are, so that every name's fields are one row.
fn general(path: &[&str], key: &str) -> String {
    let name = match (path, key) {
        (["patterns"], _) => "<pattern>",
        (_, "us-east-1" | "us-west-2") => "<region>",
        (_, "us-east-1a" | "us-east-1b" | "us-west-2a" | "us-west-2b") => "<zone>",
        ([.., "calls"], "ingress" | "checkout" | "payment") => "<service>",
        (_, key) => key,
    };
    name.to_owned()
}

/// Paths of all that has no parts, and of all that has.
#[derive(Default)]
struct Paths {
    ends: BTreeSet<String>,
    all: BTreeSet<String>,
}

impl Paths {
    fn walk(&mut self, path: &[&str], value: &Value) {
        let name = path.join(".");
        self.all.insert(name.clone());
        match value {
            Value::Object(fields) if !is_spread(value) => {
                for (key, value) in fields {
                    let key = general(path, key);
                    self.walk(&[path, &[&key]].concat(), value);
                }
            }
            Value::Array(items) if items.iter().any(|item| item.is_object() && !is_spread(item)) => {
                let (last, before) = path.split_last().expect("a list has a name");
                let item_name = format!("{last}[]");
                for item in items {
                    self.walk(&[before, &[&item_name]].concat(), item);
                }
            }
            _ => {
                self.ends.insert(name);
            }
        }
    }
}

fn is_spread(value: &Value) -> bool {
    let keys: Vec<&str> =
        value.as_object().into_iter().flat_map(|fields| fields.keys().map(String::as_str)).collect();
    matches!(keys.as_slice(), ["max", "median", "min"] | ["max", "median", "min", "runs"] | ["false", "true"])
}

fn where_to(path: &str) -> String {
    let (under, field) = path.rsplit_once('.').unwrap_or(("", path));
    format!(
        "{PAGE} has no row for it: add | `{field}` | unit | meaning | when it is null | under the heading ### `{under}`"
    )
}

#[test]
fn every_field_is_on_the_page_and_every_row_is_printed() {
    let documented = documented();
    let mut seen = Paths::default();
    for args in RUNS {
        let whole: Value = serde_json::from_str(&printed(args, "json")).unwrap();
        seen.walk(&[], &whole);
    }
    for path in seen.ends {
        assert!(documented.contains(&path), "`{path}`: {}", where_to(&path));
    }
    for path in documented {
        assert!(
            seen.all.contains(&path),
            "`{path}` is in {PAGE} and no run of this test prints it: remove the row, or add a run to RUNS that does"
        );
    }
}

#[test]
fn lines_have_the_same_fields() {
    let documented = documented();
    for line in printed(RUNS[0], "jsonl").lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let list = match line["type"].as_str().unwrap() {
            "run" => "",
            "event" => ".events[]",
            "second" => ".series[]",
            "hop" => ".trace[]",
            other => panic!("a line of type {other}"),
        };
        let mut seen = Paths::default();
        seen.walk(&[], &line);
        for path in seen.ends.iter().filter(|path| !matches!(path.as_str(), "type" | "pattern")) {
            let of_pattern = format!("patterns.<pattern>{list}.{path}");
            let of_all = list.is_empty() && documented.contains(path);
            assert!(documented.contains(&of_pattern) || of_all, "`{path}`: {}", where_to(&of_pattern));
        }
    }
}
