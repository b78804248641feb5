//! What calls to the other region add to the user's wait, before anybody works on them.

use crate::sim::time::SimSpan;

/// How a request makes its calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    OneAfterAnother,
    AtOnce,
}

/// What the first call finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// An open connection.
    Warm,
    /// None: TCP takes one round trip and TLS 1.3 another before the request leaves.
    Cold,
}

/// Round trips that `calls` calls add.
#[must_use]
pub fn round_trips(calls: u32, order: Order, connection: Connection) -> u64 {
    let waits = match (calls, order) {
        (0, _) => return 0,
        (calls, Order::OneAfterAnother) => u64::from(calls),
        (_, Order::AtOnce) => 1,
    };
    match connection {
        Connection::Warm => waits,
        Connection::Cold => waits + 2,
    }
}

/// The time they add, for this round-trip time.
#[must_use]
pub fn remote_calls(rtt: SimSpan, calls: u32, order: Order, connection: Connection) -> SimSpan {
    rtt.times(round_trips(calls, order, connection))
}
