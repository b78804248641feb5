//! What happened to one card, and how it stands after that.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::entry::{Confidence, Event, Kind, Mode, Review};
use super::id::{EntryId, TextHash, order};
use super::preferences::Timeline;
use crate::srs::{Buttons, Day, Due, Grade, Memory, Model, Moment, fuzz};

/// One answer to a card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    pub id: EntryId,
    pub at: Moment,
    pub grade: Grade,
    /// Milliseconds from question to grade.
    pub took_ms: u32,
    pub mode: Mode,
    pub right: Option<bool>,
    pub confidence: Option<Confidence>,
    pub kind: Kind,
    /// The card's text at that time.
    pub hash: Option<TextHash>,
}

/// How a card stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardState {
    pub memory: Memory,
    /// When it is due by what was answered; `None` while it is new. With a deadline ahead it may be asked sooner:
    /// [`super::Learner::due`].
    pub due: Option<Due>,
    /// Counted reviews since it was last new.
    pub reviews: u32,
    /// How often it was forgotten once it was known.
    pub lapses: u32,
    /// The study day of its first counted review since it was last new.
    pub begun: Option<Day>,
    /// The study day of its latest counted review.
    pub asked: Option<Day>,
    /// Never asked until the learner takes this back.
    pub suspended: bool,
    /// Not asked on this study day.
    pub buried: Option<Day>,
    /// The id of its latest counted review, which seeds the next fuzz.
    pub(super) previous: Option<EntryId>,
}

/// All that happened to one card, in the order of the fold; undone things too.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CardLog {
    pub(super) answers: Vec<Answer>,
    pub(super) marks: Vec<Mark>,
    pub(super) state: CardState,
}

/// Something else that a learner did to a card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) id: EntryId,
    pub(super) at: Moment,
    pub(super) deed: Deed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    Suspend(bool),
    Bury,
    Reset,
}

/// What replaying needs beside the card itself.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    /// The model in force; earlier ones are the timeline's.
    pub(super) model: &'a Model,
    pub(super) timeline: &'a Timeline,
    pub(super) undone: &'a BTreeSet<EntryId>,
}

impl Answer {
    pub(super) fn new(id: EntryId, at: Moment, review: Review) -> (String, Self) {
        let Review { card, hash, grade, took_ms, mode, right, confidence, kind } = review;
        (card, Self { id, at, grade, took_ms, mode, right, confidence, kind, hash })
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        order(self.at, &self.id, other.at, &other.id)
    }

    /// The event it came from.
    pub(super) fn event(&self, card: &str) -> Event {
        Event::Review(Review {
            card: card.to_owned(),
            hash: self.hash.clone(),
            grade: self.grade,
            took_ms: self.took_ms,
            mode: self.mode,
            right: self.right,
            confidence: self.confidence,
            kind: self.kind,
        })
    }
}

impl Mark {
    pub(super) fn order(&self, other: &Self) -> Ordering {
        order(self.at, &self.id, other.at, &other.id)
    }

    /// The event it came from.
    pub(super) fn event(&self, card: &str) -> Event {
        let card = card.to_owned();
        match self.deed {
            Deed::Suspend(on) => Event::Suspend { card, on },
            Deed::Bury => Event::Bury { card },
            Deed::Reset => Event::Reset { card },
        }
    }
}

impl CardLog {
    /// Puts an answer where it belongs in the order.
    pub(super) fn insert_answer(&mut self, answer: Answer) {
        // Nearly always it is the latest.
        if self.answers.last().is_none_or(|latest| latest.order(&answer).is_lt()) {
            return self.answers.push(answer);
        }
        let at = self.answers.partition_point(|other| other.order(&answer).is_lt());
        self.answers.insert(at, answer);
    }

    /// Puts a mark where it belongs in the order.
    pub(super) fn insert_mark(&mut self, mark: Mark) {
        let at = self.marks.partition_point(|other| other.order(&mark).is_lt());
        self.marks.insert(at, mark);
    }

    /// Answers that were not undone, in the order of the fold.
    pub(super) fn standing<'a>(
        &'a self,
        undone: &'a BTreeSet<EntryId>,
    ) -> impl DoubleEndedIterator<Item = &'a Answer> {
        self.answers.iter().filter(move |answer| !undone.contains(&answer.id))
    }

    /// The state of `card` after all answers and marks.
    ///
    /// Only the last review is scheduled with fuzz and order: when earlier ones were due feeds into nothing.
    pub(super) fn replayed(&self, card: &str, rules: Rules<'_>) -> CardState {
        let (mut state, mut previous) = (CardState::default(), None);
        let mut marks = self.marks.iter().filter(|mark| !rules.undone.contains(&mark.id)).peekable();
        let mut answers = self.standing(rules.undone).filter(|answer| answer.kind.counts()).peekable();
        while let Some(answer) = answers.next() {
            while let Some(mark) =
                marks.next_if(|mark| order(mark.at, &mark.id, answer.at, &answer.id).is_lt())
            {
                state.mark(mark, rules);
                previous = previous.filter(|_| mark.deed != Deed::Reset);
            }
            let settings = &rules.timeline.at(answer.at, &answer.id).schedule;
            let model = rules.timeline.model_at(answer.at, &answer.id);
            if answers.peek().is_some() {
                let day = answer.at.day(settings.rollover_hour);
                let memory = state.memory.review(model, settings, answer.grade, day).0;
                state.count(answer, memory, day);
            } else {
                let seed = fuzz::seed(card, previous.map(EntryId::to_string).as_deref());
                let buttons = Buttons::preview(state.memory, model, settings, answer.at, seed);
                let outcome = buttons.of(answer.grade);
                state.count(answer, outcome.memory, answer.at.day(settings.rollover_hour));
                state.due = Some(outcome.due);
            }
            previous = Some(&answer.id);
        }
        for mark in marks {
            state.mark(mark, rules);
            previous = previous.filter(|_| mark.deed != Deed::Reset);
        }
        state.previous = previous.cloned();
        state
    }
}

impl CardState {
    /// Can be asked on that day at all.
    #[must_use]
    pub fn is_open(&self, today: Day) -> bool {
        !self.suspended && self.buried != Some(today)
    }

    /// The four buttons for a review of `card` at `now`, by the settings in force and without a deadline.
    pub(super) fn buttons(&self, card: &str, now: Moment, rules: Rules<'_>) -> Buttons {
        let seed = fuzz::seed(card, self.previous.as_ref().map(EntryId::to_string).as_deref());
        Buttons::preview(self.memory, rules.model, &rules.timeline.now().schedule, now, seed)
    }

    fn count(&mut self, answer: &Answer, memory: Memory, day: Day) {
        self.reviews += 1;
        self.lapses += u32::from(self.memory.is_known() && answer.grade == Grade::Again);
        self.begun.get_or_insert(day);
        self.asked = Some(day);
        self.memory = memory;
    }

    fn mark(&mut self, mark: &Mark, rules: Rules<'_>) {
        match mark.deed {
            Deed::Suspend(on) => self.suspended = on,
            Deed::Bury => {
                let rollover = rules.timeline.at(mark.at, &mark.id).schedule.rollover_hour;
                self.buried = Some(mark.at.day(rollover));
            }
            Deed::Reset => {
                let (suspended, buried) = (self.suspended, self.buried);
                *self = Self { suspended, buried, ..Self::default() };
            }
        }
    }
}
