//! The questions of the text and what became of them: predictions by id, recalls by card.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Page, Spot, SpotKind};
use super::view::View;
use crate::app::action::Action;
use crate::app::claim::FRAME_BUDGET;
use crate::app::keymap::{self, Context};
use crate::app::predict::{Deed, Prediction};
use crate::app::state::Parts;
use crate::course::directive::Directive;
use crate::course::markdown::inline;
use crate::course::typeset::Asked;
use crate::course::{Card, CardKind, Role, Section, Span};
use crate::learner;

/// All questions met so far, in any section.
#[derive(Debug, Default)]
pub struct Questions {
    predictions: BTreeMap<String, Prediction>,
    /// Cards whose answer is shown.
    revealed: BTreeSet<String>,
}

impl Questions {
    /// Takes in the predictions of a section; those answered before stand as they were answered.
    pub fn enter(&mut self, section: &Section, parts: &Parts) {
        for (_, directive) in section.directives() {
            let Directive::Predict(predict) = directive else { continue };
            if self.predictions.get(&predict.id).is_some_and(|known| known.question() == predict) {
                continue;
            }
            let said = parts.learner.predictions().map(|(_, said)| said).filter(|said| said.of == predict.id);
            let prediction = match said.last() {
                Some(said) => Prediction::restored(predict.clone(), said),
                None => Prediction::new(predict.clone()),
            };
            self.predictions.insert(predict.id.clone(), prediction);
        }
    }

    #[must_use]
    pub fn prediction(&self, id: &str) -> Option<&Prediction> {
        self.predictions.get(id)
    }

    /// It waits for an answer.
    #[must_use]
    pub fn is_open(&self, spot: &Spot) -> bool {
        match spot.kind {
            SpotKind::Predict => self.prediction(&spot.name).is_some_and(Prediction::is_asking),
            SpotKind::Recall => !self.revealed.contains(&spot.name),
        }
    }

    /// The first open question that the view shows.
    #[must_use]
    pub fn active(&self, page: &Page, view: View) -> Option<usize> {
        page.questions().iter().position(|spot| view.shows(&spot.rows) && self.is_open(spot))
    }

    /// Hands a key to a prediction.
    pub fn act(&mut self, name: &str, parts: &Parts, action: Action) -> Deed {
        let Some(prediction) = self.predictions.get_mut(name) else { return Deed::Ignored };
        prediction.act(action, &parts.scenarios)
    }

    pub fn reveal(&mut self, card: &str) {
        self.revealed.insert(card.to_owned());
    }

    #[must_use]
    pub fn is_running(&self) -> bool {
        self.predictions.values().any(Prediction::is_running)
    }

    /// Takes one frame's share of the run under way; what to note for each that was decided.
    pub fn step(&mut self) -> Vec<Option<learner::Prediction>> {
        let running = self.predictions.values_mut().filter(|prediction| prediction.is_running());
        running.filter_map(|prediction| prediction.step(FRAME_BUDGET)).collect()
    }

    /// The state of every question of a section, as typesetting takes it.
    #[must_use]
    pub fn asked(&self, section: &Section, parts: &Parts) -> BTreeMap<String, Asked> {
        let mut asked = BTreeMap::new();
        for (_, directive) in section.directives() {
            match directive {
                Directive::Predict(predict) => {
                    if let Some(prediction) = self.prediction(&predict.id) {
                        asked.insert(predict.id.clone(), prediction.asked(parts.place.ask_first));
                    }
                }
                Directive::Recall { card } => {
                    if let Some(known) = parts.course.card(card) {
                        asked.insert(card.clone(), self.recall(known));
                    }
                }
                _ => {}
            }
        }
        asked
    }

    fn recall(&self, card: &Card) -> Asked {
        let lines = if self.revealed.contains(card.id.as_str()) { answer(card) } else { vec![invitation()] };
        Asked { question: card.question.clone(), lines, ..Asked::default() }
    }
}

fn invitation() -> Vec<Span> {
    vec![
        Span::new(Role::Quiet, "Answer it in your head or aloud; "),
        Span::new(Role::Key, keymap::shown(Context::Reader, Action::Confirm)),
        Span::new(Role::Quiet, " shows the answer."),
    ]
}

/// The answer in full, what it has to name, and why.
#[must_use]
pub fn answer(card: &Card) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    let item = |mark: &str, text: &str| {
        vec![Span::new(Role::Frame, format!("{mark} ")), Span::new(Role::Text, text)]
    };
    match &card.kind {
        CardKind::Choice { options, .. } => {
            let right = options.iter().filter(|option| option.right);
            lines.extend(right.map(|option| vec![Span::new(Role::Strong, option.text.clone())]));
        }
        CardKind::Order(items) => {
            lines.extend((1..).zip(items).map(|(number, text)| item(&format!("{number}."), text)));
        }
        CardKind::Number(number) => lines.push(vec![Span::new(Role::Strong, number.words())]),
        CardKind::Fault(fault) => lines.extend(fault.wrong_lines().map(|line| item("·", line.trim()))),
        CardKind::Recall { .. } | CardKind::Typed { .. } | CardKind::Cloze { .. } | CardKind::Run(_) => {}
    }
    if !card.answer.is_empty() {
        lines.push(inline(&card.answer));
    }
    if let CardKind::Recall { points } = &card.kind {
        lines.extend(points.iter().map(|text| item("·", text)));
    }
    if !card.reason.is_empty() {
        lines.push(vec![Span::new(Role::Quiet, card.reason.clone())]);
    }
    lines
}
