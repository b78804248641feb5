//! The domain alone: runs without the `tui` feature.

// A helper of a test may stop it as the test itself may; clippy only knows the latter.
#![allow(clippy::unwrap_used)]

mod conservation;
mod determinism;
mod envoy;
mod interventions;
mod policy;
mod scenarios;
mod vectors;
