//! `eastwest reset`: one card is new again, or all logs and places are put aside.

use std::io::{self, BufRead as _, IsTerminal as _, Write};

use anyhow::bail;
use clap::Args;

use crate::course::{Course, near};
use crate::learner::{Answer, EntryId, Event, Learner};
use crate::srs::Moment;
use crate::store::health::Health;
use crate::store::pen::Pen;
use crate::store::{Home, Journal, set_aside};

/// What may follow `reset`.
#[derive(Args, Clone, Debug)]
pub struct ResetArgs {
    /// The id of a card, such as e11.region-first: it is new again
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub card: Option<String>,
    /// All logs and places, of all devices in this home; what belongs to talks, in the folder present, stays
    #[arg(long)]
    pub all: bool,
    /// Do not ask before --all
    #[arg(long, requires = "all", conflicts_with = "card")]
    pub yes: bool,
}

/// Resets what was asked for.
pub fn run(
    args: &ResetArgs,
    home: &Home,
    course: &Course,
    now: Moment,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    match &args.card {
        Some(card) => one(card, home, course, now, out),
        None => all(args.yes, home, now, out),
    }
}

/// As an entry: what happened stays in the log, the schedule begins anew.
fn one(card: &str, home: &Home, course: &Course, now: Moment, out: &mut impl Write) -> anyhow::Result<()> {
    let (entries, report) = Journal::read(home);
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(fault.into());
    }
    let learner = Learner::fold(entries);
    let answers = learner.history(card).count();
    if course.card(card).is_none() && learner.card(card).is_none() {
        let ids = course.cards.iter().map(|card| card.id.as_str());
        let hint = near::nearest(card, ids).map_or_else(
            || "`eastwest export csv` lists those that were answered".to_owned(),
            |id| format!("did you mean '{id}'?"),
        );
        bail!("there is no card '{card}'; {hint}");
    }
    if learner.card(card).is_none_or(|state| state.reviews == 0) {
        writeln!(out, "{card} is new already")?;
        return Ok(());
    }
    let (mut pen, _) = Pen::open(home, |name| std::env::var_os(name), std::process::id(), now)?;
    // Nothing that is written now comes after what a clock that ran ahead has dated.
    let is_ahead = |answer: &&Answer| answer.at.ms > now.ms;
    let ahead: Vec<EntryId> =
        learner.history(card).filter(is_ahead).map(|answer| answer.id.clone()).collect();
    for of in &ahead {
        pen.write(now, Event::Undo { of: of.clone() })?;
    }
    pen.write(now, Event::Reset { card: card.to_owned() })?;
    let kept = if answers == 1 { "1 answer stays" } else { &format!("{answers} answers stay") };
    writeln!(out, "{card} is new again; its {kept} in the log")?;
    match ahead.len() {
        0 => {}
        1 => writeln!(out, "1 of them is dated after now and was taken back")?,
        count => writeln!(out, "{count} of them are dated after now and were taken back")?,
    }
    Ok(())
}

fn all(yes: bool, home: &Home, now: Moment, out: &mut impl Write) -> anyhow::Result<()> {
    let health = Health::of(home, now);
    if let Some(fault) = health.faults.into_iter().next() {
        return Err(fault.into());
    }
    let places = set_aside::places(home)?;
    let talks = home.root().join("present").is_dir();
    if health.logs.is_empty() && places == 0 {
        let but = if talks { ", but for what belongs to talks, which stays" } else { "" };
        writeln!(out, "nothing is kept in {}{but}", home.root().display())?;
        return Ok(());
    }
    let (reviews, bytes) = health.logs.iter().fold((0, 0), |sum, it| (sum.0 + it.reviews, sum.1 + it.bytes));
    writeln!(out, "{} holds", home.root().display())?;
    for log in &health.logs {
        writeln!(out, "  reviews/{}: {} reviews, {} bytes", log.name, log.reviews, log.bytes)?;
    }
    if places > 0 {
        writeln!(out, "  place: where you were in the lesson and in a review, files: {places}")?;
    }
    let places = if places == 1 { "1 place" } else { &format!("{places} places") };
    writeln!(out, "All of it, {reviews} reviews in {bytes} bytes and {places}, would be put aside.")?;
    if talks {
        writeln!(out, "The folder present stays: the talk, what talks took, and rounds with a class.")?;
    }
    if !yes && !agrees(out)? {
        writeln!(out, "nothing was changed")?;
        return Ok(());
    }
    let folder = set_aside::all(home, &now.ms.to_string())?;
    writeln!(out, "all of it is in {}", folder.display())?;
    writeln!(
        out,
        "To have it back, move its folders to {}; to be rid of it, delete it.",
        home.root().display()
    )?;
    Ok(())
}

fn agrees(out: &mut impl Write) -> anyhow::Result<bool> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        out.flush()?;
        bail!("there is no terminal to ask on; `eastwest reset --all --yes` does it without asking");
    }
    write!(out, "Type yes to do that: ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}
