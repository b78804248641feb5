//! Cards: what is asked, what is right and why. When a card comes up is not decided here.

mod kind;
mod mark;
pub(super) mod read;
mod see;

use serde::{Deserialize, Serialize};

use super::claim::Claim;
use super::digest::Fnv;
pub use kind::{CardKind, CardOption, Fault, FreshRun, GAP, Number};
pub use mark::{Mark, number};
pub use see::{Run, See};

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
    /// Its deck is about what earlier episodes taught; a day's new cards begin with a few of these.
    pub earlier: bool,
    /// Numbers in the answer that `check` works out again.
    pub claims: Vec<Claim>,
    /// What its author wants seen; [`Card::see`] is what there is to see.
    pub shows: Option<See>,
    /// Where it is written, for diagnostics.
    pub file: String,
    pub line: u32,
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

impl Card {
    /// Bytes of all its texts, the learner's side and the answer's.
    #[must_use]
    pub fn length(&self) -> usize {
        let manifest = if let CardKind::Fault(fault) = &self.kind { fault.yaml.len() } else { 0 };
        let prose: usize = self.kind.prose().into_iter().map(str::len).sum();
        let texts = [&self.question, &self.answer, &self.reason, &self.source];
        texts.map(String::len).iter().sum::<usize>() + prose + manifest
    }

    /// All numbers that `check` works out: those in the text, and a fresh run on several seeds.
    #[must_use]
    pub fn all_claims(&self) -> Vec<Claim> {
        let mut claims = self.claims.clone();
        if let CardKind::Run(run) = &self.kind {
            claims.extend(run.checked());
        }
        claims
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
        for text in self.kind.key() {
            part(&text);
        }
        hash.hex()
    }
}
