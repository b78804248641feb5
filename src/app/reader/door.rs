//! What stands before the text of a section: the questions that are asked before it is read.

use super::Reader;
use crate::app::action::Action;
use crate::app::now::Now;
use crate::app::pretest::{Outcome, Pretest};
use crate::app::state::{Parts, Reply};
use crate::learner::Round;

impl Reader {
    /// The questions on the screen in place of the text.
    #[must_use]
    pub const fn door(&self) -> Option<&Pretest> {
        self.door.as_ref()
    }

    /// After a section was entered: what is to be asked before it, if one stands at its start.
    pub(super) fn come(&mut self, parts: &Parts) {
        if self.came == self.number {
            return;
        }
        self.came = self.number;
        self.door = Pretest::at(parts, self.number).filter(|_| self.view.top == 0);
    }

    /// After the last section: what was left open.
    pub(super) fn go_out(&mut self, parts: &Parts) -> bool {
        self.door = Pretest::again(parts);
        self.door.is_some()
    }

    /// A key while the questions have the screen.
    pub(super) fn act_at_door(&mut self, parts: &mut Parts, now: Now, action: Action) -> Option<Reply> {
        let door = self.door.as_mut()?;
        let reply = match door.act(parts, now, action) {
            Outcome::Stays(reply) => reply,
            Outcome::Over(reply) => {
                self.pass(parts, now);
                reply
            }
        };
        self.settle(parts, now);
        Some(reply)
    }

    /// The text has the screen, its mesh begins, and what was compared is not asked once more in the text.
    fn pass(&mut self, parts: &Parts, now: Now) {
        let Some(door) = self.door.take() else { return };
        if door.round() == Round::After {
            for card in door.cards() {
                self.questions.reveal(card);
            }
            self.lay_out(parts);
        }
        self.companion.give_back(parts, now);
        self.follow(parts, now);
    }
}
