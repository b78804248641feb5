//! The screens: home, reader, lab, review.

#[cfg(feature = "tui")]
use std::io::{self, IsTerminal, Write};

use super::Outcome;
use super::args::Cli;
#[cfg(feature = "tui")]
use super::settings;
#[cfg(feature = "tui")]
use crate::app::present::rehearse::Wish;
#[cfg(feature = "tui")]
use crate::app::state::{Go, Window};

/// Opens the companion at the screen that was asked for.
#[cfg(feature = "tui")]
pub fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    use crate::shell::drive::End;
    use crate::shell::plain;
    use crate::shell::session::{self, Options};

    // What was asked for wrongly is said whether there is a terminal or not.
    let start = start(cli)?;
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        use clap::CommandFactory;
        write!(io::stderr(), "{}", Cli::command().render_help())?;
        anyhow::bail!(
            "there is no terminal here; `read`, `sim`, `calc`, `due`, `stats` and `check` need none"
        );
    }
    let config = settings::config()?;
    let options = Options {
        start,
        course: cli.screen.course.clone(),
        wish: settings::wish(cli, &config)?,
        manner: settings::manner(cli, &config),
    };
    let ended = if settings::is_dumb() { plain::open(options)? } else { session::open(options)? };
    let saved = ended.lost.as_deref().unwrap_or("everything was saved");
    match ended.end {
        End::Quit if ended.lost.is_none() => Ok(Outcome::Done),
        End::Quit => anyhow::bail!("{saved}"),
        End::Stopped(signal) => anyhow::bail!("ended by {signal}; {saved}"),
        End::Died(thread, why) => anyhow::bail!("the {thread} thread died ({why}); {saved}"),
    }
}

/// Without screens there is nothing to open.
#[cfg(not(feature = "tui"))]
pub fn run(_cli: &Cli) -> anyhow::Result<Outcome> {
    anyhow::bail!("this build has no screens; `read`, `sim`, `calc`, `due`, `stats` and `check` need none")
}

/// A window of a talk; how the talk stands is read when the window opens.
#[cfg(feature = "tui")]
fn talk(
    cli: &Cli,
    window: Window,
    wanted: Option<&str>,
    length: super::present::Length,
    wish: Wish,
) -> anyhow::Result<Go> {
    let section = wanted.map(|wanted| section(cli, wanted)).transpose()?;
    Ok(Go::Talk { window, section, total: length.total, read: Box::default(), wish })
}

/// The number of a section, given by its number or a part of its title.
#[cfg(feature = "tui")]
fn section(cli: &Cli, wanted: &str) -> anyhow::Result<u8> {
    use crate::course::Course;
    use crate::store::library::Library;

    let (course, _) = Course::build(&Library::open(cli.screen.course.as_deref())?.files);
    match course.lesson.find_section(wanted) {
        Some(section) => Ok(section.number as u8),
        None => anyhow::bail!(
            "there is no section '{wanted}'; give 1 to {} or a part of a title",
            course.lesson.sections.len()
        ),
    }
}

#[cfg(feature = "tui")]
fn start(cli: &Cli) -> anyhow::Result<Go> {
    use super::args::Command;

    Ok(match &cli.command {
        Some(Command::Learn { section: None }) => Go::Reader(None),
        Some(Command::Learn { section: Some(wanted) }) => Go::Reader(Some(section(cli, wanted)?)),
        Some(Command::Present(args)) => {
            let wish = Wish { anew: args.new, rehearse: args.rehearse };
            talk(cli, Window::Audience, args.section.as_deref(), args.length, wish)?
        }
        Some(Command::Console(args)) => {
            talk(cli, Window::Console, args.section.as_deref(), args.length, Wish::default())?
        }
        Some(Command::Lab(args)) => args.start()?,
        Some(Command::Review(args)) => args.start(cli.screen.course.as_deref())?,
        _ => Go::Home,
    })
}
