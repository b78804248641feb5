//! Everything else: screens, the command line, the sources, a real terminal.

// A helper of a test may stop it as the test itself may; clippy only knows the latter.
#![allow(clippy::unwrap_used)]

mod calc;
mod claims;
mod cli;
mod compare;
mod content;
mod drive;
mod due;
mod durability;
mod inspect_draw;
mod lab_draw;
mod lab_views;
mod lab_words;
mod layers;
mod papers;
mod pictures;
mod pty;
mod reader;
mod record;
mod rules_page;
mod screen;
mod sessions;
mod share;
mod sim;
mod sim_json;
mod stats;
mod store;
mod styled;
mod terminal;
