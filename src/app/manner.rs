//! How the user wants it to behave: how much moves, how often, and by which keys.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;

use super::keymap::Keymap;
use super::pacer::FRAME;

/// From one frame to the next over a slow line: 10 a second.
pub const SLOW_FRAME: Duration = Duration::from_millis(100);
/// From one frame to the next with reduced motion: 4 a second.
pub const REDUCED_FRAME: Duration = Duration::from_millis(250);
/// A text is drawn anew no more often than this while a mesh runs.
pub const TEXT_FRAME: Duration = Duration::from_secs(1);

/// How much moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// Requests as dots.
    #[default]
    Full,
    /// No dots: rates and arrows on the ways, and a mark on what has changed.
    Reduced,
    /// The lab as text; elsewhere a picture that changes once a second.
    None,
}

impl Motion {
    /// All of them with their names.
    pub const NAMES: [(&'static str, Self); 3] =
        [("full", Self::Full), ("reduced", Self::Reduced), ("none", Self::None)];
}

/// A word that names no level of motion.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it can be full, reduced or none")]
pub struct MotionError;

impl FromStr for Motion {
    type Err = MotionError;

    fn from_str(word: &str) -> Result<Self, MotionError> {
        Self::NAMES.iter().find(|(name, _)| *name == word).map(|(_, motion)| *motion).ok_or(MotionError)
    }
}

impl fmt::Display for Motion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAMES.iter().find(|(_, motion)| motion == self).map_or("", |(name, _)| name))
    }
}

/// Everything of the kind.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    pub motion: Motion,
    /// The terminal takes frames only so fast.
    pub every: Duration,
    pub keys: Keymap,
}

impl Default for Manner {
    fn default() -> Self {
        Self { motion: Motion::Full, every: FRAME, keys: Keymap::default() }
    }
}

impl Manner {
    /// From one frame to the next while something moves.
    #[must_use]
    pub fn frame(&self) -> Duration {
        let least = match self.motion {
            Motion::Full => FRAME,
            Motion::Reduced => REDUCED_FRAME,
            Motion::None => TEXT_FRAME,
        };
        self.every.max(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slower_of_line_and_wish_decides() {
        let manner = |motion, every| Manner { motion, every, keys: Keymap::default() };
        assert_eq!(manner(Motion::Full, FRAME).frame(), FRAME);
        assert_eq!(manner(Motion::Full, SLOW_FRAME).frame(), SLOW_FRAME);
        assert_eq!(manner(Motion::Reduced, SLOW_FRAME).frame(), REDUCED_FRAME);
        assert_eq!(manner(Motion::None, FRAME).frame(), TEXT_FRAME);
    }

    #[test]
    fn motion_reads_as_it_prints() {
        for (name, motion) in Motion::NAMES {
            assert_eq!((name.parse(), motion.to_string()), (Ok(motion), name.to_owned()));
        }
        assert!("some".parse::<Motion>().is_err());
    }
}
