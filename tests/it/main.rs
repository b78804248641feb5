//! Everything else: screens, the command line, the sources, a real terminal.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod durability;
mod store;
