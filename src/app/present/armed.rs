//! A failure that the presenter sets up on the mesh on show. It is asked about, it strikes when the presenter says so,
//! and then what came of it is told.

use serde::{Deserialize, Serialize};

use super::deck::Deck;
use super::play::Play;
use super::polls;
use super::session::{Front, Session, View};
use crate::sim::{Intervention, SimTime};

/// What is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Armed {
    /// As on the command line, without its time.
    pub what: String,
    /// The mesh just before it struck, with its anchor at that very moment; `None` until then.
    #[serde(default)]
    pub before: Option<Play>,
    /// What came of it is on show.
    #[serde(default)]
    pub told: bool,
}

impl Armed {
    /// This, not done yet.
    #[must_use]
    pub const fn new(what: String) -> Self {
        Self { what, before: None, told: false }
    }

    /// It mends what is broken: there is nothing to ask.
    #[must_use]
    pub fn heals(&self) -> bool {
        Intervention::parse_now(&self.what, SimTime::ZERO).is_ok_and(|done| done.is_heal())
    }
}

impl Session {
    /// What is set up on the presenter's mesh, or was done to it and is not told yet.
    #[must_use]
    pub const fn armed(&self) -> Option<&Armed> {
        self.view.armed.as_ref()
    }

    /// Sets a failure up; hands are counted anew for it.
    pub(super) fn arm(&mut self, deck: &Deck, what: &str, now_ms: u64) {
        self.view.arm(what, now_ms);
        if let (Some(slide), true) = (deck.slide(self.view.beat), self.view.armed.is_some()) {
            self.polls.remove(&polls::armed_key(slide, what));
        }
    }
}

impl View {
    /// What is set up and asked about: all but healing.
    #[must_use]
    pub fn asked_of_armed(&self) -> Option<&Armed> {
        self.armed.as_ref().filter(|armed| !armed.heals())
    }

    /// Sets something up, in place of what was. Without a mesh in sight there is nothing to do it to.
    fn arm(&mut self, what: &str, now_ms: u64) {
        if self.play.is_none() || matches!(self.front, Front::Card { .. }) {
            return;
        }
        (self.front, self.top, self.since_ms) = (Front::Beat, 0, now_ms);
        self.armed = Some(Armed::new(what.to_owned()));
    }

    /// What is set up happens; once.
    pub(super) fn strike(&mut self, now_ms: u64) {
        let (Some(armed), Some(play)) = (&mut self.armed, &mut self.play) else { return };
        if armed.before.is_some() {
            return;
        }
        armed.before = Some(play.strike(&armed.what, now_ms));
        if armed.heals() {
            self.armed = None;
        }
        (self.top, self.since_ms) = (0, now_ms);
    }

    /// Forward with what is set up: it strikes, it is told, it is done with. Says whether there is such a thing.
    pub(super) fn armed_next(&mut self, now_ms: u64) -> bool {
        match &mut self.armed {
            None => return false,
            Some(armed) if armed.before.is_none() => self.strike(now_ms),
            Some(armed) if !armed.told => armed.told = true,
            Some(_) => self.armed = None,
        }
        (self.top, self.since_ms) = (0, now_ms);
        true
    }

    /// Back with what is set up: not told, then not done, then not set up.
    pub(super) fn armed_previous(&mut self, now_ms: u64) -> bool {
        let Some(armed) = &mut self.armed else { return false };
        if armed.told {
            armed.told = false;
        } else if let Some(mut before) = armed.before.take() {
            before.since = before.since.map(|_| now_ms);
            self.play = Some(before);
        } else {
            self.armed = None;
        }
        (self.top, self.since_ms) = (0, now_ms);
        true
    }
}
