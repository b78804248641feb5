//! The domain alone: runs without the `tui` feature.

mod policy;
mod vectors;
