//! The interactive parts of a lesson: fenced blocks whose info string is a name and whose body is TOML.
//!
//! `docs/authors.md` has each one's keys with an example. Here they are values; what they do is `app`'s.

use super::claim::Claim;

pub(super) mod read;

/// One directive, parsed.
#[derive(Clone, Debug, PartialEq)]
pub enum Directive {
    /// A question before a break; the answer is computed.
    Predict(Predict),
    /// Sets the mesh beside the text.
    Lab(Lab),
    /// A card of the deck, asked in place.
    Recall { card: String },
    /// A computed sentence.
    Calc(Calc),
    /// Markdown for the presenter only.
    Notes(super::document::Document),
    /// What an audience sees instead of the prose under a heading.
    Beat(Beat),
    /// A stop: the presenter waits, the reader sees a line.
    Pause(Pause),
    /// The two sides of `t`: the outline's shorthand, and what a cluster takes.
    Sketch { sketch: Side, real: Side },
    /// A manifest that may be applied as it stands.
    Apply { text: String },
    /// A block that could not be read; shown in place with its diagnostic.
    Broken { name: String, what: String },
}

impl Directive {
    /// The name it is written with.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Predict(_) => "predict",
            Self::Lab(_) => "lab",
            Self::Recall { .. } => "recall",
            Self::Calc(_) => "calc",
            Self::Notes(_) => "notes",
            Self::Beat(_) => "beat",
            Self::Pause(_) => "pause",
            Self::Sketch { .. } => "sketch",
            Self::Apply { .. } => "yaml apply",
            Self::Broken { name, .. } => name,
        }
    }

    /// What a beat may show and an index may list: the id of a `lab` or `predict`, the card of a `recall`.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Predict(predict) => Some(&predict.id),
            Self::Lab(lab) => Some(&lab.id),
            Self::Recall { card } => Some(card),
            _ => None,
        }
    }

    /// The sentences in it, as they are written.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Predict(predict) => {
                let options: &[PredictOption] = match &predict.answer {
                    Answer::Percent { .. } => &[],
                    Answer::Choice(options) => options,
                };
                let options = options.iter().map(|option| option.text.as_str());
                [predict.ask.as_str(), predict.why.as_str()].into_iter().chain(options).collect()
            }
            Self::Lab(lab) => vec![&lab.caption],
            Self::Calc(calc) => vec![&calc.text],
            Self::Beat(Beat::Words(words)) => vec![words],
            Self::Pause(pause) => vec![&pause.say],
            _ => Vec::new(),
        }
    }

    /// The number it needs worked out, if any.
    #[must_use]
    pub fn claim(&self) -> Option<&Claim> {
        match self {
            Self::Predict(predict) => Some(&predict.claim),
            Self::Calc(calc) => Some(&calc.claim),
            _ => None,
        }
    }
}

/// One side of a sketch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    pub language: String,
    pub text: String,
}

/// A prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Predict {
    /// Unique in the lesson.
    pub id: String,
    pub ask: String,
    pub answer: Answer,
    /// What decides it.
    pub claim: Claim,
    /// One or two sentences, shown with the result.
    pub why: String,
    /// The card that comes forward when the prediction was wrong.
    pub card: Option<String>,
}

/// How a prediction is given.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A percentage, right within `tolerance` points.
    Percent { tolerance: f64 },
    /// One of these; the right one is the one whose range holds the computed number.
    Choice(Vec<PredictOption>),
}

impl Predict {
    /// The option that holds `number`, by index, for a choice.
    #[must_use]
    pub fn right_option(&self, number: f64) -> Option<usize> {
        match &self.answer {
            Answer::Percent { .. } => None,
            Answer::Choice(options) => options.iter().position(|option| option.holds(number)),
        }
    }
}

impl PredictOption {
    /// Whether this is the right option when `number` is what came out.
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        self.min <= number && number <= self.max
    }
}

/// One option of a [`Answer::Choice`]: right when `min ≤ number ≤ max`.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictOption {
    pub text: String,
    pub min: f64,
    pub max: f64,
}

/// The mesh beside the text from here on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lab {
    pub id: String,
    pub scenario: String,
    pub pattern: String,
    /// `KEY=VALUE` as on the command line.
    pub set: Vec<String>,
    /// Interventions as on the command line.
    pub actions: Vec<String>,
    /// One line under the mesh.
    pub caption: String,
}

/// A number worked out and shown in a sentence: `{}` in the text is replaced by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Calc {
    pub text: String,
    pub claim: Claim,
}

/// What an audience sees for one heading: at most 25 words, or one thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beat {
    Words(String),
    /// Names a `lab`, `predict` or `recall` of the same section by id.
    Show(String),
}

/// A stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    pub say: String,
    pub seconds: u32,
}
