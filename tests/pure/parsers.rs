//! The three parsers never panic, whatever they are given, and say what is wrong in one line.

use eastwest::sim::{Intervention, Scenario, SimSpan, SimTime};
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
