//! One card's turn: the open question, and the answer shown.

use std::time::Duration;

use super::attempt::Attempt;
use super::words::{When, when};
use crate::app::action::Action;
use crate::app::claim::Work;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::course::quiz::{Card, CardKind, Mark};
use crate::learner::{CardState, Confidence, EntryId, Kind, Review, TextHash, is_confident_error};
use crate::srs::{Buttons, Due, Grade, Memory, Moment, fuzz};

/// Who has written nothing is taken to have thought for at least this long.
pub const THINKING_MIN: Duration = Duration::from_secs(2);
/// Right answers in a row after which a choice is asked without its options.
const KNOWN_AFTER: usize = 2;

/// An open question.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub card: String,
    pub attempt: Attempt,
    /// How sure the learner is; Enter alone says "fairly sure".
    pub confidence: Confidence,
    /// Counted reviews before this one.
    pub seen: u32,
    /// Days since the latest of them.
    pub days_ago: Option<u32>,
    /// How often it was forgotten once it was known.
    pub lapses: u32,
    /// The card's text was changed since it was last answered.
    pub is_edited: bool,
    /// It is asked before it is due.
    pub early: Option<Early>,
    /// The answer comes to nothing beyond this session.
    pub is_practice: bool,
    kind: Kind,
    since: Duration,
    /// How long it was open before that, in an earlier sitting.
    pub(super) thought_before: Duration,
    /// The latest answer to this card when it was asked.
    pub(super) latest: Option<EntryId>,
    /// Decides what is shuffled, and how a fresh run goes.
    seed: u64,
}

/// Why a card is asked before it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Early {
    /// Its step is not over yet, and nothing else is due.
    Step,
    /// Its day has not come; it brings itself forward, or somebody wants it.
    Day,
}

/// The answer shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Revealed {
    pub asked: Asked,
    /// The number that a fresh run came to, or why it could not be made.
    pub came_out: Option<Result<f64, String>>,
    /// What marking says; `None` where only the learner can tell.
    pub mark: Option<Mark>,
    /// Which of the card's points the learner had.
    pub points: Vec<bool>,
    /// The point that the cursor is on.
    pub at_point: usize,
    pub buttons: Buttons,
    /// The moment for which the buttons hold.
    pub at: Moment,
    /// The grade it gets if nobody else has graded it meanwhile, which is being looked up.
    pub(super) wish: Option<Grade>,
}

impl Asked {
    /// `was_missed` in this session.
    #[must_use]
    pub fn new(card: &Card, parts: &Parts, now: Now, was_missed: bool) -> Self {
        let id = card.id.as_str();
        let previous = parts.learner.history(id).next_back().map(|answer| answer.id.to_string());
        Self::seeded(card, parts, now, (fuzz::seed(id, previous.as_deref()), was_missed))
    }

    /// In practice the options stand in other places each time, and a run is not the one that the next review asks for.
    pub(super) fn practice(
        card: &Card,
        parts: &Parts,
        now: Now,
        (was_missed, answers): (bool, usize),
    ) -> Self {
        let seed = fuzz::mix(Self::new(card, parts, now, was_missed).seed ^ (answers as u64 + 1));
        Self { is_practice: true, early: None, ..Self::seeded(card, parts, now, (seed, was_missed)) }
    }

    fn seeded(card: &Card, parts: &Parts, now: Now, (seed, was_missed): (u64, bool)) -> Self {
        let id = card.id.as_str();
        let (fresh, moment) = (CardState::default(), now.moment());
        let state = parts.learner.card(id).unwrap_or(&fresh);
        let latest = parts.learner.history(id).next_back();
        let known = latest.and_then(|answer| answer.hash.as_ref());
        let today = parts.learner.today(moment);
        Self {
            card: id.to_owned(),
            attempt: Attempt::at(card, seed, was_missed || is_known(parts, id)),
            confidence: Confidence::Fairly,
            seen: state.reviews,
            lapses: state.lapses,
            days_ago: state.asked.map(|day| today.since(day)),
            is_edited: known.is_some() && known != TextHash::new(&card.content_hash()).as_ref(),
            early: match parts.learner.due(id, today) {
                Some(Due::At(ms)) if ms > moment.ms => Some(Early::Step),
                Some(Due::On(day)) if day > today => Some(Early::Day),
                _ => None,
            },
            is_practice: false,
            kind: match state.memory {
                Memory::New | Memory::Learning { .. } => Kind::New,
                Memory::Review { .. } => Kind::Review,
                Memory::Relearning { .. } => Kind::Relearn,
            },
            since: now.mono,
            thought_before: Duration::ZERO,
            latest: latest.map(|answer| answer.id.clone()),
            seed,
        }
    }

    /// The run that decides the card, if one does, before its first event.
    pub(super) fn work(&self, card: &Card, parts: &Parts) -> Option<Work> {
        let CardKind::Run(run) = &card.kind else { return None };
        Some(Work::start(&run.with_seed(self.seed), &parts.scenarios))
    }

