//! The domain alone: runs without the `tui` feature.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agenda;
mod learner;
mod memory;
mod plan;
mod preview;
mod study_days;
