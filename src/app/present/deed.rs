//! What a presenter can do, and what it makes of a talk: one pure function, the same in every window.

use super::deck::Deck;
use super::play::Play;
use super::session::{Front, Session, View};

/// How far the audience is taken back, in milliseconds.
pub const REWIND_MS: u64 = 10_000;
/// More detours than this are forgotten, the oldest first.
const DETOURS_MAX: usize = 16;

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The next step, or the next beat.
    Next,
    Previous,
    /// To a beat, remembering this one.
    Jump(usize),
    /// The next aside under this heading, remembering this beat.
    Aside,
    /// A card for a question, remembering this beat.
    Card(String),
    /// Back to where the detour began.
    Return,
    /// The lesson's text under this heading, or the beat again.
    Text,
    /// Sketches turned into what one would apply.
    Flip,
    /// The first row on show.
    Scroll(u16),
    Blank,
    /// The audience keeps what it sees while the presenter looks elsewhere; or has the presenter's view again.
    Hold,
    Large,
    NextStage,
    /// Begins the clocks, stops them for questions, or lets them go on.
    Clock,
    ResetClock,
    /// Leaves sections, from 0, out.
    Cut(Vec<usize>),
    /// Takes them in again.
    Restore(Vec<usize>),
    /// The whole talk takes so many milliseconds.
    Total(u64),
    /// Set this up: `--do` words without a time.
    Arm(String),
    Disarm,
    /// What is armed happens; without that, what the beat has.
    Fire,
    /// The mesh as it was when the beat opened.
    Healthy,
    Rewind,
    TogglePlay,
    Faster,
    Slower,
    /// One hand for an option, from 0.
    Hand(u8),
    TakeBackHand,
    /// A question for later.
    Park(String),
    /// It was answered.
    Unpark(usize),
    End,
}

impl Deed {
    /// Losing it to a power cut would be noticed; it goes to the disk before anything else happens.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        matches!(
            self,
            Self::Next
                | Self::Previous
                | Self::Jump(_)
                | Self::Aside
                | Self::Card(_)
                | Self::Return
                | Self::Arm(_)
                | Self::Fire
                | Self::Healthy
                | Self::ResetClock
                | Self::Cut(_)
                | Self::Restore(_)
                | Self::Total(_)
                | Self::Park(_)
                | Self::End
        )
    }
}

impl Session {
    /// Does it. Milliseconds since 1970 come from outside; a deed that means nothing here changes nothing.
    pub fn apply(&mut self, deed: &Deed, deck: &Deck, now_ms: u64) {
        let section = self.section(deck);
        let left = self.view.clone();
        self.book(deck, now_ms);
        match deed {
            Deed::Next => self.next(deck, now_ms),
            Deed::Previous => self.previous(deck, now_ms),
            Deed::Jump(beat) => self.detour(View::at(deck, *beat, now_ms), now_ms),
            Deed::Aside => {
                if let Some(beat) = deck.aside(self.view.beat) {
                    self.detour(View::at(deck, beat, now_ms), now_ms);
                }
            }
            Deed::Card(id) => {
                let front = Front::Card { id: id.clone(), revealed: false };
                self.detour(View { front, top: 0, ..self.view.clone() }, now_ms);
            }
            Deed::Return => self.back(now_ms),
            Deed::Text => self.turn_text(),
            Deed::Flip => {
                if let Front::Text { real } = &mut self.view.front {
                    *real = !*real;
                }
            }
            Deed::Scroll(top) => self.view.top = *top,
            Deed::Blank => self.blank = !self.blank,
            Deed::Hold => self.held = if self.held.is_some() { None } else { Some(self.view.clone()) },
            Deed::Large => self.look.large = !self.look.large,
            Deed::NextStage => self.look.stage = self.look.stage.next(),
            Deed::Clock => self.turn_clock(deck, now_ms),
            Deed::ResetClock => self.clocks.reset(now_ms),
            Deed::Cut(sections) => sections.iter().for_each(|section| self.clocks.cut(*section)),
            Deed::Restore(sections) => sections.iter().for_each(|section| self.clocks.restore(*section)),
            Deed::Total(ms) => self.total_ms = Some(*ms),
            Deed::Arm(what) => self.arm(deck, what, now_ms),
            Deed::Disarm => self.view.armed = None,
            Deed::Fire => self.fire(deck, now_ms),
            Deed::Healthy => self.view.step_back_to_health(deck, now_ms),
            Deed::Rewind => self.on_play(|play| play.rewind(REWIND_MS, now_ms)),
            Deed::TogglePlay => self.on_play(|play| play.toggle(now_ms)),
            Deed::Faster | Deed::Slower => self.on_play(|play| play.pace(*deed == Deed::Faster, now_ms)),
            Deed::Hand(option) => self.hand(deck, *option),
            Deed::TakeBackHand => self.take_back_hand(deck),
            Deed::Park(question) => self.parked.push(question.clone()),
            Deed::Unpark(index) => {
                if *index < self.parked.len() {
                    self.parked.remove(*index);
                }
            }
            Deed::End => self.ended = true,
        }
        if self.view.beat != left.beat || self.ended {
            self.close_round(deck, &left);
        }
        self.changed_ms = now_ms;
        let here = self.section(deck);
        if section != here && self.clocks.is_started() {
            self.clocks.enter(now_ms, here);
        }
    }

