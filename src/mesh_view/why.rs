//! Why a number is what it is now: sentences with the arithmetic, all of it from one view.
//!
//! A sentence stands here only where the view says so; what is not known is not said.

mod bill;
mod latency;
mod outliers;
mod reasons;
mod traffic;

use super::budget::{Budget, slo_words};
use super::figures::thousands;
use super::metric::Metric;
use super::{MeshView, figures};

/// Kinds of trouble that are told one by one.
const KINDS_MAX: usize = 4;

/// Why this number is what it is, under an objective in hundredths of a percent.
#[must_use]
pub fn sentences(metric: Metric, view: &MeshView, slo: u32) -> Vec<String> {
    match metric {
        Metric::Success => success(view),
        Metric::Local => traffic::local(view),
        Metric::P50 => latency::sentences(view, "p50", |second| second.p50_ms, |stretch| stretch.p50.get()),
        Metric::P99 => latency::sentences(view, "p99", |second| second.p99_ms, |stretch| stretch.p99.get()),
        Metric::Cross => traffic::crossing(view),
        Metric::Cost => bill::sentences(view),
        Metric::Retries => outliers::retries(view),
        Metric::Ejected => outliers::ejections(view),
        Metric::Budget => budget(view, slo),
    }
}

fn success(view: &MeshView) -> Vec<String> {
    let (now, minute) = (&view.now, &view.detail.minute);
    let ended = u64::from(now.ok) + u64::from(now.failed);
    let mut said = vec![match figures::success(now) {
        Some(share) => format!(
            "{} = {} ÷ {}: requests of the last second that ended well, of all that ended in it.",
            figures::percent(share, 2),
            thousands(u64::from(now.ok)),
            thousands(ended)
        ),
        None => "No request ended in the last second, well or badly.".to_owned(),
    }];
    if minute.finished() > 0 {
        let share = minute.ok as f64 / minute.finished() as f64 * 100.0;
        said.push(format!(
            "The last {} s: {} of {} ended badly, {} ended well.",
            minute.seconds,
            thousands(minute.failed),
            thousands(minute.finished()),
            figures::percent(share, 2)
        ));
    }
    said.extend(reasons::told(view, &minute.failures, |region, count, why| {
        let requests = if count == 1 { "request" } else { "requests" };
        format!("{} {requests} of {region}'s users failed: {why}.", thousands(count))
    }));
    said
}

fn budget(view: &MeshView, slo: u32) -> Vec<String> {
    let budget = Budget::of(view, slo);
    let asked = slo_words(slo);
    let Some(used) = budget.used_percent() else {
        return vec![format!("Asked is that {asked} of requests end well; none has ended yet.")];
    };
    let allowed = format!("{} %", trimmed(budget.share_allowed() * 100.0));
    let mut said = vec![
        format!(
            "Asked is that {asked} end well, so {allowed} may fail: of the {} that ended so far, {}.",
            thousands(budget.finished),
            trimmed(budget.allowed())
        ),
        format!(
            "{} failed: {} ÷ {} = {used:.1} % of the budget is used{}.",
            thousands(budget.failed),
            thousands(budget.failed),
            trimmed(budget.allowed()),
            if budget.is_spent() { ", more than there is" } else { "" }
        ),
    ];
    if let Some(burn) = budget.burn() {
        let share = budget.failed_lately as f64 / budget.finished_lately as f64 * 100.0;
        said.push(format!(
            "The last {} s: {} of {} failed, {share:.3} % ÷ {allowed} = a burn rate of {burn:.1}. At 1 the budget is just used up in the end.",
            view.detail.minute.seconds,
            thousands(budget.failed_lately),
            thousands(budget.finished_lately)
        ));
    }
    said
}

/// Without zeros at its end.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The name of a region.
fn region(view: &MeshView, index: u8) -> &str {
    view.regions.get(usize::from(index)).map_or("?", |region| &region.name)
}

/// The name of a service.
fn service(view: &MeshView, index: u16) -> &str {
    view.detail.services.get(usize::from(index)).map_or("?", |name| name)
}
