//! The question that a view asks everybody, as far as it may be seen at its step: nothing here says more than that.

use super::session::{Front, View};
use super::stage::predict;
use super::{Talk, options, polls};
use crate::app::lab::inquiry::Inquiry;
use crate::app::predict::figure;
use crate::app::state::{Parts, Reply};
use crate::course::directive::Predict;

/// A question with its options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What is done to the mesh, one sentence; empty where the question says it.
    pub deed: String,
    /// One or two sentences, as the lesson writes them.
    pub ask: String,
    pub options: Vec<AskedOption>,
    /// `None` before its time.
    pub told: Option<Told>,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedOption {
    pub words: String,
    pub hands: usize,
    /// Whether it turned out right; `None` before that is told.
    pub right: Option<bool>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The number in words, and one or two sentences on why.
    Came { came: String, why: String },
    /// The run is not there yet.
    NotYet,
    /// There is no number, and why: one sentence.
    Nothing(String),
}

/// What is behind a question.
struct Behind {
    deed: String,
    ask: String,
    options: Vec<String>,
    right: Option<usize>,
    told: Told,
}

/// What a view asks, with what came of it whether it is told or not, and whether it is: for laying out what will be
/// revealed. Nobody draws more of it than [`asked`] gives.
#[must_use]
pub fn whole(talk: &Talk, parts: &Parts, view: &View) -> Option<(Asked, bool)> {
    let slide = talk.slide(view)?;
    let (behind, key) = behind(talk, parts, view)?;
    Some((behind.shown(talk, &key, true), polls::is_told(slide, view)))
}

/// What a view asks; `None` where it asks nothing, and for cards, which have no options. The view is the one on stage.
#[must_use]
pub fn asked(talk: &Talk, parts: &Parts, view: &View) -> Option<Asked> {
    let slide = talk.slide(view)?;
    let (behind, key) = behind(talk, parts, view)?;
    Some(behind.shown(talk, &key, polls::is_told(slide, view)))
}

/// What is behind the question of a view, and the name of its show of hands.
fn behind(talk: &Talk, parts: &Parts, view: &View) -> Option<(Behind, String)> {
    let slide = talk.slide(view).filter(|_| view.front == Front::Beat)?;
    let key = polls::key(slide, view)?;
    let is_armed = view.asked_of_armed().is_some();
    let inquired = |caption: &str| {
        talk.stage().inquiry().map_or_else(Behind::nothing, |inquiry| Behind::inquiry(inquiry, caption))
    };
    let behind = if is_armed {
        // For a frame or two nothing is known of it; the beat's own question is not asked then either.
        inquired("")
    } else if let Some(predict) = predict(parts, slide) {
        Behind::prediction(talk, predict)
    } else if let Some(demo) = slide.demo.as_ref().filter(|demo| demo.first.is_some()) {
        inquired(&demo.mesh.caption)
    } else {
        return None;
    };
    Some((behind, key))
}

impl Behind {
    const fn nothing() -> Self {
        Self { deed: String::new(), ask: String::new(), options: Vec::new(), right: None, told: Told::NotYet }
    }

    fn prediction(talk: &Talk, predict: &Predict) -> Self {
        let came = talk.stage().answer(&predict.id);
        let told = match came {
            None => Told::NotYet,
            Some(Ok(number)) => Told::Came { came: figure(predict, *number), why: predict.why.clone() },
            Some(Err(why)) => Told::Nothing(why.clone()),
        };
        let number = came.and_then(|came| came.as_ref().ok());
        Self {
            deed: String::new(),
            ask: predict.ask.clone(),
            options: options::of_prediction(predict),
            right: number.and_then(|number| options::right_of_prediction(predict, *number)),
            told,
        }
    }

    /// `caption`: what the author says of it, after the run's own reason.
    fn inquiry(inquiry: &Inquiry, caption: &str) -> Self {
        let question = inquiry.question();
        let answer = inquiry.answer();
        let told = match answer {
            None => Told::NotYet,
            Some(answer) if answer.number.is_some() => {
                let why = [answer.why.as_str(), caption].join(" ").trim().to_owned();
                Told::Came { came: answer.came.clone(), why }
            }
            Some(_) => Told::Nothing("Nothing was called, so there is nothing to compare.".to_owned()),
        };
        let number = answer.and_then(|answer| answer.number);
        Self {
            deed: question.deed.clone(),
            ask: question.ask.clone(),
            options: options::of_question(question),
            right: number.and_then(|number| options::right_of_question(question, number)),
            told,
        }
    }

    fn shown(self, talk: &Talk, key: &str, is_told: bool) -> Asked {
        let poll = talk.session().poll(key);
        let right = self.right.filter(|_| is_told);
        let option = |(at, words): (usize, String)| AskedOption {
            words,
            hands: poll.count(at),
            right: right.map(|right| right == at),
        };
        Asked {
            deed: self.deed,
            ask: self.ask,
            options: self.options.into_iter().enumerate().map(option).collect(),
            told: is_told.then_some(self.told),
        }
    }
}

/// A hand was counted for an option that there is not.
#[must_use]
pub fn no_such_option(options: usize) -> Reply {
    match options {
        0 => Reply::default(),
        options => Reply::info(format!("there are {options} options to count hands for")),
    }
}
