//! A traced request in words: what the command line and the lab both print.

use super::{TraceHop, TraceKind};
use crate::sim::time::{SimSpan, SimTime};

impl TraceHop {
    /// Who sends to whom: `us-east-1/checkout-2 -> us-east-1/payment-3`.
    #[must_use]
    pub fn way(&self) -> String {
        match (self.kind, &self.to) {
            (TraceKind::BackOff, _) => format!("{} waits before the next try of {}", self.from, self.service),
            (_, Some(to)) => format!("{} -> {to}", self.from),
            (_, None) => format!("{} -> no pod of {}", self.from, self.service),
        }
    }

    /// The level and the table it was drawn from: `P1 of 70 / 30 %`; empty where no proxy draws one.
    #[must_use]
    pub fn priority_words(&self) -> String {
        let loads: Vec<String> = self.load_percent.iter().flatten().map(u32::to_string).collect();
        match self.priority {
            Some(level) => format!("P{level} of {} %", loads.join(" / ")),
            None if self.load_percent.is_some() => format!("none of {} %", loads.join(" / ")),
            None => String::new(),
        }
    }

    /// How it ended, and what it waited in a queue.
    #[must_use]
    pub fn outcome_words(&self) -> String {
        let ended = match self.outcome.as_deref() {
            Some(word) => word.replace('-', " "),
            None if self.kind == TraceKind::Try => "still out".to_owned(),
            None => String::new(),
        };
        match self.queued {
            Some(queued) if queued > SimSpan::ZERO => format!("{ended}, {} in the queue", millis(queued)),
            _ => ended,
        }
    }
}

/// How the request ended, in one sentence; `open` is what is said of one that has not.
#[must_use]
pub fn conclusion(trace: &[TraceHop], open: &str) -> String {
    let tries = trace.iter().filter(|hop| hop.kind == TraceKind::Try);
    let (all, again) = (tries.clone().count(), tries.clone().filter(|hop| hop.attempt > 1).count());
    let begins = trace.iter().map(|hop| hop.start).min();
    let users = || trace.iter().filter(|hop| hop.depth == 0);
    let ends = users().try_fold(SimTime::ZERO, |last, hop| Some(last.max(hop.start + hop.took?)));
    let hops = if all == 1 { "hop" } else { "hops" };
    let walked = match again {
        0 => format!("in {all} {hops}"),
        1 => format!("in {all} {hops}, one of them a retry"),
        again => format!("in {all} {hops}, {again} of them retries"),
    };
    let last = users().rfind(|hop| hop.kind == TraceKind::Try).and_then(|hop| hop.outcome.as_deref());
    match (last, begins, ends) {
        (Some("200"), Some(begins), Some(ends)) => {
            format!("It went well after {}, {walked}.", millis(ends.since(begins)))
        }
        (Some(_), Some(begins), Some(ends)) => {
            format!("It failed after {}, {walked}.", millis(ends.since(begins)))
        }
        _ => format!("It had no answer {open}, {walked}."),
    }
}

/// A span to the microsecond.
#[must_use]
pub fn millis(span: SimSpan) -> String {
    format!("{:.3} ms", span.as_millis_f64())
}
