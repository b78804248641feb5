//! Everything else: screens, the command line, the sources, a real terminal.

// A helper of a test may stop it as the test itself may; clippy only knows the latter.
#![allow(clippy::unwrap_used)]

mod calc;
mod claims;
mod class;
mod cli;
mod compare;
mod console;
mod content;
mod deeds;
mod demos;
mod doctor;
mod drive;
mod due;
mod durability;
mod exchange;
mod hall;
mod handout;
mod hardship;
mod inspect_draw;
mod lab_agrees;
mod lab_draw;
mod lab_views;
mod lab_words;
mod layers;
mod looks;
mod optimize;
mod palette;
mod papers;
mod passage;
mod pictures;
mod pointing;
mod pty;
mod pty_looks;
mod reader;
mod recall_page;
mod record;
mod refused;
mod reset;
mod review_cli;
mod review_settings;
mod rules_page;
mod screen;
mod see;
mod sessions;
mod share;
mod sim;
mod sim_json;
#[path = "../pure/simulated.rs"]
mod simulated;
mod slow_motion;
mod stage;
mod stats;
mod store;
mod styled;
mod talk;
mod terminal;
mod themes;
mod worth;
