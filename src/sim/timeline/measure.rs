//! What somebody needs who runs a copy ahead to see what will come of something.

use super::Timeline;
use crate::sim::fault::Holding;

impl Timeline {
    /// The layers that hold at this moment, the oldest first.
    pub fn holding(&self) -> Vec<Holding> {
        self.engine.holding()
    }

    /// Drops what was still to come, as if nothing more had been planned.
    pub fn drop_ahead(&mut self) {
        self.log.truncate(self.applied);
    }

    /// From now on the report's latencies are those of requests that end from now on.
    pub fn forget_latency(&mut self) {
        self.engine.forget_latency();
    }
}
