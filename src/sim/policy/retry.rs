//! Retries: what is tried again, after how long, and in which priorities.
//!
//! A retry draws its priority from the same table as the first try, unless [`PreviousPriorities`] is on
//! (`retryRemoteLocalities`). Source: Envoy's `retry_state_impl.cc`, Istio's `retry.go`.

mod backoff;
mod previous;
mod retry_on;

pub use backoff::{BACKOFF_BASE, BACKOFF_MAX, backoff, backoff_from};
pub use previous::PreviousPriorities;
pub use retry_on::{RetryOn, RetryOnError};

/// How one try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The host answered with this status code.
    Status(u16),
    /// The connection was refused or reset while it was being made.
    ConnectFailure,
    /// The connection was not made within `connect_timeout`.
    ConnectTimeout,
    /// The host refused the stream of an established connection.
    RefusedStream,
    /// An established connection broke before the answer.
    Reset,
    /// No answer within `per_try_timeout`.
    PerTryTimeout,
    /// The route's timeout, which covers all tries, ran out.
    RouteTimeout,
    /// A circuit breaker refused the request (UO).
    Overflow,
    /// No host could be picked (UH).
    NoHost,
    /// The caller found no address for the name, so that its proxy never saw the call.
    NoAddress,
    /// The caller's own proxy answered with this status, by order of a `VirtualService` (FI).
    Injected(u16),
}

impl Outcome {
    /// The status code the caller sees if this try is the last.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Status(code) | Self::Injected(code) => code,
            Self::PerTryTimeout | Self::RouteTimeout => 504,
            Self::ConnectFailure
            | Self::ConnectTimeout
            | Self::RefusedStream
            | Self::Reset
            | Self::Overflow
            | Self::NoHost
            | Self::NoAddress => 503,
        }
    }

    /// Whether it happened on this side of the connection, in Envoy's sense: anything but an answer.
    #[must_use]
    pub fn is_local_origin(self) -> bool {
        !matches!(self, Self::Status(_) | Self::Injected(_))
    }

    /// The code outlier detection charges to the host, or `None` when no host is to blame.
    #[must_use]
    pub fn charged(self) -> Option<u16> {
        match self {
            Self::Overflow | Self::NoHost | Self::NoAddress | Self::Injected(_) => None,
            other => Some(other.code()),
        }
    }
}
