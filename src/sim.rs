//! The simulator: a two-region service mesh as discrete events in integer time.

mod intervention;
mod near;
pub mod policy;
pub mod queue;
pub mod rng;
pub mod scenario;
pub mod time;

pub use intervention::{Effect, Factor, Intervention, InterventionError, Part, Target};
pub use rng::{Ratio, Seed};
pub use scenario::{Scenario, ScenarioError};
pub use time::{SimSpan, SimTime};
