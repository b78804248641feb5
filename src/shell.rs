//! The outside: the terminal, the clock, threads that only send, the loop, and carrying out effects.
//!
//! Everything that waits waits here, on one channel: keys, signals, changed files and deadlines are all a
//! [`wake::Wake`]. The loop takes what has come, updates, draws at most once, and sleeps; without a deadline
//! it sleeps without a timeout, so that a screen at rest costs nothing.
//!
//! Only [`clock`] is there without the feature `tui`.

pub mod clock;

#[cfg(feature = "tui")]
pub mod ask;
#[cfg(feature = "tui")]
pub mod drive;
#[cfg(feature = "tui")]
pub mod input;
#[cfg(feature = "tui")]
pub mod late;
#[cfg(feature = "tui")]
pub mod looks;
#[cfg(feature = "tui")]
pub mod perform;
#[cfg(feature = "tui")]
pub mod plain;
#[cfg(feature = "tui")]
pub mod pointer;
#[cfg(feature = "tui")]
pub mod probe;
#[cfg(feature = "tui")]
pub mod session;
#[cfg(feature = "tui")]
pub mod signals;
#[cfg(feature = "tui")]
pub mod slowness;
#[cfg(feature = "tui")]
pub mod talk;
#[cfg(feature = "tui")]
pub mod terminal;
#[cfg(feature = "tui")]
pub mod translate;
#[cfg(feature = "tui")]
pub mod wake;
#[cfg(feature = "tui")]
pub mod watch;
