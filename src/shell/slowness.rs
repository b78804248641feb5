//! Whether the terminal takes frames as fast as they come. A line that is full holds the write up: then fewer frames
//! are the only ones that are shown in time.

use std::time::Duration;

use crate::app::manner::SLOW_FRAME;

/// A frame that takes this long has been held up: half of the time to the next one, where drawing takes one or two
/// milliseconds.
const HELD_UP: Duration = Duration::from_millis(33);
/// So many of them in a row, and the terminal is slow: one may be a moment's distraction.
const IN_A_ROW: u32 = 4;
/// A frame this fast met no obstacle.
const AT_ONCE: Duration = Duration::from_millis(10);
/// So many of those in a row, 3 s at the slow rate, and it is fast again.
const RECOVERED: u32 = 30;

/// Counts frames that were held up, and those that were not.
#[derive(Clone, Debug)]
pub struct Slowness {
    /// From one frame to the next where nothing is slow.
    usual: Duration,
    slow: bool,
    /// Frames in a row that speak for a change.
    count: u32,
    change: Option<Duration>,
}

impl Slowness {
    /// For a terminal that takes frames this far apart unless it shows otherwise.
    #[must_use]
    pub const fn new(usual: Duration) -> Self {
        Self { usual, slow: false, count: 0, change: None }
    }

    /// A frame was written, and writing took so long.
    pub fn drawn(&mut self, took: Duration) {
        let (speaks, needed) =
            if self.slow { (took <= AT_ONCE, RECOVERED) } else { (took >= HELD_UP, IN_A_ROW) };
        self.count = if speaks { self.count + 1 } else { 0 };
        if self.count >= needed {
            self.count = 0;
            self.slow = !self.slow;
            self.change = Some(if self.slow { self.usual.max(SLOW_FRAME) } else { self.usual });
        }
    }

    /// How far apart frames are to be from now on, if that has changed since the last call.
    pub const fn change(&mut self) -> Option<Duration> {
        self.change.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pacer::FRAME;

    fn after(slowness: &mut Slowness, frames: u32, ms: u64) -> Option<Duration> {
        (0..frames).for_each(|_| slowness.drawn(Duration::from_millis(ms)));
        slowness.change()
    }

    #[test]
    fn some_frames_held_up_in_a_row_make_it_slow_and_many_fast_ones_mend_it() {
        let mut slowness = Slowness::new(FRAME);
        assert_eq!(after(&mut slowness, 3, 50), None);
        assert_eq!(after(&mut slowness, 1, 1), None, "one in between");
        assert_eq!(after(&mut slowness, 3, 50), None);
        assert_eq!(after(&mut slowness, 1, 50), Some(SLOW_FRAME));
        assert_eq!(after(&mut slowness, 29, 2), None);
        assert_eq!(after(&mut slowness, 1, 20), None, "neither held up nor at once");
        assert_eq!(after(&mut slowness, 30, 2), Some(FRAME));
    }

    #[test]
    fn over_a_line_that_is_slow_anyway_nothing_changes() {
        let mut slowness = Slowness::new(SLOW_FRAME);
        assert_eq!(after(&mut slowness, 4, 50), Some(SLOW_FRAME));
        assert_eq!(after(&mut slowness, 30, 1), Some(SLOW_FRAME));
    }
}
