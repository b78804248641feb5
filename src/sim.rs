//! The simulator: a two-region service mesh as discrete events in integer time.

pub mod policy;
pub mod queue;
pub mod rng;
pub mod time;

pub use rng::{Ratio, Seed};
pub use time::{SimSpan, SimTime};
