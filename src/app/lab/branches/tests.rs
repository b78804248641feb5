//! Any walk through deeds, undos and redos ends where a list of states says, and the run is the one that a fresh run
//! with that state's rules and log is.

use std::time::Duration;

use super::Rules;
use crate::app::lab::run::Run;
use crate::sim::rng::{Concern, Stream, below};
use crate::sim::{Budget, Intervention, Pattern, Progress, Scenario, Seed, SimTime, Timeline};

const NOW: Duration = Duration::from_secs(1);
const DEEDS: [&str; 5] = [
    "us-east-1/payment:2 503",
    "all heal",
    "us-east-1 down for 1s",
    "us-east-1~us-west-2 cut",
    "us-west-2/payment crash",
];
const RULES: [&str; 4] =
    ["mesh.lb=random", "mesh.outlier.enabled=false", "mesh.retries.attempts=0", "mesh.locality=off"];

/// What a run is: its rules and what is done in it.
type State = (Rules, Vec<Intervention>);

fn second(at: u64) -> SimTime {
    SimTime::from_nanos(at * 1_000_000_000)
}

fn fresh() -> Run {
    Run::new(Scenario::shipped("one-service").unwrap(), Seed(3), Vec::new(), second(2), NOW)
}

/// Until it is where it should be.
fn arrive(run: &mut Run) {
    while run.is_behind() {
        run.frame(NOW);
    }
}

fn state(run: &Run) -> State {
    let here = run.here();
    (here.rules, here.log)
}

fn digest_of_a_fresh_run(run: &Run) -> String {
    let mut timeline =
        Timeline::new(run.timeline().scenario().clone(), Seed(3), run.timeline().log().to_vec());
    while timeline.advance(run.timeline().now(), &mut Budget::endless()) == Progress::Behind {}
    timeline.digest()
}

fn do_something(run: &mut Run, dice: &mut Stream) {
    let pick = below(dice.draw(), 10) as usize;
    match pick {
        0..6 => {
            let words = DEEDS[pick % DEEDS.len()];
            run.intervene(Intervention::parse_now(words, run.here().at).unwrap(), NOW);
        }
        6 => {
            let mut scenario = run.timeline().scenario().clone();
            scenario.set_pattern(Pattern::ALL[below(dice.draw(), 3) as usize]);
            run.under(scenario, NOW);
        }
        _ => {
            let (key, value) = RULES[below(dice.draw(), 4) as usize].split_once('=').unwrap();
            let scenario = run.timeline().scenario();
            let changed = scenario.with(key, value).unwrap();
            let changed = if changed == *scenario { scenario.without(key).unwrap() } else { changed };
            run.under(changed, NOW);
        }
    }
}

#[test]
fn any_walk_ends_where_a_list_of_states_says() {
    for seed in 0..8 {
        let mut dice = Stream::new(Seed(seed), Concern::Fault, 5);
        let mut run = fresh();
        let (mut states, mut at) = (vec![state(&run)], 0_usize);
        for step in 0..40 {
            match below(dice.draw(), 7) {
                0 | 1 => run.seek(second(below(dice.draw(), 8)), NOW),
                2 | 3 => {
                    assert_eq!(run.undo(NOW).is_some(), at > 0, "seed {seed}, step {step}");
                    at = at.saturating_sub(1);
                }
                4 => {
                    assert_eq!(run.redo(NOW).is_some(), at + 1 < states.len(), "seed {seed}, step {step}");
                    at = (at + 1).min(states.len() - 1);
                }
                _ => {
                    let before = state(&run);
                    do_something(&mut run, &mut dice);
                    if state(&run) != before {
                        states.truncate(at + 1);
                        states.push(state(&run));
                        at += 1;
                    }
                }
            }
            assert_eq!(state(&run), states[at], "seed {seed}, step {step}");
            if below(dice.draw(), 3) == 0 {
                arrive(&mut run);
            }
        }
        arrive(&mut run);
        assert_eq!(run.timeline().digest(), digest_of_a_fresh_run(&run), "seed {seed}");
        while run.undo(NOW).is_some() {}
        assert_eq!(state(&run), states[0], "seed {seed}, all of it taken back");
    }
}

#[test]
fn a_branch_that_was_left_is_there_again_with_its_moment() {
    let mut run = fresh();
    let did = |run: &mut Run, words: &str| {
        run.intervene(Intervention::parse_now(words, run.here().at).unwrap(), NOW);
    };
    let go = |run: &mut Run, to: u64| {
        run.seek(second(to), NOW);
        arrive(run);
    };
    did(&mut run, "us-east-1/payment 503");
    go(&mut run, 5);
    did(&mut run, "all heal");
    go(&mut run, 9);
    let (old, digest) = (run.here(), run.timeline().digest());
    go(&mut run, 3);
    did(&mut run, "us-east-1 down");
    go(&mut run, 4);
    assert_eq!((run.timeline().log().len(), run.newest()), (2, second(4)));
    assert_eq!(run.undo(NOW).as_deref(), Some("us-east-1 down"));
    arrive(&mut run);
    assert_eq!(run.here().log, old.log, "its later deeds are ahead again");
    assert_eq!(
        (run.here().at, run.newest()),
        (second(3), second(9)),
        "where one left it, and how far it was seen"
    );
    go(&mut run, 9);
    assert_eq!(run.timeline().digest(), digest);
    assert_eq!(run.redo(NOW).as_deref(), Some("us-east-1 down"));
    assert_eq!((run.here().at, run.newest()), (second(4), second(4)), "the new branch where one was in it");
    assert_eq!(run.timeline().log().len(), 2);
}

#[test]
fn what_a_script_did_can_be_taken_back_and_what_it_will_do_cannot() {
    let script = ["1s us-east-1/payment 503", "5s all heal"].map(|text| text.parse().unwrap()).to_vec();
    let mut run = Run::new(Scenario::shipped("one-service").unwrap(), Seed(3), script, second(2), NOW);
    arrive(&mut run);
    assert_eq!(run.undo(NOW).as_deref(), Some("us-east-1/payment 503"));
    assert_eq!(run.timeline().log().len(), 1);
    assert_eq!(run.undo(NOW), None, "the rest is to come");
    assert!(run.redo(NOW).is_some());
    assert_eq!(run.timeline().log().len(), 2);
}

#[test]
fn a_deed_on_the_way_to_a_moment_happens_at_that_moment() {
    let mut run = fresh();
    run.seek(second(200), NOW);
    assert!(run.is_behind(), "or this shows nothing");
    run.intervene(Intervention::parse_now("us-east-1 down", run.here().at).unwrap(), NOW);
    arrive(&mut run);
    assert_eq!(run.timeline().now(), second(200));
    assert_eq!(run.timeline().log()[0].at(), second(200));
    assert_eq!(run.timeline().digest(), digest_of_a_fresh_run(&run));
}
