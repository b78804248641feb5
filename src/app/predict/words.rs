//! What stands under a question: how to answer it, or what came of it.

use super::{Prediction, Said, State};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::course::claim::{Claim, How};
use crate::course::directive::{Answer, Predict};
use crate::course::markdown::inline;
use crate::course::typeset::{Asked, figure_text};
use crate::course::{Role, Span};
use crate::learner::Confidence;

/// Cells of the slider without its ends.
const SLIDER_CELLS: usize = 20;
const CONFIDENCES: [Confidence; 3] = [Confidence::Guess, Confidence::Fairly, Confidence::Certain];

impl Prediction {
    /// The question's state for the text. `ask` is false where predictions are not asked for; then a key shows
    /// the answer.
    #[must_use]
    pub fn asked(&self, ask: bool) -> Asked {
        let (chosen, typed) = match self.stand {
            Some(Said::Choice(index)) => (Some(index), String::new()),
            Some(Said::Percent(percent)) if ask || !self.is_asking() => (None, percent.to_string()),
            _ => (None, String::new()),
        };
        let lines = match &self.state {
            State::Asking if ask => self.asking(),
            State::Asking => {
                vec![Vec::new(), vec![key(Action::Confirm), quiet(" works it out and shows the answer")]]
            }
            State::Running(_) => vec![Vec::new(), vec![quiet("running it …")]],
            State::Shown { computed } => self.shown(*computed),
            State::Failed(why) => {
                vec![Vec::new(), vec![Span::new(Role::Warning, format!("No answer: {why}"))]]
            }
        };
        Asked { question: String::new(), chosen, typed, lines }
    }

    /// `50 %`, or the option's text.
    #[must_use]
    pub fn said_words(&self) -> Option<String> {
        self.stand.map(|said| match (said, &self.question.answer) {
            (Said::Choice(index), Answer::Choice(options)) => {
                options.get(index).map_or_else(String::new, |option| option.text.clone())
            }
            (Said::Choice(index), Answer::Percent { .. }) => format!("option {}", index + 1),
            (Said::Percent(percent), _) => format!("{percent} %"),
        })
    }

    fn asking(&self) -> Vec<Vec<Span>> {
        let mut lines = Vec::new();
        let mut how = match (&self.question.answer, self.stand) {
            (Answer::Percent { .. }, Some(Said::Percent(percent))) => {
                lines.push(slider(percent));
                vec![key(Action::Less), quiet(" "), key(Action::More), quiet(" or digits · ")]
            }
            (Answer::Percent { .. }, _) => Vec::new(),
            (Answer::Choice(options), _) => {
                let last = options.len().min(9) as u8;
                vec![key(Action::Choose(1)), quiet("–"), key(Action::Choose(last)), quiet(" choose · ")]
            }
        };
        how.extend([key(Action::Confirm), quiet(" lock it in · "), key(Action::Skip), quiet(" skip")]);
        lines.extend([Vec::new(), self.sure(), how]);
        lines
    }

    /// `c how sure? guess · [fairly sure] · certain`: the chosen one by shape as well as by color.
    fn sure(&self) -> Vec<Span> {
        let mut spans = vec![key(Action::Confidence), quiet(" how sure?")];
        for (place, confidence) in CONFIDENCES.into_iter().enumerate() {
            spans.push(quiet(if place == 0 { " " } else { " · " }));
            spans.push(if self.confidence == Some(confidence) {
                Span::new(Role::Selected, format!("[{}]", confidence.word()))
            } else {
                quiet(confidence.word())
            });
        }
        spans
    }

    fn shown(&self, computed: f64) -> Vec<Vec<Span>> {
        let mut first = Vec::new();
        match self.right() {
            Some(true) => first.push(Span::new(Role::Good, "Right: ")),
            Some(false) => first.push(Span::new(Role::Bad, "Not so: ")),
            None => {}
        }
        if let (Some(said), Answer::Percent { .. }) = (self.said_words(), &self.question.answer) {
            first.push(Span::new(Role::Text, format!("you said {said}, ")));
        }
        first.push(Span::new(Role::Text, if first.is_empty() { "Computed: " } else { "computed " }));
        first.push(Span::new(Role::Figure, figure(&self.question, computed)));
        let mut lines = vec![Vec::new(), first];
        lines.extend(self.outcome(computed));
        lines.push(inline(&self.question.why));
        if self.right() == Some(false) && self.question.card.is_some() {
            lines.push(vec![quiet("The card on this will come sooner.")]);
        }
        lines
    }

    /// The option that holds the number, unless the learner took it.
    fn outcome(&self, computed: f64) -> Option<Vec<Span>> {
        let Answer::Choice(options) = &self.question.answer else { return None };
        let index = self.option_of(computed)?;
        if self.stand == Some(Said::Choice(index)) {
            return None;
        }
        let text = &options.get(index)?.text;
        let number = Span::new(Role::Key, (index + 1).to_string());
        Some(vec![quiet("The answer is "), number, Span::new(Role::Text, format!(": {text}"))])
    }
}

/// `0 % ├─────────●──────────┤ 100 %`.
fn slider(percent: u8) -> Vec<Span> {
    let at = usize::from(percent) * SLIDER_CELLS / 100;
    vec![
        quiet("0 % ├"),
        Span::new(Role::Frame, "─".repeat(at)),
        Span::new(Role::Key, "●"),
        Span::new(Role::Frame, "─".repeat(SLIDER_CELLS - at)),
        quiet("┤ 100 %"),
    ]
}

/// The number that answers a question, with its unit and what it counts.
#[must_use]
pub fn figure(question: &Predict, computed: f64) -> String {
    let counted = match question.answer {
        // A percentage is what the question asks for; options speak of the outcome in other words.
        Answer::Percent { .. } => "",
        Answer::Choice(_) => counted(&question.claim),
    };
    format!("{}{}{counted}", figure_text(computed), unit(&question.claim))
}

/// What a claim's number counts, as it stands behind the number.
fn unit(claim: &Claim) -> &'static str {
    let measure = match &claim.how {
        How::Spill { .. } => return " %",
        How::Cost(cost) => &cost.measure,
        How::Run(run) => &run.measure,
    };
    let says = |part: &str| measure.split('.').any(|step| step.ends_with(part));
    match () {
        () if says("percent") => " %",
        () if says("_ms") => " ms",
        () if says("gb_per_hour") => " GB an hour",
        () if says("usd_per_hour") || measure.starts_with("bills.") => " dollars an hour",
        () => "",
    }
}

/// What of it is counted.
fn counted(claim: &Claim) -> &'static str {
    let How::Run(run) = &claim.how else { return "" };
    match run.measure.rsplit('.').next() {
        Some("success_percent") => " success",
        Some("local_percent") => " local",
        Some("failed") => " failed",
        Some("ejected_now") => " ejected",
        _ => "",
    }
}

fn key(action: Action) -> Span {
    Span::new(Role::Key, keymap::shown(Context::Predict, action))
}

fn quiet(text: &str) -> Span {
    Span::new(Role::Quiet, text)
}
