//! `eastwest due`: one line for a shell prompt, or nothing.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::calc::{Format, FormatArgs};
use crate::app::home::card_refs;
use crate::app::today::outlook;
use crate::course::Course;
use crate::learner::{Countdown, Learner, Load, Outlook};
use crate::srs::Moment;
use crate::store::{Home, Journal};

/// How much of the course it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The cards alone, which takes a tenth of the time.
    Cards,
    Whole,
}

/// What may follow `due`.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct DueArgs {
    #[command(flatten)]
    pub format: FormatArgs,
}

/// What JSON holds; times are in milliseconds since 1970.
#[derive(Serialize)]
struct Report {
    schema: u32,
    due: usize,
    new: usize,
    minutes: u64,
    later_today: usize,
    tomorrow: usize,
    week: usize,
    later: usize,
    next_step_ms: Option<i64>,
    /// The way to the deadline, where one lies ahead.
    deadline: Option<Way>,
}

/// The days until the deadline, each with what it asks if every answer until then is right.
#[derive(Serialize)]
struct Way {
    day: String,
    days_left: u32,
    plan: Vec<Stage>,
}

/// One day of it.
#[derive(Serialize)]
struct Stage {
    day: String,
    due: usize,
    new: usize,
    minutes: u64,
}

/// Says how many cards wait at `now`. Nothing is said where there is no home, where nothing was ever reviewed and,
/// as a line, where nothing waits; nothing is written to the home.
pub fn run(
    format: Format,
    home: &Home,
    course: &dyn Fn(Wanted) -> anyhow::Result<Course>,
    now: Moment,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let (entries, report) = Journal::read(home);
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(fault.into());
    }
    let learner = Learner::fold(entries);
    if !learner.has_reviewed() {
        return Ok(());
    }
    // A wrong prediction brings the card that its question names, and only the lesson knows the questions.
    let is_lesson_wanted = learner.predictions().any(|(_, said)| !said.right);
    let course = course(if is_lesson_wanted { Wanted::Whole } else { Wanted::Cards })?;
    let outlook = outlook(&course, &learner, now);
    let countdown = learner.countdown(&card_refs(&course.cards), now);
    let minutes = learner.minutes(outlook.now);
    if format == Format::Json {
        serde_json::to_writer(&mut *out, &Report::of(outlook, minutes, countdown.as_ref()))?;
        writeln!(out)?;
    } else if let Some(line) = line(outlook, minutes, countdown.as_ref()) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

impl Report {
    fn of(outlook: Outlook, minutes: u64, countdown: Option<&Countdown>) -> Self {
        Self {
            schema: 1,
            due: outlook.now - outlook.fresh,
            new: outlook.fresh,
            minutes,
            later_today: outlook.later_today,
            tomorrow: outlook.tomorrow,
            week: outlook.week,
            later: outlook.later,
            next_step_ms: outlook.next_step,
            deadline: countdown.map(Way::of),
        }
    }
}

impl Way {
    fn of(countdown: &Countdown) -> Self {
        let stage = |load: &Load| Stage {
            day: load.day.to_string(),
            due: load.reviews,
            new: load.fresh,
            minutes: load.minutes,
        };
        Self {
            day: countdown.deadline.to_string(),
            days_left: countdown.days_left,
            plan: countdown.days.iter().map(stage).collect(),
        }
    }
}

/// `5 cards due, 2 new (about 3 min); exam in 22 days`; `None` where nothing waits.
fn line(outlook: Outlook, minutes: u64, countdown: Option<&Countdown>) -> Option<String> {
    let due = outlook.now - outlook.fresh;
    let cards = |count: usize| if count == 1 { "card" } else { "cards" };
    let what = match (due, outlook.fresh) {
        (0, 0) => return None,
        (0, new) => format!("{new} new {}", cards(new)),
        (due, 0) => format!("{due} {} due", cards(due)),
        (due, new) => format!("{due} {} due, {new} new", cards(due)),
    };
    let exam = countdown.map_or_else(String::new, |countdown| format!("; exam {}", countdown.span()));
    Some(format!("{what} (about {minutes} min){exam}"))
}
