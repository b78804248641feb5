//! The answers to a section's questions, in the order they were asked.

use std::collections::BTreeMap;

use crate::course::directive::{Answer, Directive, Predict};
use crate::course::markdown::inline;
use crate::course::typeset::{figure_text, wrap_spans};
use crate::course::{Card, CardKind, Course, Role, Section, Span};

/// The lines under "Answers"; none when nothing was asked. `numbers` are the computed ones by block id.
pub(super) fn lines(
    course: &Course,
    section: &Section,
    numbers: &BTreeMap<String, f64>,
    width: u16,
) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    for (block, directive) in section.directives() {
        let (question, answer) = match directive {
            Directive::Predict(predict) => {
                let id = &section.document.blocks[block].id.0;
                let number = numbers.get(id).copied().unwrap_or(predict.claim.expect);
                (&predict.ask, predicted(predict, number))
            }
            Directive::Recall { card } => match course.card(card) {
                Some(card) => (&card.question, recalled(card)),
                None => continue,
            },
            _ => continue,
        };
        lines.push(Vec::new());
        let all = [asked(question)].into_iter().chain(answer);
        lines.extend(all.flat_map(|spans| wrap_spans(&spans, width)));
    }
    if !lines.is_empty() {
        lines.splice(0..0, [Vec::new(), vec![Span::new(Role::Heading, "## Answers")]]);
    }
    lines
}

/// The answer that came out, and why.
pub(super) fn predicted(predict: &Predict, number: f64) -> [Vec<Span>; 2] {
    let mut answer = vec![Span::new(Role::Good, "Answer: ")];
    match (&predict.answer, predict.right_option(number)) {
        (Answer::Choice(options), Some(right)) => {
            answer.extend(inline(&options[right].text));
            answer.push(Span::new(Role::Text, " (computed: "));
            answer.push(Span::new(Role::Figure, figure_text(number)));
            answer.push(Span::new(Role::Text, ")."));
        }
        (Answer::Choice(_), None) => {
            answer.push(Span::new(Role::Figure, figure_text(number)));
            answer.push(Span::new(Role::Text, " came out, which none of the options holds."));
        }
        (Answer::Percent { .. }, _) => {
            answer.push(Span::new(Role::Figure, format!("{} %", figure_text(number))));
            answer.push(Span::new(Role::Text, ", computed."));
        }
    }
    [answer, inline(&predict.why)]
}

/// A card's answer, and why.
pub(super) fn recalled(card: &Card) -> [Vec<Span>; 2] {
    let mut answer = vec![Span::new(Role::Good, "Answer: ")];
    match &card.kind {
        CardKind::Choice { options, .. } => {
            let right = options.iter().filter(|option| option.right);
            right.for_each(|option| answer.extend(inline(&option.text)));
            if !card.answer.is_empty() {
                answer.push(Span::new(Role::Text, ". "));
            }
        }
        CardKind::Order(items) => answer.push(Span::new(Role::Text, format!("{}. ", items.join(", then ")))),
        CardKind::Number(number) => answer.push(Span::new(Role::Text, format!("{}. ", number.words()))),
        CardKind::Fault(fault) => {
            let lines: Vec<&str> = fault.wrong_lines().map(str::trim).collect();
            answer.push(Span::new(Role::Code, lines.join("; ")));
            answer.push(Span::new(Role::Text, ". "));
        }
        CardKind::Recall { .. } | CardKind::Typed { .. } | CardKind::Cloze { .. } | CardKind::Run(_) => {}
    }
    answer.extend(inline(&card.answer));
    [answer, inline(&card.reason)]
}

fn asked(question: &str) -> Vec<Span> {
    let mut spans = vec![Span::new(Role::Quiet, "Question: ")];
    spans.extend(inline(question));
    spans
}
