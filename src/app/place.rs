//! Where the learner is, to the line; kept between runs.

use super::review::resume::Kept;
use crate::course::BlockId;

/// A place in the lesson and what was done there.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Place {
    /// Section, from 1; 0 before the first.
    pub section: u8,
    /// The block at the top of the text.
    pub block: BlockId,
    /// Letters and digits of it above the top row: the same at any width.
    pub offset: usize,
    /// Sections read to their end.
    pub done: Vec<u8>,
    /// Predictions are asked for before breaks.
    pub ask_first: bool,
    /// The review that was left.
    pub session: Option<Kept>,
}

impl Place {
    /// Where somebody is who was never here.
    #[must_use]
    pub fn first() -> Self {
        Self { ask_first: true, ..Self::default() }
    }
}
