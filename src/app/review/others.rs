//! Other terminals and devices: what they have graded or put aside meanwhile is not asked again.

use super::{Review, Stage, Why};
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::app::today::brought;
use crate::course::quiz::Card;
use crate::srs::{Due, Grade};

impl Review {
    /// A grade was asked for. It counts once it is known that no other terminal has graded the card meanwhile.
    pub(super) fn wish(&mut self, parts: &mut Parts, now: Now, grade: Grade) -> Reply {
        if self.practice.is_some() {
            return self.practiced(parts, now, grade);
        }
        let Stage::Revealed(revealed) = &mut self.stage else { return Reply::default() };
        revealed.wish = Some(grade);
        Reply::effect(Effect::ReadLog)
    }

    /// Other terminals' entries were read: what they have graded or put aside is not asked again.
    pub fn log_read(&mut self, parts: &mut Parts, now: Now) -> Reply {
        if self.practice.is_some() {
            return Reply::default();
        }
        self.leave_out_others(parts, now);
        let Some(asked) = self.open_card() else { return Reply::default() };
        let what = match (asked.is_current(parts), asked.is_open(parts, now)) {
            (true, true) => return self.grade_as_wished(parts, now),
            (false, _) => "graded",
            (true, false) => "put aside",
        };
        self.queue.leave_out(&asked.card);
        self.ask_next(parts, now, Why::Done);
        Reply::info(format!("that card was just {what} in another terminal; here is what comes next"))
    }

    fn grade_as_wished(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Stage::Revealed(revealed) = &mut self.stage else { return Reply::default() };
        match revealed.wish.take() {
            Some(grade) => self.grade(parts, now, grade),
            None => Reply::default(),
        }
    }

    /// Plans only what may still be asked.
    pub(super) fn leave_out_others(&mut self, parts: &Parts, now: Now) {
        let brought = brought(&parts.course, &parts.learner, now.moment());
        self.queue.keep(|card| brought.contains(&card) || still_waits(parts, now, card));
        let today = parts.learner.today(now.moment());
        // A card that was missed here and then answered elsewhere has had its turn.
        let was_missed_here = |card: &str| {
            let latest = parts.learner.history(card).next_back().map(|answer| &answer.id);
            self.answers.iter().rev().find(|answered| answered.card == card).map(|it| it.id.as_ref())
                == Some(latest)
        };
        let is_open = |card: &str| parts.learner.card(card).is_none_or(|state| state.is_open(today));
        self.queue.keep_missed(|card| was_missed_here(card) && is_open(card));
    }
}

/// A planned card may still be asked: no other terminal has asked it, or one of its family, meanwhile.
pub(super) fn still_waits(parts: &Parts, now: Now, id: &str) -> bool {
    let (learner, moment) = (&parts.learner, now.moment());
    let today = learner.today(moment);
    let family = parts.course.card(id).and_then(|card| card.family.as_deref());
    let was_asked =
        |card: &Card| learner.card(card.id.as_str()).is_some_and(|state| state.asked == Some(today));
    let sibling_was_asked = !learner.is_eve(today)
        && parts.course.cards.iter().any(|card| {
            family.is_some() && card.family.as_deref() == family && card.id.as_str() != id && was_asked(card)
        });
    let Some(state) = learner.card(id) else { return !sibling_was_asked };
    let is_due = match learner.due(id, today) {
        None => !sibling_was_asked,
        Some(Due::At(ms)) => ms <= moment.plus(learner.limits(today).learn_ahead_ms).ms,
        Some(Due::On(day)) => day <= today && !sibling_was_asked,
    };
    is_due && state.is_open(today)
}
