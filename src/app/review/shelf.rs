//! The list of suspended cards, from the end of a session.

use super::aside::undone;
use super::keep::write;
use super::{Over, Review, Stage, Why};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::learner::{Event, What};

/// The cards of the course that are suspended, and the one stood on.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// Ids in the course's order; never empty.
    pub cards: Vec<String>,
    pub at: usize,
    /// Why the session was over.
    why: Why,
}

/// The ids of the course's suspended cards.
pub(super) fn suspended(parts: &Parts) -> Vec<String> {
    let ids = parts.course.cards.iter().map(|card| &card.id.0);
    ids.filter(|id| parts.learner.card(id).is_some_and(|state| state.suspended)).cloned().collect()
}

impl Review {
    /// Every card of the course is suspended.
    #[must_use]
    pub(in crate::app) fn is_all_suspended(parts: &Parts) -> bool {
        !parts.course.cards.is_empty() && suspended(parts).len() == parts.course.cards.len()
    }

    pub(super) fn open_shelf(&mut self, parts: &Parts) -> Reply {
        let Stage::Over(Over { why, .. }) = self.stage else { return Reply::default() };
        let cards = suspended(parts);
        if cards.is_empty() {
            return Reply::info("no card is suspended");
        }
        self.top = 0;
        self.stage = Stage::Shelf(Shelf { cards, at: 0, why });
        Reply::default()
    }

    pub(super) fn act_on_shelf(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        let Stage::Shelf(list) = &mut self.stage else { return Reply::default() };
        match action {
            Action::Down => list.at = (list.at + 1).min(list.cards.len().saturating_sub(1)),
            Action::Up => list.at = list.at.saturating_sub(1),
            Action::Confirm => return self.bring_back(parts, now),
            Action::Undo => return self.put_back(parts, now),
            Action::Back => self.close_shelf(parts, now),
            _ => {}
        }
        Reply::default()
    }

    fn bring_back(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Stage::Shelf(list) = &mut self.stage else { return Reply::default() };
        if list.at >= list.cards.len() {
            return Reply::default();
        }
        let card = list.cards.remove(list.at);
        list.at = list.at.min(list.cards.len().saturating_sub(1));
        let is_empty = list.cards.is_empty();
        let entry = write(parts, now, Event::Suspend { card, on: false });
        if is_empty {
            self.close_shelf(parts, now);
        }
        Reply { effects: vec![Effect::Append(entry)], ..Reply::info("it is asked again when it is due") }
    }

    /// Undo on the list takes back what was done on the list.
    fn put_back(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let latest = parts.learner.latest(&parts.ids, now.moment());
        let Some(of) = latest.filter(|it| it.what == What::BroughtBack).map(|it| it.id.clone()) else {
            return Reply::info("no card was brought back; close the list to undo something else");
        };
        let entry = write(parts, now, Event::Undo { of });
        let Stage::Shelf(list) = &mut self.stage else { return Reply::default() };
        list.cards = suspended(parts);
        Reply { effects: vec![Effect::Append(entry)], ..Reply::info(undone(What::BroughtBack)) }
    }

    fn close_shelf(&mut self, parts: &Parts, now: Now) {
        let Stage::Shelf(Shelf { why, .. }) = self.stage else { return };
        self.top = 0;
        self.stage = Stage::Over(Over::new(parts, now, &self.answers, &self.queue, why));
    }
}
