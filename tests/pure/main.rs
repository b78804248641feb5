//! The domain alone: runs without the `tui` feature.
