//! A talk as one value: all that any window needs to show it, absolute, so that a late or a restarted one is right at
//! once. It is kept as one file that every window reads and any may write (`store::present`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::armed::Armed;
use super::deck::{Deck, Demo, Slide};
use super::play::Play;
use crate::pace::Clocks;

/// What the file is; another number is shown, not obeyed.
pub const SCHEMA: u32 = 1;

/// A talk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub schema: u32,
    /// The program's version that began it.
    pub version: String,
    /// The course's digest.
    pub course: String,
    /// One more at every change.
    pub serial: u64,
    /// Milliseconds since 1970 at the last change.
    pub changed_ms: u64,
    /// Where the presenter is.
    pub view: View,
    /// What the audience goes on seeing while the presenter looks elsewhere.
    #[serde(default)]
    pub held: Option<View>,
    /// Where detours began, the last one last.
    #[serde(default)]
    pub back: Vec<View>,
    /// The audience sees nothing.
    #[serde(default)]
    pub blank: bool,
    #[serde(default)]
    pub look: Look,
    pub clocks: Clocks,
    /// How long the whole talk takes, in milliseconds, where it is not what the lesson says.
    #[serde(default)]
    pub total_ms: Option<u64>,
    /// Milliseconds spent on each beat, by its id.
    #[serde(default)]
    pub spent: BTreeMap<String, u64>,
    /// Shows of hands by the beat's id.
    #[serde(default)]
    pub polls: BTreeMap<String, Poll>,
    /// Questions for later.
    #[serde(default)]
    pub parked: Vec<String>,
    /// It is a rehearsal.
    #[serde(default)]
    pub rehearsal: bool,
    /// The talk is over.
    #[serde(default)]
    pub ended: bool,
}

/// What is on show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Index of the beat.
    pub beat: usize,
    /// How far it is revealed, from 0.
    #[serde(default)]
    pub step: usize,
    /// In front of the beat.
    #[serde(default)]
    pub front: Front,
    /// First row on show where it is longer than the screen; at most as far down as it can be scrolled.
    #[serde(default)]
    pub top: u16,
    /// The mesh behind it.
    #[serde(default)]
    pub play: Option<Play>,
    /// What the presenter set up on that mesh.
    #[serde(default)]
    pub armed: Option<Armed>,
    /// Milliseconds since 1970 at which this beat or step came on show.
    pub since_ms: u64,
}

/// What lies in front of a beat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Front {
    #[default]
    Beat,
    /// The lesson's text under the beat's heading; `real`: sketches are turned into what one would apply.
    Text { real: bool },
    /// A card of the deck, for a question.
    Card { id: String, revealed: bool },
}

/// How the audience's window looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Short text in letters of several cells.
    pub large: bool,
    pub stage: Stage,
}

/// The room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// As the window was started.
    #[default]
    Own,
    DarkRoom,
    BrightRoom,
    HighContrast,
}

/// A show of hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// Options in the order they were counted, from 0: the last can be taken back.
    pub hands: Vec<u8>,
    /// The option that turned out right, from 0, once that was told.
    #[serde(default)]
    pub right: Option<u8>,
    /// It was a round of recall, and is over.
    #[serde(default)]
    pub closed: bool,
}

impl Poll {
    /// Hands for an option, from 0.
    #[must_use]
    pub fn count(&self, option: usize) -> usize {
        self.hands.iter().filter(|hand| usize::from(**hand) == option).count()
    }
}

impl Stage {
    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Own => Self::DarkRoom,
            Self::DarkRoom => Self::BrightRoom,
            Self::BrightRoom => Self::HighContrast,
            Self::HighContrast => Self::Own,
        }
    }

    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Own => "as started",
            Self::DarkRoom => "dark room",
            Self::BrightRoom => "bright room",
            Self::HighContrast => "high contrast",
        }
    }
}

impl Session {
    /// A talk that has not begun, at a beat. `sections` is how many the lesson has.
    #[must_use]
    pub fn new(deck: &Deck, sections: usize, beat: usize, now_ms: u64) -> Self {
        Self {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            course: deck.digest.clone(),
            serial: 0,
            changed_ms: now_ms,
            view: View::at(deck, beat, now_ms),
            held: None,
            back: Vec::new(),
            blank: false,
            look: Look::default(),
            clocks: Clocks::new(sections),
            total_ms: None,
            spent: BTreeMap::new(),
            polls: BTreeMap::new(),
            parked: Vec::new(),
            rehearsal: false,
            ended: false,
        }
    }

    /// What the audience sees.
    #[must_use]
    pub fn shown(&self) -> &View {
        self.held.as_ref().unwrap_or(&self.view)
    }

    /// How many sections the talk keeps time of.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.clocks.spent(self.changed_ms).len()
    }

    /// The show of hands of a beat; an empty one where nobody was counted.
    #[must_use]
    pub fn poll(&self, beat: &str) -> Poll {
        self.polls.get(beat).cloned().unwrap_or_default()
    }
}

impl View {
    /// A beat from its first step.
    #[must_use]
    pub fn at(deck: &Deck, beat: usize, now_ms: u64) -> Self {
        let demo = deck.slide(beat).and_then(|slide| slide.demo.as_ref());
        let play = demo.map(|demo| Play::opening(demo, now_ms));
        Self { beat, step: 0, front: Front::Beat, top: 0, play, armed: None, since_ms: now_ms }
    }

    /// The beat's own failures have struck, or are about to.
    pub(super) fn has_fired(&self, slide: &Slide) -> bool {
        slide.fires_at().is_some_and(|at| self.step >= at)
    }

    /// The same beat at a step, as if it had been walked to: fired or not.
    pub(super) fn step_to(&mut self, deck: &Deck, step: usize, now_ms: u64) {
        let Some(slide) = deck.slide(self.beat) else { return };
        let fires = slide.fires_at();
        let was_fired = fires.is_some_and(|at| self.step >= at);
        let is_fired = fires.is_some_and(|at| step >= at);
        if let (Some(demo), true) = (&slide.demo, was_fired != is_fired) {
            self.play = Some(if is_fired { self.fired(demo, now_ms) } else { Play::opening(demo, now_ms) });
        }
        self.step = step;
        self.top = if slide.reveals_below() { u16::MAX } else { 0 };
        self.since_ms = now_ms;
    }

    /// The failures of the beat strike: on from the moment on show, or from just before the first of them.
    fn fired(&self, demo: &Demo, now_ms: u64) -> Play {
        let improvised = self.play.as_ref().map(|play| play.speed);
        Play { speed: improvised.unwrap_or(Play::ONCE), ..Play::new(demo.fire, demo.ends, now_ms) }
    }
}
