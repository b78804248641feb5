//! What was said before reading, and after it.

use super::Learner;
use super::entry::{Event, Pretest, Round};

impl Learner {
    /// What was said to a card of the pretest in that round; the first answer stands. `None` while it is open.
    #[must_use]
    pub fn pretest(&self, card: &str, round: Round) -> Option<&Pretest> {
        self.standing_others().find_map(|entry| match &entry.event {
            Event::Pretest(said) if said.card == card && said.round == round => Some(said),
            _ => None,
        })
    }
}
