//! The domain alone: runs without the `tui` feature.

mod course_lint;
mod course_markdown;
mod course_quiz;
mod course_typeset;
mod interventions;
mod scenarios;
