//! Where the figures start: the scenario of the lab on screen, else the lesson's.

use std::collections::BTreeMap;

use super::{Back, FIELDS, Worth};
use crate::app::lab::open::lesson;
use crate::app::state::{Parts, Screen};
use crate::sim::Scenario;
use crate::sim::cost::{Answer, Question, price_keys};

/// The screen as it is opened from another one; `parked` is how it was left.
#[must_use]
pub fn open(from: &Screen, parts: &Parts, parked: Option<Box<Worth>>) -> Box<Worth> {
    let (back, lab) = match from {
        Screen::Lab(lab) => (Back::Lab, Some(lab)),
        Screen::Reader(_) => (Back::Reader, None),
        Screen::Review(_) => (Back::Review, None),
        Screen::Home(_) | Screen::Worth(_) | Screen::Stats(_) | Screen::Audience(_) | Screen::Console(_) => {
            (Back::Home, None)
        }
    };
    let scenario = lab.map_or_else(|| lesson(parts), |lab| lab.scenario().clone());
    let text = lab.is_some_and(|lab| lab.is_text());
    let again = parked.and_then(|worth| worth.reopened(&scenario, back, text));
    again.unwrap_or_else(|| Box::new(Worth::open(scenario, back, text)))
}

impl Worth {
    /// From a scenario as it is; as text if the screen before was text.
    #[must_use]
    pub fn open(scenario: Scenario, back: Back, text: bool) -> Self {
        let question = Question::new(scenario.clone());
        let answer = answer(&scenario, &question);
        Self {
            back,
            scenario,
            set: BTreeMap::new(),
            question,
            answer,
            row: 0,
            prices_open: false,
            typed: None,
            words: text.then_some(0),
        }
    }

    /// The same figures again, if it started from the same scenario.
    #[must_use]
    pub fn reopened(mut self: Box<Self>, scenario: &Scenario, back: Back, text: bool) -> Option<Box<Self>> {
        let same = self.scenario.name() == scenario.name() && self.scenario.changes() == scenario.changes();
        self.back = back;
        self.typed = None;
        self.words = self.words.or(text.then_some(0));
        same.then_some(self)
    }
}

/// The question that a scenario and what was set come to.
pub(super) fn asked(scenario: &Scenario, set: &BTreeMap<&'static str, String>) -> Result<Question, String> {
    let mut question = Question::new(scenario.clone());
    let names = FIELDS.iter().map(|field| field.name).chain(price_keys());
    for (name, value) in names.filter_map(|name| Some((name, set.get(name)?))) {
        question.put(name, value)?;
    }
    Ok(question)
}

pub(super) fn answer(scenario: &Scenario, question: &Question) -> Result<Answer, String> {
    scenario.validate().map_err(|error| error.to_string())?;
    question.clone().answer()
}
