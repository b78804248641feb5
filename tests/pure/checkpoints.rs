//! What a run keeps of its past, and that it finds back with it.

use eastwest::sim::{Budget, Progress, Scenario, Seed, SimTime, Timeline};

use crate::determinism::at;

fn run(broken: &[&str]) -> Timeline {
    let log = broken.iter().map(|text| text.parse().unwrap()).collect();
    Timeline::new(Scenario::shipped("two-regions").unwrap(), Seed(7), log)
}

fn go(run: &mut Timeline, to: SimTime) {
    assert_eq!(run.advance(to, &mut Budget::endless()), Progress::Reached);
}

const HANGS: [&str; 2] = ["1s us-east-1/payment blackhole", "1s us-west-2/payment blackhole"];

#[test]
fn checkpoints_of_a_mesh_that_hangs_hold_no_more_than_they_may() {
    let mut run = run(&HANGS);
    let mut most = 0;
    for second in 1..=300 {
        go(&mut run, at(second * 1000));
        most = most.max(run.open_kept());
        // A request that hangs is three tries, and two checkpoints stay whatever they hold.
        let two = 2 * 3 * run.report().requests.open as usize;
        assert!(run.open_kept() <= Timeline::OPEN_MAX.max(two), "{} after {second} s", run.open_kept());
        assert!(run.checkpoints() >= 3 || second < 4);
    }
    assert!(most > Timeline::OPEN_MAX * 3 / 4, "the limit was never near: {most}");
}

#[test]
fn a_mesh_that_hangs_finds_its_past_back() {
    let mut there = run(&HANGS);
    go(&mut there, at(200_000));
    for to in [199_900, 150_000, 20_000] {
        let mut alone = run(&HANGS);
        go(&mut alone, at(to));
        assert_eq!(there.seek(at(to), &mut Budget::endless()), Progress::Reached);
        assert_eq!(there.digest(), alone.digest(), "at {to} ms");
    }
}

#[test]
fn a_mesh_that_is_well_keeps_the_last_four_minutes_close_together() {
    let mut run = run(&[]);
    go(&mut run, at(300_000));
    // 30 of the last minute, 19 of the three before, and the start.
    assert!((47..=53).contains(&run.checkpoints()), "{}", run.checkpoints());
    assert!(run.open_kept() < 2_000, "{}", run.open_kept());
}
