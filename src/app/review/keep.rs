//! What a session writes to the log: grades, and what takes them back. No card is shown before it is durable.

use super::turn::Revealed;
use super::{Review, Stage, Why};
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::learner::{EntryId, Event};
use crate::srs::{Grade, Moment};

/// What is being saved, and what comes after.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    pub id: EntryId,
    /// What is still on the screen: the graded card.
    pub shown: Option<Box<Revealed>>,
    /// The card whose grade was taken back, and how it stood before.
    pub(super) again: Option<(String, Option<Box<Revealed>>)>,
}

/// One answer of this session, with what is needed to stand there again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answered {
    pub(super) id: EntryId,
    pub(super) card: String,
    pub(super) grade: Grade,
    pub(super) revealed: Revealed,
}

impl Review {
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
            None => self.ask_next(parts, now, Why::Done),
        }
        // Another terminal may have graded the card meanwhile.
        Reply::effect(Effect::ReadLog)
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
        self.queue.answered(&card.id.0, grade != Grade::Again, now.mono);
        let (id, card) = (entry.id.clone(), card.id.0);
        self.answers.push(Answered { id: id.clone(), card, grade, revealed: (*revealed).clone() });
        self.stage = Stage::Saving(Saving { id, shown: Some(revealed), again: None });
        Reply::effect(Effect::Append(entry))
    }

    /// Takes back the latest grade that this device gave, in this session or before it.
    pub(super) fn undo(&mut self, parts: &mut Parts, now: Now) -> Reply {
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
}

/// The moment an entry made now gets; it comes after all that this device has done.
pub(super) fn stamp(parts: &mut Parts, now: Now) -> Moment {
    if let Some((_, answer)) = parts.learner.last_review(parts.ids.device()) {
        let at = answer.at;
        parts.ids.seen(at);
    }
    parts.ids.stamp(now.moment())
}
