//! How fast the simulator is: `cargo bench --bench sim`. An event is one pop of the queue.
//!
//! `cargo bench --bench sim -- 1440` runs so many simulated minutes of `two-regions` instead of 60.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::{Duration, Instant};

use eastwest::mesh_view::MeshView;
use eastwest::sim::{Budget, Engine, Progress, Scenario, Seed, SimSpan, SimTime, Timeline};

fn main() {
    let minutes = std::env::args().find_map(|word| word.parse::<u64>().ok()).unwrap_or(60);
    let scenario = Scenario::shipped("two-regions").expect("it is shipped");
    straight("two-regions", &scenario, minutes);
    straight("one-service", &Scenario::shipped("one-service").expect("it is shipped"), minutes);
    for pods in [10, 100, 1000] {
        wide(pods);
    }
    jumps(&scenario);
}

/// One run from its beginning, heard by nobody.
fn straight(name: &str, scenario: &Scenario, minutes: u64) {
    let mut engine = Engine::new(scenario, Seed(7), Vec::new());
    let end = SimTime::ZERO + SimSpan::from_seconds(60 * minutes);
    let took = timed(|| while engine.run_until(end, &mut Budget::endless()) == Progress::Behind {});
    report(name, &engine, took, minutes);
}

/// The same traffic on more pods.
fn wide(pods: u32) {
    let mut scenario = Scenario::shipped("one-service").expect("it is shipped");
    for region in ["us-east-1", "us-west-2"] {
        let half = format!("service.payment.pods.{region}={}", pods / 2);
        scenario.set(&half).expect("a good assignment");
    }
    straight(&format!("one-service, {pods} pods"), &scenario, 60);
}

fn report(name: &str, engine: &Engine, took: Duration, minutes: u64) {
    let seconds = took.as_secs_f64();
    let issued = engine.report().requests.issued;
    println!(
        "{name:<24} {minutes} simulated minutes in {seconds:.3} s: {} events, {:.2} M events/s, {:.2} events a request; \
         a day would take {:.1} s; digest {}",
        engine.events(),
        engine.events() as f64 / seconds / 1e6,
        engine.events() as f64 / issued as f64,
        seconds * 1440.0 / minutes as f64,
        engine.digest()
    );
}

/// Jumps to many moments of a four-minute run, and what it costs to look at them.
fn jumps(scenario: &Scenario) {
    let broken = vec!["20s us-east-1/payment:2 503".parse().expect("a good intervention")];
    let mut timeline = Timeline::new(scenario.clone(), Seed(7), broken);
    let end = SimTime::ZERO + SimSpan::from_seconds(240);
    let whole = timed(|| while timeline.advance(end, &mut Budget::endless()) == Progress::Behind {});
    let (mut worst, mut sum, mut view) = (Duration::ZERO, Duration::ZERO, MeshView::default());
    for step in 0..240_u64 {
        let to = SimTime::from_nanos(step * 97 % 240 * 1_000_000_000 + 999_000_000);
        let took = timed(|| while timeline.seek(to, &mut Budget::endless()) == Progress::Behind {});
        worst = worst.max(took);
        sum += took;
    }
    let looked = timed(|| (0..1000).for_each(|_| timeline.view(timeline.now(), &mut view)));
    println!(
        "timeline                 4 minutes with everything kept in {:.3} s; a jump {:.2} ms on average, {:.2} ms at worst; \
         a view {:.3} ms with {} hops; {} checkpoints",
        whole.as_secs_f64(),
        sum.as_secs_f64() * 1000.0 / 240.0,
        worst.as_secs_f64() * 1000.0,
        looked.as_secs_f64(),
        view.hops.len(),
        timeline.checkpoints()
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is the one place outside the shell that measures wall time"
)]
fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
