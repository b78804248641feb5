//! Keeping page, view, question and mesh together.

use super::page::{Anchor, Page};
use super::view::View;
use super::{Reader, WORK_PAUSE, mesh};
use crate::app::geometry;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::course::typeset::TypesetOptions;

impl Reader {
    /// Opens a section at its start.
    pub(super) fn enter(&mut self, parts: &Parts, number: usize) {
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
    pub(super) fn restore(&mut self, parts: &Parts) {
        let anchor = Anchor { block: parts.place.block.clone(), letters: parts.place.offset };
        self.view.top = self.page.row_of(&anchor).unwrap_or(0);
        self.clamp();
        self.saved = self.view.top;
    }

    /// Sets the page anew; what stood at the top stays there.
    pub(super) fn lay_out(&mut self, parts: &Parts) {
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

    pub(super) fn clamp(&mut self) {
        self.view.top = self.view.top.min(self.view.top_max());
    }

    /// After every change: which question takes keys, which mesh stands beside, whether there is work to do.
    pub(super) fn settle(&mut self, parts: &Parts, now: Now) {
        if self.size != parts.size || self.asks != parts.place.ask_first {
            self.asks = parts.place.ask_first;
            self.resized(parts);
        }
        self.come(parts);
        self.active = self.questions.active(&self.page, self.view);
        let works = self.questions.is_running() || self.figures.is_working();
        self.wake = works.then(|| now.mono + WORK_PAUSE);
    }

    /// The mesh of the row being read.
    pub(super) fn follow(&mut self, parts: &Parts, now: Now) {
        let Some(section) = parts.course.section(self.number) else { return };
        let row = self.step.and_then(|step| self.row_in(step)).unwrap_or_else(|| self.view.reading());
        let wanted = mesh::mesh_at(section, &self.page, &self.questions, row, self.asks);
        self.companion.follow(parts, now, wanted);
    }

    /// The row that counts as being read after a jump to a step: as far below its heading as reading is below
    /// the top, but not in the next step.
    pub(super) fn row_in(&self, step: usize) -> Option<usize> {
        let steps = self.page.steps();
        let below = steps.get(step)? + self.view.height / 3;
        Some(steps.get(step + 1).map_or(below, |next| below.min(next.saturating_sub(1))))
    }
}
