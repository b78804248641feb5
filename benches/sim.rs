//! How fast the simulator is: `cargo bench --bench sim`. An event is one pop of the queue.
//!
//! `cargo bench --bench sim -- 1440` runs a whole simulated day of `two-regions` instead of an hour.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use eastwest::mesh_view::MeshView;
use eastwest::sim::{
    Budget, Engine, Intervention, Pattern, Progress, Scenario, Seed, SimSpan, SimTime, Timeline,
};

fn main() {
    let minutes = std::env::args().find_map(|word| word.parse::<u64>().ok()).unwrap_or(60);
    println!("straight on, heard by nobody");
    for pattern in Pattern::ALL {
        let mut scenario = shipped("two-regions");
        scenario.set_pattern(pattern);
        let minutes = if pattern == scenario_pattern() { minutes } else { minutes.min(10) };
        straight(&format!("two-regions, {pattern}"), &scenario, minutes);
    }
    straight("one-service", &shipped("one-service"), minutes.min(60));
    println!("\nthe same traffic on more pods");
    let mut first = None;
    for pods in [10, 100, 1000] {
        let cost = straight(&format!("one-service, {pods} pods"), &wide(pods), 20);
        grown(&mut first, cost);
    }
    println!("\nas many pods, each as busy: traffic grows with them");
    let mut first = None;
    for times in [1, 10, 100] {
        let name = format!("two-regions, {} pods", 18 * times);
        grown(&mut first, straight(&name, &larger(times), if times == 100 { 1 } else { 10 }));
    }
    println!("\nmore regions, each with its own users and pods");
    let mut first = None;
    for regions in [2, 4, 8] {
        grown(&mut first, straight(&format!("{regions} regions"), &many_regions(regions), 10));
    }
    println!("\nto any moment of four minutes");
    jumps("half of payment answers 503", "20s us-east-1/payment:2 503");
    jumps("payment accepts and is silent", "20s us-east-1/payment blackhole");
}

fn scenario_pattern() -> Pattern {
    shipped("two-regions").pattern()
}

fn shipped(name: &str) -> Scenario {
    Scenario::shipped(name).expect("it is shipped")
}

/// What a run cost: nanoseconds for each event and for each of the users' requests.
#[derive(Clone, Copy)]
struct Cost {
    event: f64,
    request: f64,
}

/// One run from its beginning: how fast, and what memory it holds early and late.
fn straight(name: &str, scenario: &Scenario, minutes: u64) -> Cost {
    let mut engine = Engine::new(scenario, Seed(7), Vec::new());
    let at = |minutes: u64| SimTime::ZERO + SimSpan::from_seconds(60 * minutes);
    let early = (minutes / 10).max(1);
    let mut took = timed(|| run(&mut engine, at(early)));
    let memory_early = memory_mb();
    took += timed(|| run(&mut engine, at(minutes)));
    let seconds = took.as_secs_f64();
    let (events, issued) = (engine.events() as f64, engine.report().requests.issued as f64);
    println!(
        "{name:<24} {minutes} simulated minutes in {seconds:.3} s: {} events, {:.2} M events/s, {:.2} events a request; \
         a day would take {:.1} s; {memory_early} after {early} min, {} at the end; digest {}",
        engine.events(),
        events / seconds / 1e6,
        events / issued,
        seconds * 1440.0 / minutes as f64,
        memory_mb(),
        engine.digest()
    );
    Cost { event: seconds * 1e9 / events, request: seconds * 1e9 / issued }
}

fn run(engine: &mut Engine, to: SimTime) {
    while engine.run_until(to, &mut Budget::endless()) == Progress::Behind {}
}

/// Says how cost has grown since the first of a row of runs.
fn grown(first: &mut Option<Cost>, cost: Cost) {
    let base = *first.get_or_insert(cost);
    println!(
        "{:24} {:.0} ns an event ({:.2} times the first), {:.0} ns a request ({:.2} times)",
        "",
        cost.event,
        cost.event / base.event,
        cost.request,
        cost.request / base.request
    );
}

/// `one-service` on so many pods, half of them in each region.
fn wide(pods: u32) -> Scenario {
    let mut scenario = shipped("one-service");
    for region in ["us-east-1", "us-west-2"] {
        set(&mut scenario, &format!("service.payment.pods.{region}={}", pods / 2));
    }
    scenario
}

