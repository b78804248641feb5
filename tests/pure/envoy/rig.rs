//! The set-up that was measured, and a row of a table of measurements that can be run on ours.

use eastwest::mesh_view::{LogKind, LogLine};
use eastwest::sim::{Engine, Hearing, Report, Scenario, Seed, SimSpan, SimTime};

use crate::determinism::run_to;
use crate::support::{read, set_all};

/// 200 requests a second from one client, sweeps every second, ejections of 5 s.
pub const MEASURED: [&str; 4] = [
    "users.us-east-1.rps=200",
    "users.us-west-2.rps=0",
    "mesh.outlier.interval=1s",
    "mesh.outlier.base_ejection_time=5s",
];
pub const NO_RETRY: &str = "mesh.retries.attempts=0";
pub const RETRY_503: &str = "mesh.retries.on=503";
/// Whoever is out stays out.
pub const FOR_LONG: &str = "mesh.outlier.base_ejection_time=10m";
/// What is counted begins here, and so does what breaks unless a row says otherwise.
pub const FROM: u64 = 10;

/// How many seeds a row is run with: few by default, `EASTWEST_SEEDS` for more.
pub fn seeds(few: u64) -> u64 {
    std::env::var("EASTWEST_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}

/// `one-service` with the measured settings and these.
#[track_caller]
pub fn scenario(assignments: &[&str]) -> Scenario {
    let mut scenario = Scenario::shipped("one-service").unwrap();
    set_all(&mut scenario, MEASURED.iter().chain(assignments));
    scenario
}

#[track_caller]
fn engine(seed: u64, assignments: &[&str], interventions: &[&str]) -> Engine {
    let does = read(interventions);
    let mut engine = Engine::new(&scenario(assignments), Seed(seed), does);
    engine.measure_from(SimTime::ZERO + SimSpan::from_seconds(FROM));
    engine
}

/// One run, counted from [`FROM`] to `seconds`.
#[track_caller]
pub fn run(seed: u64, assignments: &[&str], interventions: &[&str], seconds: u64) -> Report {
    let mut engine = engine(seed, assignments, interventions);
    run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(seconds));
    engine.report()
}

/// What one run tells.
pub fn log(seed: u64, assignments: &[&str], interventions: &[&str], seconds: u64) -> Vec<LogLine> {
    let mut engine = engine(seed, assignments, interventions);
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    run_to(&mut engine, SimTime::ZERO + SimSpan::from_seconds(seconds));
    engine.take_log()
}

/// The moments, in seconds after [`FROM`], of the lines of a kind about a subject.
pub fn moments(log: &[LogLine], kind: LogKind, subject: &str) -> Vec<f64> {
    let found = log.iter().filter(|line| line.kind == kind && line.subject == subject);
    found.map(|line| line.at as f64 / 1e9 - FROM as f64).collect()
}

/// A row: what was measured on Envoy, and how to have it here.
pub struct Row {
    /// The table it stands in.
    pub table: &'static str,
    pub what: &'static str,
    /// As it was measured; ranges are of several trials.
    pub envoy: &'static str,
    /// What ours must lie in with every seed.
    pub holds: (f64, f64),
    pub set: Vec<String>,
    pub does: Vec<String>,
    /// The run's end.
    pub seconds: u64,
    pub reads: fn(&Report) -> f64,
}

/// Users' requests that failed.
pub fn failed(report: &Report) -> f64 {
    report.requests.failed as f64
}

/// Percent of finished requests that failed.
pub fn failed_percent(report: &Report) -> f64 {
    report.success_percent.map_or(f64::NAN, |ok| 100.0 - ok)
}

/// Percent of tries that stay in the caller's region.
pub fn local(report: &Report) -> f64 {
    report.number("calls.payment.us-east-1.local_percent").unwrap_or(f64::NAN)
}

/// Tries beyond the first, in percent of requests.
pub fn retried_percent(report: &Report) -> f64 {
    100.0 * report.requests.retries as f64 / report.requests.issued as f64
}

/// Endpoints that the client has ejected at the end.
pub fn ejected(report: &Report) -> f64 {
    report.number("calls.payment.us-east-1.ejected_now").unwrap_or(f64::NAN)
}

impl Row {
    /// A row that counts failures until 14 s, four after everything broke.
    pub fn new(table: &'static str, what: &'static str, envoy: &'static str, holds: (f64, f64)) -> Self {
        Self { table, what, envoy, holds, set: Vec::new(), does: Vec::new(), seconds: 14, reads: failed }
    }

    pub fn set(mut self, assignments: &[&str]) -> Self {
        self.set.extend(assignments.iter().map(|&text| text.to_owned()));
        self
    }

    pub fn does(mut self, interventions: &[&str]) -> Self {
        self.does.extend(interventions.iter().map(|&text| text.to_owned()));
        self
    }

    pub fn until(mut self, seconds: u64) -> Self {
        self.seconds = seconds;
        self
    }

    pub fn reads(mut self, reads: fn(&Report) -> f64) -> Self {
        self.reads = reads;
        self
    }

    /// What ours comes to with each of so many seeds.
    pub fn ours(&self, seeds: u64) -> Vec<f64> {
        let set: Vec<&str> = self.set.iter().map(String::as_str).collect();
        let does: Vec<&str> = self.does.iter().map(String::as_str).collect();
        (0..seeds).map(|seed| (self.reads)(&run(seed, &set, &does, self.seconds))).collect()
    }

    #[track_caller]
    pub fn check(&self, seeds: u64) {
        let ours = self.ours(seeds);
        let (low, high) = self.holds;
        assert!(
            ours.iter().all(|value| (low..=high).contains(value)),
            "{}, {}: {ours:?}, not all in {low}..={high}; Envoy {}",
            self.table,
            self.what,
            self.envoy
        );
    }
}
