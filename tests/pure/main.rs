//! The domain alone: runs without the `tui` feature.
mod course_markdown;
mod course_typeset;
mod interventions;
mod scenarios;
