//! Putting the open card aside: for good, until tomorrow, or back to the beginning. Each is an entry of the log, and
//! undo takes it back.

use super::keep::{Saving, write};
use super::{Review, Stage};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::keymap::{Context, shown};
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::learner::{Event, What};

impl Review {
    /// Does it to the card that is open. What cannot be seen from the next question, a card that is new again, is
    /// asked about first: `agreed` says that the key was pressed a second time.
    pub(super) fn put_aside(&mut self, parts: &mut Parts, now: Now, action: Action, agreed: bool) -> Reply {
        if self.practice.is_some() {
            return Reply::info("practice changes nothing; a review can do that");
        }
        let Some(asked) = self.open_card() else { return Reply::default() };
        let card = asked.card;
        let (event, words) = match action {
            Action::Suspend => {
                let list = shown(Context::ReviewDone, Action::Suspend);
                let words = format!("suspended; {list} at the end of a session lists such cards");
                (Event::Suspend { card, on: true }, words)
            }
            Action::Bury => (Event::Bury { card }, "not again before tomorrow".to_owned()),
            _ if asked.seen == 0 => return Reply::info("this card is new already"),
            _ if !agreed => {
                self.asks_reset = true;
                let key = shown(Context::ReviewRevealed, Action::Reset);
                return Reply::info(format!(
                    "{key} once more makes this card new; its answers stay in the log"
                ));
            }
            _ => (Event::Reset { card }, "new again".to_owned()),
        };
        let entry = write(parts, now, event);
        let revealed =
            if let Stage::Revealed(revealed) = &self.stage { Some(revealed.clone()) } else { None };
        self.aside = revealed.clone().map(|revealed| (entry.id.clone(), revealed));
        self.stage =
            Stage::Saving(Saving { id: entry.id.clone(), shown: revealed, is_grade: false, again: None });
        let undo = shown(Context::ReviewRevealed, Action::Undo);
        Reply {
            effects: vec![Effect::Append(entry)],
            ..Reply::info(format!("{words}; {undo} takes it back"))
        }
    }
}

/// What undo says it has done.
pub(super) const fn undone(what: What) -> &'static str {
    match what {
        What::Graded => "took the last grade back; grade it again",
        What::Suspended => "the card is asked again",
        What::BroughtBack => "the card is suspended again",
        What::Buried => "the card may be asked today",
        What::Reset => "the card stands as it stood",
    }
}
