//! The domain alone: runs without the `tui` feature.

// A helper of a test may stop it as the test itself may; clippy only knows the latter.
#![allow(clippy::unwrap_used)]

mod agenda;
mod checkpoints;
mod conservation;
mod cost;
mod course_authors;
mod course_find;
mod course_lesson;
mod course_lint;
mod course_markdown;
mod course_quiz;
mod course_typeset;
mod data;
mod deadline;
mod determinism;
mod discovery;
mod effects;
mod envoy;
mod exchange;
mod failures;
mod gateways;
mod interventions;
mod lab;
mod learner;
mod linkerd;
mod lives;
mod looks;
mod memory;
mod metrics;
mod names;
mod optimize;
mod outlook;
mod pace;
mod parsers;
mod patterns;
mod plan;
mod policy;
mod pools;
mod preview;
mod review;
mod route53;
mod routes;
mod rules;
mod scenarios;
mod simulated;
mod stats;
mod study_days;
mod support;
mod trace;
mod vectors;
mod warmup;
mod why;
mod why_moves;
mod worth;
