//! Wall time to simulated time: how far the mesh on show should have come.

use std::time::Duration;

use crate::sim::{SimSpan, SimTime};

/// A jump of the wall clock longer than this counts as this: a laptop that slept does not fast-forward.
const STEP_MAX: Duration = Duration::from_millis(250);
/// Frames while something moves: 15 a second.
pub const FRAME: Duration = Duration::from_micros(66_667);

/// Speeds as eighths of real time: 1/8 to 8 times.
const SPEEDS: [u32; 7] = [1, 2, 4, 8, 16, 32, 64];
/// Index of once real time.
const ONCE: usize = 3;

/// Where the mesh should be, and how fast it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Pacer {
    target: SimTime,
    speed: usize,
    /// When time was last added, while playing.
    since: Option<Duration>,
    /// When it stops by itself.
    until: Option<Duration>,
}

impl Default for Pacer {
    fn default() -> Self {
        Self { target: SimTime::ZERO, speed: ONCE, since: None, until: None }
    }
}

impl Pacer {
    #[must_use]
    pub const fn is_playing(&self) -> bool {
        self.since.is_some()
    }

    /// The moment that should be on show.
    #[must_use]
    pub const fn target(&self) -> SimTime {
        self.target
    }

    /// Starts, with an end if `play_for` is given.
    pub fn play(&mut self, now: Duration, play_for: Option<Duration>) {
        self.since = Some(now);
        self.until = play_for.map(|length| now + length);
    }

    /// Stands still where it is.
    pub fn pause(&mut self, now: Duration) {
        self.advance(now);
        self.since = None;
        self.until = None;
    }

    /// Adds the time since the last call.
    pub fn advance(&mut self, now: Duration) {
        let Some(since) = self.since else { return };
        let passed = now.saturating_sub(since).min(STEP_MAX);
        let nanos = (passed.as_nanos() as u64).saturating_mul(u64::from(SPEEDS[self.speed])) / 8;
        self.target = self.target + SimSpan::from_nanos(nanos);
        self.since = Some(now);
        if self.until.is_some_and(|until| now >= until) {
            self.since = None;
            self.until = None;
        }
    }

    /// Puts it at a moment.
    pub const fn jump(&mut self, to: SimTime) {
        self.target = to;
    }

    pub fn slower(&mut self) {
        self.speed = self.speed.saturating_sub(1);
    }

    pub fn faster(&mut self) {
        self.speed = (self.speed + 1).min(SPEEDS.len() - 1);
    }

    /// `1.0×`, `0.25×`.
    #[must_use]
    pub fn speed_words(&self) -> String {
        let eighths = SPEEDS[self.speed];
        if eighths >= 8 { format!("{}×", eighths / 8) } else { format!("{}×", f64::from(eighths) / 8.0) }
    }

    /// When the next frame is wanted, if something moves.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        self.since.map(|since| since + FRAME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_still_after_its_time() {
        let mut pacer = Pacer::default();
        pacer.play(Duration::ZERO, Some(Duration::from_secs(1)));
        for step in 1..=40 {
            pacer.advance(Duration::from_millis(step * 50));
        }
        assert!(!pacer.is_playing());
        assert_eq!(pacer.target(), SimTime::ZERO + SimSpan::from_seconds(1));
        assert_eq!(pacer.next_frame(), None);
    }

    #[test]
    fn a_sleeping_machine_does_not_fast_forward() {
        let mut pacer = Pacer::default();
        pacer.play(Duration::ZERO, None);
        pacer.advance(Duration::from_secs(3600));
        assert_eq!(pacer.target(), SimTime::ZERO + SimSpan::from_millis(250));
    }
}
