//! Decks to cards. Each card is read by itself, so one that is wrong does not hide the others.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Card, CardId};
use crate::course::claim::read::{RawClaim, claim};
use crate::course::diagnostic::Diagnostic;
use crate::course::files_in;
use crate::course::toml_text::Origin;

mod kinds;
mod see;

use kinds::{Kind, RawOption};
use see::{RawSee, see};

const SCHEMA: u32 = 1;

/// A deck without its cards.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDeck {
    schema: Spanned<u32>,
    deck: Spanned<String>,
    /// About what earlier episodes taught.
    #[serde(default)]
    earlier: bool,
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
    number: Option<Spanned<f64>>,
    tolerance: Option<Spanned<f64>>,
    unit: Option<Spanned<String>>,
    yaml: Option<Spanned<String>>,
    wrong: Option<Spanned<Vec<usize>>>,
    run: Option<Spanned<RawClaim>>,
    see: Option<Spanned<RawSee>>,
    #[serde(default)]
    claim: Vec<Spanned<RawClaim>>,
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
    let (name, earlier) = match RawDeck::deserialize(toml::Deserializer::from(table)) {
        Ok(deck) => {
            if *deck.schema.get_ref() != SCHEMA {
                let what = format!("schema {} is not known", deck.schema.get_ref());
                diagnostics.push(origin.error(&deck.schema.span(), what, format!("schema = {SCHEMA}")));
            }
            (Some(deck.deck.into_inner()), deck.earlier)
        }
        Err(error) => {
            diagnostics.push(origin.explain(&error));
            (None, false)
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
            Ok(card) => cards.push(Card { earlier, ..card }),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    cards
}

fn build(origin: &Origin<'_>, raw: RawCard, deck: Option<&str>) -> Result<Card, Diagnostic> {
    check_id(origin, &raw.id, deck)?;
    let kind = kinds::kind(origin, &raw)?;
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
        earlier: false,
        claims: claims?,
        shows: raw.see.as_ref().map(|raw| see(origin, raw)).transpose()?,
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
