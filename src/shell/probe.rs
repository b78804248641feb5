//! What there is to know of terminal and machine without opening a sitting.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::{ask, looks, terminal, watch};
use crate::ui::theme::{Ground, Theme};

/// What was found out about the terminal.
#[derive(Debug)]
pub struct Seen {
    pub theme: Theme,
    pub reasons: looks::Reasons,
    /// What the terminal said of itself; `None` where it was not asked.
    pub answers: Option<ask::Answers>,
    /// Columns and rows.
    pub size: Option<(u16, u16)>,
}

/// Looks at the environment and, where input and output are a terminal, asks it. The other screen is taken for that
/// and given back, so that nothing is left on this one.
#[must_use]
pub fn terminal(wish: looks::Wish) -> Seen {
    let (mut theme, may_ask, mut reasons) = looks::told(wish);
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let answers = (is_terminal && may_ask).then(asked).flatten();
    if let Some(answers) = &answers {
        if let Some(ground) = answers.ground {
            theme.ground = ground;
            reasons.ground = "the terminal says so";
        }
        if answers.odd_glyphs {
            theme.ascii = true;
            reasons.glyphs = "the terminal draws ● two cells wide";
        }
    }
    let size = if is_terminal { crossterm::terminal::size().ok() } else { None };
    Seen { theme, reasons, answers, size }
}

fn asked() -> Option<ask::Answers> {
    let (mut screen, _hold) = terminal::take().ok()?;
    let out = screen.backend_mut();
    ask::write(out).and_then(|()| io::Write::flush(out)).ok()?;
    Some(ask::read())
}

/// Bytes that may still be written to the disk that holds this folder, or its nearest that is there.
#[must_use]
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|path| path.exists())?;
    let room = rustix::fs::statvfs(there).ok()?;
    Some(room.f_bavail.saturating_mul(room.f_frsize))
}

/// Why changes in a folder are not told; `None` where they are.
#[must_use]
pub fn watching(folder: &Path) -> Option<String> {
    let there = folder.ancestors().find(|path| path.is_dir())?;
    watch::try_on(there).err().map(|error| error.to_string())
}

impl Seen {
    /// `dark` or `light`, or that a theme was asked for.
    #[must_use]
    pub fn ground(&self) -> &'static str {
        match self.theme.ground {
            Ground::Dark => "dark",
            Ground::Light => "light",
            Ground::Of(_) => "a theme that was asked for",
        }
    }
}
