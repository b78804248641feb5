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

pub mod attempt;
pub mod contrast;
mod order;
mod pause;
pub mod queue;
pub mod see;
mod turn;
pub mod words;

use std::time::Duration;

use super::action::Action;
use super::claim::{self, Work};
use super::effect::Effect;
use super::home::card_refs;
use super::keymap::Context;
use super::now::Now;
use super::pacer::FRAME;
use super::state::{Go, Parts, Reply};
use crate::course::quiz::Card;
use crate::learner::{EntryId, Event, Outlook};
use crate::srs::{Due, Grade, Moment};
pub use attempt::Attempt;
pub use pause::{Pause, Reminded};
pub use queue::Queue;
pub use turn::{Asked, Revealed};

/// Rows that a page key scrolls.
const PAGE_ROWS: u16 = 5;

/// A session.
#[derive(Debug)]
pub struct Review {
    pub stage: Stage,
    /// First row on show, where the page is longer than the screen; may be past the last one that makes sense.
    pub top: u16,
    queue: Queue,
    /// Answers of this session in the order they were given, without those taken back.
    answers: Vec<Answered>,
    /// When this time box began.
    began: Duration,
    /// The fresh run that decides the open card, and when it was worked at last.
    work: Option<(Work, Duration)>,
    /// When the card was left to see the run behind it.
    left: Option<Duration>,
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
}

/// What is being saved, and what comes after.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    pub id: EntryId,
    /// What is still on the screen: the graded card.
    pub shown: Option<Box<Revealed>>,
    /// The card whose grade was taken back, and how it stood before.
    again: Option<(String, Option<Box<Revealed>>)>,
}

/// The end of a session, or a rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Over {
    pub why: Why,
    /// Answers of this session: card, grade, and when the card comes back.
    pub answers: Vec<(String, Grade, Option<Due>)>,
    /// Cards that could be asked at once.
    pub left: usize,
    /// How many of those were missed a moment ago.
    pub missed: usize,
    pub outlook: Outlook,
    /// Minutes that what is due tomorrow will take.
    pub minutes_tomorrow: u64,
    /// When this was worked out.
    pub at: Moment,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Every card of today had its success.
    Done,
    /// The time box is over; that is enough for today.
    Enough,
    /// Nothing was due to begin with.
    NothingDue,
}

/// One answer of this session, with what is needed to stand there again.
#[derive(Clone, Debug, PartialEq)]
struct Answered {
    id: EntryId,
    card: String,
    grade: Grade,
    revealed: Revealed,
}

impl Review {
    /// A session with what is due now, at its first question.
    #[must_use]
    pub fn open(parts: &Parts, now: Now) -> Self {
        Self::open_with(parts, now, None)
    }

    /// The same, beginning with a card that the learner asked for, due or not: as honest a review as any other.
    #[must_use]
    pub fn open_with(parts: &Parts, now: Now, first: Option<&str>) -> Self {
        let queue = Queue::new(order::cards(parts, now, first));
        let over = Over::new(parts, now, &[], &queue, Why::NothingDue);
        let mut review = Self {
            stage: Stage::Over(over),
            top: 0,
            queue,
            answers: Vec::new(),
            began: now.mono,
            work: None,
            left: None,
        };
        // Whoever asks for a card wants that one.
        if first.is_some() || !review.remind(parts, now) {
            review.ask_next(parts, now, Why::NothingDue);
        }
        review
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        match &self.stage {
            Stage::Asking(asked) => asked.attempt.context(),
            Stage::Revealed(revealed) if !revealed.points.is_empty() => Context::ReviewPoints,
            Stage::Revealed(_) | Stage::Saving(_) => Context::ReviewRevealed,
            Stage::Pause(_) => Context::ReviewLook,
            Stage::Over(_) => Context::ReviewDone,
        }
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        if let Some(top) = self.scrolled(parts, action) {
            self.top = top;
            return Reply::default();
        }
        match (action, &mut self.stage) {
            (Action::Back, Stage::Pause(Pause::Manifest { .. })) => self.go_past(parts, now),
            (Action::Back, _) => Reply::go(Go::Home),
            (Action::SeeIt, Stage::Revealed(_) | Stage::Pause(Pause::Contrast(_))) => self.see(parts, now),
            (_, Stage::Saving(_)) => Reply::default(),
            (Action::Undo, _) => self.undo(parts, now),
            (Action::Confirm, Stage::Asking(_)) => self.reveal(parts, now),
            (action, Stage::Asking(asked)) => {
                asked.act(action);
                Reply::default()
            }
            (Action::Grade(grade), Stage::Revealed(_)) => self.grade(parts, now, grade),
            (Action::Confirm, Stage::Revealed(revealed)) => {
                let grade = revealed.suggested();
                self.grade(parts, now, grade)
            }
            (action, Stage::Revealed(revealed)) => {
                revealed.act(action);
                Reply::default()
            }
            (Action::Confirm | Action::SeeIt, Stage::Pause(_)) => self.go_past(parts, now),
            (_, Stage::Pause(_)) => Reply::default(),
            (Action::Confirm, Stage::Over(_)) => self.go_on(parts, now),
            (_, Stage::Over(_)) => Reply::default(),
        }
    }

