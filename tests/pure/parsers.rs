//! The three parsers never panic, whatever they are given, and say what is wrong in one line.

use eastwest::sim::{Intervention, Pattern, Ratio, Scenario, SimSpan, SimTime};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "20s",
    "1m30s",
    "0s",
    "99999999h",
    "us-east-1",
    "us-east-1a",
    "us-east-1/payment",
    "us-east-1/payment:2",
    "us-east-1/payment-3",
    "us-east-1/payment-99999999999",
    "us-east-1~us-west-2",
    "us-east-1>us-west-2",
    "aurora",
    "all",
    "us-east-1/users",
    "us-east-1/istiod",
    "503",
    "errors=30/100",
    "errors=1/0",
    "slow=500ms",
    "slow=",
    "crash",
    "scale=6",
    "surge=1.5",
    "surge=9999999999",
    "promote=us-west-2",
    "heal",
    "down",
    "for",
    "every",
    "10s",
    "-",
    "/",
    "~",
    ":",
    "",
];

const VALUES: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "none",
    "true",
    "off",
    "1.31",
    "95/5",
    "1/0",
    "0/0",
    "0s",
    "1ns",
    "24h",
    "99999999h",
    "503",
    "default",
    "poisson",
    "random",
    "distribute",
    "4294967296",
    "18446744073709551616",
    "1e9",
    "=",
    "us-east-1",
    "'",
    "5xx,reset",
];

const LINES: &[&str] = &[
    "about = \"A mesh.\"",
    "about = 3",
    "pattern = \"dual\"",
    "pattern = \"duel\"",
    "regions = []",
    "regions = [\"us-east-1\", 4, [1]]",
    "zones.us-east-1 = [\"us-east-1a\", \"us-east-1a\"]",
    "zones.mars = [\"a\"]",
    "[service.payment]",
    "[service.payment-3]",
    "[service.gateway]",
    "[service.\"\"]",
    "pods = { us-east-1 = 2, us-west-2 = 0 }",
    "pods.us-east-1 = 4000000000",
    "concurrency = 0",
    "service_time = { median = \"9ms\", p99 = \"1ms\" }",
    "service_time.median = \"1ms\"",
    "calls = [\"payment\", \"aurora\"]",
    "calls = [\"nobody\"]",
    "entry = { service = \"payment\", via = \"client-proxy\" }",
    "entry.service = \"nobody\"",
    "[users.us-east-1]",
    "rps = 1e400",
    "rps = -3",
    "rps = 100",
    "[mesh.outlier]",
    "interval = \"0s\"",
    "interval = 1979-05-27",
    "x = [",
    "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn interventions_of_any_text(text in "\\PC{0,60}") {
        one_line(text.parse::<Intervention>().map(|_| ()));
        one_line(Intervention::parse_now(&text, SimTime::ZERO).map(|_| ()));
        let _ = text.parse::<SimSpan>();
    }

    #[test]
    fn interventions_of_right_and_wrong_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..8)) {
        let scenario = Scenario::shipped("two-regions").unwrap();
        match words.join(" ").parse::<Intervention>() {
            Ok(read) => {
                prop_assert_eq!(read.to_string().parse::<Intervention>().unwrap(), read.clone());
                one_line(scenario.check(&read));
            }
            Err(error) => one_line(Err(error)),
        }
    }

    #[test]
    fn assignments_of_any_text(key in "[a-z0-9_.<>-]{0,40}", value in "\\PC{0,20}") {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        one_line(scenario.set(&format!("{key}={value}")));
        one_line(scenario.set(&value));
        for known in ["mesh.istio", "mesh.outlier.phase", "users.us-east-1.rps", "service.payment.concurrency"] {
            one_line(scenario.set(&format!("{known}={value}")));
        }
        one_line(scenario.validate());
    }

    #[test]
    fn every_key_with_any_value(
        index in any::<prop::sample::Index>(),
        value in prop_oneof![prop::sample::select(VALUES).prop_map(str::to_owned), "\\PC{0,12}", "-?[0-9]{1,22}(\\.[0-9]{0,4})?[a-z%]{0,2}"],
    ) {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        let keys = scenario.key_names();
        let assignment = format!("{}={value}", index.get(&keys));
        let before = scenario.clone();
        match scenario.set(&assignment) {
            Ok(()) => prop_assert_eq!(scenario.changes().len(), 1),
            Err(error) => {
                prop_assert_eq!(&scenario, &before, "a refused assignment changes nothing");
                one_line(Err(error));
            }
        }
        one_line(scenario.validate());
    }

    #[test]
    fn keys_with_a_letter_wrong(index in any::<prop::sample::Index>(), at in 0_usize..40, letter in "[a-z._]?") {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        let keys = scenario.key_names();
        let key = index.get(&keys);
        let at = at % key.len();
        let wrong = format!("{}{letter}{}", &key[..at], &key[at + 1..]);
        if let Err(error) = scenario.set(&format!("{wrong}=1")) {
            let error = error.to_string();
            prop_assert!(error.lines().count() == 1 && error.chars().count() < 420, "{}", error);
        }
    }

    #[test]
    fn what_is_printed_reads_as_the_same(nanos in any::<u64>(), millis in 0..1_000_000_u64, part in 1..999_u32, more in 1..999_u32) {
        for span in [SimSpan::from_nanos(nanos), SimSpan::from_millis(millis)] {
            prop_assert_eq!(span.to_string().parse::<SimSpan>().unwrap(), span);
        }
        let ratio: Ratio = format!("{part}/{}", part + more).parse().unwrap();
        prop_assert_eq!(ratio.to_string().parse::<Ratio>().unwrap(), ratio);
        for pattern in Pattern::ALL {
            prop_assert_eq!(pattern.to_string().parse::<Pattern>().unwrap(), pattern);
        }
    }

    #[test]
    fn spans_of_nearly_right_text(text in "([0-9]{0,20}(\\.[0-9]{0,3})?(h|m|s|ms|us|ns|d|x)?){0,3}") {
        one_line(text.parse::<SimSpan>().map(|_| ()));
        if let Ok(span) = text.parse::<SimSpan>() {
            prop_assert_eq!(span.to_string().parse::<SimSpan>().unwrap(), span);
        }
    }

    #[test]
    fn files_of_right_and_wrong_lines(lines in prop::collection::vec(prop::sample::select(LINES), 0..14)) {
        let text = format!("regions = [\"us-east-1\", \"us-west-2\"]\n{}", lines.join("\n"));
        one_line(Scenario::parse(&text, "lines.toml").map(|_| ()));
        one_line(Scenario::parse(&lines.join("\n"), "lines.toml").map(|_| ()));
    }

    #[test]
    fn files_with_a_piece_changed(start in 0_usize..6000, length in 0_usize..40, piece in "[\\PC\n]{0,12}") {
        let (_, text) = eastwest::sim::scenario::SHIPPED[0];
        let from = floor(text, start);
        let to = floor(text, (start + length).min(text.len())).max(from);
        let changed = format!("{}{piece}{}", &text[..from], &text[to..]);
        one_line(Scenario::parse(&changed, "changed.toml").map(|_| ()));
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[track_caller]
fn one_line<E: std::fmt::Display>(answer: Result<(), E>) {
    if let Err(error) = answer {
        assert_eq!(error.to_string().trim_end().lines().count(), 1, "{error}");
    }
}
