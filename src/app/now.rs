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

impl Now {
    /// The wall clock's moment, as schedules want it.
    #[must_use]
    pub const fn moment(self) -> crate::srs::Moment {
        crate::srs::Moment { ms: self.wall_ms, offset: self.offset_minutes }
    }
}
