//! One episode: what `lesson.toml` says of it, and its sections with their text.

pub(super) mod read;

use std::time::Duration;

use super::claim::Claim;
use super::directive::{Directive, Predict};
use super::document::{Block, BlockId, BlockKind, Document, Span};

/// Reading speed behind "time left".
const WORDS_PER_MINUTE: u64 = 200;
/// What a question takes beside its words.
const SECONDS_PER_QUESTION: u64 = 20;

/// An episode.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Folder under `lessons/` and `quizzes/`, such as `11-multi-region-kubernetes`.
    pub folder: String,
    pub title: String,
    /// This is episode `episode` of `of`.
    pub episode: u32,
    pub of: u32,
    pub course: String,
    pub kind: String,
    /// How long it takes to present.
    pub duration: Duration,
    pub prerequisites: Vec<String>,
    /// Success criteria: what one can do afterwards.
    pub success: Vec<String>,
    pub objectives: Vec<Objective>,
    /// In order; `sections[n].number` is `n + 1`.
    pub sections: Vec<Section>,
    pub introduces: Vec<Introduced>,
    pub reinforces: Vec<Reinforced>,
    /// What is asked before it can be known.
    pub pretest: Option<Pretest>,
}

/// Questions that are asked before a section is read, and once more when it is to be recalled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pretest {
    /// The section before which they are asked first, from 1.
    pub before: usize,
    /// The section before which they are asked again and compared, from 1.
    pub again: usize,
    /// Ids of cards to be said in the learner's own words, in the order of asking.
    pub cards: Vec<String>,
}

/// A learning objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// From 1.
    pub id: u32,
    pub text: String,
}

/// A concept this episode introduces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduced {
    pub concept: String,
    /// The episode it comes back in.
    pub returns: u32,
    pub how: String,
}

/// A concept of an earlier episode that this one uses again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reinforced {
    pub concept: String,
    /// The episode it comes from.
    pub from: u32,
    pub how: String,
}

/// One of the sections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// From 1.
    pub number: usize,
    /// The words of its `# Title`.
    pub title: String,
    /// Path inside the course, such as `lessons/11-…/04-….md`.
    pub file: String,
    pub document: Document,
    /// Stops of the reader and the presenter; at least one.
    pub steps: Vec<Step>,
    /// Least and most time to present it.
    pub budget: (Duration, Duration),
    /// Ids of the objectives it serves.
    pub objectives: Vec<u32>,
}

/// A stop inside a section: from `block` to the next step's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub title: String,
    /// Index of its first block.
    pub block: usize,
    /// Name of its first block.
    pub id: BlockId,
}

impl Lesson {
    /// A section by its number from 1, or by a part of its title in any case; the first that fits.
    #[must_use]
    pub fn find_section(&self, wanted: &str) -> Option<&Section> {
        let wanted = wanted.trim();
        if let Ok(number) = wanted.parse::<usize>() {
            return self.sections.iter().find(|section| section.number == number);
        }
        let wanted = wanted.to_lowercase();
        let fits = |section: &&Section| section.title.to_lowercase().contains(&wanted);
        if wanted.is_empty() { None } else { self.sections.iter().find(fits) }
    }
}

impl Section {
    /// Finds the steps of a document: each level 2 heading opens one, and so does the section itself when there is
    /// something to read before the first.
    #[must_use]
    pub fn steps_of(document: &Document, title: &str) -> Vec<Step> {
        let heading = |(block, content): (usize, &Block)| match &content.kind {
            BlockKind::Heading { level: 2, text } => {
                Some(Step { title: plain(text), block, id: content.id.clone() })
            }
            _ => None,
        };
        let mut steps: Vec<Step> = document.blocks.iter().enumerate().filter_map(heading).collect();
        let before = &document.blocks[..steps.first().map_or(document.blocks.len(), |step| step.block)];
        let first = Step {
            title: title.to_owned(),
            block: 0,
            id: before.first().map(|block| block.id.clone()).unwrap_or_default(),
        };
        match steps.first_mut() {
            Some(step) if !before.iter().any(is_read) => (step.block, step.id) = (0, first.id),
            _ => steps.insert(0, first),
        }
        steps
    }

    /// The step that a block belongs to, by index into `steps`.
    #[must_use]
    pub fn step_at(&self, block: usize) -> usize {
        self.steps.partition_point(|step| step.block <= block).saturating_sub(1)
    }

    /// Words of prose: paragraphs, lists, tables and quotes; not headings, code, footnotes or directives.
    #[must_use]
    pub fn words(&self) -> usize {
        self.document.blocks.iter().map(words).sum()
    }

    /// The predictions and recalled cards in it.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.document.blocks.iter().filter(|block| is_question(block)).count()
    }

    /// Reading time from a block to the end.
    #[must_use]
    pub fn time_left(&self, from: usize) -> Duration {
        let blocks = self.document.blocks.get(from..).unwrap_or(&[]);
        let words: u64 = blocks.iter().map(|block| words(block) as u64).sum();
        let questions = blocks.iter().filter(|block| is_question(block)).count() as u64;
        Duration::from_secs(words * 60 / WORDS_PER_MINUTE + questions * SECONDS_PER_QUESTION)
    }

    /// The directives at the top level, each with the index of its block.
    pub fn directives(&self) -> impl Iterator<Item = (usize, &Directive)> {
        self.document.blocks.iter().enumerate().filter_map(|(index, block)| Some((index, block.directive()?)))
    }

    /// The claims in the text, each with the key that its number has in
    /// [`TypesetOptions::figures`](super::typeset::TypesetOptions): a block's id; and the line it is on.
    #[must_use]
    pub fn claims(&self) -> Vec<(&BlockId, u32, &Claim)> {
        let mut claims = Vec::new();
        self.document.visit(&mut |block| {
            if let Some(claim) = block.directive().and_then(Directive::claim) {
                claims.push((&block.id, block.line, claim));
            }
        });
        claims
    }

    /// A prediction by its id.
    #[must_use]
    pub fn prediction(&self, id: &str) -> Option<&Predict> {
        self.directives().find_map(|(_, directive)| match directive {
            Directive::Predict(predict) if predict.id == id => Some(predict),
            _ => None,
        })
    }
}

/// The words of spans without their roles.
#[must_use]
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Whether there is something in a block for a reader, other than a heading.
fn is_read(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading { .. } => false,
        BlockKind::Directive(directive) => !matches!(**directive, Directive::Beat(_) | Directive::Notes(_)),
        _ => true,
    }
}

fn is_question(block: &Block) -> bool {
    matches!(block.directive(), Some(Directive::Predict(_) | Directive::Recall { .. }))
}

fn words(block: &Block) -> usize {
    let in_spans = |spans: &[Span]| plain(spans).split_whitespace().count();
    match &block.kind {
        BlockKind::Paragraph(spans) => in_spans(spans),
        BlockKind::List { items, .. } => items.iter().flatten().map(words).sum(),
        BlockKind::Quote(blocks) => blocks.iter().map(words).sum(),
        BlockKind::Table { head, rows, .. } => {
            let cells = head.iter().chain(rows.iter().flatten());
            cells.map(|cell| in_spans(cell)).sum()
        }
        _ => 0,
    }
}
