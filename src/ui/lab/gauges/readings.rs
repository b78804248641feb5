//! Each number with its past, its look, and what is to be said besides.

use super::figures;
use crate::mesh_view::budget::{Budget, slo_words};
use crate::mesh_view::{Gauges, MeshView, Metric};
use crate::ui::theme::Mark;

/// One number and its past.
#[derive(Debug)]
pub struct Gauge {
    pub metric: Metric,
    pub figure: String,
    pub mark: Mark,
    /// One value a second, oldest first.
    pub history: Vec<Option<f64>>,
    /// The values at the bottom and the top of the sparkline.
    pub scale: (f64, f64),
    /// The look of a value of the past.
    pub past: fn(f64) -> Mark,
    /// What is to be said besides.
    pub note: String,
}

/// A number over the last so many seconds.
#[must_use]
pub fn of(metric: Metric, view: &MeshView, slo: u32, seconds: usize) -> Gauge {
    let from = view.seconds.len().saturating_sub(seconds);
    let history: Vec<Option<f64>> =
        view.seconds[from..].iter().map(|second| metric.in_second(second, slo)).collect();
    Gauge {
        metric,
        figure: metric.figure(view, slo),
        mark: mark(metric, view, slo),
        scale: scale(metric, &history),
        past: past(metric),
        history,
        note: note(metric, view, slo),
    }
}

/// The number that is in trouble, or shows the mesh at work, has another look.
fn mark(metric: Metric, view: &MeshView, slo: u32) -> Mark {
    let now = &view.now;
    match metric {
        Metric::Success if figures::success(now).is_some_and(|share| share < 100.0) => Mark::Failure,
        Metric::Local if now.local_percent.is_some_and(|share| share < 99.95) => Mark::Crossing,
        Metric::Cross if now.cross_bytes > 0 => Mark::Crossing,
        Metric::Retries if now.retries > 0 => Mark::Retry,
        Metric::Ejected if now.ejected > 0 => Mark::Retry,
        Metric::Budget if Budget::of(view, slo).is_spent() => Mark::Failure,
        _ => Mark::Strong,
    }
}

fn past(metric: Metric) -> fn(f64) -> Mark {
    match metric {
        Metric::Success => |share| if share < 100.0 { Mark::Failure } else { Mark::Quiet },
        Metric::Local => |share| if share < 99.95 { Mark::Crossing } else { Mark::Quiet },
        Metric::Cross => |gigabytes| if gigabytes > 0.0 { Mark::Crossing } else { Mark::Quiet },
        Metric::P50 | Metric::P99 | Metric::Cost => |_| Mark::Local,
        Metric::Retries | Metric::Ejected => |count| if count > 0.0 { Mark::Retry } else { Mark::Quiet },
        Metric::Budget => |burn| if burn > 1.0 { Mark::Failure } else { Mark::Quiet },
    }
}

fn scale(metric: Metric, history: &[Option<f64>]) -> (f64, f64) {
    let top = |least: f64| history.iter().flatten().copied().fold(least, f64::max);
    match metric {
        // Nearly all is not enough to be seen on a scale from 0: the bottom is the worst second.
        Metric::Success => (history.iter().flatten().copied().fold(99.0, f64::min) - 1.0, 100.0),
        Metric::Local => (0.0, 100.0),
        Metric::P50 => (0.0, top(20.0)),
        Metric::P99 => (0.0, top(50.0)),
        Metric::Cross => (0.0, top(1.0)),
        Metric::Cost => (0.0, top(1e-6) * 1.2),
        Metric::Retries | Metric::Ejected => (0.0, top(10.0)),
        Metric::Budget => (0.0, top(2.0)),
    }
}

fn note(metric: Metric, view: &MeshView, slo: u32) -> String {
    let minute = &view.detail.minute;
    match metric {
        Metric::Success => match minute.failed {
            0 => "none failed".to_owned(),
            failed => format!("{} failed, {} s", figures::thousands(failed), minute.seconds),
        },
        Metric::Local => by_caller(view),
        Metric::P50 => since_break(view, |second| second.p50_ms),
        Metric::P99 => since_break(view, |second| second.p99_ms),
        Metric::Cross => format!("{} calls/s", view.now.crossing),
        Metric::Cost => {
            format!("transfer {}", figures::dollars_per_hour(view.now.transfer_micro_usd_per_hour))
        }
        Metric::Retries => {
            let again: u64 = minute.retries.iter().map(|trouble| trouble.count).sum();
            format!("{} in {} s", figures::thousands(again), minute.seconds)
        }
        Metric::Ejected => {
            format!("{} in {} s", figures::thousands(u64::from(minute.ejections)), minute.seconds)
        }
        Metric::Budget => {
            format!("SLO {}, burn {}", slo_words(slo), Budget::of(view, slo).burn_words())
        }
    }
}

/// What stayed in the last second, by caller's region; where there is nothing to say, the rule.
fn by_caller(view: &MeshView) -> String {
    let calls = || view.detail.second.calls.iter().filter(|calls| !calls.by_users);
    let shares: Vec<String> = view
        .regions
        .iter()
        .enumerate()
        .filter_map(|(at, region)| {
            let own = || calls().filter(move |calls| usize::from(calls.from) == at);
            let all: u64 = own().map(|calls| calls.sent).sum();
            let near: u64 = own().filter(|calls| !calls.crosses()).map(|calls| calls.sent).sum();
            let share = (all > 0).then(|| near as f64 / all as f64 * 100.0)?;
            Some(format!(
                "{} {}",
                figures::initial(&region.name),
                figures::percent(share, 0).trim_end_matches(" %")
            ))
        })
        .collect();
    if shares.is_empty() { "no calls".to_owned() } else { format!("callers {}", shares.join(" ")) }
}

fn since_break(view: &MeshView, of: fn(&Gauges) -> Option<f64>) -> String {
    let before = before_last_mark(view).and_then(of);
    before.zip(of(&view.now)).map_or_else(String::new, |(before, now)| {
        let change = now - before;
        let digits = usize::from(change.abs() < 9.95);
        format!("{change:+.digits$} since break")
    })
}

/// The last whole second before the newest intervention.
fn before_last_mark(view: &MeshView) -> Option<&Gauges> {
    let (at, _) = view.marks.last()?;
    let whole = view.at / 1_000_000_000;
    let back = whole.checked_sub(at / 1_000_000_000)? as usize;
    // The last entry is the last second that is over.
    view.seconds.len().checked_sub(back + 1).and_then(|index| view.seconds.get(index))
}
