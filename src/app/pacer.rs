//! Wall time to simulated time: how far the mesh on show should have come.

use std::time::Duration;

use crate::sim::{SimSpan, SimTime};

/// A jump of the wall clock longer than this and a frame counts as these: a laptop that slept does not fast-forward.
const STEP_MAX: Duration = Duration::from_millis(250);
/// Frames while something moves: 15 a second.
pub const FRAME: Duration = Duration::from_micros(66_667);

/// So many parts are real time: a tenth and a quarter of it are whole numbers of them.
const PARTS: u32 = 20;
/// Speeds in such parts: 0.1 to 8 times.
const SPEEDS: [u32; 7] = [2, 5, 10, 20, 40, 80, 160];
/// Index of once real time.
const ONCE: usize = 3;
/// Slow motion is a quarter of real time, and lasts so long (of the wall clock).
const SLOW: u32 = PARTS / 4;
const SLOW_FOR: Duration = Duration::from_secs(2);

/// Where the mesh should be, and how fast it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Pacer {
    target: SimTime,
    speed: usize,
    /// When time was last added, while playing.
    since: Option<Duration>,
    /// When it stops by itself.
    until: Option<Duration>,
    /// From one frame to the next.
    every: Duration,
    slow: Slow,
}

/// Slow motion comes once at most, and not to somebody who has chosen a speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Slow {
    #[default]
    ToCome,
    Until(Duration),
    Over,
}

impl Default for Pacer {
    fn default() -> Self {
        Self {
            target: SimTime::ZERO,
            speed: ONCE,
            since: None,
            until: None,
            every: FRAME,
            slow: Slow::ToCome,
        }
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
        if self.is_slow() {
            self.slow = Slow::Over;
        }
    }

    /// Adds the time since the last call.
    pub fn advance(&mut self, now: Duration) {
        let Some(since) = self.since else { return };
        let passed = now.saturating_sub(since).min(self.every + STEP_MAX);
        let slowly = match self.slow {
            Slow::Until(end) => end.saturating_sub(since).min(passed),
            Slow::ToCome | Slow::Over => Duration::ZERO,
        };
        self.target = self.target
            + at_speed(slowly, SLOW)
            + at_speed(passed.saturating_sub(slowly), SPEEDS[self.speed]);
        self.since = Some(now);
        if matches!(self.slow, Slow::Until(end) if now >= end) {
            self.slow = Slow::Over;
        }
        if self.until.is_some_and(|until| now >= until) {
            self.since = None;
            self.until = None;
        }
    }

    /// Puts it at a moment.
    pub const fn jump(&mut self, to: SimTime) {
        self.target = to;
    }

    /// Goes slowly for two seconds if it plays at real time or faster, has never done so, and nobody has chosen a speed;
    /// says whether it does. What plays for a while plays on by what it misses.
    pub fn slow_down(&mut self, now: Duration) -> bool {
        let speed = SPEEDS[self.speed];
        if self.slow != Slow::ToCome || !self.is_playing() || speed < SPEEDS[ONCE] {
            return false;
        }
        self.slow = Slow::Until(now + SLOW_FOR);
        self.until = self.until.map(|until| until + SLOW_FOR * (speed - SLOW) / speed);
        true
    }

    /// It goes slowly now, whatever its speed.
    #[must_use]
    pub const fn is_slow(&self) -> bool {
        matches!(self.slow, Slow::Until(_))
    }

    /// It has gone slowly, or never will.
    #[must_use]
    pub fn has_slowed(&self) -> bool {
        self.slow != Slow::ToCome
    }

    /// It does not go slowly from here on.
    pub const fn never_slow(&mut self) {
        self.slow = Slow::Over;
    }

    pub fn slower(&mut self) {
        self.never_slow();
        self.speed = self.speed.saturating_sub(1);
    }

    pub fn faster(&mut self) {
        self.never_slow();
        self.speed = (self.speed + 1).min(SPEEDS.len() - 1);
    }

    /// `1.0×`, `0.25×`.
    #[must_use]
    pub fn speed_words(&self) -> String {
        let speed = if self.is_slow() { SLOW } else { SPEEDS[self.speed] };
        format!("{}×", f64::from(speed) / f64::from(PARTS))
    }

    /// When the next frame is wanted, if something moves.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        self.since.map(|since| since + self.every)
    }

    /// Frames follow one another so slowly from now on.
    pub const fn frames_every(&mut self, every: Duration) {
        self.every = every;
    }

    /// How much longer than an ordinary frame one is, as a whole number.
    #[must_use]
    pub fn frames_in_one(&self) -> u32 {
        (self.every.as_micros() / FRAME.as_micros()).max(1) as u32
    }
}

fn at_speed(span: Duration, parts: u32) -> SimSpan {
    SimSpan::from_nanos((span.as_nanos() as u64).saturating_mul(u64::from(parts)) / u64::from(PARTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of 50 ms; where it has come to.
    fn played(pacer: &mut Pacer, from: u64, to: u64) -> SimTime {
        for frame in from / 50 + 1..=to / 50 {
            pacer.advance(Duration::from_millis(frame * 50));
        }
        pacer.target()
    }

    const fn after(millis: u64) -> SimTime {
        SimTime::from_nanos(millis * 1_000_000)
    }

    #[test]
    fn slow_motion_lasts_two_seconds_and_comes_once() {
        let mut pacer = Pacer::default();
        pacer.play(Duration::ZERO, Some(Duration::from_secs(4)));
        assert_eq!(played(&mut pacer, 0, 1000), after(1000));
        assert!(pacer.slow_down(Duration::from_secs(1)));
        assert_eq!(pacer.speed_words(), "0.25×");
        assert_eq!(played(&mut pacer, 1000, 2800), after(1450));
        // A frame that begins slowly and ends at the speed of before.
        pacer.advance(Duration::from_millis(3040));
        assert_eq!((pacer.target(), pacer.speed_words().as_str()), (after(1540), "1×"));
        assert!(!pacer.slow_down(Duration::from_millis(3040)));
        played(&mut pacer, 3000, 6000);
        assert!(!pacer.is_playing());
        assert_eq!(pacer.target(), after(4000), "it has played all that was wanted");
    }

    #[test]
    fn who_chooses_a_speed_or_plays_slowly_sees_no_slow_motion() {
        let mut pacer = Pacer::default();
        assert!(!pacer.slow_down(Duration::ZERO), "it stands still");
        pacer.play(Duration::ZERO, None);
        pacer.faster();
        assert!(!pacer.slow_down(Duration::ZERO));
        let mut slow = Pacer { speed: ONCE - 1, ..Pacer::default() };
        slow.play(Duration::ZERO, None);
        assert!(!slow.slow_down(Duration::ZERO));
    }

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
        assert_eq!(
            pacer.target(),
            SimTime::ZERO + SimSpan::from_millis(250) + SimSpan::from_nanos(66_667_000)
        );
    }
}
