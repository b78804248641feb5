//! The end of a talk, what it took, and what it usually takes.

use std::time::Duration;

use super::deed::Deed;
use super::{Talk, wall};
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::Reply;
use crate::pace::words::clock;
use crate::pace::{Ghost, Rehearsal};

/// What was asked for when a window was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Begin anew, whatever talk there is.
    pub anew: bool,
    /// The talk is a rehearsal.
    pub rehearse: bool,
}

impl Talk {
    /// What earlier talks usually took; none without any.
    #[must_use]
    pub const fn ghost(&self) -> Option<&Ghost> {
        self.ghost.as_ref()
    }

    /// Ends the talk; what it took is kept for the next ones.
    pub(super) fn end(&mut self, now: Now) -> Reply {
        let session = self.session();
        if session.ended || !session.clocks.is_started() {
            return Reply::info("nothing has begun that could be ended");
        }
        let took = self.took(now);
        let elapsed = session.clocks.elapsed(wall(now));
        let kind = if session.rehearsal { "rehearsal" } else { "talk" };
        let words = format!("the {kind} has ended after {}; what each section took is kept", clock(elapsed));
        let mut reply = self.act(now, Deed::End);
        reply.effects.push(Effect::Rehearsed(took));
        Reply { notice: Reply::info(words).notice, ..reply }
    }

    /// The time of each section, and of each beat that was on show.
    fn took(&self, now: Now) -> Rehearsal {
        let mut took = Rehearsal::of(&self.session().clocks, wall(now));
        let mut beats = vec![Vec::new(); took.sections_ms.len()];
        for slide in self.deck().slides() {
            if let Some(section) = beats.get_mut(slide.beat.section) {
                section.push(self.session().spent.get(&slide.beat.id).copied().unwrap_or(0));
            }
        }
        took.beats_ms = beats;
        took
    }

    /// How long the present beat usually takes.
    #[must_use]
    pub fn usual(&self) -> Option<Duration> {
        let beat = self.beat()?;
        self.ghost()?.beat(beat.section, beat.number - 1)
    }
}
