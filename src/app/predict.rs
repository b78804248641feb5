//! A prediction: asked before a break, locked in, and compared with what a run says.
//!
//! ```text
//! Asking ──Enter──▶ Running ──▶ Shown: said, computed, why
//!    └─────s──────────▶┘ (nothing said, nothing scored)
//! ```

use std::collections::BTreeMap;

use super::action::Action;
use super::claim::Work;
use crate::course::directive::{Answer, Predict};
use crate::learner::{self, Confidence};
use crate::sim::Scenario;

mod forward;
mod words;

pub use words::figure;

pub use forward::forward;

/// One question and what became of it.
#[derive(Debug)]
pub struct Prediction {
    question: Predict,
    /// Where the learner stands while asked, and what was said once it is locked in.
    stand: Option<Said>,
    confidence: Option<Confidence>,
    /// The next digit goes on with the number instead of beginning one.
    typing: bool,
    state: State,
}

/// What a learner says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The option with this index.
    Choice(usize),
    /// A percentage, 0 to 100.
    Percent(u8),
}

/// How far it is.
#[derive(Debug)]
pub enum State {
    Asking,
    /// The run that decides it is under way.
    Running(Work),
    Shown {
        computed: f64,
    },
    /// The run cannot be made; one sentence.
    Failed(String),
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The question looks different.
    Changed,
    /// An answer is needed before it can be locked in.
    Unanswered,
    /// It is decided now, or is being decided.
    Locked,
    /// The key is not for it.
    Ignored,
}

/// What the slider stands on before anybody moved it.
const SLIDER_START: u8 = 50;
/// One press of less or more.
const SLIDER_STEP: u8 = 5;

impl Prediction {
    /// An open question.
    #[must_use]
    pub fn new(question: Predict) -> Self {
        let stand = match question.answer {
            Answer::Percent { .. } => Some(Said::Percent(SLIDER_START)),
            Answer::Choice(_) => None,
        };
        Self { question, stand, confidence: None, typing: false, state: State::Asking }
    }

    /// The question as it was answered on another day; an open one if the log's words do not fit it any more.
    #[must_use]
    pub fn restored(question: Predict, said: &learner::Prediction) -> Self {
        let mut this = Self::new(question);
        if let (Some(stand), Ok(computed)) = (this.said_of(&said.said), said.was.parse()) {
            this.stand = Some(stand);
            this.confidence = said.confidence;
            this.state = State::Shown { computed };
        }
        this
    }

    #[must_use]
    pub const fn question(&self) -> &Predict {
        &self.question
    }

    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    #[must_use]
    pub const fn stand(&self) -> Option<Said> {
        self.stand
    }

