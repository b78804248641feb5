//! The domain alone: runs without the `tui` feature.

// A helper of a test may stop it as the test itself may; clippy only knows the latter.
#![allow(clippy::unwrap_used)]

mod agenda;
mod conservation;
mod course_authors;
mod course_find;
mod course_lesson;
mod course_lint;
mod course_markdown;
mod course_quiz;
mod course_typeset;
mod determinism;
mod envoy;
mod interventions;
mod lab;
mod learner;
mod linkerd;
mod memory;
mod parsers;
mod plan;
mod policy;
mod pools;
mod preview;
mod review;
mod routes;
mod scenarios;
mod study_days;
mod vectors;
mod warmup;
mod why;
