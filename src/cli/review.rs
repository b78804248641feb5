//! `eastwest review`: what is due, practice beside the schedule, a day on which all of it should be known, or settings.

mod set;

use std::io::Write;
#[cfg(feature = "tui")]
use std::path::Path;

use anyhow::bail;
use clap::Args;

use crate::app::home::card_refs;
#[cfg(feature = "tui")]
use crate::app::review::Choice;
#[cfg(feature = "tui")]
use crate::app::state::Go;
#[cfg(feature = "tui")]
use crate::course::Course;
use crate::course::quiz::Card;
use crate::learner::deadline::FARTHEST_DAYS;
use crate::learner::{Change, Countdown, Deadline, Event, Learner, Load};
use crate::srs::{Day, Moment};
#[cfg(feature = "tui")]
use crate::store::library::Library;
use crate::store::pen::Pen;
use crate::store::{Home, Journal};
pub use set::{list, set};

/// What may follow `review`.
#[derive(Args, Clone, Debug, Default)]
pub struct ReviewArgs {
    /// Practice that leaves the schedule as it is: all cards, those of an objective (o1), or of a section (4, or a
    /// part of its title)
    #[arg(long, value_name = "OBJECTIVE|SECTION", num_args = 0..=1)]
    pub cram: Option<Option<String>>,
    /// Plan for a day on which all of it should be known, such as 2026-12-14, or for none; says what each day asks
    #[arg(long, value_name = "DAY|none", conflicts_with = "cram")]
    pub deadline: Option<String>,
    /// How review is wanted, kept for all sessions: retention=0.90, learning=1m,10m or none, relearning=10m,
    /// max-interval=365d, rollover=4, new=12, minutes=8; may be given more than once
    #[arg(long, value_name = "KEY=VALUE", conflicts_with_all = ["cram", "deadline"])]
    pub set: Vec<String>,
    /// Print all settings with value, default, range and what each is for
    #[arg(long, conflicts_with_all = ["cram", "deadline", "set"])]
    pub settings: bool,
}

/// Days of a plan that are printed before the eve.
const DAYS_SHOWN: usize = 7;

/// Settles the deadline, as an entry of the log, and says what each day until then asks. `wanted` is a day or `none`.
pub fn settle(
    wanted: &str,
    home: &Home,
    cards: &[Card],
    now: Moment,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let deadline = match wanted {
        "none" => Deadline::None,
        day => match Day::read(day) {
            Some(day) => Deadline::On(day),
            None => bail!("'{day}' is no day; write it as 2026-12-14, or none to have no deadline"),
        },
    };
    let (entries, report) = Journal::read(home);
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(fault.into());
    }
    let mut learner = Learner::fold(entries);
    let today = learner.today(now);
    if let Deadline::On(day) = deadline
        && day <= today
    {
        bail!("{} is not ahead: today is {}; give a later day", day.in_words(), today.in_words());
    }
    if let Deadline::On(day) = deadline
        && day.since(today) > FARTHEST_DAYS
    {
        bail!("{} is more than {FARTHEST_DAYS} days away; give a nearer day", day.in_words());
    }
    let in_force = learner.preferences().schedule.deadline;
    let is_new = in_force
        != match deadline {
            Deadline::On(day) => Some(day),
            Deadline::None => None,
        };
    if is_new {
        let (mut pen, _) = Pen::open(home, |name| std::env::var_os(name), std::process::id(), now)?;
        let change = Change { deadline: Some(deadline), ..Change::default() };
        learner.apply(pen.write(now, Event::Config(change))?);
    }
    match learner.countdown(&card_refs(cards), now) {
        Some(countdown) => print(&countdown, today, out)?,
        None => writeln!(out, "no deadline; cards come back when they are about to be forgotten")?,
    }
    Ok(())
}

/// The first days and the eve.
fn print(countdown: &Countdown, today: Day, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "exam on {}, {}", countdown.deadline.in_words(), countdown.span())?;
    let last = countdown.days.len().saturating_sub(1);
    for (at, load) in countdown.days.iter().enumerate() {
        if at == DAYS_SHOWN && at < last {
            let rest = &countdown.days[at..last];
            let most = rest.iter().map(|load| load.minutes).max().unwrap_or(0);
            writeln!(out, "  {} more days, at most about {most} min each", rest.len())?;
        }
        if at < DAYS_SHOWN || at == last {
            let name = if load.day == today { "today".to_owned() } else { load.day.in_words() };
            let Load { reviews, fresh, minutes, .. } = load;
            writeln!(out, "  {name:<15}  {reviews:>3} due  {fresh:>3} new  about {minutes} min")?;
        }
    }
    writeln!(out, "As long as you know them; a card that is missed comes back sooner.")
}

#[cfg(feature = "tui")]
impl ReviewArgs {
    /// Where it opens; a choice is checked against the course.
    pub fn start(&self, course: Option<&Path>) -> anyhow::Result<Go> {
        Ok(match &self.cram {
            None => Go::Review,
            Some(None) => Go::Cram(Choice::All),
            Some(Some(wanted)) => {
                let (course, _) = Course::build(&Library::open(course)?.files);
                Go::Cram(Choice::read(wanted, &course).map_err(anyhow::Error::msg)?)
            }
        })
    }
}
