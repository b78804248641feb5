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
    let mut budgets = targets.sections.clone();
    let (mut rehearsed, mut lows, mut highs) = (Vec::new(), Vec::new(), Vec::new());
    for section in 0..budgets.len() {
        let times = ghost.section_times(section);
        if let (Some(least), Some(most)) = (times.iter().min(), times.iter().max()) {
            rehearsed.push(section);
            lows.push((least / STEP_MS).max(1));
            highs.push(most.div_ceil(STEP_MS).max(1));
        }
    }
    let others = |time: fn(&Budget) -> Duration| {
        let others = targets.sections.iter().enumerate().filter(|(section, _)| !rehearsed.contains(section));
        others.map(|(_, budget)| millis(time(budget))).fold(0, u64::saturating_add)
    };
    let left = |others| millis(targets.total).saturating_sub(others);
    let lows = at_most(&lows, left(others(|budget| budget.low)) / STEP_MS);
    let highs = at_least(&highs, left(others(|budget| budget.high.max(budget.low))).div_ceil(STEP_MS));
    for (section, (low, high)) in rehearsed.iter().zip(lows.into_iter().zip(highs)) {
        let [low, high] = [low, high].map(|steps| Duration::from_millis(steps.saturating_mul(STEP_MS)));
        budgets[*section] = Budget { low, high };
    }
    budgets
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
    let text: String = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}
