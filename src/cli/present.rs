//! `eastwest present`: the audience's window; what is wrong with a talk before anybody sees it; its script on paper.

#[cfg(feature = "tui")]
pub mod check;
pub mod script;

use std::io::Write;
use std::time::Duration;

use anyhow::ensure;
use clap::Args;

use super::args::Cli;
use super::calc::{Format, FormatArgs};
use super::{Outcome, open};
use crate::app::geometry::Size;
use crate::app::present::timing::targets;
use crate::app::script::size;
use crate::course::Course;
use crate::pace::{Rehearsal, as_diff, propose};
use crate::sim::SimSpan;
use crate::store::library::Library;
use crate::store::rehearsals::Rehearsals;

/// What may be typed after `present`.
#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that may be typed")]
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
    /// Open nothing: list beats that do not fit the screen, missing notes, and budgets that do not add up
    #[arg(long, conflicts_with_all = ["section", "script"])]
    pub check: bool,
    /// The screen to check for
    #[arg(long, value_name = "COLUMNSxROWS", requires = "check", default_value = "80x24", value_parser = size)]
    pub size: Option<Size>,
    #[command(flatten)]
    pub format: FormatArgs,
    /// Open nothing: print beats and notes as Markdown, for paper
    #[arg(long, conflicts_with = "section")]
    pub script: bool,
    #[command(flatten)]
    pub length: Length,
}

/// What may be typed after `console`.
#[derive(Args, Clone, Debug, Default)]
pub struct ConsoleArgs {
    /// Begin at this section (1-10, or a part of its title) instead of where the talk is
    pub section: Option<String>,
    #[command(flatten)]
    pub length: Length,
}

/// How long the talk is to be.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Length {
    /// Plan the talk for this long instead of the lesson's duration: 20m, 12m30s
    #[arg(long, value_name = "SPAN", value_parser = total)]
    pub total: Option<Duration>,
}

/// More than a day is a slip of the hand.
const TOTAL_MAX: SimSpan = SimSpan::from_seconds(86_400);

fn total(text: &str) -> Result<Duration, String> {
    let span: SimSpan = text.parse().map_err(|error: crate::sim::time::SpanError| error.to_string())?;
    if span == SimSpan::ZERO || span > TOTAL_MAX {
        return Err(format!(
            "a talk of {span} cannot be planned; write more than 0s and at most {TOTAL_MAX}, such as 20m"
        ));
    }
    Ok(Duration::from_nanos(span.nanos()))
}

/// Opens the audience's window, or prints what was asked for.
pub fn run(args: &PresentArgs, cli: &Cli, out: &mut impl Write) -> anyhow::Result<Outcome> {
    ensure!(args.check || args.format.format() == Format::Table, "--format json goes with --check");
    if !(args.check || args.script || args.suggest) {
        return open::run(cli);
    }
    let library = Library::open(cli.screen.course.as_deref())?;
    let (course, _) = Course::build(&library.files);
    if args.suggest {
        return suggest(&course, &Rehearsals::of(&super::home()?).read()?, out).map(|()| Outcome::Done);
    }
    if args.script {
        script::write(&course, out)?;
        return Ok(Outcome::Done);
    }
    checked(args, &library, &course, out)
}

#[cfg(feature = "tui")]
fn checked(
    args: &PresentArgs,
    library: &Library,
    course: &Course,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let (scenarios, _) = super::scenarios::known(library);
    let size = args.size.unwrap_or(Size::new(80, 24));
    ensure!(!size.is_too_small(), "no window is smaller than 40x12; give --size 40x12 or more");
    check::run(course, &scenarios, size, args.format.format(), out)
}

/// Without screens there is nothing that a beat could be too long for.
#[cfg(not(feature = "tui"))]
fn checked(_: &PresentArgs, _: &Library, _: &Course, _: &mut impl Write) -> anyhow::Result<Outcome> {
    anyhow::bail!("this build has no screens to check for; `present --script` and `check` need none")
}

/// The budgets that talks suggest.
fn suggest(course: &Course, rehearsals: &[Rehearsal], out: &mut impl Write) -> anyhow::Result<()> {
    let lesson = &course.lesson;
    if rehearsals.is_empty() {
        anyhow::bail!("no talk was kept yet; `eastwest present --rehearse`, and E at its end, keeps one");
    }
    let targets = targets(course, None);
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