    /// The entry with this id is durable, or kept for the next try; the next card may show.
    pub fn appended(&mut self, parts: &mut Parts, now: Now, id: &EntryId) -> Reply {
        let Stage::Saving(saving) = &mut self.stage else { return Reply::default() };
        if saving.id != *id {
            return Reply::default();
        }
        match saving.again.take() {
            Some((_, Some(revealed))) => {
                self.top = 0;
                self.stage = Stage::Revealed(revealed);
            }
            Some((card, None)) => {
                self.queue.put_first(&card);
                self.ask_next(parts, now, Why::Done);
            }
            None => self.after_grade(parts, now),
        }
        // Another terminal may have graded the card meanwhile.
        Reply::effect(Effect::ReadLog)
    }

    /// Other terminals' entries were read: what they have graded is not asked again.
    pub fn log_read(&mut self, parts: &mut Parts, now: Now) -> Reply {
        self.queue.keep(|card| still_waits(parts, now, card));
        let Some(asked) = self.open_card() else { return Reply::default() };
        if asked.is_current(parts) {
            return Reply::default();
        }
        self.queue.leave_out(&asked.card);
        self.ask_next(parts, now, Why::Done);
        Reply::info("that card was just graded in another terminal; here is what comes next")
    }

    /// The card that is open, graded or being saved.
    #[must_use]
    pub fn card<'a>(&self, parts: &'a Parts) -> Option<&'a Card> {
        let asked = match &self.stage {
            Stage::Asking(asked) => asked,
            Stage::Revealed(revealed) => &revealed.asked,
            Stage::Saving(saving) => &saving.shown.as_ref()?.asked,
            Stage::Pause(pause) => &pause.revealed()?.asked,
            Stage::Over(_) => return None,
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
            Stage::Saving(_) | Stage::Pause(_) | Stage::Over(_) => None,
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
        Reply::effect(Effect::ReadLog)
    }

    fn grade(&mut self, parts: &mut Parts, now: Now, grade: Grade) -> Reply {
        let moment = stamp(parts, now);
        let Stage::Revealed(revealed) = &mut self.stage else { return Reply::default() };
        if parts.learner.today(moment) != parts.learner.today(revealed.at) {
            revealed.renew(parts, moment);
            return Reply::info("a new day has begun: look at the dates once more, then grade");
        }
        let Some(card) = parts.course.card(&revealed.asked.card).cloned() else {
            return self.skip(parts, now);
        };
        let revealed = revealed.clone();
        let entry = parts.ids.entry(moment, Event::Review(revealed.review(&card, grade, now)));
        parts.learner.apply(entry.clone());
        let is_success = grade != Grade::Again && !pause::is_error(parts, &card.id.0);
        self.queue.answered(&card.id.0, is_success, now.mono);
        let (id, card) = (entry.id.clone(), card.id.0);
        self.answers.push(Answered { id: id.clone(), card, grade, revealed: (*revealed).clone() });
        self.stage = Stage::Saving(Saving { id, shown: Some(revealed), again: None });
        Reply::effect(Effect::Append(entry))
    }

    /// Takes back the latest grade that this device gave, in this session or before it.
    fn undo(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Some((card, answer)) = parts.learner.last_review(parts.ids.device()) else {
            return Reply::info("there is nothing to undo");
        };
        let (card, of) = (card.to_owned(), answer.id.clone());
        let moment = stamp(parts, now);
        let entry = parts.ids.entry(moment, Event::Undo { of: of.clone() });
        parts.learner.apply(entry.clone());
        if let Some(open) = self.open_card() {
            self.queue.put_first(&open.card);
        }
        let last = self.answers.iter().rposition(|answered| answered.id == of);
        let before = last.map(|at| self.answers.remove(at)).map(|answered| {
            self.queue.take_back(&answered.card);
            let mut revealed = answered.revealed;
            revealed.renew(parts, moment);
            Box::new(revealed)
        });
        let again = Some((card, before));
        self.stage = Stage::Saving(Saving { id: entry.id.clone(), shown: None, again });
        Reply {
            effects: vec![Effect::Append(entry)],
            ..Reply::info("took the last grade back; grade it again")
        }
    }

    /// Enter at the end: what is left, or home.
    fn go_on(&mut self, parts: &mut Parts, now: Now) -> Reply {
        self.began = now.mono;
        let agenda = parts.learner.agenda(&card_refs(&parts.course.cards), now.moment());
        let has_succeeded =
            |card: &str| self.answers.iter().any(|it| it.card == card && it.grade != Grade::Again);
        let more = agenda.queue().into_iter().filter(|card| !has_succeeded(card)).map(str::to_owned);
        self.queue.extend(more.collect());
        let next = self.take_next(parts, now).or_else(|| self.queue.next_early());
        let Some(card) = next.and_then(|id| parts.course.card(&id)) else { return Reply::go(Go::Home) };
        self.ask(&card.clone(), parts, now);
        Reply::effect(Effect::ReadLog)
    }

    fn ask(&mut self, card: &Card, parts: &Parts, now: Now) {
        self.top = 0;
        let asked = Asked::new(card, parts, now);
        self.work = asked.work(card, parts).map(|work| (work, now.mono));
        self.stage = Stage::Asking(asked);
    }

    /// Works at the run of the open card, so that it is through when the answer is.
    pub fn frame(&mut self, now: Now) {
        if let Some((work, at)) = &mut self.work {
            *at = now.mono;
            work.step(claim::FRAME_BUDGET);
        }
    }

    /// When it wants to go on with that run.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let (work, at) = self.work.as_ref()?;
        matches!(work, Work::Running(_)).then(|| *at + FRAME)
    }

    /// The card is not in the course any more.
    fn skip(&mut self, parts: &Parts, now: Now) -> Reply {
        self.ask_next(parts, now, Why::Done);
        Reply::info("that card is not in the course any more")
    }

    /// The first row after a key that scrolls; the screen stops at the page's end.
    fn scrolled(&self, parts: &Parts, action: Action) -> Option<u16> {
        let lines = match (action, &self.stage) {
            (Action::PageDown | Action::PageUp, _) => PAGE_ROWS,
            (Action::Down | Action::Up, Stage::Revealed(revealed)) if revealed.points.is_empty() => 1,
            (Action::Down | Action::Up, Stage::Over(_) | Stage::Pause(_)) => 1,
            _ => return None,
        };
        let is_down = matches!(action, Action::Down | Action::PageDown);
        let to = if is_down { self.top + lines } else { self.top.saturating_sub(lines) };
        Some(to.min(self.rows_about(parts).saturating_sub(parts.size.height)))
    }

    /// Rows that the page and what stands around it take, or some more.
    fn rows_about(&self, parts: &Parts) -> u16 {
        let columns = usize::from(parts.size.width.saturating_sub(8)).clamp(8, 80);
        let paused = if let Stage::Pause(pause) = &self.stage { pause.rows_about(columns) } else { 0 };
        let rows = match self.card(parts) {
            Some(card) => card.length() / columns + 24 + paused,
            None => self.answers.len() + 16 + paused,
        };
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    fn ask_next(&mut self, parts: &Parts, now: Now, why: Why) {
        self.top = 0;
        let time_box = Duration::from_secs(u64::from(parts.learner.preferences().time_box_minutes) * 60);
        let is_enough = now.mono.saturating_sub(self.began) >= time_box && self.queue.left() > 0;
        while !is_enough && let Some(id) = self.take_next(parts, now) {
            if let Some(card) = parts.course.card(&id) {
                return self.ask(card, parts, now);
            }
        }
        let why = if is_enough { Why::Enough } else { why };
        self.stage = Stage::Over(Over::new(parts, now, &self.answers, &self.queue, why));
    }
}

