//! One request followed through the mesh: every try, every wait before a retry, every access to a store.

pub mod words;

use crate::sim::policy::retry::Outcome;
use crate::sim::time::{SimSpan, SimTime};

/// What a traced request did for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceKind {
    /// A try was sent to a pod, or no pod could be picked for it.
    Try,
    /// The caller's proxy waited before the next try.
    BackOff,
    /// A pod read from or wrote to a data store.
    Store,
}

impl TraceKind {
    /// As `eastwest sim --json` spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Try => "try",
            Self::BackOff => "back-off",
            Self::Store => "store",
        }
    }
}

/// One leg of a traced request.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceHop {
    pub kind: TraceKind,
    pub start: SimTime,
    /// `None` while it is not over.
    pub took: Option<SimSpan>,
    /// How many calls it is inside of: 0 for the user's own.
    pub depth: u8,
    /// Who sends: `us-east-1/users` or `us-east-1/checkout-2`.
    pub from: String,
    /// The pod that was picked, or the store; `None` where no pod could be.
    pub to: Option<String>,
    /// The service or store that is called.
    pub service: String,
    /// Which try of its call, from 1.
    pub attempt: u8,
    /// The priority level that was drawn; `None` where no proxy draws one.
    pub priority: Option<u8>,
    /// The load table that the proxy held then, percent for each priority.
    pub load_percent: Option<Vec<u32>>,
    /// What it waited in the pod's queue; `None` if it never came to be worked on.
    pub queued: Option<SimSpan>,
    /// How it ended: a status code, or a word; `None` while it is not over, and for waits.
    pub outcome: Option<String>,
    /// Which call of the request: tells its tries from those of other calls.
    pub(super) call: u32,
}

/// Users have gone away, and with them every call made for them.
pub(super) const USER_LEFT: &str = "user-left";

/// How a try ended, in one word: a status code where there was an answer.
pub(super) fn word(outcome: Outcome) -> String {
    let word = match outcome {
        Outcome::Status(code) => return code.to_string(),
        Outcome::ConnectFailure => "connect-failure",
        Outcome::ConnectTimeout => "connect-timeout",
        Outcome::RefusedStream => "refused-stream",
        Outcome::Reset => "reset",
        Outcome::PerTryTimeout => "per-try-timeout",
        Outcome::RouteTimeout => "route-timeout",
        Outcome::Overflow => "overflow",
        Outcome::NoHost => "no-host",
        Outcome::NoAddress => "no-address",
        Outcome::Injected(code) => return format!("injected {code}"),
    };
    word.to_owned()
}
