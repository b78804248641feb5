//! The line that has a run again.

use std::fmt;

use crate::sim::intervention::Intervention;
use crate::sim::rng::Seed;
use crate::sim::scenario::Scenario;
use crate::sim::time::SimSpan;

/// What `eastwest sim` runs when it is not told how long: 4 minutes.
pub const DURATION_DEFAULT: SimSpan = SimSpan::from_seconds(240);
/// The seed it takes when it is not told one.
pub const SEED_DEFAULT: Seed = Seed(7);

/// Prints as the `eastwest sim …` line of a run. A scenario from a file is named as the file, and a comment at the end
/// says by its SHA-256 which content that had.
#[derive(Clone, Copy, Debug)]
pub struct CommandLine<'a> {
    /// With all that was set.
    pub scenario: &'a Scenario,
    pub seed: Seed,
    pub interventions: &'a [Intervention],
    pub duration: SimSpan,
    /// Under every pattern, not only the scenario's.
    pub all_patterns: bool,
    /// So many runs, with the seeds from `seed` up.
    pub seeds: Option<u64>,
}

impl fmt::Display for CommandLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.scenario.file();
        let subject = file.map_or(self.scenario.name(), |file| &file.path);
        let (seed, duration) = (self.seed, self.duration);
        write!(f, "eastwest sim {} --seed {seed} --duration {duration}", quoted(subject))?;
        if let Some(pattern) = self.scenario.other_pattern().filter(|_| !self.all_patterns) {
            write!(f, " --pattern {pattern}")?;
        }
        for change in self.scenario.changes() {
            write!(f, " --set {}", quoted(change))?;
        }
        for intervention in self.interventions {
            write!(f, " --do \"{intervention}\"")?;
        }
        if self.all_patterns {
            f.write_str(" --pattern all")?;
        }
        if let Some(seeds) = self.seeds {
            write!(f, " --seeds {seeds}")?;
        }
        if let Some(file) = file {
            write!(f, " # {} has sha256 {}", file.path, file.sha256)?;
        }
        Ok(())
    }
}

/// The word as a shell takes it for one.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
