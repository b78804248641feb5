//! A prediction as the audience sees it: its options, the hands for each, and what came of it.

use super::words::set;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::View;
use crate::app::present::stage::predict;
use crate::app::state::Parts;
use crate::course::directive::Answer;
use crate::course::markdown::inline;
use crate::course::typeset::figure_text;
use crate::course::{Role, Row, Span};

/// A prediction: its options with the hands for each, and at its last step what came of it.
pub fn rows(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, columns: u16) -> Vec<Row> {
    let Some(predict) = predict(parts, slide) else { return Vec::new() };
    let came = (Some(view.step) == slide.reveals_at()).then(|| talk.stage().answer(&predict.id)).flatten();
    let number = came.and_then(|came| came.as_ref().ok()).copied();
    let right = number.and_then(|number| predict.right_option(number));
    let poll = talk.session().poll(&slide.beat.id);
    let mut lines = vec![inline(&predict.ask), Vec::new()];
    if let Answer::Choice(options) = &predict.answer {
        for (index, option) in options.iter().enumerate() {
            lines.push(option_line(
                index,
                &option.text,
                poll.count(index),
                right.map(|right| right == index),
            ));
        }
        lines.push(Vec::new());
    }
    match came {
        Some(Ok(number)) => {
            let unit = if matches!(predict.answer, Answer::Percent { .. }) { " %" } else { "" };
            let figure = Span::new(Role::Figure, figure_text(*number) + unit);
            lines.push(vec![Span::new(Role::Quiet, "The run says "), figure]);
            lines.extend([inline(&predict.why), Vec::new()]);
        }
        Some(Err(why)) => lines.push(vec![Span::new(Role::Warning, why.clone())]),
        None => {}
    }
    set(lines, columns)
}

/// `B  Three quarters   7`.
fn option_line(index: usize, text: &str, hands: usize, right: Option<bool>) -> Vec<Span> {
    let letter = char::from(b'A'.saturating_add(index as u8));
    let role = match right {
        Some(true) => Role::Good,
        Some(false) => Role::Quiet,
        None => Role::Text,
    };
    let mut spans = vec![Span::new(Role::Key, format!("{letter}  ")), Span::new(role, text)];
    if hands > 0 {
        spans.push(Span::new(Role::Figure, format!("   {hands}")));
    }
    if right == Some(true) {
        spans.push(Span::new(Role::Good, "   ✓"));
    }
    spans
}
