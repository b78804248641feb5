//! A mesh on a stage: it is where a talk says, and has no keys of its own.

use super::Lab;
use super::open::meant;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::course::directive;
use crate::sim::{Intervention, SimTime};

impl Lab {
    /// The mesh that a beat asks for, with what is done to it beside that: `--do` words with times. `before` is the mesh that
    /// was on show; where it is of the `same` beat its run goes on, changed. An error is one sentence.
    pub fn staged(
        parts: &Parts,
        now: Now,
        wanted: &directive::Lab,
        improvised: &[String],
        before: Option<Box<Self>>,
        same: bool,
    ) -> Result<Self, String> {
        let mut lab = match before.filter(|_| same) {
            Some(lab) => *lab,
            None => Self::embedded(parts, now, wanted)?,
        };
        let plain = parts.scenarios.get(&wanted.scenario).unwrap_or(&lab.scenario).clone();
        let (scenario, mut log) = meant(wanted, plain)?;
        for words in improvised {
            let deed: Intervention = words.parse().map_err(|error| format!("{error}"))?;
            scenario.check(&deed).map_err(|error| error.to_string())?;
            log.push(deed);
        }
        // It says what comes of the failures; a beat shows it when its time has come.
        lab.caption.clear();
        lab.run.pacer.pause(now.mono);
        lab.run.pacer.never_slow();
        lab.run.rewrite(log);
        Ok(lab)
    }

    /// Shows this moment, in milliseconds of the mesh's time; the way there may take some frames.
    pub fn show_at(&mut self, now: Now, at: u64) {
        self.run.seek(SimTime::from_nanos(at.saturating_mul(1_000_000)), now.mono);
        self.look();
    }
}
