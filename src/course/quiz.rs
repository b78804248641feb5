//! Cards: what is asked, what is right and why. When a card comes up is not decided here.

mod mark;
pub(super) mod read;

use serde::{Deserialize, Serialize};

use super::claim::Claim;
use super::digest::Fnv;
pub use mark::Mark;

/// Names a card for good: reviews are kept by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CardId(pub String);

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: CardId,
    pub kind: CardKind,
    /// Id of the objective it belongs to.
    pub objective: u32,
    /// Number of the section that explains it.
    pub section: usize,
    /// At most one card of a family comes up a day.
    pub family: Option<String>,
    /// `dual`, `federation` or `mesh`; two of one pattern should not follow each other.
    pub pattern: Option<String>,
    /// Text with emphasis and code, as [`super::markdown::inline`] reads it.
    pub question: String,
    /// The answer in full; for a choice or an order what there is to add to it, perhaps nothing.
    pub answer: String,
    /// One sentence: why.
    pub reason: String,
    pub source: String,
    /// Numbers in the answer that `check` works out again.
    pub claims: Vec<Claim>,
    /// Where it is written, for diagnostics.
    pub file: String,
    pub line: u32,
}

/// How a card is asked and marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// The learner says it and compares; `points` is what to compare with.
    Recall { points: Vec<String> },
    /// A few words to type: the answer or one of these.
    Typed { accept: Vec<String> },
    /// One of these is right.
    Choice(Vec<CardOption>),
    /// These, given in the right order.
    Order(Vec<String>),
}

/// One option of a choice, with a sentence on why it is right or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardOption {
    pub text: String,
    pub right: bool,
    pub why: String,
}

impl CardId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CardId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl CardKind {
    /// As in the deck: `recall`, `typed`, `choice`, `order`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Recall { .. } => "recall",
            Self::Typed { .. } => "typed",
            Self::Choice(_) => "choice",
            Self::Order(_) => "order",
        }
    }
}

impl Card {
    /// Bytes of all its texts, the learner's side and the answer's.
    #[must_use]
    pub fn length(&self) -> usize {
        let kind: usize = match &self.kind {
            CardKind::Recall { points: texts }
            | CardKind::Typed { accept: texts }
            | CardKind::Order(texts) => texts.iter().map(String::len).sum(),
            CardKind::Choice(options) => {
                options.iter().map(|option| option.text.len() + option.why.len()).sum()
            }
        };
        [&self.question, &self.answer, &self.reason, &self.source].map(String::len).iter().sum::<usize>()
            + kind
    }

    /// Changes when what is asked or what is right changes, and not for a comma's spacing or a capital: 16
    /// hexadecimal digits, the same on every machine and in every version.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let mut hash = Fnv::default();
        let mut part = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            hash.write(words.join(" ").as_bytes());
            // Ends the part: no text holds this byte.
            hash.write(&[0xff]);
        };
        part(self.kind.name());
        part(&self.question);
        part(&self.answer);
        match &self.kind {
            CardKind::Recall { points: texts }
            | CardKind::Typed { accept: texts }
            | CardKind::Order(texts) => {
                for text in texts {
                    part(text);
                }
            }
            CardKind::Choice(options) => {
                for option in options {
                    part(&option.text);
                    part(if option.right { "right" } else { "wrong" });
                }
            }
        }
        hash.hex()
    }
}
