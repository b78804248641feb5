//! The line that has a run again.

use std::fmt::Write as _;

use crate::sim::intervention::Intervention;
use crate::sim::rng::Seed;
use crate::sim::scenario::Scenario;
use crate::sim::time::SimSpan;

/// What `eastwest sim` runs when it is not told how long: 4 minutes.
pub const DURATION_DEFAULT: SimSpan = SimSpan::from_seconds(240);
/// The seed it takes when it is not told one.
pub const SEED_DEFAULT: Seed = Seed(7);

/// The `eastwest sim …` line of a run. `subject` is the scenario as one would name it there: its name or a file.
pub fn command_line(
    subject: &str,
    scenario: &Scenario,
    seed: Seed,
    interventions: &[Intervention],
    duration: SimSpan,
) -> String {
    let mut line = format!("eastwest sim {} --seed {seed} --duration {duration}", quoted(subject));
    if let Some(pattern) = scenario.other_pattern() {
        let _ = write!(line, " --pattern {pattern}");
    }
    for change in scenario.changes() {
        let _ = write!(line, " --set {}", quoted(change));
    }
    for intervention in interventions {
        let _ = write!(line, " --do \"{intervention}\"");
    }
    line
}

/// The word as a shell takes it for one.
pub(in crate::sim) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
