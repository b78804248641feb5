//! From one card to the next: which one it is, the time it takes, and the run that is worked at meanwhile.

use std::time::Duration;

use super::{Asked, Over, Review, Stage, Why};
use crate::app::claim::{self, Work};
use crate::app::now::Now;
use crate::app::pacer::FRAME;
use crate::app::state::{Parts, Reply};
use crate::app::today::are_alike;
use crate::course::quiz::Card;

impl Review {
    pub(super) fn ask_next(&mut self, parts: &Parts, now: Now, why: Why) {
        self.top = 0;
        let is_over = self.practice.is_none() && self.used(now) >= time_box(parts);
        let is_enough = is_over && self.queue.left() > 0;
        while !is_enough && let Some(id) = self.next_card(parts, now) {
            if let Some(card) = parts.course.card(&id) {
                return self.ask(card, parts, now);
            }
        }
        let why = if is_enough { Why::Enough } else { why };
        self.stage = Stage::Over(Over::new(parts, now, &self.answers, &self.queue, why));
    }

    /// The next card. In practice missed ones come back until they are right, with others between where there are such.
    fn next_card(&mut self, parts: &Parts, now: Now) -> Option<String> {
        let next = self.take_next(parts, now);
        next.or_else(|| self.practice.and_then(|_| self.queue.next_early()))
    }

    /// The next card that may be asked, another family and pattern than the last one where there is such.
    pub(super) fn take_next(&mut self, parts: &Parts, now: Now) -> Option<String> {
        let last = self.answers.last().map(|answered| answered.card.clone());
        let is_alike = |card: &str| last.as_deref().is_some_and(|last| are_alike(&parts.course, last, card));
        self.queue.next_unlike(now.mono, is_alike)
    }

    pub(super) fn ask(&mut self, card: &Card, parts: &Parts, now: Now) {
        self.top = 0;
        // What was missed here is not asked with its options again: the one that is left would be recognized.
        let was_missed = self.answers.iter().any(|answered| answered.card == card.id.0);
        let asked = match self.practice {
            Some(_) => Asked::practice(card, parts, now, (was_missed, self.answers.len())),
            None => Asked::new(card, parts, now, was_missed),
        };
        self.work = asked.work(card, parts).map(|work| (work, now.mono));
        self.stage = Stage::Asking(asked);
    }

    /// The card is not in the course any more.
    pub(super) fn skip(&mut self, parts: &Parts, now: Now) -> Reply {
        self.ask_next(parts, now, Why::Done);
        Reply::info("that card is not in the course any more")
    }

    /// How much of the time box is used.
    pub(super) fn used(&self, now: Now) -> Duration {
        self.used_before + now.mono.saturating_sub(self.began)
    }

    /// It goes on after something else was looked at for `away`: that time is nobody's.
    pub fn resumed(&mut self, away: Duration) {
        self.began += away;
        match &mut self.stage {
            Stage::Asking(asked) => asked.wait(away),
            Stage::Revealed(revealed) => revealed.asked.wait(away),
            Stage::Saving(_) | Stage::Pause(_) | Stage::Over(_) | Stage::Shelf(_) => {}
        }
    }

    /// Works at the run of the open card, so that it is through when the answer is.
    pub fn frame(&mut self, now: Now) {
        if let Some((work, at)) = &mut self.work {
            *at = now.mono;
            work.step(claim::FRAME_BUDGET);
        }
    }

    /// When it wants to go on with that run.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let (work, at) = self.work.as_ref()?;
        matches!(work, Work::Running(_)).then(|| *at + FRAME)
    }
}

/// How long a session should take.
pub(super) fn time_box(parts: &Parts) -> Duration {
    Duration::from_secs(u64::from(parts.learner.preferences().time_box_minutes) * 60)
}
