//! What three bills come to, in words.

use super::Answer;
use super::flow::WHOLE;
use super::question::Question;
use crate::mesh_view::figures::thousands;
use crate::sim::scenario::Pattern;

/// Which pattern is cheapest, and when a mesh pays against each of the others.
pub(super) fn verdict(answer: &Answer) -> String {
    let parts = [cheapest(answer), against_federation(answer), against_dual(answer)];
    format!("{}.", parts.join("; "))
}

fn cheapest(answer: &Answer) -> String {
    let slo = answer.question.slo.map(|slo| format!("{} %", percent(slo)));
    let Some(pattern) = answer.cheapest else {
        return format!("no pattern meets {}", slo.unwrap_or_default());
    };
    let found = answer.bills.iter().find(|outcome| outcome.pattern == pattern);
    let total = found.map_or(0, super::answer::Outcome::total);
    let which = slo.map_or("cheapest is".to_owned(), |slo| format!("cheapest that meets {slo} is"));
    format!("{which} {} at {} an hour", called(pattern), usd(total))
}

fn against_federation(answer: &Answer) -> String {
    let Question { rate_milli, .. } = answer.question;
    match answer.break_even_rps {
        None => "a mesh never costs less than a federation here, whatever the rate".to_owned(),
        Some(1) => "a mesh costs less than a federation at any rate".to_owned(),
        Some(rps) => {
            let now = rate_milli as f64 / 1000.0;
            format!("a mesh costs less than a federation from {rps} requests a second on (here {now})")
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
            incidents(&answer.question)
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

fn percent(share: u64) -> String {
    let text = format!("{:.7}", share as f64 / WHOLE as f64 * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
