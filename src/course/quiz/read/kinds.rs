//! What each kind of card needs, and what belongs to another kind.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::RawCard;
use crate::course::claim::How;
use crate::course::claim::read::claim;
use crate::course::diagnostic::Diagnostic;
use crate::course::quiz::{CardKind, CardOption, Fault, FreshRun, GAP, Number};
use crate::course::toml_text::Origin;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Recall,
    Typed,
    Cloze,
    Number,
    Choice,
    Order,
    Fault,
    Run,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    text: String,
    #[serde(default)]
    right: bool,
    why: String,
}

pub(super) fn kind(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let kind = *raw.kind.get_ref();
    refuse_foreign(origin, raw, kind)?;
    let has_answer = raw.answer.as_ref().is_some_and(|answer| !answer.get_ref().trim().is_empty());
    if matches!(kind, Kind::Recall | Kind::Typed | Kind::Cloze | Kind::Fault) && !has_answer {
        return Err(origin.error(&raw.id.span(), "this card has no 'answer'", ""));
    }
    match kind {
        Kind::Recall => Ok(CardKind::Recall { points: list(raw.points.as_ref()) }),
        Kind::Typed => Ok(CardKind::Typed { accept: list(raw.accept.as_ref()) }),
        Kind::Cloze => cloze(origin, raw),
        Kind::Number => number(origin, raw),
        Kind::Choice => choice(origin, raw),
        Kind::Order => order(origin, raw),
        Kind::Fault => fault(origin, raw),
        Kind::Run => run(origin, raw),
    }
}

/// A key that only cards of other kinds have is a mistake, not an extra.
fn refuse_foreign(origin: &Origin<'_>, raw: &RawCard, kind: Kind) -> Result<(), Diagnostic> {
    let given = [
        ("accept", span(raw.accept.as_ref()), &[Kind::Typed, Kind::Cloze, Kind::Choice][..]),
        ("points", span(raw.points.as_ref()), &[Kind::Recall]),
        ("option", span(raw.option.as_ref()), &[Kind::Choice]),
        ("order", span(raw.order.as_ref()), &[Kind::Order]),
        ("number", span(raw.number.as_ref()), &[Kind::Number]),
        ("tolerance", span(raw.tolerance.as_ref()), &[Kind::Number]),
        ("unit", span(raw.unit.as_ref()), &[Kind::Number, Kind::Run]),
        ("yaml", span(raw.yaml.as_ref()), &[Kind::Fault]),
        ("wrong", span(raw.wrong.as_ref()), &[Kind::Fault]),
        ("run", span(raw.run.as_ref()), &[Kind::Run]),
    ];
    for (key, span, owners) in given {
        if let Some(span) = span.filter(|_| !owners.contains(&kind)) {
            let names: Vec<String> =
                owners.iter().map(|owner| format!("'{owner:?}'").to_lowercase()).collect();
            let what = format!("'{key}' belongs to a card of kind {}", names.join(" or "));
            return Err(origin.error(&span, what, ""));
        }
    }
    Ok(())
}

fn span<T>(value: Option<&Spanned<T>>) -> Option<Range<usize>> {
    value.map(Spanned::span)
}

fn list(list: Option<&Spanned<Vec<String>>>) -> Vec<String> {
    list.map(|list| list.get_ref().clone()).unwrap_or_default()
}

fn cloze(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    match raw.question.get_ref().matches(GAP).count() {
        1 => Ok(CardKind::Cloze { accept: list(raw.accept.as_ref()) }),
        gaps => {
            let what = format!("the question of a cloze has one gap, not {gaps}");
            Err(origin.error(&raw.question.span(), what, format!("write {GAP} where the answer belongs")))
        }
    }
}

fn number(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let Some(value) = raw.number.as_ref().map(|number| *number.get_ref()) else {
        return Err(origin.error(&raw.id.span(), "this card has no 'number'", "such as number = 70"));
    };
    let tolerance = raw.tolerance.as_ref().map_or(0.0, |tolerance| *tolerance.get_ref());
    if !(value.is_finite() && tolerance.is_finite() && tolerance >= 0.0) {
        let at = raw.tolerance.as_ref().or(raw.number.as_ref()).map_or(raw.id.span(), Spanned::span);
        return Err(origin.error(&at, "a number is finite, and a tolerance 0 or more", ""));
    }
    Ok(CardKind::Number(Number { value, tolerance, unit: unit(raw) }))
}

fn unit(raw: &RawCard) -> String {
    raw.unit.as_ref().map(|unit| unit.get_ref().clone()).unwrap_or_default()
}

fn choice(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let options: &[RawOption] = raw.option.as_ref().map_or(&[], |options| options.get_ref());
    if !(3..=4).contains(&options.len()) {
        let what = format!("a choice has three or four [[card.option]] tables, not {}", options.len());
        return Err(origin.error(&raw.id.span(), what, ""));
    }
    let right = options.iter().filter(|option| option.right).count();
    if right != 1 {
        let what = format!("exactly one option has right = true, not {right}");
        return Err(origin.error(&raw.id.span(), what, ""));
    }
    let option =
        |raw: &RawOption| CardOption { text: raw.text.clone(), right: raw.right, why: raw.why.clone() };
    let options = options.iter().map(option).collect();
    Ok(CardKind::Choice { options, accept: list(raw.accept.as_ref()) })
}

fn order(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let items = list(raw.order.as_ref());
    if items.len() < 3 {
        let what = format!("an order has at least three items, not {}", items.len());
        return Err(origin.error(&raw.id.span(), what, "order = [\"first\", \"second\", \"third\"]"));
    }
    let mut sorted = items.clone();
    sorted.sort();
    sorted.dedup();
    if sorted.len() < items.len() {
        return Err(origin.error(&raw.id.span(), "two items of this order are the same", ""));
    }
    Ok(CardKind::Order(items))
}

/// An author counts lines from 1.
fn fault(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let (Some(yaml), Some(wrong)) = (&raw.yaml, &raw.wrong) else {
        let what = "a card of kind 'fault' needs 'yaml' and 'wrong'";
        return Err(origin.error(&raw.id.span(), what, "wrong = [7] names the wrong line, counted from 1"));
    };
    let yaml_text = yaml.get_ref().trim_end();
    let last = yaml_text.lines().count();
    let numbers = wrong.get_ref();
    if numbers.is_empty() || numbers.iter().any(|line| !(1..=last).contains(line)) {
        let what = format!("'wrong' names lines from 1 to {last}");
        return Err(origin.error(&wrong.span(), what, ""));
    }
    let wrong = numbers.iter().map(|line| line - 1).collect();
    Ok(CardKind::Fault(Fault { yaml: yaml_text.to_owned(), wrong }))
}

fn run(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let Some(raw_run) = &raw.run else {
        let what = "a card of kind 'run' needs a [card.run] table";
        return Err(origin.error(&raw.id.span(), what, "with scenario, measure, expect and tolerance"));
    };
    let claim = claim(origin, raw_run)?;
    if !matches!(claim.how, How::Run(_)) {
        return Err(origin.error(
            &raw_run.span(),
            "a card of kind 'run' is about a run",
            "name a 'scenario'",
        ));
    }
    Ok(CardKind::Run(FreshRun { claim, unit: unit(raw) }))
}
