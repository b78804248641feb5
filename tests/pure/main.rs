//! The domain alone: runs without the `tui` feature.
mod interventions;
mod scenarios;
