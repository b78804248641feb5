//! The simulator: a two-region service mesh as discrete events in integer time.

pub mod policy;
pub mod time;

pub use time::{SimSpan, SimTime};

/// A mesh to simulate.
#[derive(Clone, Debug)]
pub struct Scenario;
