//! Carrying out what the application asks: the log, the place, the clipboard, the course, the picture.

use std::env;
use std::io::{self, Write as _};

use super::ask::Answers;
use super::clock::stopwatch;
use super::drive::{Performed, World};
use super::session::read_course;
use super::slowness::Slowness;
use super::talk::TalkDesk;
use super::terminal::{self, Screen};
use crate::app::effect::{Effect, File};
use crate::app::geometry::Size;
use crate::app::msg::{Done, Msg};
use crate::app::place::Place;
use crate::app::{App, Now};
use crate::learner::{Entry, IdMaker, Learner};
use crate::store::library::Library;
use crate::store::place::PlaceFile;
use crate::store::{Home, Journal, StoreFault, device, save};
use crate::ui;
use crate::ui::hits::Hits;
use crate::ui::theme::Theme;

/// A log longer than this (some 12,000 reviews, 20 ms) is read after the first frame.
const LONG_LOG_BYTES: u64 = 2 << 20;

/// A log longer than this (some 300,000 reviews, a second) is announced before it is read.
const SLOW_LOG_BYTES: u64 = 64 << 20;

/// What was kept from earlier sittings.
#[derive(Debug)]
pub struct Kept {
    pub learner: Learner,
    pub ids: IdMaker,
    pub place: Place,
    /// The log was not read yet; [`Effect::ReadLog`] does it.
    pub is_late: bool,
    /// One sentence, if something could not be read.
    pub trouble: Option<String>,
}

/// The files of one learner, open for writing.
#[derive(Debug)]
pub struct Desk {
    journal: Journal,
    place: PlaceFile,
    /// What is still to be done so that the next sitting goes by the same name.
    unnamed: Option<Unnamed>,
    /// Why the place was not saved the last time.
    place_lost: Option<String>,
}

/// A device whose name could not be kept: the disk was full.
#[derive(Debug)]
struct Unnamed {
    home: Home,
    host: String,
    entropy: u128,
}

impl Desk {
    /// Opens what is kept. Trouble with a file is told and does not keep anybody from reading.
    ///
    /// With `may_wait` a log of many years is left for after the first frame: [`Kept::is_late`] says so.
    pub fn open(now: Now, may_wait: bool) -> Result<(Self, Kept), StoreFault> {
        let home = Home::find(|name| env::var_os(name))?;
        let entropy = device::entropy(std::process::id(), now.wall_ms as u128 * 1_000_000);
        let mut troubles: Vec<String> = home.create().err().iter().map(ToString::to_string).collect();
        let host = device::host(|name| env::var_os(name));
        let named = device::name(&home, &host, entropy);
        let unnamed = named.is_err().then(|| Unnamed { home: home.clone(), host, entropy });
        let name = named.unwrap_or_else(|fault| {
            troubles.push(fault.to_string());
            device::proposed(entropy)
        });
        let mut journal = Journal::attach(&home, &name);
        let bytes = journal.bytes();
        let is_late = may_wait && bytes > LONG_LOG_BYTES;
        if is_late && bytes > SLOW_LOG_BYTES {
            troubles.push(format!("the logs hold {} MiB: reading them takes a while", bytes >> 20));
        }
        let entries = if is_late { Vec::new() } else { journal.read_tail() };
        troubles.extend(journal.take_faults().iter().map(ToString::to_string));
        let file = PlaceFile::new(&home, &name);
        let place = file.load().unwrap_or_else(|fault| {
            troubles.push(fault.to_string());
            None
        });
        let mut ids = IdMaker::new(name.clone(), entropy);
        for entry in entries.iter().filter(|entry| entry.id.device() == name) {
            ids.seen(entry.at);
        }
        let kept = Kept {
            learner: Learner::fold(entries),
            ids,
            place: place.unwrap_or_else(Place::first),
            is_late,
            trouble: troubles.into_iter().next(),
        };
        Ok((Self { journal, place: file, unnamed, place_lost: None }, kept))
    }

