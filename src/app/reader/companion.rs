//! The mesh beside the text: it follows the reading until the learner takes it over.

use std::time::Duration;

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::keymap::Context;
use crate::app::lab;
use crate::app::lab::reach::Reach;
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::course::directive::Lab;

/// A lab and what the text wants it to show.
#[derive(Debug)]
pub struct Companion {
    lab: Box<lab::Lab>,
    /// What the text asked for last, on show unless the learner has taken over.
    wanted: Lab,
    /// Why what was asked for cannot be shown; one sentence for the author.
    trouble: Option<String>,
}

impl Companion {
    #[must_use]
    pub fn open(parts: &Parts, now: Now, wanted: Lab) -> Self {
        let (lab, trouble) = match lab::Lab::embedded(parts, now, &wanted) {
            Ok(lab) => (lab, None),
            Err(why) => (lab::Lab::small(parts, now), Some(why)),
        };
        Self { lab: Box::new(lab), wanted, trouble }
    }

    #[must_use]
    pub fn lab(&self) -> &lab::Lab {
        &self.lab
    }

    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Shows this mesh if it is not the one on show and the learner has left the lab alone.
    pub fn follow(&mut self, parts: &Parts, now: Now, wanted: Lab) {
        if wanted != self.wanted && !self.lab.is_touched() {
            self.show(parts, now, wanted);
        }
    }

    /// Shows this mesh from its start; the text has the lab again.
    pub fn show(&mut self, parts: &Parts, now: Now, wanted: Lab) {
        let before = std::mem::replace(self, Self::open(parts, now, wanted));
        self.lab.follows(&before.lab);
    }

    /// Runs again what the text asked for last, and follows it from here on.
    pub fn give_back(&mut self, parts: &Parts, now: Now) {
        self.show(parts, now, self.wanted.clone());
    }

    /// The learner looks at it, or at the text again. A mesh plays while it is looked at.
    pub fn focus(&mut self, now: Now, on: bool) {
        if !on {
            self.left(now);
        } else if !self.lab.is_touched() {
            self.lab.play(now, None);
        }
    }

    /// A key while the lab has the focus; from here on it is the learner's.
    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        if action == Action::TurnWords {
            return Reply::info("the lab by itself can be text, not the one of a text");
        }
        self.lab.act(parts, now, action)
    }

    pub fn scrolls_to(&mut self, rows: usize) {
        self.lab.scrolls_to(rows);
    }

    /// What is done to the lab without a key; it is the learner's from here on.
    pub fn reach(&mut self, now: Now, to: Reach) -> Reply {
        self.lab.reach(now, to)
    }

    #[must_use]
    pub fn context(&self) -> Context {
        self.lab.context()
    }

    pub fn frame(&mut self, parts: &mut Parts, now: Now) -> Reply {
        self.lab.frame(parts, now)
    }

    pub fn left(&mut self, now: Now) -> Vec<Effect> {
        self.lab.left(now)
    }

    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        self.lab.next_frame()
    }
}
