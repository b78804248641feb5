//! The interactive parts as text: what a reader sees of a question, a computed sentence, a sketch, the notes.

use std::slice::from_ref;

use super::block::{Line, Setting, hang, label, recolor, stack};
use super::{Asked, Frames, code};
use crate::course::directive::{Answer, Calc, Directive, Lab, Pause, Predict, Side};
use crate::course::document::{BlockId, Role, Span};
use crate::course::markdown::inline;

const SKETCH_LABEL: &str = "sketch · t shows what you would apply";
const REAL_LABEL: &str = "what you would apply · t shows the sketch";
const APPLY_LABEL: &str = "yaml · ready to apply";
/// Where a computed number will stand.
const UNKNOWN: &str = "…";

pub(super) fn lines(directive: &Directive, id: &BlockId, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    match directive {
        Directive::Predict(predict) => predict_lines(predict, width, setting),
        Directive::Recall { card } => recall(card, width, setting),
        Directive::Lab(lab) => lab_line(lab, width, setting),
        Directive::Calc(calc) => {
            setting.wrap(&sentence(calc, setting.options.figures.get(&id.0).copied()), width)
        }
        Directive::Notes(document) if setting.options.notes => {
            let content = |width| recolor(stack(&document.blocks, width, setting), Role::Note);
            titled("notes", width, setting, content)
        }
        Directive::Notes(_) | Directive::Beat(_) => Vec::new(),
        Directive::Pause(pause) => pause_line(pause, width, setting),
        Directive::Sketch { sketch, real } => sketch_lines(sketch, real, width, setting),
        Directive::Apply { text } => apply(text, width, setting),
        Directive::Broken { name, what } => {
            let mark = Span::new(Role::Bad, "! ");
            let text = if what.starts_with(name.as_str()) { what.clone() } else { format!("{name}: {what}") };
            hang(&[mark], &Span::new(Role::Bad, "  "), width, |width| {
                setting.wrap(&[Span::new(Role::Bad, text.clone())], width)
            })
        }
    }
}

