//! The reader: a section's text, the questions in it, and the mesh beside it.
//!
//! ```text
//!  Section ──typeset──▶ Page (rows, steps, questions) ──View──▶ what is on the screen
//!                         ▲            │ the row being read
//!    Questions, Figures ──┘            ▼
//!                                   Companion (the mesh beside it)
//! ```
//!
//! Every change ends in a page laid out anew and a view inside it, so that drawing only looks.

use std::time::Duration;

use super::action::Action;
use super::effect::Effect;
use super::geometry::Size;
use super::keymap::Context;
use super::now::Now;
use super::state::{Parts, Reply};
use crate::course::Section;

mod companion;
mod door;
mod figures;
mod jump;
mod keep;
mod mesh;
mod moves;
mod notes;
mod page;
mod questions;
mod view;

use super::pretest::Pretest;
use companion::Companion;
use figures::Figures;
pub use mesh::mesh_of;
pub(super) use notes::append;
pub use page::{Page, Spot, SpotKind};
use questions::Questions;
pub use questions::answer;
pub use view::View;

/// Between two shares of a computation: as often as the screen may be drawn anyway.
const WORK_PAUSE: Duration = Duration::from_millis(10);

/// The reader.
#[derive(Debug)]
pub struct Reader {
    /// The section on show, from 1.
    number: usize,
    size: Size,
    page: Page,
    view: View,
    /// The step that was jumped to, as long as nothing else moved the text.
    step: Option<usize>,
    pane: Pane,
    /// The question that takes keys: an index into the page's.
    active: Option<usize>,
    /// Questions ask for a prediction first.
    asks: bool,
    /// Of sketches the side that one would apply is on show.
    real_side: bool,
    questions: Questions,
    /// What is asked in place of the text.
    door: Option<Pretest>,
    /// The section before which it was last looked what there is to ask.
    came: usize,
    figures: Figures,
    companion: Companion,
    /// The row that was at the top when the place was remembered.
    saved: usize,
    /// When a computation wants to go on.
    wake: Option<Duration>,
}

/// Where keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Text,
    Lab,
}

impl Reader {
    /// At the start of a section, or where the learner was.
    #[must_use]
    pub fn open(parts: &Parts, now: Now, section: Option<u8>) -> Self {
        let number = usize::from(section.unwrap_or(parts.place.section));
        let mut reader = Self {
            number,
            size: parts.size,
            page: Page::default(),
            view: View::default(),
            step: None,
            pane: Pane::Text,
            active: None,
            asks: parts.place.ask_first,
            real_side: false,
            questions: Questions::default(),
            door: None,
            came: 0,
            figures: Figures::default(),
            companion: Companion::open(parts, now, mesh::resting()),
            saved: 0,
            wake: None,
        };
        reader.enter(parts, number);
        if section.is_none() {
            reader.restore(parts);
        }
        reader.settle(parts, now);
        reader.follow(parts, now);
        reader
    }

    /// Where the next key is looked up.
    #[must_use]
    pub fn context(&self) -> Context {
        if let Some(door) = &self.door {
            return door.context();
        }
        match (self.pane, self.active_spot()) {
            (Pane::Lab, _) => match self.companion.context() {
                Context::Lab => Context::Companion,
                asking => asking,
            },
            (Pane::Text, Some(Spot { kind: SpotKind::Predict, .. })) if self.asks => Context::Predict,
            (Pane::Text, _) => Context::Reader,
        }
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        if let Some(reply) = self.act_at_door(parts, now, action) {
            return reply;
        }
        let mut reply = match self.pane {
            Pane::Lab => self.act_on_lab(parts, now, action),
            Pane::Text => self.act_on_text(parts, now, action),
        };
        self.settle(parts, now);
        reply.effects.extend(self.noted(parts, now));
        reply
    }

    pub fn frame(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let mut reply = Reply::default();
        if self.door.is_none() {
            reply = self.companion.frame(parts, now);
        }
        if self.wake.is_some_and(|wake| wake <= now.mono) {
            reply.effects.extend(self.decide(parts, now));
            if self.figures.step(&parts.scenarios) {
                self.lay_out(parts);
            }
        }
        self.settle(parts, now);
        reply
    }

    /// The window changed; what stood at the top still does.
    pub fn resized(&mut self, parts: &Parts) {
        self.size = parts.size;
        self.lay_out(parts);
        self.active = self.questions.active(&self.page, self.view);
    }

    /// Remembers the place; the mesh stands still.
    pub fn left(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
        let mut effects = self.noted(parts, now);
        effects.extend(self.companion.left(now));
        effects.push(self.save(parts));
        effects
    }

    /// The files were read again: the same place at the top, as far as it is still there.
    pub fn course_changed(&mut self, parts: &Parts) {
        let anchor = self.page.anchor(self.view.top);
        self.enter(parts, self.number);
        self.view.top = self.page.row_of(&anchor).unwrap_or(0);
        self.clamp();
        self.active = self.questions.active(&self.page, self.view);
        // Computed sentences may have changed with the text.
        self.wake = Some(Duration::ZERO);
    }

    /// When the next frame is wanted.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        // The mesh beside the text is not on the screen while something stands before the text.
        let mesh = self.companion.next_frame().filter(|_| self.door.is_none());
        [mesh, self.wake].into_iter().flatten().min()
    }
}

/// What drawing asks.
impl Reader {
    #[must_use]
    pub fn section<'a>(&self, parts: &'a Parts) -> Option<&'a Section> {
        parts.course.section(self.number)
    }

    #[must_use]
    pub const fn page(&self) -> &Page {
        &self.page
    }

    #[must_use]
    pub const fn view(&self) -> View {
        self.view
    }

    #[must_use]
    pub const fn pane(&self) -> Pane {
        self.pane
    }

    #[must_use]
    pub fn lab(&self) -> &super::lab::Lab {
        self.companion.lab()
    }

    /// How far the open sheet of the mesh can be scrolled.
    pub fn scrolls_to(&mut self, rows: usize) {
        self.companion.scrolls_to(rows);
    }

    /// Why the mesh that the text asks for is not on show.
    #[must_use]
    pub fn lab_trouble(&self) -> Option<&str> {
        self.companion.trouble()
    }

    /// The question that takes keys.
    #[must_use]
    pub fn active_spot(&self) -> Option<&Spot> {
        self.page.questions().get(self.active?)
    }

    /// The step one is in, from 0.
    #[must_use]
    pub fn step(&self) -> usize {
        let past = self.page.steps().partition_point(|&row| row <= self.view.stepping());
        self.step.unwrap_or(past.saturating_sub(1))
    }

    /// The reading time of what is left.
    #[must_use]
    pub fn time_left(&self, parts: &Parts) -> Duration {
        let row = self.page.rows().get(self.view.reading());
        let from = if self.view.is_at_end() { None } else { row.map(|row| row.block) };
        match (self.section(parts), from) {
            (Some(section), Some(block)) => section.time_left(block),
            _ => Duration::ZERO,
        }
    }
}
