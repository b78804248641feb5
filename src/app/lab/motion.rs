//! How much of a lab moves, and how often.

use super::Lab;
use crate::app::manner::{Manner, Motion, TEXT_FRAME};

impl Lab {
    /// Begins in text mode where nothing is to move.
    #[must_use]
    pub(super) fn moved_as_wanted(mut self, manner: Manner) -> Self {
        if manner.motion == Motion::None {
            self.words = Some(0);
            self.run.pacer.never_slow();
        }
        self.follow(manner);
        self
    }

    /// Moves as the user wants it from now on.
    pub(super) fn follow(&mut self, manner: Manner) {
        self.manner = manner;
        self.keep_pace();
    }

    /// Text changes no more often than it can be read; a picture as often as the terminal takes it.
    pub(super) fn keep_pace(&mut self) {
        let picture = self.manner.frame();
        let every = if self.words.is_some() { TEXT_FRAME.max(picture) } else { picture };
        self.run.pacer.frames_every(every);
        if let Some(compare) = &mut self.compare {
            compare.pacer.frames_every(every);
        }
    }
}
