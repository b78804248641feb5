#![doc = include_str!("../ARCHITECTURE.md")]

pub mod course;
pub mod learner;
pub mod mesh_view;
pub mod pace;
pub mod palette;
pub mod sim;
pub mod srs;

pub mod app;

pub mod store;

pub mod shell;
#[cfg(feature = "tui")]
pub mod ui;

pub mod cli;
