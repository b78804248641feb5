//! Decks to cards. Each card is read by itself, so one that is wrong does not hide the others.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Card, CardId, CardKind, CardOption};
use crate::course::claim::read::{RawClaim, claim};
use crate::course::diagnostic::Diagnostic;
use crate::course::files_in;
use crate::course::toml_text::Origin;

const SCHEMA: u32 = 1;

/// A deck without its cards.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDeck {
    schema: Spanned<u32>,
    deck: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCard {
    id: Spanned<String>,
    kind: Spanned<Kind>,
    objective: u32,
    section: usize,
    family: Option<String>,
    pattern: Option<String>,
    question: Spanned<String>,
    answer: Option<Spanned<String>>,
    accept: Option<Spanned<Vec<String>>>,
    points: Option<Spanned<Vec<String>>>,
    reason: Spanned<String>,
    #[serde(default)]
    source: String,
    option: Option<Spanned<Vec<RawOption>>>,
    order: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    claim: Vec<Spanned<RawClaim>>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Recall,
    Typed,
    Choice,
    Order,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOption {
    text: String,
    #[serde(default)]
    right: bool,
    why: String,
}

/// Reads all decks in `quizzes/<folder>/`.
pub(in crate::course) fn cards(
    files: &BTreeMap<String, String>,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Card> {
    let prefix = format!("quizzes/{folder}/");
    let decks = files_in(files, &prefix, "toml");
    decks.flat_map(|(file, text)| deck(file, text, diagnostics)).collect()
}

fn deck(file: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Card> {
    let origin = Origin::file(file, text);
    let mut table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            diagnostics.push(origin.explain(&error));
            return Vec::new();
        }
    };
    let raw_cards = table.get_mut().remove("card");
    let name = match RawDeck::deserialize(toml::Deserializer::from(table)) {
        Ok(deck) => {
            if *deck.schema.get_ref() != SCHEMA {
                let what = format!("schema {} is not known", deck.schema.get_ref());
                diagnostics.push(origin.error(&deck.schema.span(), what, format!("schema = {SCHEMA}")));
            }
            Some(deck.deck.into_inner())
        }
        Err(error) => {
            diagnostics.push(origin.explain(&error));
            None
        }
    };
    let raw_cards = raw_cards.map(Spanned::into_inner);
    let Some(DeValue::Array(raw_cards)) = raw_cards else {
        diagnostics.push(origin.absent("there is no [[card]] in this deck", ""));
        return Vec::new();
    };
    let mut cards = Vec::new();
    for raw in raw_cards {
        let head_line = origin.place(raw.span().start).0;
        let origin = Origin { head_line, ..origin };
        let read = toml::de::ValueDeserializer::from(raw);
        let card = RawCard::deserialize(read).map_err(|error| origin.explain(&error));
        match card.and_then(|raw| build(&origin, raw, name.as_deref())) {
            Ok(card) => cards.push(card),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    cards
}

fn build(origin: &Origin<'_>, raw: RawCard, deck: Option<&str>) -> Result<Card, Diagnostic> {
    check_id(origin, &raw.id, deck)?;
    let kind = kind(origin, &raw)?;
    for (key, text) in [("question", &raw.question), ("reason", &raw.reason)] {
        if text.get_ref().trim().is_empty() {
            return Err(origin.error(&text.span(), format!("'{key}' is empty"), ""));
        }
    }
    let claims: Result<Vec<_>, _> = raw.claim.iter().map(|raw| claim(origin, raw)).collect();
    Ok(Card {
        line: origin.place(raw.id.span().start).0,
        id: CardId(raw.id.into_inner()),
        kind,
        objective: raw.objective,
        section: raw.section,
        family: raw.family,
        pattern: raw.pattern,
        question: raw.question.into_inner(),
        answer: raw.answer.map(Spanned::into_inner).unwrap_or_default(),
        reason: raw.reason.into_inner(),
        source: raw.source,
        claims: claims?,
        file: origin.file.to_owned(),
    })
}

/// The deck's name, a dot, and a name of small letters, digits and hyphens.
fn check_id(origin: &Origin<'_>, id: &Spanned<String>, deck: Option<&str>) -> Result<(), Diagnostic> {
    let Some(deck) = deck else { return Ok(()) };
    let name = id.get_ref().strip_prefix(deck).and_then(|rest| rest.strip_prefix('.'));
    let well_formed = name.is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    });
    if well_formed {
        return Ok(());
    }
    let what = format!("'{}' is not the id of a card of this deck", id.get_ref());
    Err(origin.error(&id.span(), what, format!("'{deck}.' and small letters, digits, hyphens")))
}

fn kind(origin: &Origin<'_>, raw: &RawCard) -> Result<CardKind, Diagnostic> {
    let kind = *raw.kind.get_ref();
    let foreign = [
        ("accept", raw.accept.as_ref().map(Spanned::span), Kind::Typed),
        ("points", raw.points.as_ref().map(Spanned::span), Kind::Recall),
        ("option", raw.option.as_ref().map(Spanned::span), Kind::Choice),
        ("order", raw.order.as_ref().map(Spanned::span), Kind::Order),
    ];
    for (key, span, owner) in foreign {
        if let Some(span) = span.filter(|_| kind != owner) {
            let what = format!("'{key}' belongs to a card of kind '{}'", format!("{owner:?}").to_lowercase());
            return Err(origin.error(&span, what, ""));
        }
    }
    let has_answer = raw.answer.as_ref().is_some_and(|answer| !answer.get_ref().trim().is_empty());
    if matches!(kind, Kind::Recall | Kind::Typed) && !has_answer {
        return Err(origin.error(&raw.id.span(), "this card has no 'answer'", ""));
    }
    let list = |list: &Option<Spanned<Vec<String>>>| {
        list.as_ref().map(|list| list.get_ref().clone()).unwrap_or_default()
    };
    match kind {
        Kind::Recall => Ok(CardKind::Recall { points: list(&raw.points) }),
        Kind::Typed => Ok(CardKind::Typed { accept: list(&raw.accept) }),
        Kind::Choice => choice(origin, raw),
        Kind::Order => order(origin, raw, list(&raw.order)),
    }
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
    Ok(CardKind::Choice(options.iter().map(option).collect()))
}

fn order(origin: &Origin<'_>, raw: &RawCard, items: Vec<String>) -> Result<CardKind, Diagnostic> {
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
