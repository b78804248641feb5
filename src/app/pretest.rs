//! Questions before reading: offered once, answered without seeing anything, asked again at the end and compared.
//!
//! ```text
//! Offered ──Enter──▶ Asking (one after the other) ──▶ before: the text; after: Compared ──▶ the text
//!    └───────Esc────────┴─▶ what is left is left out, and never offered again
//! ```
//!
//! Wrong guesses before reading, with the answer later, beat reading alone (Kornell, Hays & Bjork 2009). Nothing here is
//! a review: no grade, no date.

use super::action::Action;
use super::effect::Effect;
use super::keymap::{self, Context};
use super::now::Now;
use super::reader::append;
use super::review::Attempt;
use super::state::{Parts, Reply};
use crate::course::lesson;
use crate::learner::{self, Confidence, Event, Round};

/// Rows that a page key scrolls.
const PAGE_ROWS: u16 = 5;
/// Rows of a question in the comparison beside its text: heading, gaps, labels.
const ROWS_AROUND: usize = 10;

/// The questions of one round, on the screen in place of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Pretest {
    round: Round,
    /// Cards that are still open, in the order of asking.
    cards: Vec<String>,
    stage: Stage,
    /// First row on show, where the page is longer than the screen; may be past the last one that makes sense.
    top: u16,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nobody has agreed to it yet.
    Offered,
    /// The question with this place among the open ones.
    Asking { at: usize, attempt: Attempt, confidence: Confidence },
    /// What was said before and after stands beside the answers.
    Compared,
}

/// What becomes of it with a key.
#[derive(Debug)]
pub enum Outcome {
    Stays(Reply),
    /// The text has the screen again.
    Over(Reply),
}

impl Pretest {
    /// What there is to ask before a section, from 1, is read at its start.
    #[must_use]
    pub fn at(parts: &Parts, section: usize) -> Option<Self> {
        let plan = parts.course.lesson.pretest.as_ref()?;
        match section {
            _ if section == plan.before && !is_read(parts, section) => Self::of(parts, plan, Round::Before),
            _ if section == plan.again => Self::again(parts),
            _ => None,
        }
    }

    /// The second round, if there was a first one and the second is still open.
    #[must_use]
    pub fn again(parts: &Parts) -> Option<Self> {
        let plan = parts.course.lesson.pretest.as_ref()?;
        let said = plan.cards.iter().filter_map(|card| parts.learner.pretest(card, Round::Before));
        if said.into_iter().all(|said| said.said.is_empty()) {
            return None;
        }
        Self::of(parts, plan, Round::After)
    }

    /// `None` where nothing is open, and for whoever does not want to be asked first.
    fn of(parts: &Parts, plan: &lesson::Pretest, round: Round) -> Option<Self> {
        let is_open = |card: &&String| {
            parts.course.card(card).is_some() && parts.learner.pretest(card, round).is_none()
        };
        let cards: Vec<String> = plan.cards.iter().filter(is_open).cloned().collect();
        let asks = parts.place.ask_first && !cards.is_empty();
        asks.then_some(Self { round, cards, stage: Stage::Offered, top: 0 })
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        match self.stage {
            Stage::Asking { .. } => Context::PretestTyping,
            Stage::Offered | Stage::Compared => Context::Pretest,
        }
    }

    #[must_use]
    pub const fn round(&self) -> Round {
        self.round
    }

