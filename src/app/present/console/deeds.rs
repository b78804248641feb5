//! What takes more than one deed, or is said in the footer: the clock, cuts, scrolling.

use super::{Console, lines, notes};
use crate::app::action::Action;
use crate::app::geometry::chrome;
use crate::app::keymap::{self, Context};
use crate::app::lab::words::{columns, top_of};
use crate::app::now::Now;
use crate::app::present::Talk;
use crate::app::present::deed::Deed;
use crate::app::state::{Notice, Parts, Reply};
use crate::course::typeset::Frames;
use crate::pace::{self, Pace};

impl Console {
    /// What loses something is done when the same key comes again.
    /// Begins the clock, stops it for questions, or lets it go on.
    pub(super) fn turn_clock(&mut self, now: Now) -> Reply {
        let reply = self.talk.act(now, Deed::Clock);
        let key = keymap::shown(Context::Console, Action::Clock);
        let words = if self.talk.session().clocks.is_frozen() {
            format!("questions: the section's clock stands; {key} goes on")
        } else {
            format!("the clock runs; {key} stops it for questions")
        };
        with_words(reply, words)
    }

    /// Cuts what is advised, or takes it back.
    pub(super) fn cut(&mut self, parts: &Parts, now: Now) -> Reply {
        let key = keymap::shown(Context::Console, Action::CutAdvice);
        let (deed, words) = match self.talk.cut_or_restore(parts, self.now_ms) {
            Some(Deed::Cut(sections)) => {
                let words = format!("{} cut; {key} takes it back", pace::words::sections(&sections));
                (Deed::Cut(sections), words)
            }
            Some(Deed::Restore(sections)) => {
                let words = format!("{} taken in again", pace::words::sections(&sections));
                (Deed::Restore(sections), words)
            }
            _ => return Reply::info("nothing has to be cut, and nothing is"),
        };
        with_words(self.talk.act(now, deed), words)
    }

    /// Going forward passes sections by that are cut: the presenter is told.
    pub(super) fn say_what_was_passed(&self, from: usize, reply: Reply) -> Reply {
        let session = self.talk.session();
        let passed = session.cut_between(from, session.section(self.talk.deck()));
        if passed.is_empty() {
            return reply;
        }
        with_words(reply, format!("{} cut: passed by", pace::words::sections(&passed)))
    }

    /// The notes, or everything as text, a page on or back.
    pub(super) fn scroll(&mut self, parts: &Parts, on: bool) {
        let body = chrome(parts.size).body;
        let (rows, shown) = if self.text {
            (lines::rows(self, parts, columns(body.width)).len(), body.height)
        } else {
            let notes = self.panes(parts, body).notes_body();
            (notes::rows(&self.talk, parts, notes.width, Frames::default()).len(), notes.height)
        };
        let page = usize::from(shown.saturating_sub(2).max(1));
        let wanted = if on { self.top + page } else { self.top.saturating_sub(page) };
        self.top = top_of(wanted, rows, usize::from(shown));
    }
}

/// What to do about time, with its key: cut what is advised, or take in what was cut.
#[must_use]
pub fn cut_hint(talk: &Talk, pace: &Pace) -> Option<String> {
    let key = keymap::shown(Context::Console, Action::CutAdvice);
    if let Some(advice) = pace.advice.as_ref().filter(|advice| !advice.cut.is_empty()) {
        return Some(format!("{key} cuts {}", pace::words::sections(&advice.cut)));
    }
    let cut = talk.cut_to_come();
    (!cut.is_empty()).then(|| format!("{} cut; {key} takes it back", pace::words::sections(&cut)))
}

fn with_words(reply: Reply, words: String) -> Reply {
    // A talk that is not obeyed has said so.
    let notice = reply.notice.or(Some(Notice::Info(words)));
    Reply { notice, ..reply }
}