    #[must_use]
    pub const fn is_asking(&self) -> bool {
        matches!(self.state, State::Asking)
    }

    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }

    /// Takes a key of [`super::keymap::Context::Predict`].
    pub fn act(&mut self, action: Action, scenarios: &BTreeMap<String, Scenario>) -> Deed {
        if !self.is_asking() {
            return Deed::Ignored;
        }
        match action {
            Action::Choose(number) => self.choose(number),
            Action::Less => self.less(),
            Action::More => self.more(),
            Action::Confidence => {
                self.confidence = Some(self.confidence.map_or(Confidence::Guess, Confidence::next));
                Deed::Changed
            }
            Action::Confirm if self.stand.is_none() => Deed::Unanswered,
            Action::Confirm => self.lock(scenarios),
            Action::Skip => {
                self.stand = None;
                self.lock(scenarios)
            }
            _ => Deed::Ignored,
        }
    }

    /// Takes some events of the run that decides it; what to note once it is decided, if anything was said.
    pub fn step(&mut self, budget: u32) -> Option<Option<learner::Prediction>> {
        let State::Running(work) = &mut self.state else { return None };
        match work.step(budget)? {
            Ok(computed) => self.state = State::Shown { computed },
            Err(why) => self.state = State::Failed(why),
        }
        Some(self.noted())
    }

    /// Whether what was said is what came out; `None` where nothing was said or nothing came out.
    #[must_use]
    pub fn right(&self) -> Option<bool> {
        let (Some(said), State::Shown { computed }) = (self.stand, &self.state) else { return None };
        Some(match (said, &self.question.answer) {
            (Said::Percent(percent), Answer::Percent { tolerance }) => {
                (f64::from(percent) - computed).abs() <= *tolerance
            }
            (Said::Choice(index), Answer::Choice(_)) => self.option_of(*computed) == Some(index),
            _ => false,
        })
    }

    /// Digits choose an option, or write a percentage.
    fn choose(&mut self, number: u8) -> Deed {
        self.stand = match (&self.question.answer, self.stand) {
            (Answer::Choice(options), _) if (1..=options.len()).contains(&usize::from(number)) => {
                Some(Said::Choice(usize::from(number) - 1))
            }
            (Answer::Percent { .. }, Some(Said::Percent(percent))) => {
                let begun = if self.typing { percent } else { 0 };
                let longer = u16::from(begun) * 10 + u16::from(number);
                Some(Said::Percent(if longer <= 100 { longer as u8 } else { number }))
            }
            _ => return Deed::Ignored,
        };
        self.typing = true;
        Deed::Changed
    }

    /// The slider to the left, or the option above.
    fn less(&mut self) -> Deed {
        self.typing = false;
        self.stand = Some(match self.stand {
            Some(Said::Percent(percent)) => Said::Percent(percent.saturating_sub(SLIDER_STEP)),
            Some(Said::Choice(index)) => Said::Choice(index.saturating_sub(1)),
            None => Said::Choice(0),
        });
        Deed::Changed
    }

    /// The slider to the right, or the option below.
    fn more(&mut self) -> Deed {
        self.typing = false;
        self.stand = Some(match (self.stand, &self.question.answer) {
            (Some(Said::Percent(percent)), _) => Said::Percent(percent.saturating_add(SLIDER_STEP).min(100)),
            (Some(Said::Choice(index)), Answer::Choice(options)) if index + 1 < options.len() => {
                Said::Choice(index + 1)
            }
            (Some(said), _) => said,
            (None, _) => Said::Choice(0),
        });
        Deed::Changed
    }

    fn lock(&mut self, scenarios: &BTreeMap<String, Scenario>) -> Deed {
        self.state = State::Running(Work::start(&self.question.claim, scenarios));
        Deed::Locked
    }

    /// The option whose range holds the number.
    fn option_of(&self, computed: f64) -> Option<usize> {
        let Answer::Choice(options) = &self.question.answer else { return None };
        options.iter().position(|option| (option.min..=option.max).contains(&computed))
    }

    fn noted(&self) -> Option<learner::Prediction> {
        let State::Shown { computed } = self.state else { return None };
        Some(learner::Prediction {
            of: self.question.id.clone(),
            said: self.logged(self.stand?),
            was: computed.to_string(),
            right: self.right()?,
            confidence: self.confidence,
        })
    }

    /// How the log spells what was said: the number, or the option's text, which survives a change of order.
    fn logged(&self, said: Said) -> String {
        match (said, &self.question.answer) {
            (Said::Choice(index), Answer::Choice(options)) => {
                options.get(index).map_or_else(String::new, |option| option.text.clone())
            }
            (Said::Choice(index), Answer::Percent { .. }) => index.to_string(),
            (Said::Percent(percent), _) => percent.to_string(),
        }
    }

    fn said_of(&self, logged: &str) -> Option<Said> {
        match &self.question.answer {
            Answer::Choice(options) => {
                options.iter().position(|option| option.text == logged).map(Said::Choice)
            }
            Answer::Percent { .. } => {
                logged.parse().ok().filter(|percent| *percent <= 100).map(Said::Percent)
            }
        }
    }
}
