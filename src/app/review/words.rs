//! When a card comes back, in words for a button.

use crate::learner::Countdown;
use crate::srs::{Due, Moment};

/// Days from which on years say more.
const A_YEAR_DAYS: u32 = 365;

/// A span and, where it is days, the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// `10 min`, `tomorrow`, `9 days`, `1.4 years`.
    pub span: String,
    /// `Tue 1 Dec`, or `1 Dec 2028` where it is not this year.
    pub date: Option<String>,
}

/// When `due` is, seen from `now`.
#[must_use]
pub fn when(due: Due, now: Moment, rollover_hour: u8) -> When {
    let today = now.day(rollover_hour);
    let day = match due {
        Due::At(ms) => return When { span: wait(ms.saturating_sub(now.ms)), date: None },
        Due::On(day) => day,
    };
    let span = match day.since(today) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days @ 2..A_YEAR_DAYS => format!("{days} days"),
        days => format!("{:.1} years", f64::from(days) / 365.25),
    };
    let (year, _, date) = day.date();
    let month = day.month_name();
    let date = if year == today.date().0 {
        format!("{} {date} {month}", day.weekday())
    } else {
        format!("{date} {month} {year}")
    };
    When { span, date: Some(date) }
}

/// `exam Mon 14 Dec 2026, in 22 days`.
#[must_use]
pub fn exam(countdown: &Countdown) -> String {
    format!("exam {}, {}", countdown.deadline.in_words(), countdown.span())
}

/// `exam Mon 14 Dec 2026, in 22 days: today 3 due and 4 new, on the eve 71 (about 24 min)`.
#[must_use]
pub fn countdown(countdown: &Countdown) -> String {
    let head = exam(countdown);
    let today = countdown.today().map_or_else(String::new, |load| {
        let new = if load.fresh > 0 { format!(" and {} new", load.fresh) } else { String::new() };
        format!(": today {} due{new}", load.reviews)
    });
    let eve = countdown.eve().map_or_else(String::new, |load| {
        format!(", on the eve {} (about {} min)", load.reviews + load.fresh, load.minutes)
    });
    [head, today, eve].concat()
}

/// Minutes, rounded up, or hours where there are many.
fn wait(ms: i64) -> String {
    match ms.max(0).unsigned_abs().div_ceil(60_000) {
        0 => "now".to_owned(),
        minutes @ 1..120 => format!("{minutes} min"),
        minutes => format!("{} h", minutes.div_ceil(60)),
    }
}
