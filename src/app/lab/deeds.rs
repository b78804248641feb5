//! Other rules for the run, and what was done taken back or done again.

use super::Lab;
use crate::app::now::Now;
use crate::app::state::Reply;
use crate::sim::Scenario;

impl Lab {
    /// Has the same users, seed and failures again under other rules, up to the moment on show.
    pub(super) fn under(&mut self, scenario: Scenario, now: Now) {
        self.run.under(scenario, now.mono);
        self.take_over_rules();
    }

    /// Takes back what was done last, or does it again.
    pub(super) fn take_back(&mut self, undoes: bool, now: Now) -> Reply {
        let what = if undoes { self.run.undo(now.mono) } else { self.run.redo(now.mono) };
        self.take_over_rules();
        let Some(what) = what else {
            return Reply::info(if undoes { "nothing to undo" } else { "nothing to redo" });
        };
        Reply::info(if undoes { format!("taken back: {what}") } else { format!("done again: {what}") })
    }

    /// The run may have other rules than a moment ago; a prediction was about the old ones.
    pub(super) fn take_over_rules(&mut self) {
        let scenario = self.run.timeline().scenario();
        if *scenario != self.scenario {
            self.scenario = scenario.clone();
            (self.answer, self.verdict, self.oracle) = (None, None, None);
        }
    }
}
