//! A talk: the audience's window and the presenter's console, two views of one [`Session`].
//!
//! ```text
//!  key ─► Deed ─► Session::apply ─► Effect::Talk ─► file ─► every other window: Msg::Talk
//!                                     └─ somebody was faster ─► theirs first, then the deed once more
//! ```
//!
//! A session is absolute: whoever reads it shows the same beat, step and moment of the mesh, however late.

pub mod armed;
mod arming;
pub mod asked;
pub mod audience;
pub mod console;
pub mod deck;
pub mod deed;
pub mod options;
pub mod outline;
pub mod play;
pub mod polls;
pub mod rehearse;
pub(super) mod route;
pub mod session;
pub mod stage;
pub mod strip;
pub mod timing;
mod way;

use std::time::Duration;

use super::effect::Effect;
use super::geometry::Size;
use super::now::Now;
use super::state::{Parts, Reply};
use crate::course::beats::Beat;
use crate::pace::{Ghost, Rehearsal};
use deck::{Deck, Slide};
use deed::Deed;
use polls::Round;
use rehearse::Wish;
use session::{SCHEMA, Session, View};
use stage::Stage;

/// A talk that was left longer ago than this, in milliseconds, is over: the next one begins anew.
const RESUMES_MS: u64 = 12 * 3_600_000;

/// What was read of the talk's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub session: Option<Box<Session>>,
    /// The file is of another program or course: which, in words. It is shown, not obeyed.
    pub foreign: Option<String>,
    pub peers: Peers,
    /// What earlier talks took.
    pub rehearsals: Vec<Rehearsal>,
}

/// The other windows of this machine that are alive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peers {
    /// The audience's window, and its size.
    pub audience: Option<Size>,
    pub console: bool,
}

/// A talk as one window has it.
#[derive(Debug)]
pub struct Talk {
    deck: Deck,
    session: Session,
    stage: Stage,
    peers: Peers,
    /// Why the file is not obeyed.
    foreign: Option<String>,
    /// Done here, and not known to be in the file.
    pending: Option<Deed>,
    ghost: Option<Ghost>,
    /// Rounds of recall that ended with it.
    rounds: Vec<Round>,
}

impl Talk {
    /// The talk that is under way, or a new one at the beginning or at a section from 1; and what to write at once.
    #[must_use]
    pub fn open(
        parts: &Parts,
        now: Now,
        read: &Read,
        section: Option<u8>,
        wish: Wish,
    ) -> (Self, Vec<Effect>) {
        let deck = Deck::new(&parts.course);
        let now_ms = wall(now);
        let known = read.session.as_deref().filter(|session| resumes(session, &deck, now_ms) && !wish.anew);
        let first = section.and_then(|number| deck.first_of(usize::from(number.max(1)) - 1)).unwrap_or(0);
        let fresh = || Session::new(&deck, parts.course.lesson.sections.len(), first, now_ms);
        let mut session = known.cloned().unwrap_or_else(fresh);
        session.rehearsal |= wish.rehearse;
        if let (None, Some(before)) = (known, &read.session) {
            // A window that still shows the talk before sees that this one is later.
            session.serial = before.serial;
        }
        let foreign = foreign(read, &deck).filter(|_| read.peers != Peers::default());
        let mut talk = Self {
            deck,
            session,
            stage: Stage::default(),
            peers: read.peers,
            foreign,
            pending: None,
            ghost: Ghost::of(&read.rehearsals),
            rounds: Vec::new(),
        };
        let mut effects = Vec::new();
        if talk.foreign.is_none() {
            match (known, section) {
                (None, _) => effects.push(talk.write(true, true)),
                (Some(_), Some(_)) => effects.extend(talk.act(now, Deed::Jump(first)).effects),
                (Some(_), None) => {}
            }
        }
        talk.stage.follow(parts, now, &talk.deck, talk.session.shown());
        (talk, effects)
    }

    #[must_use]
    pub const fn deck(&self) -> &Deck {
        &self.deck
    }

    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    #[must_use]
    pub const fn peers(&self) -> Peers {
        self.peers
    }

    /// Why the file is not obeyed, if it is not.
    #[must_use]
    pub fn foreign(&self) -> Option<&str> {
        self.foreign.as_deref()
    }

    /// The slide of a view.
    #[must_use]
    pub fn slide(&self, view: &View) -> Option<&Slide> {
        self.deck.slide(view.beat)
    }

    /// The presenter's beat.
    #[must_use]
    pub fn beat(&self) -> Option<&Beat> {
        self.slide(&self.session.view).map(|slide| &slide.beat)
    }

