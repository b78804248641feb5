//! The state: one screen, at most one overlay, and what all screens share.

use std::collections::BTreeMap;
use std::time::Duration;

use super::effect::Effect;
use super::geometry::Size;
use super::help::Help;
use super::home::Home;
use super::keymap::{self, Context};
use super::lab::Lab;
use super::lab::open::Opening;
use super::manner::Manner;
use super::now::Now;
use super::palette::Palette;
use super::place::Place;
use super::pointer::Mouse;
use super::present::Read;
use super::present::audience::Audience;
use super::present::console::Console;
use super::present::rehearse::Wish;
use super::reader::Reader;
use super::review::{Choice, Review};
use super::stats::Stats;
use super::worth::Worth;
use crate::course::{BlockId, Course};
use crate::learner::{Entry, IdMaker, Learner};
use crate::sim::Scenario;

/// The application.
#[derive(Debug)]
pub struct App {
    pub(super) screen: Screen,
    pub(super) overlay: Option<Overlay>,
    /// A prefix key was pressed; the next key is looked up there.
    pub(super) pending: Option<Context>,
    pub(super) parts: Parts,
    pub(super) parked: Parked,
    pub(super) notice: Option<Notice>,
    pub(super) mouse: Mouse,
    /// Counts what may be seen; a picture of the same revision is the same picture.
    pub(super) revision: u64,
}

/// The screens, a closed set.
#[derive(Debug)]
pub enum Screen {
    Home(Home),
    Reader(Box<Reader>),
    Lab(Box<Lab>),
    Review(Box<Review>),
    Worth(Box<Worth>),
    Audience(Box<Audience>),
    Console(Box<Console>),
    Stats(Box<Stats>),
}

/// Screens that were left and are as they were when one comes back.
#[derive(Debug, Default)]
pub(super) struct Parked {
    pub reader: Option<Box<Reader>>,
    pub lab: Option<Box<Lab>>,
    pub worth: Option<Box<Worth>>,
    /// The talk, while a question is answered elsewhere.
    pub talk: Option<Screen>,
    /// Where to go once the log is read.
    pub after_log: Option<Go>,
    /// A review whose source is read, or whose answer is seen in the lab, and since when.
    pub review: Option<(Box<Review>, Duration)>,
}

/// What lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys.
    Help(Help),
    /// What can be done, or what was found.
    Palette(Palette),
    /// What was copied or saved, in full; the next key takes it away.
    Told { what: Told, scroll: usize },
}

/// What is said over a screen until a key is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The command that has the run on show again.
    Command(String),
    /// Files were written.
    Saved { folder: String, names: Vec<String> },
}

impl Overlay {
    /// This, from its first row on.
    #[must_use]
    pub const fn told(what: Told) -> Self {
        Self::Told { what, scroll: 0 }
    }
}

/// What all screens share.
#[derive(Debug)]
pub struct Parts {
    pub course: Course,
    pub scenarios: BTreeMap<String, Scenario>,
    pub learner: Learner,
    pub ids: IdMaker,
    pub place: Place,
    pub size: Size,
    /// Entries that the disk did not take yet, oldest first; tried again with the next one.
    pub unsaved: Vec<Entry>,
    /// How much moves, how often, by which keys.
    pub manner: Manner,
}

impl Parts {
    /// Takes in what was read from the logs.
    pub(super) fn learn(&mut self, entries: Vec<Entry>) {
        let device = self.ids.device().to_owned();
        for entry in entries.iter().filter(|entry| entry.id.device() == device) {
            self.ids.seen(entry.at);
        }
        if self.learner.is_empty() {
            self.learner = Learner::fold(entries);
        } else {
            for entry in entries {
                self.learner.apply(entry);
            }
        }
    }
}

/// One sentence in the footer; the next key takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something was done.
    Info(String),
    /// Something could not be done.
    Trouble(String),
}

/// Where to go.
#[derive(Clone, Debug, PartialEq)]
pub enum Go {
    Home,
    /// A section from 1, at its start; `None` where one was.
    Reader(Option<u8>),
    /// A scenario; `None` as one left it.
    Lab(Option<String>),
    /// A lab with keys and failures of its own.
    LabOf(Box<Opening>),
    /// The same to see what is behind the open card, which waits.
    See(Box<Opening>),
    /// What is due, or the card that waits while what is behind it is seen.
    Review,
    /// The text behind a card: a section, from 1, at a block of it. Going back from there leads to the review.
    Source {
        section: usize,
        block: Option<BlockId>,
    },
    /// Practice beside the schedule.
    Cram(Choice),
    /// There as soon as the log is read, which takes longer than anybody wants to look at nothing; home till then.
    AfterLog(Box<Go>),
    /// A review that begins with this card, due or not.
    ReviewOf(String),
    /// What the patterns cost, from the scenario on show.
    Worth,
    /// A window of a talk, at a section from 1 or where the talk is; with what was read of it.
    Talk {
        window: Window,
        section: Option<u8>,
        /// How long the whole talk takes, where it is not what the lesson says.
        total: Option<Duration>,
        read: Box<Read>,
        wish: Wish,
    },
    /// The talk that one left for a question.
    BackToTalk,
    Stats,
    Leave,
}

