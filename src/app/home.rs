//! Home: where one is, what is due, and the mesh that one will break.

use std::time::Duration;

use super::action::Action;
use super::lab::Lab;
use super::now::Now;
use super::review::Review;
use super::state::{Go, Parts, Reply};
use super::today::{outlook, today};
use crate::course::markdown;
use crate::course::quiz::Card;
use crate::learner::{CardRef, Countdown, Estimate, Outlook};

/// The home screen.
#[derive(Debug)]
pub struct Home {
    /// The section one stands on, from 1.
    pub selected: usize,
    /// What waits.
    pub outlook: Outlook,
    /// A review of today was left before its end.
    pub goes_on: bool,
    /// No card can be asked before one is brought back.
    pub is_all_suspended: bool,
    /// The way to the deadline, if there is one.
    pub countdown: Option<Countdown>,
    /// The question of the card that would be asked first.
    pub first_question: Option<String>,
    /// What would be recalled today, an objective each, in the lesson's order.
    pub recall: Vec<Estimate>,
    /// The mesh of the lesson, moving for a while.
    pub mesh: Box<Lab>,
}

impl Home {
    #[must_use]
    pub fn new(parts: &Parts, now: Now) -> Self {
        let moment = now.moment();
        let refs = card_refs(&parts.course.cards);
        let asked = today(&parts.course, &parts.learner, moment, None);
        let first = asked.first().and_then(|id| parts.course.card(id));
        let recall = parts.course.lesson.objectives.iter().map(|objective| {
            let of = refs.iter().filter(|card| card.objective == objective.id).map(|card| card.id);
            parts.learner.estimate(of, moment)
        });
        Self {
            selected: usize::from(parts.place.section.max(1)),
            outlook: outlook(&parts.course, &parts.learner, moment),
            goes_on: Review::goes_on(parts, now),
            is_all_suspended: Review::is_all_suspended(parts),
            countdown: parts.learner.countdown(&refs, moment),
            first_question: first.map(|card| plain(&card.question)),
            recall: recall.collect(),
            mesh: Box::new(Lab::small(parts, now)),
        }
    }

    pub fn act(&mut self, parts: &mut Parts, _now: Now, action: Action) -> Reply {
        let last = parts.course.lesson.sections.len().max(1);
        match action {
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::Up => self.selected = self.selected.saturating_sub(1).max(1),
            Action::Top => self.selected = 1,
            Action::Bottom => self.selected = last,
            Action::Confirm if self.resumes(parts) => return Reply::go(Go::Reader(None)),
            Action::Confirm | Action::Restart => return Reply::go(Go::Reader(Some(self.selected as u8))),
            Action::Back => return Reply::go(Go::Leave),
            _ => {}
        }
        Reply::default()
    }

    /// Enter goes on where one was, not to the start of the section.
    #[must_use]
    pub fn resumes(&self, parts: &Parts) -> bool {
        parts.place.section > 0 && self.selected == usize::from(parts.place.section)
    }

    pub fn frame(&mut self, parts: &mut Parts, now: Now) -> Reply {
        self.mesh.frame(parts, now)
    }

    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        self.mesh.next_frame()
    }
}

/// The cards as planning wants them.
#[must_use]
pub fn card_refs(cards: &[Card]) -> Vec<CardRef<'_>> {
    let of = |card| -> CardRef<'_> {
        let card: &Card = card;
        CardRef {
            id: &card.id.0,
            objective: card.objective,
            section: card.section,
            family: card.family.as_deref(),
            pattern: card.pattern.as_deref(),
            earlier: card.earlier,
        }
    };
    cards.iter().map(of).collect()
}

/// The words of a text with emphasis and code, without them.
#[must_use]
pub fn plain(text: &str) -> String {
    markdown::inline(text).into_iter().map(|span| span.text).collect()
}