    /// Does something, here at once, and asks for it to be written.
    pub fn act(&mut self, now: Now, deed: Deed) -> Reply {
        if let Some(why) = &self.foreign {
            return Reply::trouble(why.clone());
        }
        if let (Deed::Hand(option), None, options) = (&deed, &self.session.held, self.stage.options())
            && usize::from(*option) >= options
        {
            return asked::no_such_option(options);
        }
        let polls = self.session.polls.clone();
        self.note_right();
        self.session.apply(&deed, &self.deck, wall(now));
        self.note_right();
        self.rounds = polls::ended(&polls, &self.session, &self.deck);
        let kept = deed.is_kept();
        self.pending = Some(deed);
        Reply::effect(self.write(kept, false))
    }

    fn write(&mut self, kept: bool, anew: bool) -> Effect {
        self.session.serial += 1;
        Effect::Talk { session: Box::new(self.session.clone()), kept, anew }
    }

    /// Where the answer is on show and known, the poll keeps which option was right.
    fn note_right(&mut self) {
        let view = &self.session.view;
        let Some(slide) = self.deck.slide(view.beat).filter(|slide| polls::is_told(slide, view)) else {
            return;
        };
        if let (Some((key, right)), Some(shown)) = (self.stage.right(), polls::key(slide, view))
            && key == shown
            && let Some(poll) = self.session.polls.get_mut(key)
        {
            poll.right = u8::try_from(right).ok();
        }
    }

    /// The file has what was done here; rounds that ended with it go to the class's log now, and not twice.
    pub fn written(&mut self) -> Vec<Effect> {
        self.pending = None;
        std::mem::take(&mut self.rounds).into_iter().map(Effect::ClassRound).collect()
    }

    /// Takes in what is in the files now; where somebody else was faster, what was done here is done on top of it.
    pub fn take(&mut self, parts: &Parts, now: Now, read: &Read) -> Vec<Effect> {
        self.peers = read.peers;
        self.foreign = foreign(read, &self.deck);
        let Some(session) = &read.session else { return Vec::new() };
        let mut effects = Vec::new();
        if self.foreign.is_none() && **session != self.session {
            self.session = (**session).clone();
            if let Some(deed) = self.pending.take() {
                effects = self.act(now, deed).effects;
            }
        }
        self.stage.follow(parts, now, &self.deck, self.session.shown());
        effects
    }

    /// The course's files changed: the same beat by its name, where it is still there.
    pub fn course_changed(&mut self, parts: &Parts, now: Now) -> Vec<Effect> {
        let was = self.beat().map(|beat| beat.id.clone());
        self.deck = Deck::new(&parts.course);
        self.session.course.clone_from(&self.deck.digest);
        let at = self.deck.slides().iter().position(|slide| Some(&slide.beat.id) == was.as_ref());
        self.session.view = View::at(&self.deck, at.unwrap_or(0), wall(now));
        (self.session.held, self.session.back) = (None, Vec::new());
        self.stage = Stage::default();
        self.stage.follow(parts, now, &self.deck, self.session.shown());
        vec![self.write(true, false)]
    }

    /// Takes the numbers that the course is held to for the answers to its questions, and works none of them out.
    pub fn expect_answers(&mut self, parts: &Parts) {
        self.stage.expect(parts, &self.deck);
    }

    /// Brings the mesh on show to this moment.
    pub fn frame(&mut self, parts: &Parts, now: Now) {
        self.stage.follow(parts, now, &self.deck, self.session.shown());
    }

    /// When a mesh or a question wants the next frame.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        if self.session.blank { None } else { self.stage.next_frame() }
    }
}

/// Milliseconds since 1970; a clock before that is at its beginning.
#[must_use]
pub fn wall(now: Now) -> u64 {
    u64::try_from(now.wall_ms).unwrap_or(0)
}

/// It is of this course and program, and somebody was in it not long ago.
fn resumes(session: &Session, deck: &Deck, now_ms: u64) -> bool {
    is_ours(session, deck) && !session.ended && now_ms.saturating_sub(session.changed_ms) < RESUMES_MS
}

fn is_ours(session: &Session, deck: &Deck) -> bool {
    session.schema == SCHEMA && session.version == env!("CARGO_PKG_VERSION") && session.course == deck.digest
}

/// Why a file that was read is not to be obeyed.
fn foreign(read: &Read, deck: &Deck) -> Option<String> {
    if let Some(of) = &read.foreign {
        return Some(format!("the other window runs {of}; this is eastwest {}", env!("CARGO_PKG_VERSION")));
    }
    let session = read.session.as_deref().filter(|session| !is_ours(session, deck))?;
    Some(if session.course == deck.digest {
        format!("the other window runs eastwest {}; this is {}", session.version, env!("CARGO_PKG_VERSION"))
    } else {
        "the other window presents another course, or another version of it".to_owned()
    })
}
