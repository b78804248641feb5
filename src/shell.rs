//! The outside: the terminal, the clock, threads that only send, the loop, and carrying out effects.
//!
//! Everything that waits waits here, on one channel: keys, signals, changed files and deadlines are all a
//! [`wake::Wake`]. The loop takes what has come, updates, draws at most once, and sleeps; without a deadline
//! it sleeps without a timeout, so that a screen at rest costs nothing.

pub mod ask;
pub mod clock;
pub mod drive;
pub mod input;
pub mod late;
pub mod looks;
pub mod perform;
pub mod session;
pub mod signals;
pub mod terminal;
pub mod translate;
pub mod wake;
pub mod watch;
