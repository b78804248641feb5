//! Going to a place of the lesson by its name, and reaching into the lab beside it.

use super::page::Anchor;
use super::{Pane, Reader};
use crate::app::lab::reach::Reach;
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::course::BlockId;

impl Reader {
    /// Opens a section, from 1, with a block of it at the top, or at its start.
    pub fn go_to(&mut self, parts: &mut Parts, now: Now, section: usize, block: Option<&BlockId>) -> Reply {
        let mut effects = self.noted(parts, now);
        self.door = None;
        let mut reply = self.look_at(now, Pane::Text);
        if section != self.number {
            self.enter(parts, section);
        }
        let steps = parts.course.section(self.number).map_or(&[][..], |section| &section.steps);
        if let Some(step) = block.and_then(|block| steps.iter().position(|step| step.id == *block)) {
            self.jump(parts, now, step);
        } else {
            let anchor = block.map(|block| Anchor { block: block.clone(), letters: 0 });
            let row = anchor.and_then(|anchor| self.page.row_of(&anchor));
            self.scroll(parts, now, row.unwrap_or(0));
        }
        self.settle(parts, now);
        effects.extend(self.noted(parts, now));
        reply.effects.extend(effects);
        reply
    }

    /// Does to the lab beside the text what no key does by itself.
    pub fn reach(&mut self, parts: &mut Parts, now: Now, to: Reach) -> Reply {
        let mut reply = self.companion.reach(now, to);
        self.settle(parts, now);
        reply.effects.extend(self.noted(parts, now));
        reply
    }
}