    /// The seed of its fresh run.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::Confidence => self.confidence = self.confidence.next(),
            _ => self.attempt.act(action),
        }
    }

    /// How long it has been open.
    pub(super) fn thought(&self, now: Now) -> Duration {
        self.thought_before + now.mono.saturating_sub(self.since)
    }

    /// Time that was spent elsewhere is not time spent on it.
    pub(super) fn wait(&mut self, away: Duration) {
        self.since += away;
    }

    /// Why the answer is not shown yet; `None` when it may be.
    pub(super) fn too_early(&self, now: Now) -> Option<&'static str> {
        let has_thought = self.thought(now) >= THINKING_MIN;
        match &self.attempt {
            attempt if !attempt.is_empty() => None,
            Attempt::Text { typed: false, .. } if !has_thought => {
                Some("first say it to yourself or write a few words, then show the answer")
            }
            Attempt::Text { typed: true, .. } if !has_thought => {
                Some("first write what you think; a guess will do")
            }
            Attempt::Text { .. } | Attempt::Order { .. } => None,
            Attempt::Choice { .. } | Attempt::Line { .. } => Some("first pick one; a guess will do"),
        }
    }

    /// Nobody else has answered the card since it was asked.
    pub(super) fn is_current(&self, parts: &Parts) -> bool {
        parts.learner.history(&self.card).next_back().map(|answer| &answer.id) == self.latest.as_ref()
    }

    /// Nobody else has put it aside either.
    pub(super) fn is_open(&self, parts: &Parts, now: Now) -> bool {
        let today = parts.learner.today(now.moment());
        parts.learner.card(&self.card).is_none_or(|state| state.is_open(today))
    }
}

/// The latest two answers were right: the options would only help to recognize what should be recalled.
fn is_known(parts: &Parts, card: &str) -> bool {
    let latest = parts.learner.history(card).rev().take(KNOWN_AFTER);
    latest.filter(|answer| answer.grade != Grade::Again).count() == KNOWN_AFTER
}

impl Revealed {
    pub(super) fn new(
        asked: Asked,
        card: &Card,
        came_out: Option<Result<f64, String>>,
        parts: &Parts,
        at: Moment,
    ) -> Self {
        let points = match &card.kind {
            CardKind::Recall { points } => points.len(),
            _ => 0,
        };
        Self {
            mark: asked
                .attempt
                .mark(card, came_out.as_ref().and_then(|number| number.as_ref().ok()).copied()),
            came_out,
            points: vec![false; points],
            at_point: 0,
            buttons: parts.learner.buttons(&asked.card, at),
            at,
            asked,
            wish: None,
        }
    }

    /// Works the buttons out for another moment.
    pub(super) fn renew(&mut self, parts: &Parts, at: Moment) {
        self.buttons = parts.learner.buttons(&self.asked.card, at);
        self.at = at;
    }

    pub(super) fn act(&mut self, action: Action) {
        let last = self.points.len().saturating_sub(1);
        match action {
            Action::Down => self.at_point = (self.at_point + 1).min(last),
            Action::Up => self.at_point = self.at_point.saturating_sub(1),
            Action::Tick => {
                if let Some(point) = self.points.get_mut(self.at_point) {
                    *point = !*point;
                    self.at_point = (self.at_point + 1).min(last);
                }
            }
            _ => {}
        }
    }

    /// The grade that Enter gives: Again for what was wrong, Hard where points were ticked but not all, else Good.
    #[must_use]
    pub fn suggested(&self) -> Grade {
        let ticked = self.points.iter().filter(|point| **point).count();
        match self.mark {
            Some(Mark::Wrong) => Grade::Again,
            None if ticked > 0 && ticked < self.points.len() => Grade::Hard,
            _ => Grade::Good,
        }
    }

    /// Certain and not right, as it is graded now.
    pub(super) fn is_error(&self, grade: Grade) -> bool {
        let right = self.mark.map(Mark::is_right);
        is_confident_error(Some(self.asked.confidence), self.asked.attempt.mode(), right, grade)
    }

    /// Certain and wrong: the strongest moment to learn from.
    #[must_use]
    pub fn is_surprise(&self) -> bool {
        self.mark == Some(Mark::Wrong) && self.asked.confidence == Confidence::Certain
    }

    /// When the card comes back after that grade.
    #[must_use]
    pub fn when(&self, parts: &Parts, grade: Grade) -> When {
        if self.asked.is_practice {
            let span = if grade == Grade::Again { "later" } else { "done" };
            return When { span: span.to_owned(), date: Some("not scheduled".to_owned()) };
        }
        when(self.buttons.of(grade).due, self.at, parts.learner.preferences().schedule.rollover_hour)
    }

    /// The review as the log has it.
    pub(super) fn review(&self, card: &Card, grade: Grade, now: Now) -> Review {
        let took = self.asked.thought(now).as_millis();
        Review {
            card: self.asked.card.clone(),
            hash: TextHash::new(&card.content_hash()),
            grade,
            took_ms: u32::try_from(took).unwrap_or(u32::MAX),
            mode: self.asked.attempt.mode(),
            right: self.mark.map(Mark::is_right),
            confidence: Some(self.asked.confidence),
            kind: self.asked.kind,
        }
    }
}
