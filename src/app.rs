//! The application: state, what changes it, and what it asks the world to do. No I/O, no terminal, no clock.
//!
//! [`App::update`] is the only thing that changes an [`App`]; drawing borrows it. Keys become wishes in
//! [`keymap`] and nowhere else; what must happen outside is a returned [`Effect`].

pub mod action;
pub mod chapter;
pub mod chord;
pub mod claim;
pub mod effect;
pub mod geometry;
pub mod help;
pub mod home;
pub mod keymap;
pub mod lab;
pub mod manner;
pub mod msg;
pub mod now;
pub mod pacer;
pub mod palette;
pub mod place;
pub mod pointer;
pub mod predict;
pub mod present;
pub mod pretest;
pub mod reader;
pub mod review;
mod route;
pub mod script;
pub mod state;
pub mod stats;
pub mod today;
pub mod update;
pub mod worth;

pub use action::{Action, Failure};
pub use effect::Effect;
pub use msg::{Done, Msg};
pub use now::Now;
pub use state::{App, Notice, Overlay, Screen, Setup};
