//! The simulator: a two-region service mesh as discrete events in integer time.

pub mod policy;
pub mod time;

pub use time::{SimSpan, SimTime};