impl Over {
    fn new(parts: &Parts, now: Now, answers: &[Answered], queue: &Queue, why: Why) -> Self {
        let outlook = parts.learner.outlook(&card_refs(&parts.course.cards), now.moment());
        let due = |card: &str| parts.learner.card(card).and_then(|state| state.due);
        Self {
            why,
            answers: answers.iter().map(|it| (it.card.clone(), it.grade, due(&it.card))).collect(),
            left: queue.left(),
            missed: queue.missed(),
            outlook,
            minutes_tomorrow: parts.learner.minutes(outlook.tomorrow),
            at: now.moment(),
        }
    }
}

/// The moment an entry made now gets; it comes after all that this device has done, of which whoever reads the logs
/// tells `ids`.
fn stamp(parts: &Parts, now: Now) -> Moment {
    parts.ids.stamp(now.moment())
}

/// A planned card may still be asked: no other terminal has asked it, or one of its family, meanwhile.
fn still_waits(parts: &Parts, now: Now, id: &str) -> bool {
    let (learner, moment) = (&parts.learner, now.moment());
    let today = learner.today(moment);
    let family = parts.course.card(id).and_then(|card| card.family.as_deref());
    let was_asked =
        |card: &Card| learner.card(card.id.as_str()).is_some_and(|state| state.asked == Some(today));
    let sibling_was_asked = parts.course.cards.iter().any(|card| {
        family.is_some() && card.family.as_deref() == family && card.id.as_str() != id && was_asked(card)
    });
    let Some(state) = learner.card(id) else { return !sibling_was_asked };
    let is_due = match state.due {
        None => !sibling_was_asked,
        Some(Due::At(ms)) => ms <= moment.plus(learner.limits(today).learn_ahead_ms).ms,
        Some(Due::On(day)) => day <= today && !sibling_was_asked,
    };
    is_due && state.is_open(today)
}
