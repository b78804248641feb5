//! Budgets that rehearsals suggest, and the lines of `lesson.toml` that would change.

use std::time::Duration;

use super::plan::spread;
use super::rehearsal::{Ghost, Rehearsal};
use super::{Budget, Targets, millis, sum};

/// Budgets are proposed in steps of five seconds: nobody keeps to finer ones.
const STEP_MS: u64 = 5000;

/// New budgets for a talk of the same length.
///
/// A section that was rehearsed gets the shortest of its last three times, rounded down to five seconds, as its least,
/// and the longest, rounded up, as its most. What was never gone through keeps its budget. The rest of the total has to
/// lie between the least and the most of the rehearsed ones together: else every least shrinks, or every most grows,
/// in proportion. No least that was rehearsed goes below five seconds, whatever the total.
pub fn propose(targets: &Targets, rehearsals: &[Rehearsal]) -> Vec<Budget> {
    let Some(ghost) = Ghost::of(rehearsals) else {
        return targets.sections.clone();
    };
    let taken: Vec<Taken> =
        (0..targets.sections.len()).filter_map(|section| Taken::of(&ghost, section)).collect();
    let (lows, highs): (Vec<u64>, Vec<u64>) = taken.iter().map(|taken| (taken.low, taken.high)).unzip();
    let left = |mut others: Vec<u64>| {
        for taken in &taken {
            others[taken.section] = 0;
        }
        millis(targets.total).saturating_sub(sum(&others))
    };
    let lows = at_most(&lows, left(targets.lows()) / STEP_MS);
    let highs = at_least(&highs, left(targets.highs()).div_ceil(STEP_MS));
    let mut budgets = targets.sections.clone();
    for (taken, (low, high)) in taken.iter().zip(lows.into_iter().zip(highs)) {
        let [low, high] = [low, high].map(|steps| Duration::from_millis(steps.saturating_mul(STEP_MS)));
        budgets[taken.section] = Budget { low, high };
    }
    budgets
}

/// What a section took lately, in steps: the shortest rounded down, the longest rounded up.
struct Taken {
    section: usize,
    low: u64,
    high: u64,
}

impl Taken {
    fn of(ghost: &Ghost, section: usize) -> Option<Self> {
        let times = ghost.section_times(section);
        let (low, high) = (times.iter().min()?, times.iter().max()?);
        Some(Self { section, low: (low / STEP_MS).max(1), high: high.div_ceil(STEP_MS) })
    }
}

/// Shrinks in proportion until the sum is at most this, leaving one step to each.
fn at_most(steps: &[u64], most: u64) -> Vec<u64> {
    if sum(steps) <= most {
        return steps.to_vec();
    }
    let one = vec![1; steps.len()];
    let above: Vec<u64> = steps.iter().map(|step| step - 1).collect();
    spread(&one, &above, most.saturating_sub(sum(&one)))
}

/// Grows in proportion until the sum is at least this.
fn at_least(steps: &[u64], least: u64) -> Vec<u64> {
    spread(steps, steps, least.saturating_sub(sum(steps)))
}

/// The budgets that differ, as lines of `lesson.toml`: the file for orientation, then the old line and the new one with
/// the signs of a diff. `files` are the sections' files as written there.
pub fn as_diff(now: &[Budget], proposed: &[Budget], files: &[&str]) -> Vec<String> {
    let pairs = now.iter().zip(proposed).zip(files).filter(|((now, proposed), _)| now != proposed);
    let lines = |((now, proposed), file): ((&Budget, &Budget), &&str)| {
        [format!(" file = \"{file}\""), format!("-{}", toml_line(*now)), format!("+{}", toml_line(*proposed))]
    };
    pairs.flat_map(lines).collect()
}

fn toml_line(budget: Budget) -> String {
    format!("budget = [\"{}\", \"{}\"]", toml_span(budget.low), toml_span(budget.high))
}

/// `1m30s`, as `lesson.toml` has it.
fn toml_span(span: Duration) -> String {
    let seconds = span.as_secs();
    let parts = [(seconds / 3600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')];
    let given = parts.iter().filter(|(number, _)| *number > 0);
    let text = given.map(|(number, unit)| format!("{number}{unit}")).collect::<Vec<_>>().concat();
    if text.is_empty() { "0s".to_owned() } else { text }
}
