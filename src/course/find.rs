//! Search in the lesson's text.

use super::directive::Directive;
use super::{Block, BlockId, Lesson, Section};

/// Characters shown before what was found.
const BEFORE: usize = 24;
/// Characters shown in all.
const EXCERPT: usize = 72;

/// A block that holds all words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the section, from 1.
    pub section: usize,
    /// Index and name of the top-level block.
    pub block: usize,
    pub id: BlockId,
    /// The title of the step it stands in.
    pub step: String,
    /// A piece of the text around the first word.
    pub excerpt: String,
}

/// The blocks that hold every word of `wanted`, in any case and order, in reading order. Notes and beats are not
/// searched: the reader does not see them.
#[must_use]
pub fn find(lesson: &Lesson, wanted: &str) -> Vec<Hit> {
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let Some(first) = words.first() else { return Vec::new() };
    let mut hits = Vec::new();
    for section in &lesson.sections {
        for (index, block) in section.document.blocks.iter().enumerate() {
            let text = text_of(block);
            let lower = text.to_lowercase();
            if words.iter().all(|word| lower.contains(word.as_str())) {
                hits.push(hit(section, index, excerpt(&text, &lower, first)));
            }
        }
    }
    hits
}

fn hit(section: &Section, block: usize, excerpt: String) -> Hit {
    let step = section.steps.get(section.step_at(block)).map(|step| step.title.clone()).unwrap_or_default();
    Hit { section: section.number, block, id: section.document.blocks[block].id.clone(), step, excerpt }
}

/// What a reader sees of a block, in one line.
pub(super) fn text_of(block: &Block) -> String {
    let text = match block.directive() {
        Some(directive) => texts_of(directive).join(" "),
        None => block.text(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts_of(directive: &Directive) -> Vec<String> {
    match directive {
        Directive::Notes(_) | Directive::Beat(_) => Vec::new(),
        Directive::Sketch { sketch, real } => vec![sketch.text.clone(), real.text.clone()],
        Directive::Apply { text } => vec![text.clone()],
        // A `why` gives a prediction away before it is made.
        Directive::Predict(predict) => vec![predict.ask.clone()],
        other => other.texts().into_iter().map(str::to_owned).collect(),
    }
}

/// A piece of `text` with the word in it. `lower` is the text in small letters, whose bytes may lie elsewhere, so
/// the place is counted in characters.
fn excerpt(text: &str, lower: &str, word: &str) -> String {
    let at = lower.find(word).map_or(0, |at| lower[..at].chars().count());
    let start = at.saturating_sub(BEFORE);
    let mut piece: String = text.chars().skip(start).take(EXCERPT).collect();
    if start > 0 {
        piece.insert(0, '…');
    }
    if text.chars().count() > start + EXCERPT {
        piece.push('…');
    }
    piece
}
