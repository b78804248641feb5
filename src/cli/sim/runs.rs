//! Runs, one or many: many use all cores, and what comes out does not depend on how many those are.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::tree::Tree;
use super::wanted::{Part, Wanted};
use crate::mesh_view::{Gauges, LogLine};
use crate::sim::{Budget, Engine, Progress, Seed, SimTime, TraceHop};

/// A run and all that was heard of it.
#[derive(Debug)]
pub(super) struct Run {
    pub report: Tree,
    /// Requests that users sent, numbered from 0.
    pub issued: u64,
    pub log: Vec<LogLine>,
    pub seconds: Vec<(SimTime, Gauges)>,
    pub trace: Vec<TraceHop>,
    /// What was done and changes nothing, each with the reason.
    pub idle: Vec<String>,
}

/// All runs that are wanted: for each part one for each seed, in order.
pub(super) fn all(wanted: &Wanted, threads: usize) -> anyhow::Result<Vec<Vec<Run>>> {
    let seeds = wanted.seeds.unwrap_or(1) as usize;
    let job = |index: usize| one(wanted, &wanted.parts[index / seeds], (index % seeds) as u64);
    let mut done = in_threads(wanted.parts.len() * seeds, threads, job).into_iter();
    wanted.parts.iter().map(|_| done.by_ref().take(seeds).collect()).collect()
}

/// How many threads run at once.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn one(wanted: &Wanted, part: &Part, above: u64) -> anyhow::Result<Run> {
    let seed = Seed(wanted.seed.saturating_add(above));
    let mut engine = Engine::new(&part.scenario, seed, wanted.interventions.clone());
    engine.hear(wanted.hearing);
    let end = SimTime::ZERO + wanted.duration;
    while engine.run_until(end, &mut Budget::endless()) == Progress::Behind {}
    let report = engine.report();
    let idle = wanted.interventions.iter().filter(|done| !done.is_heal());
    let idle = idle.filter_map(|done| Some((done.to_string(), engine.passes_by(done.target())?)));
    Ok(Run {
        idle: idle.map(|(done, why)| format!("{done}: {why}")).collect(),
        issued: report.requests.issued,
        report: Tree::of(&report)?,
        log: engine.take_log(),
        seconds: engine.take_seconds(),
        trace: engine.take_trace(),
    })
}

/// Does jobs 0 to `jobs` - 1, at most `threads` at once; the answers in the order of the jobs.
fn in_threads<T: Send>(jobs: usize, threads: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&index| index < jobs);
        std::iter::from_fn(take).map(|index| (index, job(index))).collect::<Vec<_>>()
    };
    if threads.min(jobs) < 2 {
        return work().into_iter().map(|(_, answer)| answer).collect();
    }
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(jobs)).map(|_| scope.spawn(work)).collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined.flat_map(|ended| ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_jobs_however_many_threads() {
        for threads in [1, 2, 5, 40] {
            assert_eq!(
                in_threads(17, threads, |job| job * 3),
                (0..17).map(|job| job * 3).collect::<Vec<_>>()
            );
        }
        assert!(in_threads(0, 4, |job| job).is_empty());
    }
}