    /// Cards that this round asks.
    #[must_use]
    pub fn cards(&self) -> &[String] {
        &self.cards
    }

    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The first row on show.
    #[must_use]
    pub const fn top(&self) -> u16 {
        self.top
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Outcome {
        match (action, &mut self.stage) {
            (Action::Skip | Action::Confirm, Stage::Compared) => {
                return Outcome::Over(Reply::default());
            }
            (Action::Skip, _) => return self.leave_out(parts, now),
            (Action::Confirm, Stage::Offered) => self.ask(parts, 0),
            (Action::Confirm, Stage::Asking { .. }) => return self.answer(parts, now),
            (Action::Confidence, Stage::Asking { confidence, .. }) => *confidence = confidence.next(),
            (Action::Down, _) => self.scroll(parts, 1, true),
            (Action::Up, _) => self.scroll(parts, 1, false),
            (Action::PageDown, _) => self.scroll(parts, PAGE_ROWS, true),
            (Action::PageUp, _) => self.scroll(parts, PAGE_ROWS, false),
            (action, Stage::Asking { attempt, .. }) => attempt.act(action),
            _ => {}
        }
        Outcome::Stays(Reply::default())
    }

    /// Opens a question; without one more, the round is over.
    fn ask(&mut self, parts: &Parts, at: usize) {
        self.top = 0;
        let card = self.cards.get(at).and_then(|card| parts.course.card(card));
        self.stage = match card {
            Some(card) => {
                Stage::Asking { at, attempt: Attempt::at(card, 0, false), confidence: Confidence::Fairly }
            }
            None => Stage::Compared,
        };
    }

    fn answer(&mut self, parts: &mut Parts, now: Now) -> Outcome {
        let Stage::Asking { at, attempt: Attempt::Text { text, .. }, confidence } = &self.stage else {
            return Outcome::Stays(Reply::default());
        };
        if text.trim().is_empty() {
            let skip = keymap::shown(Context::PretestTyping, Action::Skip);
            let what =
                format!("first write what you think; a wrong guess is expected. {skip} leaves the rest out");
            return Outcome::Stays(Reply::info(what));
        }
        let (at, said, confidence) = (*at, text.trim().to_owned(), *confidence);
        let effects = self.note(parts, now, at, said, Some(confidence)).into_iter().collect();
        self.ask(parts, at + 1);
        self.done(parts, effects)
    }

    /// Leaves out what is still open in this round.
    fn leave_out(&mut self, parts: &mut Parts, now: Now) -> Outcome {
        let from = if let Stage::Asking { at, .. } = self.stage { at } else { 0 };
        let effects: Vec<Effect> = (from..self.cards.len())
            .filter_map(|at| self.note(parts, now, at, String::new(), None))
            .collect();
        self.ask(parts, self.cards.len());
        self.done(parts, effects)
    }

    /// What follows once a question was answered or left out.
    fn done(&self, parts: &Parts, effects: Vec<Effect>) -> Outcome {
        if self.stage != Stage::Compared {
            return Outcome::Stays(Reply { effects, ..Reply::default() });
        }
        let plan = parts.course.lesson.pretest.as_ref();
        let cards = plan.map_or(&[][..], |plan| &plan.cards);
        let says =
            |card: &String| parts.learner.pretest(card, self.round).is_some_and(|said| !said.said.is_empty());
        match self.round {
            Round::After if cards.iter().any(says) => Outcome::Stays(Reply { effects, ..Reply::default() }),
            Round::Before if cards.iter().any(says) => {
                let again = plan.map_or(0, |plan| plan.again);
                let what =
                    format!("kept as you said it; before section {again} you are asked again and compare");
                Outcome::Over(Reply { effects, ..Reply::info(what) })
            }
            _ => Outcome::Over(Reply { effects, ..Reply::default() }),
        }
    }

    fn note(
        &self,
        parts: &mut Parts,
        now: Now,
        at: usize,
        said: String,
        confidence: Option<Confidence>,
    ) -> Option<Effect> {
        let card = self.cards.get(at)?.clone();
        let round = self.round;
        Some(append(parts, now, Event::Pretest(learner::Pretest { card, said, confidence, round })))
    }

    fn scroll(&mut self, parts: &Parts, rows: u16, is_down: bool) {
        let to = if is_down { self.top + rows } else { self.top.saturating_sub(rows) };
        self.top = to.min(Self::rows_about(parts).saturating_sub(parts.size.height));
    }

    /// Rows that the page takes, or some more.
    fn rows_about(parts: &Parts) -> u16 {
        let plan = parts.course.lesson.pretest.iter().flat_map(|plan| &plan.cards);
        let columns = usize::from(parts.size.width.saturating_sub(8)).clamp(8, 80);
        let said = |card: &str, round| parts.learner.pretest(card, round).map_or(0, |said| said.said.len());
        let rows = plan.filter_map(|id| Some((id, parts.course.card(id)?))).map(|(id, card)| {
            let letters = card.length() + said(id, Round::Before) + said(id, Round::After);
            letters / columns + ROWS_AROUND
        });
        u16::try_from(rows.sum::<usize>()).unwrap_or(u16::MAX)
    }
}

/// The section was read to its end before.
fn is_read(parts: &Parts, section: usize) -> bool {
    u8::try_from(section).is_ok_and(|section| {
        parts.place.done.contains(&section) || parts.learner.finished().contains(&section)
    })
}
