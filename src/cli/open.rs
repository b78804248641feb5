//! The screens: home, reader, lab, review.

#[cfg(feature = "tui")]
use std::io::{self, IsTerminal, Write};

use super::Outcome;
use super::args::Cli;
#[cfg(feature = "tui")]
use super::settings;

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

#[cfg(feature = "tui")]
fn start(cli: &Cli) -> anyhow::Result<crate::app::state::Go> {
    use super::args::Command;
    use crate::app::state::Go;
    use crate::course::Course;
    use crate::store::library::Library;

    Ok(match &cli.command {
        Some(Command::Learn { section: None }) => Go::Reader(None),
        Some(Command::Learn { section: Some(wanted) }) => {
            let (course, _) = Course::build(&Library::open(cli.screen.course.as_deref())?.files);
            match course.lesson.find_section(wanted) {
                Some(section) => Go::Reader(Some(section.number as u8)),
                None => anyhow::bail!(
                    "there is no section '{wanted}'; give 1 to {} or a part of a title",
                    course.lesson.sections.len()
                ),
            }
        }
        Some(Command::Lab(args)) => args.start()?,
        Some(Command::Review) => Go::Review,
        _ => Go::Home,
    })
}