/// `two-regions` with so many times the pods and the users.
fn larger(times: u32) -> Scenario {
    let mut scenario = shipped("two-regions");
    for (region, rps) in [("us-east-1", 220), ("us-west-2", 140)] {
        set(&mut scenario, &format!("users.{region}.rps={}", rps * times));
        for (service, pods) in [("ingress", 2), ("checkout", 3), ("payment", 4)] {
            set(&mut scenario, &format!("service.{service}.pods.{region}={}", pods * times));
        }
    }
    scenario
}

fn set(scenario: &mut Scenario, assignment: &str) {
    scenario.set(assignment).expect("a good assignment");
}

/// The lesson's services in so many regions of 100 requests a second.
fn many_regions(regions: usize) -> Scenario {
    let names: Vec<String> = (0..regions).map(|index| format!("region-{}", letter(index))).collect();
    let each = |value: &dyn Fn(&str) -> String| -> String {
        names.iter().map(|name| format!("{name} = {}", value(name))).collect::<Vec<_>>().join(", ")
    };
    let mut text =
        format!("about = \"Many regions\"\nregions = {names:?}\nentry.service = \"ingress\"\n[zones]\n");
    for name in &names {
        let _ = writeln!(text, "{name} = [\"{name}-x\", \"{name}-y\"]");
    }
    text.push_str("[users]\n");
    for name in &names {
        let _ = writeln!(text, "{name} = {{ rps = 100, arrivals = \"poisson\", writes = \"1/200\" }}");
    }
    let services = [
        ("ingress", 2, 64, "0.3ms", "1ms", "\"checkout\""),
        ("checkout", 3, 4, "2ms", "6ms", "\"payment\", \"dynamodb\""),
        ("payment", 4, 1, "6.5ms", "20ms", "\"aurora\""),
    ];
    for (name, pods, concurrency, median, p99, calls) in services {
        let _ = writeln!(
            text,
            "[service.{name}]\npods = {{ {} }}\nconcurrency = {concurrency}\nservice_time = {{ median = \"{median}\", \
             p99 = \"{p99}\" }}\ncalls = [{calls}]",
            each(&|_| pods.to_string())
        );
    }
    Scenario::parse(&text, "many-regions.toml").unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Names of regions hold no digits at their end.
fn letter(index: usize) -> char {
    char::from(b'a' + index as u8)
}

/// Jumps to many moments of a four-minute run, and what it costs to look at them.
fn jumps(name: &str, broken: &str) {
    let broken: Intervention = broken.parse().expect("a good intervention");
    let mut timeline = Timeline::new(shipped("two-regions"), Seed(7), vec![broken]);
    let end = SimTime::ZERO + SimSpan::from_seconds(240);
    let before = memory_mb();
    let whole = timed(|| while timeline.advance(end, &mut Budget::endless()) == Progress::Behind {});
    let (mut worst, mut sum, mut view) = (Duration::ZERO, Duration::ZERO, MeshView::default());
    for step in 0..240_u64 {
        let to = SimTime::from_nanos(step * 97 % 240 * 1_000_000_000 + 999_000_000);
        let took = timed(|| while timeline.seek(to, &mut Budget::endless()) == Progress::Behind {});
        worst = worst.max(took);
        sum += took;
    }
    let looked = timed(|| (0..100).for_each(|_| timeline.view(timeline.now(), &mut view)));
    println!(
        "{name:<30} everything kept in {:.3} s; a jump {:.2} ms on average, {:.2} ms at worst; a view {:.3} ms with {} hops; \
         {} checkpoints; {before} before, {} after",
        whole.as_secs_f64(),
        sum.as_secs_f64() * 1000.0 / 240.0,
        worst.as_secs_f64() * 1000.0,
        looked.as_secs_f64() * 10.0,
        view.hops.len(),
        timeline.checkpoints(),
        memory_mb()
    );
}

/// What the process holds in memory; nothing where the system does not tell (`/proc` is Linux).
fn memory_mb() -> String {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kilobytes: Option<f64> = line.split_whitespace().next().and_then(|number| number.parse().ok());
    kilobytes.map_or_else(|| "memory unknown".to_owned(), |kilobytes| format!("{:.1} MB", kilobytes / 1024.0))
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
