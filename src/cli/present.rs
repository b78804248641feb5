//! `eastwest present`: the audience's window.

use std::io::Write;

use clap::Args;

use super::args::Cli;
use super::{Outcome, open};
use crate::app::present::rehearse::targets;
use crate::course::Course;
use crate::pace::{Rehearsal, as_diff, propose};
use crate::store::library::Library;
use crate::store::rehearsals::Rehearsals;

/// What may be typed after `present`.
#[derive(Args, Clone, Debug, Default)]
pub struct PresentArgs {
    /// Begin at this section (1-10, or a part of its title) instead of where the talk is
    pub section: Option<String>,
    /// Begin anew, whatever talk there is; the one that is there is kept aside
    #[arg(long)]
    pub new: bool,
    /// It is a rehearsal: said on the console, and its times are kept like any talk's
    #[arg(long)]
    pub rehearse: bool,
    /// Print the budgets that the talks kept so far suggest, as changes of lesson.toml, and exit
    #[arg(long, conflicts_with_all = ["section", "new", "rehearse"])]
    pub suggest: bool,
}

/// Opens the audience's window, or prints what was asked for instead.
pub fn run(args: &PresentArgs, cli: &Cli, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if args.suggest {
        let (course, _) = Course::build(&Library::open(cli.screen.course.as_deref())?.files);
        return suggest(&course, &Rehearsals::of(&super::home()?).read()?, out).map(|()| Outcome::Done);
    }
    open::run(cli)
}

/// The budgets that talks suggest.
fn suggest(course: &Course, rehearsals: &[Rehearsal], out: &mut impl Write) -> anyhow::Result<()> {
    let lesson = &course.lesson;
    if rehearsals.is_empty() {
        anyhow::bail!("no talk was kept yet; `eastwest present --rehearse`, and E at its end, keeps one");
    }
    let targets = targets(lesson, &[]);
    let files: Vec<&str> = lesson.sections.iter().map(|section| file_name(&section.file)).collect();
    let lines = as_diff(&targets.sections, &propose(&targets, rehearsals), &files);
    if lines.is_empty() {
        writeln!(out, "The budgets are what the talks took.")?;
    }
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(())
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
