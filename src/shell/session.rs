//! One sitting: everything is opened, the first frame is drawn, threads start, the loop runs, all is given back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use anyhow::Context as _;

use super::clock::{self, Clock, SystemClock};
use super::drive::World as _;
use super::drive::{self, End};
use super::perform::{Desk, Sitting};
use super::slowness::Slowness;
use super::talk::TalkDesk;
use super::wake::Wake;
use super::{ask, input, looks, signals, terminal, watch};
use crate::app::effect::Effect;
use crate::app::geometry::Size;
use crate::app::manner::Manner;
use crate::app::state::Go;
use crate::app::{App, Notice, Setup};
use crate::course::{Course, Severity};
use crate::sim::Scenario;
use crate::store::library::Library;
use crate::ui::theme::Depth;

/// What a sitting starts from.
#[derive(Debug)]
pub struct Options {
    pub start: Go,
    /// Read the course from here, and again when it changes.
    pub course: Option<PathBuf>,
    pub wish: looks::Wish,
    pub manner: Manner,
}

/// How a sitting ended.
#[derive(Debug)]
pub struct Ended {
    pub end: End,
    /// One sentence, if the disk has refused something to the last.
    pub lost: Option<String>,
}

/// Runs until the user leaves or somebody outside ends it.
pub fn open(mut options: Options) -> anyhow::Result<Ended> {
    let clock = SystemClock::default();
    terminal::guard_panics();
    let library = Library::open(options.course.as_deref())?;
    let (course, trouble) = read_course(&library);
    let (desk, kept) = Desk::open(clock.now(), true)?;
    if kept.is_late {
        options.start = options.start.once_read();
    }
    let (theme, may_ask) = looks::first(options.wish);
    terminal::use_colors(theme.depth != Depth::Mono);
    let (to, wakes) = channel();
    // Before the terminal is taken: a signal in between would leave it raw.
    signals::start(to.clone())?;
    let (screen, hold) = terminal::take().context("could not take the terminal")?;
    let size = screen.size()?;
    let talk = join(&mut options.start, Size::new(size.width, size.height));
    let (talk, refused) = talk.map_or_else(|why| (None, Some(why)), |talk| (talk, None));
    let setup = Setup {
        course,
        scenarios: scenarios(),
        learner: kept.learner,
        ids: kept.ids,
        place: kept.place,
        size: Size::new(size.width, size.height),
        start: options.start,
        notice: refused.or(kept.trouble).or(trouble).or_else(clock::trouble).map(Notice::Trouble),
    };
    let (mut app, mut effects) = App::with(setup, options.manner, clock.now());
    if kept.is_late && !effects.contains(&Effect::ReadLog) {
        effects.push(Effect::ReadLog);
    }
    let slowness = Slowness::new(options.manner.every);
    let mut sitting =
        Sitting { desk, library, folder: options.course, screen, theme, slowness, talk, resized: None };
    show_and_ask(&mut sitting, &app, may_ask, &to)?;
    input::start(to.clone())?;
    if let Some(talk) = &mut sitting.talk {
        talk.listen(&to)?;
        // What happened since it was read.
        to.send(Wake::TalkChanged).ok();
    }
    let watching = sitting.folder.as_deref().map(|folder| watch_course(folder, to)).transpose()?;
    let end = drive::drive(&mut app, effects, &wakes, &clock, &mut sitting);
    drop(watching);
    drop(hold);
    let lost = sitting.desk.append_rest(&app.parts().unsaved);
    match (end, lost) {
        (Ok(end), lost) => Ok(Ended { end, lost }),
        (Err(error), None) => Err(error.into()),
        (Err(error), Some(lost)) => Err(anyhow::Error::from(error).context(lost)),
    }
}

/// The first frame, in the looks that need no answer; then the answers, for the next one.
fn show_and_ask(sitting: &mut Sitting, app: &App, may_ask: bool, to: &Sender<Wake>) -> anyhow::Result<()> {
    if may_ask {
        ask::write(sitting.screen.backend_mut())?;
    }
    sitting.draw(app)?;
    if may_ask {
        let answers = ask::read();
        sitting.learn_looks(&answers);
        for event in answers.keys {
            to.send(Wake::Input(event)).ok();
        }
    }
    Ok(())
}

/// Joins the talk, if a window of one is to be opened, and reads how it stands. Without its files it is a talk in one
/// window; the sentence says why.
fn join(start: &mut Go, size: Size) -> Result<Option<TalkDesk>, String> {
    let Go::Talk { window, read, .. } = start else { return Ok(None) };
    let alone = |fault| format!("this window is alone: {fault}");
    let mut talk = TalkDesk::open(*window, size).map_err(alone)?;
    **read = talk.read().map_err(alone)?;
    Ok(Some(talk))
}

fn watch_course(folder: &std::path::Path, to: Sender<Wake>) -> anyhow::Result<watch::Watch> {
    watch::start(folder, to).with_context(|| format!("could not watch {}", folder.display()))
}

/// The course, and the first thing wrong with it.
pub(super) fn read_course(library: &Library) -> (Course, Option<String>) {
    let (course, found) = Course::build(&library.files);
    let first = library.diagnostics.iter().chain(&found).find(|found| found.severity == Severity::Error);
    (course, first.map(ToString::to_string))
}

/// The shipped scenarios by name.
pub(super) fn scenarios() -> BTreeMap<String, Scenario> {
    Scenario::shipped_names().filter_map(|name| Some((name.to_owned(), Scenario::shipped(name)?))).collect()
}
