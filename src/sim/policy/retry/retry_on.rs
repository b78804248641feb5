//! The set of endings that are tried again, as `retryOn` spells it.

use super::Outcome;
use std::fmt;
use std::str::FromStr;

/// Which endings of a try are tried again. The default is Istio's since 1.24, in which a 503 from a host is final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryOn {
    conditions: u16,
    /// Sorted, without repetition.
    codes: Vec<u16>,
}

/// Envoy's names; the position is the bit. The gRPC ones are accepted and never met: the mesh here speaks plain HTTP.
const CONDITIONS: [&str; 14] = [
    "connect-failure",
    "refused-stream",
    "reset",
    "5xx",
    "gateway-error",
    "retriable-4xx",
    "retriable-status-codes",
    "unavailable",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "envoy-ratelimited",
    "retriable-headers",
];
const CONNECT_FAILURE: u16 = 1 << 0;
const REFUSED_STREAM: u16 = 1 << 1;
const RESET: u16 = 1 << 2;
const ANY_5XX: u16 = 1 << 3;
const GATEWAY_ERROR: u16 = 1 << 4;
const RETRIABLE_4XX: u16 = 1 << 5;
const STATUS_CODES: u16 = 1 << 6;
const UNAVAILABLE: u16 = 1 << 7;
const CANCELLED: u16 = 1 << 8;

/// Why a `retryOn` list could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{name}' is not a retry condition; write default, 503, or a comma list of {}", CONDITIONS.join(", "))]
pub struct RetryOnError {
    name: String,
}

impl Default for RetryOn {
    fn default() -> Self {
        let conditions = CONNECT_FAILURE | REFUSED_STREAM | UNAVAILABLE | CANCELLED | STATUS_CODES;
        Self { conditions, codes: Vec::new() }
    }
}

impl RetryOn {
    /// Nothing is tried again.
    #[must_use]
    pub fn never() -> Self {
        Self { conditions: 0, codes: Vec::new() }
    }

    /// Istio's default before 1.24: a 503 from a host is tried again too.
    #[must_use]
    pub fn before_1_24() -> Self {
        Self { codes: vec![503], ..Self::default() }
    }

    /// Would Envoy try again? Attempts and budgets are the caller's to count.
    #[must_use]
    pub fn retries(&self, outcome: Outcome) -> bool {
        // Any break of a stream counts as a 5xx and as a gateway error, for it would become one.
        let on_break = self.has(RESET | ANY_5XX | GATEWAY_ERROR);
        match outcome {
            Outcome::Status(code) => self.retries_status(code),
            Outcome::ConnectFailure | Outcome::ConnectTimeout => on_break || self.has(CONNECT_FAILURE),
            Outcome::RefusedStream => on_break || self.has(REFUSED_STREAM),
            Outcome::Reset | Outcome::PerTryTimeout => on_break,
            Outcome::RouteTimeout
            | Outcome::Overflow
            | Outcome::NoHost
            | Outcome::NoAddress
            | Outcome::Injected(_) => false,
        }
    }

    fn retries_status(&self, code: u16) -> bool {
        let any = matches!(code, 500..=599) && self.has(ANY_5XX);
        let gateway = matches!(code, 502..=504) && self.has(GATEWAY_ERROR);
        let conflict = code == 409 && self.has(RETRIABLE_4XX);
        let listed = self.has(STATUS_CODES) && self.codes.binary_search(&code).is_ok();
        any || gateway || conflict || listed
    }

    fn has(&self, conditions: u16) -> bool {
        self.conditions & conditions != 0
    }
}

impl FromStr for RetryOn {
    type Err = RetryOnError;

    /// `default`; `503`, the default before 1.24; or Envoy's names and status codes with commas between them.
    fn from_str(text: &str) -> Result<Self, RetryOnError> {
        match text.trim() {
            "default" => return Ok(Self::default()),
            "503" => return Ok(Self::before_1_24()),
            _ => {}
        }
        let mut set = Self::never();
        for name in text.split(',').map(str::trim) {
            if let Some(bit) = CONDITIONS.iter().position(|known| *known == name) {
                set.conditions |= 1 << bit;
            } else if let Ok(code @ 100..=599) = name.parse::<u16>() {
                set.conditions |= STATUS_CODES;
                set.codes.push(code);
            } else {
                return Err(RetryOnError { name: name.to_owned() });
            }
        }
        set.codes.sort_unstable();
        set.codes.dedup();
        Ok(set)
    }
}

impl fmt::Display for RetryOn {
    /// The shortest text that reads back as the same set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str("default");
        }
        if *self == Self::before_1_24() {
            return f.write_str("503");
        }
        let known = CONDITIONS.iter().enumerate().filter(|(bit, _)| self.has(1 << bit));
        let names = known.map(|(_, name)| (*name).to_owned()).chain(self.codes.iter().map(u16::to_string));
        f.write_str(&names.collect::<Vec<_>>().join(","))
    }
}
