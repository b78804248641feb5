//! What a run has told so far, whole: for whoever takes it along.

use super::Timeline;
use crate::mesh_view::{Gauges, LogLine};
use crate::sim::report::print::{event, second};
use crate::sim::report::tree::Tree;
use crate::sim::time::SimTime;

impl Timeline {
    /// The lines of the log up to now, oldest first; of very many the newest ([`Timeline::has_forgotten`]).
    pub fn lines(&self) -> impl Iterator<Item = &LogLine> {
        self.history.last_lines(usize::MAX)
    }

    /// The whole seconds up to now, each with the moment it closed at; of very many the newest.
    pub fn seconds(&self) -> impl Iterator<Item = &(SimTime, Gauges)> {
        self.history.last_seconds(usize::MAX)
    }

    /// The run is so long that its first lines or seconds are not kept any more.
    pub fn has_forgotten(&self) -> bool {
        self.history.has_forgotten()
    }

    /// What `eastwest sim --json --events --series` prints of this run under its pattern.
    pub fn told(&self) -> serde_json::Result<Tree> {
        let mut tree = Tree::of(&self.report())?;
        tree.push("events", Tree::List(self.lines().map(event).collect()));
        tree.push("series", Tree::List(self.seconds().map(second).collect()));
        Ok(tree)
    }
}
