//! What rehearsals took, what it usually takes, and the budgets they suggest.

use std::time::Duration;

use eastwest::pace::{Budget, Clocks, Fit, Ghost, Rehearsal, Targets, as_diff, plan, propose};
use proptest::prelude::*;

use super::{budgets, lesson, seconds, targets};

fn rehearsal(at_ms: u64, sections: &[u64]) -> Rehearsal {
    let sections_ms = sections.iter().map(|seconds| seconds * 1000).collect();
    Rehearsal { at_ms, sections_ms, beats_ms: vec![] }
}

#[test]
fn a_rehearsal_has_what_was_gone_through_to_its_end() {
    let mut clocks = Clocks::new(5);
    clocks.start(0, 0);
    clocks.enter(10_000, 1);
    clocks.freeze(20_000);
    clocks.resume(50_000);
    clocks.enter(60_000, 4);
    clocks.enter(65_000, 2);
    assert_eq!(
        Rehearsal::of(&clocks, 90_000),
        rehearsal(90_000, &[10, 0, 0, 0, 0]),
        "1 was left by a leap, 2 runs"
    );
    clocks.cut(3);
    clocks.enter(90_000, 4);
    assert_eq!(Rehearsal::of(&clocks, 99_000), rehearsal(99_000, &[10, 0, 25, 0, 14]));
    clocks.cut(0);
    assert_eq!(Rehearsal::of(&clocks, 99_000), rehearsal(99_000, &[0, 0, 25, 0, 14]));
    clocks.enter(99_000, 3);
    clocks.restore(3);
    clocks.cut(4);
    assert_eq!(Rehearsal::of(&clocks, 109_000).sections_ms[3..], [10_000, 0], "the last that is given");
}

#[test]
fn a_rehearsal_reads_as_it_was_written_with_beats_or_without() {
    let plain = rehearsal(7, &[1, 2]);
    let kept = serde_json::to_string(&plain).unwrap();
    assert_eq!(kept, r#"{"at_ms":7,"sections_ms":[1000,2000]}"#);
    assert_eq!(serde_json::from_str::<Rehearsal>(&kept).unwrap(), plain);
    let beats = Rehearsal { beats_ms: vec![vec![400, 600], vec![]], ..plain };
    let kept = serde_json::to_string(&beats).unwrap();
    assert_eq!(serde_json::from_str::<Rehearsal>(&kept).unwrap(), beats);
}

#[test]
fn usual_is_the_median_of_the_last_three_that_went_through_it() {
    assert_eq!(Ghost::of(&[]), None);
    let runs =
        [rehearsal(4, &[50, 0]), rehearsal(1, &[999, 9]), rehearsal(3, &[40, 5]), rehearsal(2, &[60, 0])];
    let ghost = Ghost::of(&runs).unwrap();
    assert_eq!(ghost.section(0), Some(seconds(50)), "the oldest does not count");
    assert_eq!(ghost.section(1), Some(seconds(7)), "of two the mean, however old");
    assert_eq!((ghost.section(2), ghost.beat(0, 0)), (None, None));
}

#[test]
fn beats_have_their_usual_time_too() {
    let run = |at_ms, first| Rehearsal { at_ms, sections_ms: vec![], beats_ms: vec![vec![], vec![first, 0]] };
    let ghost = Ghost::of(&[run(1, 300), run(2, 100), run(3, 200)]).unwrap();
    assert_eq!(ghost.beat(1, 0), Some(Duration::from_millis(200)));
    assert_eq!((ghost.beat(1, 1), ghost.beat(0, 0)), (None, None));
}

#[test]
fn budgets_are_proposed_from_the_shortest_to_the_longest_of_the_last_three() {
    let talk = targets(&[(60, 120), (30, 30), (10, 90)], 200);
    let runs =
        [rehearsal(1, &[500, 500]), rehearsal(2, &[71, 29]), rehearsal(3, &[93, 31]), rehearsal(4, &[82, 0])];
    let expected =
        [(70, 95), (25, 500), (10, 90)].map(|(low, high)| Budget::from((seconds(low), seconds(high))));
    assert_eq!(propose(&talk, &runs), expected, "the third was never rehearsed");
    assert_eq!(propose(&talk, &[]), talk.sections);
}

#[test]
fn too_slow_a_rehearsal_shrinks_the_least_and_too_fast_a_one_raises_the_most() {
    let talk = targets(&[(60, 60), (60, 60)], 120);
    let pairs =
        |run| propose(&talk, &[run]).iter().map(|b| (b.low.as_secs(), b.high.as_secs())).collect::<Vec<_>>();
    assert_eq!(pairs(rehearsal(1, &[120, 60])), [(80, 120), (40, 60)]);
    assert_eq!(pairs(rehearsal(1, &[20, 40])), [(20, 40), (40, 80)]);
    assert_eq!(pairs(rehearsal(1, &[90, 0])), [(60, 90), (60, 60)], "the second keeps its minute");
}

#[test]
fn a_proposal_is_shown_as_the_lines_that_would_change() {
    let now = targets(&[(60, 120), (30, 30), (0, 3690)], 900).sections;
    let proposed = targets(&[(65, 120), (30, 30), (5, 3600)], 900).sections;
    let lines = as_diff(&now, &proposed, &["01-a.md", "02-b.md", "03-c.md"]);
    assert_eq!(
        lines,
        [
            r#" file = "01-a.md""#,
            r#"-budget = ["1m", "2m"]"#,
            r#"+budget = ["1m5s", "2m"]"#,
            r#" file = "03-c.md""#,
            r#"-budget = ["0s", "1h1m30s"]"#,
            r#"+budget = ["5s", "1h"]"#,
        ]
    );
    assert_eq!(as_diff(&lesson().sections, &lesson().sections, &["x"; 10]), [""; 0]);
}

proptest! {
    #[test]
    fn proposals_fit_into_the_total_in_steps_of_five_seconds(
        sections in budgets(),
        runs in prop::collection::vec((0..9u64, prop::collection::vec(0..400_000u64, 14)), 1..6),
        whole in 120_000..2_000_000u64,
    ) {
        let talk = Targets::new(sections.clone(), Duration::from_millis(whole));
        // Everything is rehearsed at least once, so that nothing keeps a budget of its own.
        let runs: Vec<Rehearsal> = runs
            .into_iter()
            .map(|(at_ms, times)| Rehearsal {
                at_ms,
                sections_ms: times.iter().take(sections.len()).map(|ms| ms + 1).collect(),
                beats_ms: vec![],
            })
            .collect();
        let proposed = propose(&talk, &runs);
        for budget in &proposed {
            prop_assert!(budget.low <= budget.high && budget.low >= seconds(5), "{budget:?}");
            prop_assert!(budget.low.as_millis() % 5000 == 0 && budget.high.as_millis() % 5000 == 0);
        }
        prop_assert_eq!(plan(&Targets::new(proposed, talk.total)).fits, Fit::Exact);
    }
}