    /// The section of the presenter's beat, from 0.
    #[must_use]
    pub fn section(&self, deck: &Deck) -> usize {
        deck.slide(self.view.beat).map_or(0, |slide| slide.beat.section)
    }

    /// Books the time since the last change on the beat it was spent on.
    fn book(&mut self, deck: &Deck, now_ms: u64) {
        if !self.clocks.is_started() || self.clocks.is_frozen() || self.ended {
            return;
        }
        if let Some(slide) = deck.slide(self.view.beat) {
            *self.spent.entry(slide.beat.id.clone()).or_default() += now_ms.saturating_sub(self.changed_ms);
        }
    }

    /// Forward: the answer of a card in front, the next step, the way back from a detour, the next beat.
    fn next(&mut self, deck: &Deck, now_ms: u64) {
        if !self.clocks.is_started() {
            self.clocks.start(now_ms, self.section(deck));
        }
        match &mut self.view.front {
            Front::Card { revealed, .. } if !*revealed => return *revealed = true,
            Front::Card { .. } => return self.back(now_ms),
            Front::Text { .. } => {
                self.view.front = Front::Beat;
                // What is set up strikes in front of everybody, and is not to be passed by.
                if self.view.armed.is_some() {
                    return;
                }
            }
            Front::Beat => {}
        }
        if self.view.armed_next(now_ms) {
            return;
        }
        let Some(slide) = deck.slide(self.view.beat) else { return };
        if self.view.step + 1 < slide.steps() {
            let step = self.view.step + 1;
            self.view.step_to(deck, step, now_ms);
        } else if slide.beat.aside && !self.back.is_empty() {
            self.back(now_ms);
        } else if let Some(next) = self.ahead_of(deck, self.view.beat) {
            self.view = View::at(deck, next, now_ms);
        }
    }

    /// Back: a step, or the beat before as it was left, all of it shown.
    fn previous(&mut self, deck: &Deck, now_ms: u64) {
        match &mut self.view.front {
            Front::Card { revealed, .. } if *revealed => return *revealed = false,
            Front::Card { .. } => return self.back(now_ms),
            Front::Text { .. } => return self.view.front = Front::Beat,
            Front::Beat => {}
        }
        if self.view.armed_previous(now_ms) {
            return;
        }
        if let Some(step) = self.view.step.checked_sub(1) {
            self.view.step_to(deck, step, now_ms);
        } else if let Some(before) = self.behind(deck) {
            self.view = View::at(deck, before, now_ms);
            let last = deck.slide(before).map_or(0, |slide| slide.steps() - 1);
            self.view.step_to(deck, last, now_ms);
        }
    }

    /// Elsewhere, and the way back is remembered: the very beat, its mesh where it stood.
    fn detour(&mut self, to: View, now_ms: u64) {
        self.on_play(|play| play.anchor(now_ms));
        self.back.push(std::mem::replace(&mut self.view, to));
        if self.back.len() > DETOURS_MAX {
            self.back.remove(0);
        }
    }

    /// The mesh goes on from where it stood when it was left, if it ran.
    fn back(&mut self, now_ms: u64) {
        if let Some(view) = self.back.pop() {
            self.view = view;
            self.on_play(|play| play.since = play.since.map(|_| now_ms));
        }
    }

    fn turn_text(&mut self) {
        self.view.top = 0;
        self.view.front = match self.view.front {
            Front::Beat => Front::Text { real: false },
            Front::Text { .. } | Front::Card { .. } => Front::Beat,
        };
    }

    fn turn_clock(&mut self, deck: &Deck, now_ms: u64) {
        if !self.clocks.is_started() {
            self.clocks.start(now_ms, self.section(deck));
        } else if self.clocks.is_frozen() {
            self.clocks.resume(now_ms);
        } else {
            self.clocks.freeze(now_ms);
        }
    }

    /// What is armed strikes the mesh on show; else the beat's own failures do.
    fn fire(&mut self, deck: &Deck, now_ms: u64) {
        if matches!(self.view.front, Front::Card { .. }) {
            return;
        }
        if self.view.armed.is_some() {
            self.view.strike(now_ms);
        } else if let Some(at) = deck.slide(self.view.beat).and_then(super::deck::Slide::fires_at)
            && self.view.step < at
        {
            self.view.step_to(deck, at, now_ms);
        }
    }

    fn on_play(&mut self, deed: impl FnOnce(&mut Play)) {
        if let Some(play) = &mut self.view.play {
            deed(play);
        }
    }
}

impl View {
    /// The mesh as the beat opened with it, nothing improvised, and nothing fired.
    fn step_back_to_health(&mut self, deck: &Deck, now_ms: u64) {
        let fires = deck.slide(self.beat).and_then(super::deck::Slide::fires_at);
        if let Some(at) = fires {
            self.step = self.step.min(at.saturating_sub(1));
        }
        let demo = deck.slide(self.beat).and_then(|slide| slide.demo.as_ref());
        self.play = demo.map(|demo| Play::opening(demo, now_ms));
        self.armed = None;
    }
}
