//! Files to values and back. What is kept lies under one folder:
//!
//! ```text
//! reviews/<device>.jsonl   what happened, one line each, only ever appended to   (journal.rs)
//! place/<device>.json      where the reader was, replaced whole                  (place.rs)
//! devices/<host>           the name of this device, made once                    (device.rs)
//! ```
//!
//! What the user has settled is in another, `config.toml` (config.rs).
//!
//! The course comes from a folder or from the binary itself (library.rs).

pub mod config;
pub mod device;
pub mod fault;
pub mod journal;
pub mod library;
pub mod paths;
pub mod place;
pub mod save;

pub use config::Config;
pub use fault::StoreFault;
pub use journal::{Journal, Report};
pub use paths::Home;
