//! Where the lesson explains what a card asks.

use std::collections::{BTreeMap, BTreeSet};

use super::directive::Directive;
use super::find::text_of;
use super::quiz::Card;
use super::{BlockId, Course, Section};

/// Shorter words say little of what a text is about.
const LETTERS_MIN: usize = 4;

/// The block at which a card's section explains it: the first of the step that shares most words with it. A step that
/// only asks the card is none. `None` where there is no such section.
#[must_use]
pub fn block_of(course: &Course, card: &Card) -> Option<BlockId> {
    let section = course.section(card.section)?;
    let asked = asked_at(course, card);
    let block = section.document.blocks.iter().position(|block| Some(&block.id) == asked.as_ref());
    let step = most_alike(section, &words(&text_of_card(card)), block.map(|block| section.step_at(block)));
    section.steps.get(step).map(|step| step.id.clone())
}

/// Where the lesson asks the card itself.
#[must_use]
pub fn asked_at(course: &Course, card: &Card) -> Option<BlockId> {
    let section = course.section(card.section)?;
    let asks =
        |directive: &Directive| matches!(directive, Directive::Recall { card: asked } if *asked == card.id.0);
    let (block, _) = section.directives().find(|(_, directive)| asks(directive))?;
    section.document.blocks.get(block).map(|block| block.id.clone())
}

/// The step that shares most with these words, for its length; a word that stands in few steps weighs more. The first
/// of equals.
fn most_alike(section: &Section, wanted: &BTreeSet<String>, without: Option<usize>) -> usize {
    let steps: Vec<BTreeSet<String>> = (0..section.steps.len())
        .map(|at| {
            let end = section.steps.get(at + 1).map_or(section.document.blocks.len(), |next| next.block);
            let blocks = section.document.blocks.get(section.steps[at].block..end).unwrap_or_default();
            let text: Vec<String> = blocks.iter().map(text_of).collect();
            words(&[&section.steps[at].title, " ", &text.join(" ")].concat())
        })
        .collect();
    let mut in_steps: BTreeMap<&str, usize> = BTreeMap::new();
    for word in steps.iter().flatten() {
        *in_steps.entry(word).or_default() += 1;
    }
    let weight = |(at, step): (usize, &BTreeSet<String>)| -> f64 {
        let shared = step.intersection(wanted).filter_map(|word| in_steps.get(word.as_str()));
        let sum: f64 = shared.map(|&steps| 1.0 / steps as f64).sum();
        if Some(at) == without { 0.0 } else { sum / (step.len().max(1) as f64).sqrt() }
    };
    let weights: Vec<f64> = steps.iter().enumerate().map(weight).collect();
    (1..weights.len()).fold(0, |best, at| if weights[at] > weights[best] { at } else { best })
}

fn text_of_card(card: &Card) -> String {
    let mut texts = vec![card.question.as_str(), &card.answer, &card.reason];
    texts.extend(card.kind.prose());
    texts.join(" ")
}

/// The words of a text in small letters, without the short ones.
fn words(text: &str) -> BTreeSet<String> {
    let long = |word: &&str| word.chars().count() >= LETTERS_MIN;
    text.split(|c: char| !c.is_alphanumeric()).filter(long).map(str::to_lowercase).collect()
}
