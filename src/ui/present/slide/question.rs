//! A prediction as the audience sees it: its options, the hands for each, and what came of it.

use super::words::{Setting, Words, hung, set};
use crate::app::predict::figure;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::View;
use crate::app::present::stage::predict;
use crate::app::state::Parts;
use crate::course::directive::{Answer, Predict};
use crate::course::markdown::inline;
use crate::course::{Role, Row, Span};
use crate::ui::letters::{self, Scale};

/// Rows without which a number in large letters would leave nothing for the mesh.
const LARGE_ROWS: u16 = 30;

/// The question; below it, when its time has come, the answer.
pub fn words(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, setting: Setting) -> Words {
    let Some(predict) = predict(parts, slide) else { return Words::default() };
    let columns = setting.columns;
    let reveals = Some(view.step) == slide.reveals_at();
    let came = talk.stage().answer(&predict.id);
    let number = came.filter(|_| reveals).and_then(|came| came.as_ref().ok()).copied();
    let right = number.and_then(|number| predict.right_option(number));
    let mut question = inline(&predict.ask);
    for span in question.iter_mut().filter(|span| span.role == Role::Text) {
        span.role = Role::Strong;
    }
    let mut words = Words::all(set(vec![question, Vec::new()], columns));
    if let Answer::Choice(options) = &predict.answer {
        let poll = talk.session().poll(&slide.beat.id);
        for (index, option) in options.iter().enumerate() {
            let is_right = right.map(|right| right == index);
            words.add(option_rows(index, &option.text, poll.count(index), is_right, setting), true);
        }
        words.add(vec![Row::default()], true);
    }
    match came {
        Some(Ok(number)) => words.add(verdict(predict, *number, setting), reveals),
        Some(Err(why)) => words.add(set(vec![vec![Span::new(Role::Warning, why)]], columns), reveals),
        None => {
            let waits = vec![Span::new(Role::Quiet, "The run that answers this is still being worked out.")];
            words.add(set(vec![waits], columns), reveals);
        }
    }
    words
}

/// The number, and why it is that.
fn verdict(predict: &Predict, number: f64, setting: Setting) -> Vec<Row> {
    let figure = figure(predict, number);
    let large = (setting.large && setting.rows >= LARGE_ROWS)
        .then(|| letters::rows(&figure, usize::from(setting.columns), Scale::One, setting.ascii))
        .flatten();
    let says = Span::new(Role::Quiet, "The run says ");
    let mut rows = match large {
        Some(large) => {
            let large = large.into_iter().map(|text| vec![Span::new(Role::Figure, text)]);
            let large = large.map(|spans| Row { spans, ..Row::default() });
            set(vec![vec![says]], setting.columns).into_iter().chain(large).collect()
        }
        None => set(vec![vec![says, Span::new(Role::Figure, figure)]], setting.columns),
    };
    rows.extend(set(vec![inline(&predict.why)], setting.columns));
    rows
}

/// `B  Three quarters (7 hands)`.
fn option_rows(index: usize, text: &str, hands: usize, right: Option<bool>, setting: Setting) -> Vec<Row> {
    let letter = char::from(b'A'.saturating_add(index as u8));
    let role = match right {
        Some(true) => Role::Good,
        Some(false) => Role::Quiet,
        None => Role::Text,
    };
    let mut spans = vec![Span::new(role, text)];
    if hands > 0 {
        let unit = if hands == 1 { "hand" } else { "hands" };
        spans.push(Span::new(Role::Figure, format!(" ({hands} {unit})")));
    }
    if right == Some(true) {
        spans.push(Span::new(Role::Good, if setting.ascii { " (right)" } else { " ✓" }));
    }
    hung(&Span::new(Role::Key, format!("{letter}  ")), &spans, setting.columns)
}
