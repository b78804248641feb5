//! Which checkpoints are kept: close together for what has just been, far apart for what is long past.

use super::{Checkpoint, Timeline};
use crate::sim::time::SimTime;

/// However many they hold, so few stay: the start, the newest, and one between.
const FEWEST: usize = 3;

impl Timeline {
    /// All checkpoints together hold at most so many open tries, some 45 MB; a mesh that answers never comes near it.
    /// Only where the newest and one before it hold more they may.
    pub const OPEN_MAX: usize = 300_000;

    /// Open tries in all checkpoints together: what they take grows with these.
    pub fn open_kept(&self) -> usize {
        self.checkpoints.iter().map(|checkpoint| checkpoint.open).sum()
    }

    pub(super) fn keep_checkpoint(&mut self) {
        let now = self.now();
        if self.checkpoints.last().is_some_and(|last| last.engine.now() >= now) {
            return;
        }
        let mut engine = self.engine.clone();
        engine.forget_told();
        let open = engine.in_flight();
        self.checkpoints.push(Checkpoint { engine, applied: self.applied, told: self.history.mark(), open });
        self.thin_out(now);
        self.lighten(now);
    }

    /// Lets go of checkpoints as they age: every 2 s of the last minute, every 10 s of the last four, every five minutes
    /// of the last hour, every ten before that. One holds some 60 kB: an hour's are 4 MB, and to any moment of the last
    /// four minutes no more than 10 s are run again, some 5 ms.
    fn thin_out(&mut self, now: SimTime) {
        let mut kept_at = None;
        self.checkpoints.retain(|checkpoint| {
            let at = checkpoint.engine.now().seconds();
            let spacing = match now.seconds().saturating_sub(at) {
                0..60 => 2,
                60..250 => 10,
                250..3600 => 300,
                _ => 600,
            };
            let keep = kept_at.is_none_or(|last: u64| at / spacing > last / spacing);
            if keep {
                kept_at = Some(at);
            }
            keep
        });
    }

    /// Where calls pile up that nobody answers a checkpoint grows with them. Until all together fit again, the one goes
    /// that is missed least: whose neighbors stand close together for its age. What is left stands the further apart
    /// the longer ago it is.
    fn lighten(&mut self, now: SimTime) {
        let mut open = self.open_kept();
        while open > Self::OPEN_MAX && self.checkpoints.len() > FEWEST {
            let at = |index: usize| self.checkpoints[index].engine.now();
            let inner = 1..self.checkpoints.len() - 1;
            let gap = |index: usize| u128::from(at(index + 1).since(at(index - 1)).nanos());
            let age = |index: usize| u128::from(now.since(at(index)).nanos());
            // Where nothing is open there is nothing to gain. Gap ÷ age, the least; multiplied out to stay whole.
            let least = inner
                .filter(|&index| self.checkpoints[index].open > 0)
                .min_by(|&one, &other| (gap(one) * age(other)).cmp(&(gap(other) * age(one))));
            let Some(least) = least else { return };
            open -= self.checkpoints.remove(least).open;
        }
    }
}
