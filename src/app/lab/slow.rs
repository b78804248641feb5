//! Slow motion: the first ejection that somebody sees happen passes slowly, with a caption. It needs no switch: it comes
//! once in a lab's or a lesson's life, and not to somebody who has chosen a speed, steps, or reads the lab as text.

use std::time::Duration;

use super::Lab;
use crate::mesh_view::{LogKind, Nanos};

impl Lab {
    /// Lets time pass; goes slowly if an ejection has come up for the first time.
    pub(super) fn play_on(&mut self, now: Duration) {
        let (from, jumps) = (self.run.view().at, self.run.is_on_its_way());
        self.run.frame(now);
        if jumps || self.is_text() {
            return;
        }
        if let Some(subject) = self.ejected_since(from)
            && self.run.pacer.slow_down(now)
        {
            self.slow_words = format!("slow motion, the first ejection: {subject}");
        }
    }

    /// Who was ejected first after a moment.
    fn ejected_since(&self, from: Nanos) -> Option<String> {
        let log = &self.run.view().log;
        let line = log.iter().find(|line| line.kind == LogKind::Ejection && line.at > from)?;
        Some(line.subject.clone())
    }

    /// What is written under the mesh, or over the reasons: what passes slowly, or what an author wrote.
    pub(super) fn caption(&self) -> &str {
        if self.run.pacer.is_slow() { &self.slow_words } else { &self.caption }
    }

    /// It is the next lab of a lesson in which that one was seen.
    pub fn follows(&mut self, before: &Self) {
        if before.run.pacer.has_slowed() {
            self.run.pacer.never_slow();
        }
    }
}
