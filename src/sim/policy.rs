//! The decisions a proxy takes: each a pure function and its state. State in, decision out; nothing acts.
//!
//! ```text
//! labels, rules ──istio──▶ priorities, weights ──priority──▶ level ──locality──▶ zone ──balance──▶ pod
//!                                  ▲                                                              │
//!                                  └──────── health ◀──outlier── answers ◀──retry── answer ◀──────┘
//! ```

pub mod balance;
pub mod dns;
pub mod istio;
pub mod latency;
pub mod linkerd;
pub mod locality;
pub mod outlier;
pub mod pool;
pub mod priority;
pub mod retry;
