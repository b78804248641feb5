//! What happened to one learner, folded to what they know.

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: String,
}

/// Makes ids of entries.
#[derive(Clone, Debug, Default)]
pub struct IdMaker;

/// The fold of all entries.
#[derive(Clone, Debug, Default)]
pub struct Learner;

impl Learner {
    pub fn apply(&mut self, _entry: Entry) {}
}