    /// Carries out what is about files; everything else is not for a desk and comes to nothing.
    pub fn perform(&mut self, effect: Effect) -> Performed {
        match effect {
            Effect::Append(entry) => self.append(entry),
            Effect::ReadLog => self.read_log(),
            Effect::SavePlace(place) => {
                self.place_lost = self.place.save(&place).err().map(|fault| fault.to_string());
                let failed = self.place_lost.clone().map(|why| Msg::Done(Done::Failed(why)));
                Performed::Tell(failed.into_iter().collect())
            }
            Effect::Save(files) => Performed::Tell(vec![Msg::Done(saved(&files))]),
            Effect::Copy(_)
            | Effect::Talk { .. }
            | Effect::Rehearsed(_)
            | Effect::ClassRound(_)
            | Effect::Redraw
            | Effect::Quit => Performed::Tell(Vec::new()),
        }
    }

    fn append(&mut self, entry: Entry) -> Performed {
        self.keep_name();
        match self.journal.append(&entry) {
            Ok(theirs) => {
                let mut tell = vec![Msg::Done(Done::Appended { id: entry.id })];
                if !theirs.is_empty() {
                    tell.insert(0, Msg::Done(Done::Read(theirs)));
                }
                Performed::Tell(tell)
            }
            Err(fault) => {
                let why = fault.to_string();
                Performed::Tell(vec![Msg::Done(Done::NotAppended { entry: Box::new(entry), why })])
            }
        }
    }

    /// Tries once more to keep the name that this sitting writes under; two names would be two devices.
    fn keep_name(&mut self) {
        self.unnamed.take_if(|it| device::name(&it.home, &it.host, it.entropy).is_ok());
    }

    /// The last try, at the end of a sitting; says how many entries are lost, or else that the place is, and why.
    pub fn append_rest(&mut self, entries: &[Entry]) -> Option<String> {
        if !entries.is_empty() {
            self.keep_name();
        }
        let faults: Vec<_> = entries.iter().filter_map(|entry| self.journal.append(entry).err()).collect();
        let Some(why) = faults.first() else {
            return self.place_lost.take().map(|why| format!("where you were is not saved: {why}"));
        };
        Some(match faults.len() {
            1 => format!("your last answer is not saved: {why}"),
            count => format!("your last {count} answers are not saved: {why}"),
        })
    }

    fn read_log(&mut self) -> Performed {
        let mut tell = vec![Msg::Done(Done::Read(self.journal.read_tail()))];
        tell.extend(
            self.journal.take_faults().iter().map(|fault| Msg::Done(Done::Failed(fault.to_string()))),
        );
        Performed::Tell(tell)
    }
}

/// A desk with a screen before it: all of the world that the loop needs.
#[derive(Debug)]
pub struct Sitting {
    pub desk: Desk,
    pub library: Library,
    /// Where the library came from, if it is not the binary.
    pub folder: Option<std::path::PathBuf>,
    pub screen: Screen,
    pub theme: Theme,
    pub slowness: Slowness,
    /// The talk, in a window of one.
    pub talk: Option<TalkDesk>,
    /// The window has this size now, and the application thinks otherwise.
    pub resized: Option<Size>,
}

impl Sitting {
    /// Takes over what the terminal said of itself.
    pub fn learn_looks(&mut self, answers: &Answers) {
        if let Some(ground) = answers.ground {
            self.theme.ground = ground;
        }
        self.theme.ascii |= answers.odd_glyphs;
    }
}

