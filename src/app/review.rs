//! A review session: attempt, reveal, grade, save, next.
//!
//! ```text
//!           Enter                 1-4                      durable
//!  Asking ─────────► Revealed ─────────► Saving ─────────────────────► Asking … or Over
//!    ▲                                     ▲  undo is saved like a grade    │
//!    └──── the card whose grade is undone ─┴────────────── u ◄──────────────┘
//! ```
//!
//! Nothing is revealed before an attempt, and no card is shown before the grade of the one before is on disk (or
//! the disk has refused it: then the application keeps it and says so).

mod aside;
pub mod attempt;
pub mod contrast;
pub mod cram;
mod keep;
mod next;
mod others;
mod over;
mod pause;
pub mod queue;
pub mod resume;
mod scroll;
pub mod see;
pub mod shelf;
mod source;
pub mod turn;
pub mod words;

use std::time::Duration;

use super::action::Action;
use super::claim::Work;
use super::effect::Effect;
use super::keymap::Context;
use super::now::Now;
use super::state::{Go, Parts, Reply};
use super::today::today;
use crate::course::quiz::Card;
use crate::learner::EntryId;
use crate::srs::Grade;
pub use attempt::Attempt;
pub use cram::Choice;
pub use keep::Saving;
use keep::{Answered, stamp};
pub use over::{Leech, Over, Why};
pub use pause::{Pause, Reminded};
pub use queue::Queue;
pub use shelf::Shelf;
pub use turn::{Asked, Early, Revealed};

/// A session.
#[derive(Debug)]
pub struct Review {
    pub stage: Stage,
    /// First row on show, where the page is longer than the screen; may be past the last one that makes sense.
    pub top: u16,
    queue: Queue,
    /// Answers of this session in the order they were given, without those taken back.
    answers: Vec<Answered>,
    /// When this time box began, or was gone on with.
    began: Duration,
    /// How much of it was used before that.
    used_before: Duration,
    /// The fresh run that decides the open card, and when it was worked at last.
    work: Option<(Work, Duration)>,
    /// When it began, in milliseconds since 1970.
    since_ms: i64,
    /// The cards that are practiced, where this is practice.
    practice: Option<Choice>,
    /// How the card looked that was put aside last, and the entry that did it.
    aside: Option<(EntryId, Box<Revealed>)>,
    /// The key that makes a card new was pressed, and would do so now.
    asks_reset: bool,
}

/// Where the session is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// A question is open.
    Asking(Asked),
    /// The answer is shown and waits for a grade.
    Revealed(Box<Revealed>),
    /// An entry is on its way to the disk.
    Saving(Saving),
    /// Something is to be looked at before the next question.
    Pause(Pause),
    /// Nothing is left, or it is enough.
    Over(Over),
    /// The suspended cards, looked at from the end.
    Shelf(Shelf),
}

impl Review {
    /// The session that was left today, or one with what is due now, at its first question.
    #[must_use]
    pub fn open(parts: &Parts, now: Now) -> Self {
        Self::resume(parts, now).unwrap_or_else(|| Self::open_with(parts, now, None))
    }

    /// A session with what is due now, beginning with a card that the learner asked for, due or not: as honest a review as any other.
    #[must_use]
    pub fn open_with(parts: &Parts, now: Now, first: Option<&str>) -> Self {
        let mut review =
            Self::with(parts, now, Queue::new(today(&parts.course, &parts.learner, now.moment(), first)));
        // Whoever asks for a card wants that one.
        if first.is_some() || !review.remind(parts, now) {
            review.ask_next(parts, now, Why::NothingDue);
        }
        review
    }

