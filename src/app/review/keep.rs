//! What a session writes to the log: grades, and what takes them back. No card is shown before it is durable.

use super::aside::undone;
use super::others::still_waits;
use super::turn::{Asked, Revealed};
use super::{Review, Stage, Why};
use crate::app::Action;
use crate::app::effect::Effect;
use crate::app::keymap::{Context, shown};
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::learner::{Entry, EntryId, Event, What};
use crate::srs::{Grade, Moment, leech};

/// What is being saved, and what comes after.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    pub id: EntryId,
    /// What is still on the screen: the graded card.
    pub shown: Option<Box<Revealed>>,
    /// It is a grade, and nothing else.
    pub(super) is_grade: bool,
    /// The card whose grade was taken back, and how it stood before.
    pub(super) again: Option<(String, Option<Box<Revealed>>)>,
}

/// One answer of this session, with what is needed to stand there again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answered {
    /// Its entry; practice has none.
    pub(super) id: Option<EntryId>,
    pub(super) card: String,
    pub(super) grade: Grade,
    /// How it looked, where this process has seen it.
    pub(super) revealed: Option<Revealed>,
}

impl Review {
    /// The entry with this id is durable, or kept for the next try; the next card may show.
    pub fn appended(&mut self, parts: &mut Parts, now: Now, id: &EntryId) -> Reply {
        let Stage::Saving(saving) = &mut self.stage else { return Reply::default() };
        if saving.id != *id {
            return Reply::default();
        }
        // A grade follows from the log; what comes after anything else does not.
        let is_grade = saving.is_grade;
        match saving.again.take() {
            Some((_, Some(revealed))) => {
                self.top = 0;
                self.stage = Stage::Revealed(revealed);
            }
            // Whoever takes a grade back stands before that card, whatever the time.
            Some((card, None)) => match parts.course.card(&card).cloned() {
                Some(card) => self.ask(&card, parts, now),
                None => self.ask_next(parts, now, Why::Done),
            },
            None if is_grade => self.after_grade(parts, now),
            None => self.ask_next(parts, now, Why::Done),
        }
        // Another terminal may have graded the card meanwhile.
        let mut effects = vec![Effect::ReadLog];
        if !is_grade {
            effects.extend(self.keep_place(parts, now));
        }
        Reply { effects, ..Reply::default() }
    }

    pub(super) fn grade(&mut self, parts: &mut Parts, now: Now, grade: Grade) -> Reply {
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
        let word = word_on_leech(parts, &revealed.asked);
        let is_success = grade != Grade::Again && !revealed.is_error(grade);
        self.queue.answered(&card.id.0, is_success, now.mono);
        let (id, card) = (entry.id.clone(), card.id.0);
        let seen = Some((*revealed).clone());
        self.answers.push(Answered { id: Some(id.clone()), card, grade, revealed: seen });
        self.stage = Stage::Saving(Saving { id, shown: Some(revealed), is_grade: true, again: None });
        Reply { effects: vec![Effect::Append(entry)], ..word }
    }

    /// Takes back the latest thing that was done to a card in this terminal, or else on this device before.
    pub(super) fn undo(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Some(latest) = parts.learner.latest(&parts.ids, now.moment()) else {
            return Reply::info("there is nothing to undo");
        };
        let (card, of, what) = (latest.card.to_owned(), latest.id.clone(), latest.what);
        let entry = write(parts, now, Event::Undo { of: of.clone() });
        if let Some(open) = self.open_card() {
            self.queue.put_first(&open.card);
        }
        let last = self.answers.iter().rposition(|answered| answered.id.as_ref() == Some(&of));
        let before = last.map(|at| self.answers.remove(at)).and_then(|answered| {
            self.queue.take_back(&answered.card);
            answered.revealed.map(Box::new)
        });
        let before = before.or_else(|| self.aside.take().filter(|(id, _)| *id == of).map(|(_, seen)| seen));
        let before = before.map(|mut revealed| {
            revealed.renew(parts, entry.at);
            revealed
        });
        // A card that is suspended again is not asked, nor is one that is not due without what was taken back.
        let is_asked = match what {
            What::Graded => true,
            What::BroughtBack => false,
            What::Suspended | What::Buried | What::Reset => still_waits(parts, now, &card),
        };
        let again = is_asked.then_some((card, before));
        self.stage = Stage::Saving(Saving { id: entry.id.clone(), shown: None, is_grade: false, again });
        Reply { effects: vec![Effect::Append(entry)], ..Reply::info(undone(what)) }
    }
}

/// The moment an entry made now gets; it comes after all that this device has done, of which whoever reads the logs
/// tells `ids`.
pub(super) fn stamp(parts: &Parts, now: Now) -> Moment {
    parts.ids.stamp(now.moment())
}

/// The entry of what happens now; the learner knows of it, the disk does not yet.
pub(super) fn write(parts: &mut Parts, now: Now, event: Event) -> Entry {
    let moment = stamp(parts, now);
    let entry = parts.ids.entry(moment, event);
    parts.learner.apply(entry.clone());
    entry
}

/// What is said of a card that was just forgotten once too often.
fn word_on_leech(parts: &Parts, asked: &Asked) -> Reply {
    let lapses = parts.learner.card(&asked.card).map_or(0, |state| state.lapses);
    if lapses == asked.lapses || !leech::is_told(lapses) {
        return Reply::default();
    }
    let section = parts.course.card(&asked.card).map_or(0, |card| card.section);
    let key = shown(Context::ReviewDone, Action::OpenSection);
    Reply::info(format!(
        "forgotten {lapses} times: it does not stick; {key} at the end reads section {section}"
    ))
}