/// A number as people write it: at most two decimals, none that are zero, commas from ten thousand on.
#[must_use]
pub fn figure_text(number: f64) -> String {
    let fixed = format!("{number:.2}");
    let trimmed = fixed.trim_end_matches('0').trim_end_matches('.');
    let trimmed = if trimmed == "-0" { "0" } else { trimmed };
    let (whole, fraction) =
        trimmed.split_once('.').map_or((trimmed, None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.trim_start_matches('-');
    if digits.len() < 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return trimmed.to_owned();
    }
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    fraction.map_or(format!("{sign}{grouped}"), |fraction| format!("{sign}{grouped}.{fraction}"))
}

/// The sentence of a `calc` with its number, or with a gap where it will stand.
#[must_use]
pub fn sentence(calc: &Calc, number: Option<f64>) -> Vec<Span> {
    let figure =
        number.map_or_else(|| Span::new(Role::Quiet, UNKNOWN), |n| Span::new(Role::Figure, figure_text(n)));
    let mut spans = Vec::new();
    for span in inline(&calc.text) {
        match span.text.split_once("{}") {
            Some((before, after)) => {
                spans.push(Span { text: before.to_owned(), ..span.clone() });
                spans.push(figure.clone());
                spans.push(Span { text: after.to_owned(), ..span });
            }
            None => spans.push(span),
        }
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

/// A label, and the content under it behind a bar. In plain text the label is a word before the content.
fn titled(
    name: &str,
    width: usize,
    setting: &Setting<'_>,
    content: impl Fn(usize) -> Vec<Line>,
) -> Vec<Line> {
    if setting.frames() == Frames::Plain {
        let mut lines = setting.wrap(&[label(&format!("[{name}]"))], width);
        lines.extend(content(width));
        return lines;
    }
    let bar = setting.frames().span("┃ ", "| ");
    hang(from_ref(&bar), &bar, width, |width| {
        let mut lines = setting.wrap(&[label(name)], width);
        lines.extend(content(width));
        lines
    })
}

fn predict_lines(predict: &Predict, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let untouched = Asked::default();
    let asked = setting.options.asked.get(&predict.id).unwrap_or(&untouched);
    titled("predict", width, setting, |width| {
        let mut lines = setting.wrap(&inline(&predict.ask), width);
        match &predict.answer {
            Answer::Percent { tolerance } => lines.extend(percent(*tolerance, &asked.typed, width, setting)),
            Answer::Choice(options) => {
                for (number, option) in options.iter().enumerate() {
                    lines.extend(choice(number, &option.text, asked.chosen == Some(number), width, setting));
                }
            }
        }
        lines.extend(below(asked, width, setting));
        lines
    })
}

/// What stands under a question that takes a percentage, right within `tolerance` points.
#[must_use]
pub fn percent_hint(tolerance: f64) -> String {
    format!("A percentage, 0 to 100; right within {} points.", figure_text(tolerance))
}

fn percent(tolerance: f64, typed: &str, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let text = if typed.is_empty() {
        Span::new(Role::Quiet, percent_hint(tolerance))
    } else {
        Span::new(Role::Selected, format!(" {typed} % "))
    };
    setting.wrap(&[text], width)
}

fn choice(number: usize, text: &str, chosen: bool, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let mark = match (chosen, setting.frames()) {
        (true, Frames::Lines) => "• ",
        (true, _) => "* ",
        (false, _) => "  ",
    };
    let role = if chosen { Role::Selected } else { Role::Text };
    let number = format!("{}  ", number + 1);
    let rest = Span::new(Role::Text, " ".repeat(mark.chars().count() + number.len()));
    let first = [Span::new(role, mark), Span::new(Role::Key, number)];
    hang(&first, &rest, width, |width| recolor(setting.wrap(&inline(text), width), role))
}

fn below(asked: &Asked, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    asked.lines.iter().flat_map(|line| setting.wrap(line, width)).collect()
}

fn recall(card: &str, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let asked = setting.options.asked.get(card);
    titled("recall", width, setting, |width| {
        let question = match asked {
            Some(asked) if !asked.question.is_empty() => inline(&asked.question),
            _ => vec![Span::new(Role::Quiet, format!("card {card}"))],
        };
        let mut lines = setting.wrap(&question, width);
        if let Some(asked) = asked {
            lines.extend(below(asked, width, setting));
        }
        lines
    })
}

fn lab_line(lab: &Lab, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let caption =
        if lab.caption.is_empty() { format!("the scenario {}", lab.scenario) } else { lab.caption.clone() };
    let name = if setting.frames() == Frames::Plain { "[lab] " } else { "lab  " };
    let blank = Span::new(Role::Text, " ".repeat(name.len()));
    hang(&[label(name)], &blank, width, |width| recolor(setting.wrap(&inline(&caption), width), Role::Quiet))
}

fn pause_line(pause: &Pause, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let name = if setting.frames() == Frames::Plain { "[pause] " } else { "pause  " };
    let say = if pause.say.is_empty() { "Answer in your head before you read on." } else { &pause.say };
    let blank = Span::new(Role::Text, " ".repeat(name.len()));
    hang(&[label(name)], &blank, width, |width| recolor(setting.wrap(&inline(say), width), Role::Quiet))
}

fn sketch_lines(sketch: &Side, real: &Side, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let frames = setting.frames();
    if frames == Frames::Plain {
        let mut lines = said("[sketch, the idea in shorthand]", sketch, width, setting);
        lines.push(Vec::new());
        lines.extend(said("[what you would apply]", real, width, setting));
        return lines;
    }
    let (name, side) = if setting.options.real_side { (REAL_LABEL, real) } else { (SKETCH_LABEL, sketch) };
    code::block(name, &side.language, &side.text, width, frames)
}

fn apply(text: &str, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    if setting.frames() == Frames::Plain {
        let side = Side { language: "yaml".to_owned(), text: text.to_owned() };
        return said("[ready to apply]", &side, width, setting);
    }
    code::block(APPLY_LABEL, "yaml", text, width, setting.frames())
}

/// Code in plain text under a line that says what it is.
fn said(what: &str, side: &Side, width: usize, setting: &Setting<'_>) -> Vec<Line> {
    let mut lines = setting.wrap(&[label(what)], width);
    lines.extend(code::block("", &side.language, &side.text, width, setting.frames()));
    lines
}