    /// A session of these cards before its first question.
    fn with(parts: &Parts, now: Now, queue: Queue) -> Self {
        Self {
            stage: Stage::Over(Over::new(parts, now, &[], &queue, Why::NothingDue)),
            top: 0,
            queue,
            answers: Vec::new(),
            began: now.mono,
            used_before: Duration::ZERO,
            work: None,
            since_ms: parts.ids.stamp(now.moment()).ms,
            practice: None,
            aside: None,
            asks_reset: false,
        }
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        match &self.stage {
            Stage::Asking(asked) => asked.attempt.context(),
            Stage::Revealed(revealed) if !revealed.points.is_empty() => Context::ReviewPoints,
            Stage::Revealed(_) | Stage::Saving(_) => Context::ReviewRevealed,
            Stage::Pause(_) => Context::ReviewLook,
            Stage::Over(_) => Context::ReviewDone,
            Stage::Shelf(_) => Context::ReviewShelf,
        }
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        if let Some(top) = self.scrolled(parts, action) {
            self.top = top;
            return Reply::default();
        }
        let agreed = std::mem::take(&mut self.asks_reset);
        match (action, &mut self.stage) {
            (action, Stage::Shelf(_)) => self.act_on_shelf(parts, now, action),
            (Action::Back, Stage::Pause(Pause::Manifest { .. })) => self.go_past(parts, now),
            (Action::Back, _) => Reply::go(Go::Home),
            (Action::SeeIt, Stage::Revealed(_) | Stage::Pause(Pause::Contrast(_))) => self.see(parts),
            (_, Stage::Saving(_)) => Reply::default(),
            (Action::Undo, _) if self.practice.is_some() => self.unpractice(),
            (Action::Undo, _) => self.undo(parts, now),
            // The end may come under a finger that still grades.
            (Action::Cram | Action::Choose(_), Stage::Over(over)) if over.is_fresh(now) => Reply::default(),
            (Action::Cram, Stage::Over(_)) => Self::go_cram(parts, Choice::All),
            (Action::Choose(number), Stage::Over(_)) => {
                Self::go_cram(parts, Choice::Objective(number.into()))
            }
            (Action::Suspend | Action::Bury | Action::Reset, Stage::Asking(_) | Stage::Revealed(_)) => {
                self.put_aside(parts, now, action, agreed)
            }
            (Action::OpenSection, Stage::Revealed(_) | Stage::Pause(Pause::Contrast(_)) | Stage::Over(_)) => {
                self.read_section(parts)
            }
            (Action::Suspend, Stage::Over(_)) => self.open_shelf(parts),
            (Action::Confirm, Stage::Asking(_)) => self.reveal(parts, now),
            (action, Stage::Asking(asked)) => {
                asked.act(action);
                self.noted(parts, now, action)
            }
            (Action::Grade(grade), Stage::Revealed(_)) => self.wish(parts, now, grade),
            (Action::Confirm, Stage::Revealed(revealed)) => {
                let grade = revealed.suggested();
                self.wish(parts, now, grade)
            }
            (action, Stage::Revealed(revealed)) => {
                revealed.act(action);
                self.noted(parts, now, action)
            }
            (Action::Confirm | Action::SeeIt, Stage::Pause(_)) => self.go_past(parts, now),
            (_, Stage::Pause(_)) => Reply::default(),
            (Action::Down | Action::Up, Stage::Over(over)) => {
                over.choose(action);
                Reply::default()
            }
            (Action::Confirm, Stage::Over(over)) if self.practice.is_some() => Self::after_practice(over),
            (Action::Confirm, Stage::Over(_)) => self.go_on(parts, now),
            (_, Stage::Over(_)) => Reply::default(),
        }
    }

    /// The card that is open, graded or being saved.
    #[must_use]
    pub fn card<'a>(&self, parts: &'a Parts) -> Option<&'a Card> {
        let asked = match &self.stage {
            Stage::Asking(asked) => asked,
            Stage::Revealed(revealed) => &revealed.asked,
            Stage::Saving(saving) => &saving.shown.as_ref()?.asked,
            Stage::Pause(pause) => &pause.revealed()?.asked,
            Stage::Over(_) | Stage::Shelf(_) => return None,
        };
        parts.course.card(&asked.card)
    }

    /// Answers given, and cards of the session in all: the one that is open is `answers + 1` of `all`.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let open = usize::from(self.open_card().is_some());
        (self.queue.answers(), self.queue.answers() + self.queue.left() + open)
    }

    /// The question that is open, its answer shown or not.
    fn open_card(&self) -> Option<Asked> {
        match &self.stage {
            Stage::Asking(asked) => Some(asked.clone()),
            Stage::Revealed(revealed) => Some(revealed.asked.clone()),
            Stage::Pause(pause) if pause.is_open() => pause.revealed().map(|revealed| revealed.asked.clone()),
            Stage::Saving(_) | Stage::Pause(_) | Stage::Over(_) | Stage::Shelf(_) => None,
        }
    }

    fn reveal(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Stage::Asking(asked) = &self.stage else { return Reply::default() };
        if let Some(what) = asked.too_early(now) {
            return Reply::info(what);
        }
        let Some(card) = parts.course.card(&asked.card).cloned() else { return self.skip(parts, now) };
        // Whoever answers before the run is through waits for what is left of it: a fraction of a second.
        let came_out = self.work.take().and_then(|(mut work, _)| work.step(u32::MAX));
        let moment = stamp(parts, now);
        self.top = 0;
        self.stage = Stage::Revealed(Box::new(Revealed::new(asked.clone(), &card, came_out, parts, moment)));
        let mut effects = vec![Effect::ReadLog];
        effects.extend(self.keep_place(parts, now));
        Reply { effects, ..Reply::default() }
    }

    /// What the learner said of an answer outlives the program, even where it is killed.
    fn noted(&self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        let is_said = matches!(action, Action::Confidence | Action::Tick);
        let effects = if is_said { self.keep_place(parts, now) } else { None };
        Reply { effects: effects.into_iter().collect(), ..Reply::default() }
    }

    /// Enter at the end: what is left, or home.
    fn go_on(&mut self, parts: &mut Parts, now: Now) -> Reply {
        (self.began, self.used_before) = (now.mono, Duration::ZERO);
        let waits = today(&parts.course, &parts.learner, now.moment(), None);
        let has_succeeded =
            |card: &str| self.answers.iter().any(|it| it.card == card && it.grade != Grade::Again);
        self.queue.extend(waits.into_iter().filter(|card| !has_succeeded(card)).collect());
        let next = self.take_next(parts, now).or_else(|| self.queue.next_early());
        let Some(card) = next.and_then(|id| parts.course.card(&id)) else { return Reply::go(Go::Home) };
        self.ask(&card.clone(), parts, now);
        let mut effects = vec![Effect::ReadLog];
        effects.extend(self.keep_place(parts, now));
        Reply { effects, ..Reply::default() }
    }
}