impl World for Sitting {
    fn perform(&mut self, effect: Effect) -> Performed {
        match effect {
            Effect::Append(_) | Effect::ReadLog | Effect::SavePlace(_) | Effect::Save(_) => {
                self.desk.perform(effect)
            }
            Effect::Copy(text) => match copy(&mut self.screen, &text) {
                Ok(()) => Performed::Tell(vec![Msg::Done(Done::Copied(text))]),
                Err(error) => {
                    Performed::Tell(vec![Msg::Done(Done::Failed(format!("could not copy: {error}")))])
                }
            },
            Effect::Talk { session, kept, anew } => {
                let talk = self.talk.as_mut();
                Performed::Tell(talk.map(|talk| talk.write(&session, kept, anew)).into_iter().collect())
            }
            Effect::Rehearsed(took) => {
                let kept = self.talk.as_ref().and_then(|talk| talk.keep(&took));
                Performed::Tell(kept.into_iter().collect())
            }
            Effect::ClassRound(round) => {
                let refused = self.talk.as_ref().and_then(|talk| talk.note_round(&round));
                Performed::Tell(refused.into_iter().collect())
            }
            Effect::Redraw => {
                terminal::forget(&mut self.screen).ok();
                Performed::Tell(Vec::new())
            }
            Effect::Quit => Performed::Leave,
        }
    }

    fn reload(&mut self) -> Option<Msg> {
        let library = Library::folder(self.folder.as_deref()?).ok()?;
        let (course, trouble) = read_course(&library);
        self.library = library;
        Some(match trouble {
            // Half a course is worse than the one before; the author sees why it is not taken.
            Some(what) if course.lesson.sections.is_empty() => Msg::Done(Done::Failed(what)),
            trouble => Msg::Course { course: Box::new(course), trouble },
        })
    }

    fn talk(&mut self) -> Option<Msg> {
        self.talk.as_mut().map(TalkDesk::news)
    }

    fn draw(&mut self, app: &App) -> io::Result<Hits> {
        test_fault();
        let theme = self.theme;
        let mut size = Size::default();
        let took = stopwatch();
        terminal::draw(&mut self.screen, |frame| {
            size = Size::new(frame.area().width, frame.area().height);
            ui::draw(app, theme, frame);
        })?;
        self.slowness.drawn(took());
        if let Some(talk) = &mut self.talk {
            talk.resized(size);
        }
        // A window can change before anybody listens for it.
        self.resized = (size != app.parts().size).then_some(size);
        terminal::capture_mouse(self.screen.backend_mut(), app.wants_mouse())?;
        Ok(Hits::of(app, theme, size))
    }

    fn reach(&self, app: &App) -> Option<usize> {
        ui::reach(app, self.theme, app.parts().size)
    }

    fn news(&mut self) -> Option<Msg> {
        self.resized.take().map(Msg::Resized).or_else(|| self.slowness.change().map(Msg::FramesEvery))
    }
}

/// Writes files into the folder that we were started in.
fn saved(files: &[File]) -> Done {
    let folder = match env::current_dir() {
        Ok(folder) => folder,
        Err(error) => return Done::Failed(format!("nothing saved: the current folder is gone ({error})")),
    };
    match save::all(&folder, files) {
        Ok(names) => Done::Saved { folder: folder.display().to_string(), names },
        Err(why) => Done::Failed(why),
    }
}

/// OSC 52: the terminal puts it on the clipboard, over SSH too.
fn copy(screen: &mut Screen, text: &str) -> io::Result<()> {
    let out = screen.backend_mut();
    write!(out, "\x1b]52;c;{}\x1b\\", base64(text.as_bytes()))?;
    out.flush()
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let index = (group >> (18 - 6 * digit)) & 63;
            text.push(if digit <= chunk.len() { char::from(DIGITS[index as usize]) } else { '=' });
        }
    }
    text
}

/// In builds with assertions, `EASTWEST_FAULT=draw` makes the first picture panic, and `draw-with-mouse` the first one
/// after the mouse was taken, so that a test can see the terminal given back. Release builds do not look.
fn test_fault() {
    if cfg!(debug_assertions) {
        let asked = env::var_os("EASTWEST_FAULT").unwrap_or_default();
        assert!(asked != "draw", "EASTWEST_FAULT=draw asked for this");
        assert!(
            asked != "draw-with-mouse" || !terminal::has_mouse(),
            "EASTWEST_FAULT=draw-with-mouse asked for this"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_agrees_with_the_examples_of_rfc_4648() {
        for (text, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }
}
