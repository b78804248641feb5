//! What three bills come to, in words.

use super::Answer;
use super::curve::{Pays, USUAL_OVERHEAD};
use super::question::Question;
use crate::mesh_view::figures::thousands;
use crate::sim::decimal::shown;
use crate::sim::scenario::Pattern;

/// Which pattern is cheapest, and when a mesh pays against each of the others.
pub(super) fn findings(answer: &Answer) -> [String; 3] {
    [cheapest(answer), against_federation(answer), against_dual(answer)]
}

fn cheapest(answer: &Answer) -> String {
    let slo = answer.question().slo.map(|slo| format!("{} %", percent(slo)));
    let Some(pattern) = answer.cheapest else {
        return format!("no pattern meets {}", slo.unwrap_or_default());
    };
    let found = answer.bills.iter().find(|outcome| outcome.pattern == pattern);
    let total = found.map_or(0, super::answer::Outcome::total);
    let which = slo.map_or("cheapest is".to_owned(), |slo| format!("cheapest that meets {slo} is"));
    format!("{which} {} at {} an hour", called(pattern), usd(total))
}

fn against_federation(answer: &Answer) -> String {
    match answer.federation {
        None => "a mesh never costs less than a federation here, whatever the rate".to_owned(),
        Some(Pays { from: 1, until: None }) => "a mesh costs less than a federation at any rate".to_owned(),
        Some(pays) => {
            let now = shown(answer.question().rate_milli, 3);
            format!("a mesh costs less than a federation {} (here {now})", rates(pays))
        }
    }
}

/// `from 68 requests a second on`, `from 20 to 400 requests a second`.
fn rates(pays: Pays) -> String {
    match pays.until {
        None => format!("from {} requests a second on", pays.from),
        Some(until) => format!("from {} to {until} requests a second", pays.from),
    }
}

/// The same against a federation if sidecars cost the usual share of the pods.
pub(super) fn usual(answer: &Answer) -> String {
    let [low, high] = USUAL_OVERHEAD;
    let less = "for sidecars a mesh costs less than a federation from";
    match answer.usual {
        [Some(first), Some(last)] if first.from == last.from => {
            format!("at the usual {low} to {high} % {less} {} requests a second on", last.from)
        }
        [Some(first), Some(last)] => {
            format!(
                "at the usual {low} to {high} % {less} {} to {} requests a second on",
                first.from, last.from
            )
        }
        [Some(first), None] => {
            format!("at the usual {low} % {less} {} requests a second on, at {high} % never", first.from)
        }
        [None, _] => {
            format!("at the usual {low} to {high} % for sidecars a mesh never costs less than a federation")
        }
    }
}

fn against_dual(answer: &Answer) -> String {
    match answer.break_even_outage {
        None => "it never costs less than two lone clusters, for it prevents no outage".to_owned(),
        Some(0) => "it costs no more than two lone clusters".to_owned(),
        Some(dollars) => format!(
            "it costs less than two lone clusters once an hour of outage costs more than {} ({} a month)",
            usd(dollars.saturating_mul(1_000_000)),
            incidents(answer.question())
        ),
    }
}

fn incidents(question: &Question) -> String {
    match question.incidents {
        1 => format!("1 incident of {}", question.incident),
        several => format!("{several} incidents of {}", question.incident),
    }
}

fn called(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Dual => "dual (two lone clusters)",
        Pattern::Federation => "federation",
        Pattern::Mesh => "mesh",
    }
}

/// `$1,234`, `$0.566`.
fn usd(micro: u64) -> String {
    let whole = micro / 1_000_000;
    if whole < 100 && !micro.is_multiple_of(1_000_000) {
        return format!("${:.3}", micro as f64 / 1e6);
    }
    format!("${}", thousands(whole))
}

/// Shares are in thousandths of a millionth: a percent has seven decimals.
fn percent(share: u64) -> String {
    shown(share, 7)
}
