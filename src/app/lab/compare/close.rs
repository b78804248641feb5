//! Into the lab and back: one of the runs goes on there.

use super::{Compare, Deed, Lane, under};
use crate::app::action::Action;
use crate::app::lab::Lab;
use crate::app::lab::branches::{Branches, Here, Rules};
use crate::app::now::Now;
use crate::app::state::Reply;
use crate::sim::{Pattern, SimTime, Timeline};

impl Compare {
    /// A sentence on what was asked for and waits until all runs stand at one moment; leaving before would lose it.
    fn still_to_be_done(&self) -> Option<String> {
        let words = match self.waiting.front()? {
            Deed::Do(words) => words,
            Deed::Undo => "undo",
            Deed::Redo => "redo",
        };
        Some(format!("still to be done: {words}; leave when all patterns have come to one moment"))
    }

    /// The run under a pattern, where all of them are or are to be.
    fn into_run(mut self, pattern: Pattern) -> Option<(Timeline, Branches, SimTime)> {
        let at = self.goal.unwrap_or(self.shown);
        if let Some(before) = self.here() {
            let rules = Rules { pattern, ..before.rules.clone() };
            self.branches.did(&before, &Here { rules, ..before.clone() });
        }
        let mut lanes = self.lanes;
        let own = lanes.iter_mut().find(|lane| lane.pattern == pattern).and_then(|lane| lane.timeline.take());
        let run = own.or_else(|| {
            let other: Option<&Lane> = lanes.iter().find(|lane| lane.is_on());
            other.and_then(|lane| lane.timeline.as_ref()).map(|run| under(run, pattern))
        })?;
        Some((run, self.branches, at))
    }
}

impl Lab {
    /// The three patterns, if they are on show.
    #[must_use]
    pub const fn compare(&self) -> Option<&Compare> {
        self.compare.as_ref()
    }

    pub(in crate::app::lab) fn open_compare(&mut self, now: Now) -> Reply {
        if self.beside {
            return Reply::info("the three patterns stand side by side in the lab itself: g l, then =");
        }
        let pacer = self.run.pacer.clone();
        let run = self.run.lend();
        self.compare = Some(Compare::new(run, pacer, self.region, self.slo, now.mono));
        Reply::default()
    }

    pub(in crate::app::lab) fn act_on_compare(&mut self, now: Now, action: Action) -> Reply {
        let Some(compare) = &mut self.compare else { return Reply::default() };
        let own = compare.scenario.pattern();
        if matches!(action, Action::Back | Action::Compare | Action::Confirm)
            && let Some(waiting) = compare.still_to_be_done()
        {
            return Reply::info(waiting);
        }
        match action {
            Action::Back | Action::Compare => self.close_compare(own, now),
            Action::Confirm => {
                let pattern = compare.lanes[compare.column].pattern;
                self.close_compare(pattern, now);
                return Reply::info(format!("{pattern} in the lab, with all that was done"));
            }
            _ => return compare.act(now, action),
        }
        Reply::default()
    }

    /// The patterns side by side, standing still at a moment; the way there may take some frames.
    pub(in crate::app::lab) fn compare_at(&mut self, at: SimTime, now: Now) {
        self.open_compare(now);
        if let Some(compare) = &mut self.compare {
            compare.seek(at, now.mono);
        }
    }

    fn close_compare(&mut self, pattern: Pattern, now: Now) {
        let Some(compare) = self.compare.take() else { return };
        (self.region, self.slo) = (compare.region, compare.slo);
        let (pacer, newest) = (compare.pacer.clone(), compare.newest);
        if let Some((run, branches, at)) = compare.into_run(pattern) {
            self.run.take_back((run, branches), pacer, (at, newest), now.mono);
        }
        self.take_over_rules();
    }
}
