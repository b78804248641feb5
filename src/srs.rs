//! Spaced repetition: the memory of one card, study days, and what is due.
//!
//! Pure: time is an argument, nothing is stored. The curve of forgetting is FSRS-6, taken from the `fsrs`
//! crate behind [`Model`]; steps, fuzz, days, buttons and queues are ours. Cards are named by whatever the
//! caller names them by.
//!
//! ```text
//!  Memory ──review(grade, day)──► Memory          what is remembered (memory.rs, steps.rs, weights.rs)
//!     │                             │
//!     └── preview(moment, seed) ──► Buttons       when it comes back (preview.rs, fuzz.rs)
//!                                     │ due
//!  all cards ─────────────────────► Agenda        what to ask today (agenda.rs)
//!  all answers ───────────────────► Verdict       whether other parameters fit this learner better (optimize.rs)
//!     └── retention ──────────────► Cost          what that would ask over 90 days (workload.rs)
//! ```

pub mod agenda;
pub mod day;
pub mod deadline;
pub mod fuzz;
pub mod leech;
pub mod memory;
pub mod optimize;
pub mod preview;
pub mod steps;
pub mod weights;
pub mod workload;

pub use agenda::{Agenda, Candidate, Limits, Standing};
pub use day::{Day, Moment, study_day};
pub use memory::{Grade, Interval, Memory, Trace};
pub use preview::{Buttons, Due, Outcome, Settings};
pub use steps::Steps;
pub use weights::{Model, Retention, Strength, Weights};
