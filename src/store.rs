//! Files to values and back.

pub mod library;