impl Go {
    /// The way there where the log is not read yet: what is asked and what was answered hang on it, all else does not.
    #[must_use]
    pub fn once_read(self) -> Self {
        match self {
            Self::Reader(_) | Self::Review | Self::ReviewOf(_) | Self::Cram(_) | Self::Stats => {
                Self::AfterLog(Box::new(self))
            }
            other => other,
        }
    }
}

/// Whose window of a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Audience,
    Console,
}

/// What a screen answers.
#[derive(Debug, Default)]
pub struct Reply {
    pub effects: Vec<Effect>,
    pub go: Option<Go>,
    pub notice: Option<Notice>,
}

impl Reply {
    #[must_use]
    pub fn go(to: Go) -> Self {
        Self { go: Some(to), ..Self::default() }
    }

    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Self { notice: Some(Notice::Info(text.into())), ..Self::default() }
    }

    #[must_use]
    pub fn trouble(text: impl Into<String>) -> Self {
        Self { notice: Some(Notice::Trouble(text.into())), ..Self::default() }
    }

    #[must_use]
    pub fn effect(effect: Effect) -> Self {
        Self { effects: vec![effect], ..Self::default() }
    }
}

/// All that an application starts from.
#[derive(Debug)]
pub struct Setup {
    pub course: Course,
    pub scenarios: BTreeMap<String, Scenario>,
    pub learner: Learner,
    pub ids: IdMaker,
    pub place: Place,
    pub size: Size,
    pub start: Go,
    /// Shown first: what was found wrong with the files, for instance.
    pub notice: Option<Notice>,
}

impl App {
    /// The application at its first screen, and what it asks for at once.
    #[must_use]
    pub fn new(setup: Setup, now: Now) -> (Self, Vec<Effect>) {
        Self::with(setup, Manner::default(), now)
    }

    /// The same for somebody who wants it otherwise than shipped.
    #[must_use]
    pub fn with(setup: Setup, manner: Manner, now: Now) -> (Self, Vec<Effect>) {
        keymap::with(manner.keys, || Self::begin(setup, manner, now))
    }

    fn begin(setup: Setup, manner: Manner, now: Now) -> (Self, Vec<Effect>) {
        let parts = Parts {
            course: setup.course,
            scenarios: setup.scenarios,
            learner: setup.learner,
            ids: setup.ids,
            place: setup.place,
            size: setup.size,
            unsaved: Vec::new(),
            manner,
        };
        let home = Home::new(&parts, now);
        let mut app = Self {
            screen: Screen::Home(home),
            overlay: None,
            pending: None,
            parts,
            parked: Parked::default(),
            notice: None,
            mouse: Mouse::default(),
            revision: 0,
        };
        let effects = app.go(now, setup.start);
        app.notice = setup.notice.or(app.notice);
        (app, effects)
    }

    #[must_use]
    pub const fn screen(&self) -> &Screen {
        &self.screen
    }

    #[must_use]
    pub const fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    #[must_use]
    pub const fn parts(&self) -> &Parts {
        &self.parts
    }

    #[must_use]
    pub const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Two pictures of one revision are the same; the shell draws when it changed.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Where the next key is looked up.
    #[must_use]
    pub fn context(&self) -> Context {
        if let Some(pending) = self.pending {
            return pending;
        }
        match self.overlay {
            Some(Overlay::Help(_)) => Context::Help,
            Some(Overlay::Palette(_)) => Context::Palette,
            Some(Overlay::Told { .. }) => Context::Told,
            None => self.screen_context(),
        }
    }

    /// The context of the screen under any overlay.
    #[must_use]
    pub fn screen_context(&self) -> Context {
        match &self.screen {
            Screen::Home(_) => Context::Home,
            Screen::Reader(reader) => reader.context(),
            Screen::Lab(lab) => lab.context(),
            Screen::Review(review) => review.context(),
            Screen::Worth(worth) => worth.context(),
            Screen::Audience(_) => Context::Audience,
            Screen::Console(console) => console.context(),
            Screen::Stats(stats) => stats.context(),
        }
    }

    /// When the next [`super::Msg::Frame`] is wanted; never, when nothing moves.
    #[must_use]
    pub fn wants_frame(&self) -> Option<Duration> {
        match &self.screen {
            Screen::Home(home) => home.next_frame(),
            Screen::Reader(reader) => reader.next_frame(),
            Screen::Lab(lab) => lab.next_frame(),
            Screen::Review(review) => review.next_frame(),
            Screen::Worth(_) => None,
            Screen::Audience(audience) => audience.next_frame(),
            Screen::Console(console) => console.next_frame(),
            Screen::Stats(stats) => stats.next_frame(),
        }
    }
}
