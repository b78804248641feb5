//! The one place where clocks are read.
#![expect(clippy::disallowed_methods, reason = "this is the file that the linter sends everybody else to")]

use std::time::{Duration, Instant};

use crate::app::Now;

/// Gives the moment.
pub trait Clock {
    fn now(&self) -> Now;
}

/// The system's clocks.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let (wall_ms, offset_minutes) = wall();
        Now { mono: self.started.elapsed(), wall_ms, offset_minutes }
    }
}

/// Milliseconds since 1970 and the local offset in minutes, without a start to count from.
#[must_use]
pub fn wall() -> (i64, i32) {
    let now = jiff::Zoned::now();
    (now.timestamp().as_millisecond(), now.offset().seconds() / 60)
}

/// One sentence where the local time is not known; then days turn by UTC.
#[must_use]
pub fn trouble() -> Option<String> {
    let why = jiff::tz::TimeZone::try_system().err()?;
    let named = std::env::var("TZ").map_or_else(|_| String::new(), |zone| format!(" '{zone}'"));
    Some(format!("the time zone{named} is not known here, so that study days turn by UTC: {why}"))
}

/// Time since an arbitrary start, for reading with a deadline before the loop runs.
pub fn stopwatch() -> impl Fn() -> Duration {
    let started = Instant::now();
    move || started.elapsed()
}
