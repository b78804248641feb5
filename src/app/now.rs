//! The moment, read once a wake by the shell and handed in.

use std::time::Duration;

/// Two clocks, read together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Since the program started; never runs back. Pacing and nothing else.
    pub mono: Duration,
    /// Milliseconds since 1970, as the wall clock says; may jump.
    pub wall_ms: i64,
    /// The local offset from UTC in minutes, east positive, at that moment.
    pub offset_minutes: i32,
}
