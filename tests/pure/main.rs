//! The domain alone: runs without the `tui` feature.

// A helper of a test may stop it as the test itself may; clippy only knows the latter.
#![allow(clippy::unwrap_used)]

mod policy;
mod vectors;
mod course_markdown;
mod course_typeset;
