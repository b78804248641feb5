//! The kinds of cards: how each is asked, and what is right.

use crate::course::claim::{Claim, How};
use crate::course::typeset::figure_text;

/// What stands in a cloze's sentence where the answer belongs.
pub const GAP: &str = "___";

/// Seeds on which a fresh run is tried before learners meet it; any do.
const CHECKED_SEEDS: [u64; 5] = [7, 11, 23, 42, 1009];

/// How a card is asked and marked.
#[derive(Clone, Debug, PartialEq)]
pub enum CardKind {
    /// The learner says it and compares; `points` is what to compare with.
    Recall { points: Vec<String> },
    /// A few words to type: the answer or one of these.
    Typed { accept: Vec<String> },
    /// A sentence with one [`GAP`]: the answer or one of these fills it.
    Cloze { accept: Vec<String> },
    /// A number to type.
    Number(Number),
    /// One of these is right. Once it is known it is asked without them: the answer or one of `accept` is typed.
    Choice { options: Vec<CardOption>, accept: Vec<String> },
    /// These, given in the right order.
    Order(Vec<String>),
    /// One line of a manifest is wrong.
    Fault(Fault),
    /// A run that is made when it is asked, with a seed of its own: what will its number be?
    Run(FreshRun),
}

/// One option of a choice, with a sentence on why it is right or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardOption {
    pub text: String,
    pub right: bool,
    pub why: String,
}

/// A number that is right within a tolerance.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub value: f64,
    /// Absolute, in the unit of the value.
    pub tolerance: f64,
    /// Shown behind the number and not asked for: `%`, `ms`; perhaps nothing.
    pub unit: String,
}

/// A manifest and where it is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub yaml: String,
    /// Its wrong lines, counted from 0; to name one of them is enough.
    pub wrong: Vec<usize>,
}

/// A run to predict.
#[derive(Clone, Debug, PartialEq)]
pub struct FreshRun {
    /// The run with one seed and what comes out of it; its tolerance is that of an answer, and holds for every seed.
    pub claim: Claim,
    pub unit: String,
}

impl CardKind {
    /// As in the deck: `recall`, `typed`, `cloze`, `number`, `choice`, `order`, `fault`, `run`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Recall { .. } => "recall",
            Self::Typed { .. } => "typed",
            Self::Cloze { .. } => "cloze",
            Self::Number(_) => "number",
            Self::Choice { .. } => "choice",
            Self::Order(_) => "order",
            Self::Fault(_) => "fault",
            Self::Run(_) => "run",
        }
    }

    /// Prose that belongs to the kind, in the order of the deck; a manifest is no prose.
    #[must_use]
    pub fn prose(&self) -> Vec<&str> {
        match self {
            Self::Recall { points: texts }
            | Self::Typed { accept: texts }
            | Self::Cloze { accept: texts }
            | Self::Order(texts) => texts.iter().map(String::as_str).collect(),
            Self::Choice { options, accept } => {
                let whole = options.iter().flat_map(|option| [&option.text, &option.why]);
                whole.chain(accept).map(String::as_str).collect()
            }
            Self::Number(Number { unit, .. }) | Self::Run(FreshRun { unit, .. }) => vec![unit],
            Self::Fault(_) => Vec::new(),
        }
    }

    /// What decides whether an answer is right, beside the card's answer: what a change of the card shows by.
    pub(super) fn key(&self) -> Vec<String> {
        match self {
            Self::Choice { options, .. } => {
                let side = |option: &CardOption| if option.right { "right" } else { "wrong" }.to_owned();
                options.iter().flat_map(|option| [option.text.clone(), side(option)]).collect()
            }
            Self::Number(number) => vec![format!("{} {}", number.value, number.unit)],
            Self::Fault(fault) => vec![fault.yaml.clone(), format!("{:?}", fault.wrong)],
            Self::Run(run) => vec![format!("{:?} {}", run.claim.how, run.unit)],
            _ => self.prose().into_iter().map(str::to_owned).collect(),
        }
    }
}

impl Fault {
    /// A manifest's lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.yaml.lines()
    }

    /// Those that are wrong.
    pub fn wrong_lines(&self) -> impl Iterator<Item = &str> {
        self.lines().enumerate().filter(|(at, _)| self.wrong.contains(at)).map(|(_, line)| line)
    }
}

impl Number {
    /// `70 %`, `0.25`, `12 ms`.
    #[must_use]
    pub fn words(&self) -> String {
        let number = figure_text(self.value);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }
}

impl FreshRun {
    /// What is right once a run came out at `value`.
    #[must_use]
    pub fn number(&self, value: f64) -> Number {
        Number { value, tolerance: self.claim.tolerance, unit: self.unit.clone() }
    }

    /// Runs that `check` makes: what is right must not hang on the seed by more than an answer may be off.
    pub fn checked(&self) -> impl Iterator<Item = Claim> {
        CHECKED_SEEDS.into_iter().map(|seed| self.with_seed(seed))
    }

    /// The same run with a seed of its own; its `expect` stays what the author saw.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Claim {
        let mut claim = self.claim.clone();
        if let How::Run(run) = &mut claim.how {
            run.seed = seed;
        }
        claim
    }
}
