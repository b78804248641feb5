//! One request followed through the mesh to its end, in words and times.

use super::Nanos;

/// A request and all that was done for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceView {
    /// Its number, counted from 0.
    pub request: u64,
    /// When it began.
    pub began: Nanos,
    /// In the order of their beginnings.
    pub legs: Vec<TraceLeg>,
    /// How it ended, one sentence.
    pub conclusion: String,
}

/// A try, a wait before a try, or an access to a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TraceLeg {
    pub start: Nanos,
    /// `None` while it is not over.
    pub took: Option<Nanos>,
    /// How many calls it is inside of: 0 for the user's own.
    pub depth: u8,
    /// `us-east-1/checkout-2 -> us-east-1/payment-3`.
    pub way: String,
    /// Which try of its call, from 1; `None` for waits and stores.
    pub attempt: Option<u8>,
    /// The level that was drawn and the load table it was drawn from: `P1 of 70 / 30 %`; empty where none is drawn.
    pub priority: String,
    /// How it ended, and what it waited in a queue.
    pub outcome: String,
    /// It ended badly.
    pub failed: bool,
}
