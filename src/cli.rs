//! The command line: one file a command, and outcomes to exit codes.
//!
//! 0 done; 1 looked and found something; 2 could not, with one `eastwest: …` line on stderr and at most one line
//! of advice. A closed pipe is success.

pub mod args;
pub mod calc;
pub mod changes;
pub mod check;
mod doctor;
pub mod due;
pub mod errors;
pub mod export;
#[cfg(feature = "tui")]
mod from;
pub mod import;
pub mod lab;
pub mod open;
pub mod optimize;
pub mod present;
pub mod read;
pub mod record;
pub mod reset;
pub mod review;
pub mod scenarios;
pub mod settings;
pub mod sim;
pub mod stats;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use args::{Cli, ColorWhen, Command};
use clap::Parser;

use crate::app::{claim, keymap};
use crate::course::Course;
use crate::course::claim::Claim;
use crate::course::quiz::Card;
use crate::shell::clock;
use crate::srs::Moment;
use crate::store::Home;
use crate::store::library::Library;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, nothing to object to.
    Done,
    /// Looked, and found something: a lint error, a differing digest.
    Found,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return errors::usage(&error),
    };
    // Not locked: the screens write to the terminal themselves, and give it back from any thread.
    let mut out = BufWriter::new(errors::Output(io::stdout()));
    let ended = run(&cli, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) if errors::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            errors::say(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli, out: &mut impl Write) -> anyhow::Result<Outcome> {
    match &cli.command {
        Some(Command::Review(review::ReviewArgs { deadline: Some(wanted), .. })) => {
            let (course, _) = Course::build(&Library::open(cli.screen.course.as_deref())?.files);
            review::settle(wanted, &home()?, &course.cards, now(), out).map(|()| Outcome::Done)
        }
        Some(Command::Review(args)) if args.settings => {
            review::list(&home()?, now(), out).map(|()| Outcome::Done)
        }
        Some(Command::Review(args)) if !args.set.is_empty() => {
            review::set(&args.set, &home()?, now(), out).map(|()| Outcome::Done)
        }
        None | Some(Command::Learn { .. } | Command::Lab(_) | Command::Review(_) | Command::Console(_)) => {
            open::run(cli)
        }
        Some(Command::Present(args)) => present::run(args, cli, out),
        Some(Command::Sim(args)) => sim::run(args, out).map(|()| Outcome::Done),
        Some(Command::Due(args)) => {
            let home = home()?;
            // A prompt asks at every turn: somebody who has no home does not wait for the cards.
            if cli.screen.course.is_some() && !home.exists() {
                cards(cli)?;
            }
            let course = |wanted| match wanted {
                due::Wanted::Cards => cards(cli).map(|cards| Course { cards, ..Course::default() }),
                due::Wanted::Whole => {
                    Ok(Course::build(&Library::open(cli.screen.course.as_deref())?.files).0)
                }
            };
            due::run(args.format.format(), &home, &course, now(), out).map(|()| Outcome::Done)
        }
        Some(Command::Export(args)) => {
            let (course, _) = Course::build(&Library::open(cli.screen.course.as_deref())?.files);
            export::run(args, &home()?, &course, out).map(|()| Outcome::Done)
        }
        Some(Command::Import(args)) => import::run(args, &home()?, now(), out),
        Some(Command::Reset(args)) => {
            let (course, _) = Course::build(&Library::open(cli.screen.course.as_deref())?.files);
            reset::run(args, &home()?, &course, now(), out).map(|()| Outcome::Done)
        }
        Some(Command::Optimize(args)) => optimize::run(*args, &home()?, now(), out).map(|()| Outcome::Done),
        Some(Command::Doctor(args)) => doctor::run(*args, cli, cards(cli), now(), out),
        Some(Command::Stats(args)) => {
            stats::run(*args, &home()?, &cards(cli)?, now(), out).map(|()| Outcome::Done)
        }
        Some(Command::Calc(args)) => calc::run(args, out).map(|()| Outcome::Done),
        Some(Command::Read(args)) => {
            let library = Library::open(cli.screen.course.as_deref())?;
            let (scenarios, _) = scenarios::known(&library);
            let (course, _) = Course::build(&library.files);
            let evaluate = |claim: &Claim| claim::evaluate(claim, &scenarios);
            if args.format != read::ReadFormat::Text {
                return read::hand_out(args, &course, &scenarios, Some(&evaluate), out);
            }
            read::run(args, &course, uses_color(settings::color(cli)?), Some(&evaluate), out)
        }
        Some(Command::Keys) => {
            write!(out, "{}", keymap::with(settings::config()?.keys, keymap::toml))?;
            Ok(Outcome::Done)
        }
        Some(Command::Check(args)) => {
            let dir = args.dir.as_deref().or(cli.screen.course.as_deref());
            check::run(args, dir, Some(&claim::evaluate), out)
        }
        Some(Command::Record(args)) => record::run(args, &cli.screen, out).map(|()| Outcome::Done),
        Some(Command::NotBuilt(words)) => Err(errors::not_built(words)),
    }
}

/// Where this learner's data lies.
fn home() -> anyhow::Result<Home> {
    Ok(Home::find(|name| std::env::var_os(name))?)
}

/// The cards of the course, without its lesson.
fn cards(cli: &Cli) -> anyhow::Result<Vec<Card>> {
    Ok(Course::cards_of(&Library::open(cli.screen.course.as_deref())?.files))
}

fn now() -> Moment {
    let (ms, offset) = clock::wall();
    Moment { ms, offset }
}

/// Whether output on stdout is colored.
fn uses_color(when: ColorWhen) -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match when {
        ColorWhen::Auto => io::stdout().is_terminal() && !no_color,
        ColorWhen::Always => true,
        ColorWhen::Never => false,
    }
}
