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
use super::geometry::{self, Size};
use super::keymap::Context;
use super::now::Now;
use super::state::{Parts, Reply};
use crate::course::Section;
use crate::course::typeset::TypesetOptions;
use crate::learner::Event;
use crate::srs::Moment;

mod companion;
mod figures;
mod mesh;
mod moves;
mod page;
mod questions;
mod view;

use companion::Companion;
use figures::Figures;
use page::Anchor;
pub use page::{Page, Spot, SpotKind};
use questions::Questions;
pub use view::View;

/// Scrolling so many rows is worth remembering.
const SAVE_ROWS: usize = 20;
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
        match (self.pane, self.active_spot()) {
            (Pane::Lab, _) => self.companion.context(),
            (Pane::Text, Some(Spot { kind: SpotKind::Predict, .. })) if self.asks => Context::Predict,
            (Pane::Text, _) => Context::Reader,
        }
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        let mut reply = match self.pane {
            Pane::Lab => self.act_on_lab(parts, now, action),
            Pane::Text => self.act_on_text(parts, now, action),
        };
        self.settle(parts, now);
        reply.effects.extend(self.noted(parts, now));
        reply
    }

    pub fn frame(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let mut reply = self.companion.frame(parts, now);
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
        [self.companion.next_frame(), self.wake].into_iter().flatten().min()
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

/// Keeping page, view, question and mesh together.
impl Reader {
    /// Opens a section at its start.
    fn enter(&mut self, parts: &Parts, number: usize) {
        self.number = number.clamp(1, parts.course.lesson.sections.len().max(1));
        if let Some(section) = parts.course.section(self.number) {
            self.questions.enter(section, parts);
            self.figures.enter(section);
        }
        self.page = Page::default();
        self.view = View::default();
        self.step = None;
        self.saved = 0;
        self.lay_out(parts);
    }

    /// Puts at the top what the place says stood there.
    fn restore(&mut self, parts: &Parts) {
        let anchor = Anchor { block: parts.place.block.clone(), letters: parts.place.offset };
        self.view.top = self.page.row_of(&anchor).unwrap_or(0);
        self.clamp();
        self.saved = self.view.top;
    }

    /// Sets the page anew; what stood at the top stays there.
    fn lay_out(&mut self, parts: &Parts) {
        let anchor = self.page.anchor(self.view.top);
        let pane = geometry::reader_panes(geometry::chrome(self.size).body).text;
        if let Some(section) = parts.course.section(self.number) {
            let options = TypesetOptions {
                real_side: self.real_side,
                figures: self.figures.of(self.number),
                asked: self.questions.asked(section, parts),
                ..TypesetOptions::default()
            };
            let section = mesh::veiled(section, &self.questions, self.asks);
            self.page = Page::new(&section, geometry::text_columns(pane), &options);
        }
        let top = self.page.row_of(&anchor).unwrap_or(0);
        self.view = View { top, height: usize::from(pane.height), rows: self.page.rows().len() };
        self.clamp();
    }

    fn clamp(&mut self) {
        self.view.top = self.view.top.min(self.view.top_max());
    }

    /// After every change: which question takes keys, which mesh stands beside, whether there is work to do.
    fn settle(&mut self, parts: &Parts, now: Now) {
        if self.size != parts.size || self.asks != parts.place.ask_first {
            self.asks = parts.place.ask_first;
            self.resized(parts);
        }
        self.active = self.questions.active(&self.page, self.view);
        let works = self.questions.is_running() || self.figures.is_working();
        self.wake = works.then(|| now.mono + WORK_PAUSE);
    }

    /// The mesh of the row being read.
    fn follow(&mut self, parts: &Parts, now: Now) {
        let Some(section) = parts.course.section(self.number) else { return };
        let row = self.step.and_then(|step| self.row_in(step)).unwrap_or_else(|| self.view.reading());
        let wanted = mesh::mesh_at(section, &self.page, &self.questions, row, self.asks);
        self.companion.follow(parts, now, wanted);
    }

    /// The row that counts as being read after a jump to a step: as far below its heading as reading is below
    /// the top, but not in the next step.
    fn row_in(&self, step: usize) -> Option<usize> {
        let steps = self.page.steps();
        let below = steps.get(step)? + self.view.height / 3;
        Some(steps.get(step + 1).map_or(below, |next| below.min(next.saturating_sub(1))))
    }
}

/// What is written down.
impl Reader {
    /// Notes a section read to its end, and the place when it moved far.
    fn noted(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        let number = self.number as u8;
        if self.view.is_at_end() && !parts.place.done.contains(&number) {
            parts.place.done.push(number);
            parts.place.done.sort_unstable();
            effects.push(append(parts, now, Event::Finish { section: number }));
            effects.push(self.save(parts));
        } else if self.view.top.abs_diff(self.saved) >= SAVE_ROWS
            || usize::from(parts.place.section) != self.number
        {
            effects.push(self.save(parts));
        }
        effects
    }

    fn save(&mut self, parts: &mut Parts) -> Effect {
        let anchor = self.page.anchor(self.view.top);
        parts.place.section = self.number as u8;
        parts.place.block = anchor.block;
        parts.place.offset = anchor.letters;
        self.saved = self.view.top;
        Effect::SavePlace(parts.place.clone())
    }
}

impl Reader {
    /// Takes a share of the run that decides a prediction; what to write down once it is decided.
    fn decide(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
        let decided = self.questions.step();
        if !decided.is_empty() {
            self.lay_out(parts);
            for said in decided.iter().flatten() {
                self.bring_up(&said.of);
            }
        }
        decided.into_iter().flatten().map(|said| append(parts, now, Event::Predict(said))).collect()
    }
}

fn append(parts: &mut Parts, now: Now, event: Event) -> Effect {
    let moment = Moment { ms: now.wall_ms, offset: now.offset_minutes };
    let entry = parts.ids.entry(moment, event);
    parts.learner.apply(entry.clone());
    Effect::Append(entry)
}
