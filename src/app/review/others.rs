//! Other terminals and devices: what they have graded meanwhile is not asked again.

use super::{Review, Why};
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::course::quiz::Card;
use crate::srs::Due;

impl Review {
    /// Other terminals' entries were read: what they have graded is not asked again.
    pub fn log_read(&mut self, parts: &mut Parts, now: Now) -> Reply {
        if self.practice.is_some() {
            return Reply::default();
        }
        self.queue.keep(|card| still_waits(parts, now, card));
        let Some(asked) = self.open_card() else { return Reply::default() };
        if asked.is_current(parts) {
            return Reply::default();
        }
        self.queue.leave_out(&asked.card);
        self.ask_next(parts, now, Why::Done);
        Reply::info("that card was just graded in another terminal; here is what comes next")
    }
}

/// A planned card may still be asked: no other terminal has asked it, or one of its family, meanwhile.
fn still_waits(parts: &Parts, now: Now, id: &str) -> bool {
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
