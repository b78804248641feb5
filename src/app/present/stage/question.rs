//! The question on stage: which failure it is about, how far its answer is, and what hands and results have to know.

use super::{Stage, predict};
use crate::app::lab::inquiry::{Cause, Inquiry, Strike};
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::present::{options, polls};
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::sim::Intervention;

/// A class says who had a card and who had not.
const HAD_OR_NOT: usize = 2;

impl Stage {
    /// Works at the question about a failure: what the presenter set up, or what a lab does by itself.
    pub(super) fn inquire(&mut self, slide: &Slide, view: &View) {
        let Some(cause) = cause(slide, view) else {
            self.inquiry = None;
            return;
        };
        let beat = &slide.beat.id;
        let is_known = self.inquiry.as_ref().is_some_and(|(on, known)| on == beat && *known.cause() == cause);
        if !is_known {
            match self.lab.as_deref().and_then(|lab| Inquiry::begin(lab, &cause)) {
                Some(inquiry) => self.inquiry = Some((beat.clone(), inquiry)),
                // While the mesh is on its way, the question stays that it was.
                None => {
                    self.inquiry.take_if(|(on, known)| on != beat || known.cause().what != cause.what);
                }
            }
        }
        if let Some((_, inquiry)) = &mut self.inquiry {
            inquiry.work();
        }
    }

    /// What hands and results have to know of the question on show.
    pub(super) fn note_question(&mut self, parts: &Parts, slide: &Slide, view: &View) {
        let (options, right) = match polls::key(slide, view) {
            None => (0, None),
            Some(key) => {
                let (options, right) = self.choices(parts, slide, view);
                (options, right.map(|right| (key, right)))
            }
        };
        (self.options, self.right) = (options, right);
    }

    /// How many options there are, and which is right.
    fn choices(&self, parts: &Parts, slide: &Slide, view: &View) -> (usize, Option<usize>) {
        if matches!(slide.beat.shows, Shows::Card(_)) {
            return (HAD_OR_NOT, None);
        }
        if view.asked_of_armed().is_none()
            && let Some(predict) = predict(parts, slide)
        {
            let number = self.answer(&predict.id).and_then(|came| came.as_ref().ok());
            let right = number.and_then(|number| options::right_of_prediction(predict, *number));
            return (options::of_prediction(predict).len(), right);
        }
        let Some(inquiry) = self.inquiry() else { return (0, None) };
        let number = inquiry.answer().and_then(|answer| answer.number);
        let right = number.and_then(|number| options::right_of_question(inquiry.question(), number));
        (options::of_question(inquiry.question()).len(), right)
    }

    /// The question about a failure on the mesh on show, and what came of it so far.
    #[must_use]
    pub fn inquiry(&self) -> Option<&Inquiry> {
        self.inquiry.as_ref().map(|(_, inquiry)| inquiry)
    }

    /// How many options the question on show has; 0 where nothing is asked.
    #[must_use]
    pub const fn options(&self) -> usize {
        self.options
    }

    /// The name of the question on show and its right option, from 0, once that is known. Not for the audience.
    #[must_use]
    pub fn right(&self) -> Option<(&str, usize)> {
        self.right.as_ref().map(|(key, right)| (key.as_str(), *right))
    }

    /// What is left to think about the card on show, in milliseconds; `None` where nobody has to.
    #[must_use]
    pub const fn think_left(&self) -> Option<u64> {
        self.think_left
    }
}

/// What the question about a failure is about: what the presenter set up, else the first thing that a lab does.
fn cause(slide: &Slide, view: &View) -> Option<Cause> {
    let demo = slide.demo.as_ref().filter(|_| view.front == Front::Beat)?;
    let own = || demo.mesh.actions.iter().cloned();
    if let Some(armed) = view.asked_of_armed() {
        let strike = armed.before.as_ref().map(|before| {
            let mut without = before.improvised.clone();
            if view.has_fired(slide) {
                without.extend(own());
            }
            let with = without.iter().cloned().chain([format!("{}ms {}", before.at, armed.what)]).collect();
            Strike { at: before.at, without, with }
        });
        return Some(Cause { what: armed.what.clone(), strike });
    }
    let (at, what) = demo.first.clone().filter(|_| matches!(slide.beat.shows, Shows::Lab(_)))?;
    let is_it = |words: &String| {
        let read = words.parse::<Intervention>();
        read.is_ok_and(|done| done.words() == what && done.at().nanos() / 1_000_000 == at)
    };
    let without = own().filter(|words| !is_it(words)).collect();
    Some(Cause { what, strike: Some(Strike { at, without, with: own().collect() }) })
}
