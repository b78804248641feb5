//! Pace in words. Each says by sign and by word what a color may say as well.
//!
//! ```text
//!  §4 2:05/3:12  lesson 7:10  +0:16 behind  slack 0:38
//!  §4 2:05/3:12  questions 0:40  lesson 7:10  +0:16 behind  slack 0:38
//!  §4 3:45/3:12  lesson 9:10  +1:16 behind  cannot finish: cut §6 (saves 1:00)
//! ```
//!
//! Every character takes one column; `§` is the only one beyond ASCII.

use std::time::Duration;

use super::{Advice, Drift, Pace};

/// The one line that is always there, whatever it takes.
pub fn line(pace: &Pace) -> String {
    let mut parts = vec![section(pace)];
    if pace.frozen {
        parts.push(format!("questions {}", clock(pace.asked)));
    }
    parts.push(format!("lesson {}", clock(pace.elapsed)));
    parts.push(drift(pace.drift));
    parts.push(pace.advice.as_ref().map_or_else(|| format!("slack {}", clock(pace.slack)), advice));
    parts.join("  ")
}

/// For 60 columns: the section, how far off, and what to do about it.
pub fn short(pace: &Pace) -> String {
    let what = match &pace.advice {
        Some(advice) if advice.cut.is_empty() => format!("over by {}", clock(advice.over())),
        Some(advice) => format!("cut {} (-{})", sections(&advice.cut), clock(advice.saves)),
        None => format!("slack {}", clock(pace.slack)),
    };
    [section(pace), drift(pace.drift), what].join("  ")
}

/// The longest form that fits. The last resort is how far off one is, which is shown however narrow it is.
pub fn fitted(pace: &Pace, columns: usize) -> String {
    let fits = |text: &String| text.chars().count() <= columns;
    [line(pace), short(pace)].into_iter().find(fits).unwrap_or_else(|| drift(pace.drift))
}

/// `plan 15:00  now 11:42  at this pace ends 15:35`.
pub fn projection(pace: &Pace) -> String {
    let [plan, now, end] = [pace.total, pace.elapsed, pace.projected_end].map(clock);
    format!("plan {plan}  now {now}  at this pace ends {end}")
}

/// `usually 3:40 here`, when it was rehearsed.
pub fn usual(pace: &Pace) -> Option<String> {
    pace.usual.map(|usual| format!("usually {} here", clock(usual)))
}

/// `+0:16 behind`, `-0:16 ahead`, `on time`.
pub fn drift(drift: Drift) -> String {
    match drift {
        Drift::Ahead(by) => format!("-{} ahead", clock(by)),
        Drift::On => "on time".to_owned(),
        Drift::Behind(by) => format!("+{} behind", clock(by)),
    }
}

/// `cannot finish: cut §6 (saves 1:00)`, and what is late all the same.
pub fn advice(advice: &Advice) -> String {
    let over = clock(advice.over());
    if advice.cut.is_empty() {
        return format!("over by {over}, nothing left to cut");
    }
    let cut = format!("cannot finish: cut {} (saves {})", sections(&advice.cut), clock(advice.saves));
    if advice.over().is_zero() { cut } else { format!("{cut}, still over by {over}") }
}

/// `§4 §6`; sections count from 1 here.
pub fn sections(sections: &[usize]) -> String {
    sections.iter().map(|section| format!("§{}", section + 1)).collect::<Vec<_>>().join(" ")
}

/// Whole seconds that have passed: `0:16`, `7:10`, `1:02:03`.
pub fn clock(span: Duration) -> String {
    let seconds = span.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The nearest whole seconds, for what was planned and not measured.
pub(super) fn planned(span: Duration) -> String {
    clock(span.saturating_add(Duration::from_millis(500)))
}

fn section(pace: &Pace) -> String {
    format!("§{} {}/{}", pace.section + 1, clock(pace.section_spent), planned(pace.section_planned))
}
