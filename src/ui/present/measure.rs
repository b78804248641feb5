//! How much of each beat a screen of some size holds: drawn as the audience's window draws it, at every step.

use crate::app::geometry::Size;
use crate::app::now::Now;
use crate::app::present::deck::Slide;
use crate::app::present::deed::Deed;
use crate::app::present::rehearse::Wish;
use crate::app::present::{Read, Talk};
use crate::app::state::Parts;
use crate::ui::theme::Theme;

/// A beat as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Rows that a screen of this size is short of, at the step that takes the most.
    pub rows: usize,
    /// Why there is no mesh, where there should be one.
    pub trouble: Option<String>,
}

/// All beats in their order. The numbers of answers are those that the course is held to.
#[must_use]
pub fn beats(parts: &Parts, now: Now, size: Size) -> Vec<Measured> {
    let (mut talk, _) = Talk::open(parts, now, &Read::default(), None, Wish::default());
    talk.expect_answers(parts);
    let steps: Vec<usize> = talk.deck().slides().iter().map(Slide::steps).collect();
    let measured = steps.into_iter().enumerate().map(|(beat, steps)| {
        talk.act(now, Deed::Jump(beat));
        let mut measured = Measured { rows: 0, trouble: None };
        for step in 0..steps {
            if step > 0 {
                talk.act(now, Deed::Next);
            }
            talk.frame(parts, now);
            measured.rows = measured.rows.max(super::reach(&talk, parts, Theme::default(), size));
            measured.trouble = measured.trouble.or_else(|| talk.stage().trouble().map(str::to_owned));
        }
        measured
    });
    measured.collect()
}
