//! The talk's files as a sitting has them: written, read, watched, and who else is there.

use std::env;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::wake::Wake;
use super::watch::is_change;
use crate::app::geometry::Size;
use crate::app::msg::{Done, Msg};
use crate::app::present::Read;
use crate::app::present::polls::Round;
use crate::app::present::session::Session;
use crate::app::state::Window;
use crate::pace::Rehearsal;
use crate::store::rehearsals::Rehearsals;
use crate::store::talk::{Presence, TalkFiles, Written};
use crate::store::{Home, StoreFault};

/// Where the system does not tell of changes, they are looked for so often.
const POLL: Duration = Duration::from_secs(1);

/// The talk's files, from one window.
#[derive(Debug)]
pub struct TalkDesk {
    files: TalkFiles,
    rehearsals: Rehearsals,
    own: Window,
    size: Size,
    /// That we are there; `None` while another window of our kind is.
    presence: Option<Presence>,
    listening: Option<Listening>,
}

/// What tells of others.
#[derive(Debug)]
struct Listening {
    _watch: Option<RecommendedWatcher>,
    /// Asks for the other window's end to be told.
    wait: Sender<()>,
    /// Somebody waits for it already.
    waits: Arc<AtomicBool>,
}

impl TalkDesk {
    /// The talk of this home, with this window in it.
    pub fn open(own: Window, size: Size) -> Result<Self, StoreFault> {
        let home = Home::find(|name| env::var_os(name))?;
        home.create()?;
        let files = TalkFiles::open(&home)?;
        let presence = files.enter(own, size)?;
        let rehearsals = Rehearsals::of(&home);
        Ok(Self { files, rehearsals, own, size, presence, listening: None })
    }

    /// From now on changes and ends of others wake the loop.
    pub fn listen(&mut self, to: &Sender<Wake>) -> std::io::Result<()> {
        let watch = watch(self.files.folder(), to.clone()).ok();
        if watch.is_none() {
            poll(to.clone())?;
        }
        let (wait, asked) = channel();
        let waits = Arc::new(AtomicBool::new(false));
        follow(self.files.clone(), other(self.own), asked, waits.clone(), to.clone())?;
        self.listening = Some(Listening { _watch: watch, wait, waits });
        Ok(())
    }

    /// What the files say now.
    pub fn read(&mut self) -> Result<Read, StoreFault> {
        if self.presence.is_none() {
            self.presence = self.files.enter(self.own, self.size)?;
        }
        let mut read = self.files.read(self.own)?;
        read.rehearsals = self.rehearsals.read()?;
        let is_there = read.peers.console || read.peers.audience.is_some();
        if let (Some(listening), true) = (&self.listening, is_there)
            && !listening.waits.swap(true, Ordering::SeqCst)
        {
            // The thread lives as long as we do.
            listening.wait.send(()).ok();
        }
        Ok(read)
    }

    /// The same as a message.
    pub fn news(&mut self) -> Msg {
        self.read()
            .map_or_else(|fault| Msg::Done(Done::Failed(fault.to_string())), |read| Msg::Talk(Box::new(read)))
    }

    /// Writes; what came of it.
    pub fn write(&mut self, session: &Session, kept: bool, anew: bool) -> Msg {
        let written = self.files.write(session, kept, anew);
        Msg::Done(match written {
            Ok(Written::Done) => Done::TalkWritten,
            Ok(Written::Moved(theirs)) => {
                let read = self.read().unwrap_or_default();
                Done::TalkMoved(Box::new(Read { session: Some(theirs), ..read }))
            }
            Err(fault) => Done::Failed(format!("the talk goes on in this window alone: {fault}")),
        })
    }

    /// Keeps what a talk took; says so only where it cannot.
    #[must_use]
    pub fn keep(&self, took: &Rehearsal) -> Option<Msg> {
        let fault = self.rehearsals.append(took).err()?;
        Some(Msg::Done(Done::Failed(fault.to_string())))
    }

    /// Adds a round of recall to the class's log; says why not, where it could not be done.
    pub fn note_round(&self, round: &Round) -> Option<Msg> {
        let fault = self.files.note_round(round).err()?;
        Some(Msg::Done(Done::Failed(format!("the class's round is not in its log: {fault}"))))
    }

    /// The window has this size now; the others are told.
    pub fn resized(&mut self, size: Size) {
        if size != self.size {
            self.size = size;
            if let Some(presence) = &self.presence {
                // What the other window draws for us is a little off then.
                presence.resized(size).ok();
            }
        }
    }
}

const fn other(window: Window) -> Window {
    match window {
        Window::Audience => Window::Console,
        Window::Console => Window::Audience,
    }
}

fn watch(folder: &Path, to: Sender<Wake>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let is_news = |event: &notify::Event| {
            is_change(event.kind)
                && event.paths.iter().any(|path| path.extension().is_some_and(|ending| ending == "json"))
        };
        if event.is_ok_and(|event| is_news(&event)) {
            // The loop may have ended; then nobody is left to tell.
            to.send(Wake::TalkChanged).ok();
        }
    })?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

fn poll(to: Sender<Wake>) -> std::io::Result<()> {
    let beat = move || {
        // Nobody sends on it: it only lets time pass.
        let (_never, wait) = channel::<()>();
        while to.send(Wake::TalkChanged).is_ok() {
            wait.recv_timeout(POLL).ok();
        }
    };
    thread::Builder::new().name("talk".to_owned()).spawn(beat).map(drop)
}

/// The thread that waits for the other window's lock: it is free when that window is gone, however it went.
fn follow(
    files: TalkFiles,
    window: Window,
    asked: Receiver<()>,
    waits: Arc<AtomicBool>,
    to: Sender<Wake>,
) -> std::io::Result<()> {
    let wait = move || {
        while asked.recv().is_ok() {
            if let Ok(lock) = files.lock_of(window) {
                lock.lock_shared().ok();
            }
            waits.store(false, Ordering::SeqCst);
            if to.send(Wake::TalkChanged).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("other window".to_owned()).spawn(wait).map(drop)
}
