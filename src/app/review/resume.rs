//! Going on with a session that was left: by key, with the program, or with the line that it ran over.
//!
//! The log holds every grade, so that what was answered, what was missed and what is undone follow from it. What it
//! cannot tell is kept with the learner's place: the order of what waits, the attempt at the open card, and how much
//! of the time box is used. A session belongs to its study day.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::next::time_box;
use super::{Answered, Asked, Attempt, Queue, Revealed, Review, Stage, Why};
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::learner::{Answer, Confidence};
use crate::srs::{Grade, Moment};

/// What of a session the log does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// When it began, in milliseconds since 1970: answers that this device gave from then on are its answers.
    pub since_ms: i64,
    /// The cards that wait, in the order of asking; answered ones may be among them.
    pub waiting: Vec<String>,
    pub open: Option<Open>,
    /// How much of the time box is used, in milliseconds.
    pub used_ms: u64,
}

/// The card that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    pub card: String,
    /// The id of its latest answer then; if there is another one now, the card was answered meanwhile.
    pub latest: Option<String>,
    pub attempt: Attempt,
    pub confidence: Confidence,
    /// How long it has been open, in milliseconds.
    pub thought_ms: u64,
    /// The points that were ticked, once the answer was shown.
    pub shown: Option<Vec<bool>>,
}

impl Review {
    /// Puts what has to be kept with the learner's place, and asks for that to be written. At the end of a session
    /// nothing is left to go on with; practice is not kept.
    pub(in crate::app) fn keep_place(&self, parts: &mut Parts, now: Now) -> Option<Effect> {
        if self.practice.is_some() {
            return None;
        }
        let kept = match &self.stage {
            Stage::Over(_) | Stage::Shelf(_) => None,
            Stage::Asking(_) | Stage::Revealed(_) | Stage::Saving(_) | Stage::Pause(_) => {
                Some(self.kept(now))
            }
        };
        if parts.place.session == kept {
            return None;
        }
        parts.place.session = kept;
        Some(Effect::SavePlace(parts.place.clone()))
    }

    fn kept(&self, now: Now) -> Kept {
        let open = match &self.stage {
            Stage::Asking(asked) => Some(asked.kept(now, None)),
            Stage::Revealed(revealed) => Some(revealed.kept(now)),
            Stage::Pause(pause) if pause.is_open() => pause.revealed().map(|revealed| revealed.kept(now)),
            Stage::Saving(_) | Stage::Pause(_) | Stage::Over(_) | Stage::Shelf(_) => None,
        };
        let used_ms = millis(self.used(now));
        Kept { since_ms: self.since_ms, waiting: self.queue.waiting().cloned().collect(), open, used_ms }
    }

    /// A session of today was left before its end.
    #[must_use]
    pub(in crate::app) fn goes_on(parts: &Parts, now: Now) -> bool {
        let began = parts.place.session.as_ref().map(|kept| Moment { ms: kept.since_ms, ..now.moment() });
        began.is_some_and(|began| parts.learner.today(began) == parts.learner.today(now.moment()))
    }

    /// The session that was left today, where there is something to go on with.
    pub(super) fn resume(parts: &Parts, now: Now) -> Option<Self> {
        let kept = parts.place.session.as_ref().filter(|_| Self::goes_on(parts, now))?;
        let mut queue = Queue::new(kept.waiting.clone());
        let mut answers = Vec::new();
        for (card, answer) in parts.learner.answers_since(parts.ids.device(), kept.since_ms) {
            let ago = Duration::from_millis(now.wall_ms.saturating_sub(answer.at.ms).max(0).unsigned_abs());
            queue.leave_out(card);
            let is_success = answer.grade != Grade::Again && !answer.is_confident_error();
            queue.answered_ago(card, is_success, now.mono, ago);
            answers.push(Answered::of(card, answer));
        }
        let mut review = Self::with(parts, now, queue);
        review.answers = answers;
        review.leave_out_others(parts, now);
        let open = kept.open.as_ref().filter(|open| open.is_current(parts, now));
        if let Some(open) = open {
            review.queue.put_first(&open.card);
        }
        if review.queue.left() == 0 {
            return None;
        }
        review.since_ms = kept.since_ms;
        review.used_before = Duration::from_millis(kept.used_ms);
        match open {
            Some(open) => review.reopen(open, parts, now),
            None if review.answers.is_empty() && review.remind(parts, now) => {}
            None => review.ask_next(parts, now, Why::Done),
        }
        Some(review)
    }

    /// Stands where one stood: the same attempt, and the answer if it was shown.
    fn reopen(&mut self, open: &Open, parts: &Parts, now: Now) {
        self.queue.leave_out(&open.card);
        let Some(card) = parts.course.card(&open.card) else { return self.ask_next(parts, now, Why::Done) };
        self.ask(card, parts, now);
        let Stage::Asking(asked) = &mut self.stage else { return };
        asked.restore(open);
        let (Some(points), true) = (&open.shown, open.attempt == asked.attempt) else { return };
        let came_out = self.work.take().and_then(|(mut work, _)| work.step(u32::MAX));
        let mut revealed = Revealed::new(asked.clone(), card, came_out, parts, parts.ids.stamp(now.moment()));
        if revealed.points.len() == points.len() {
            revealed.points.clone_from(points);
        }
        self.stage = Stage::Revealed(Box::new(revealed));
    }

    /// What is said on coming back; `None` where nothing was done yet.
    #[must_use]
    pub(in crate::app) fn welcome(&self, parts: &Parts, now: Now) -> Option<String> {
        let (done, all) = self.progress();
        let is_open = matches!(self.stage, Stage::Asking(_) | Stage::Revealed(_));
        if done == 0 || !is_open {
            return None;
        }
        let minutes = time_box(parts).saturating_sub(self.used(now)).as_secs().div_ceil(60);
        Some(format!("going on where you left: {done} of {all} answered, {minutes} min of the session left"))
    }
}

impl Answered {
    /// An answer that the log tells of; how it looked is gone.
    fn of(card: &str, answer: &Answer) -> Self {
        let (id, card) = (Some(answer.id.clone()), card.to_owned());
        Self { id, card, grade: answer.grade, revealed: None }
    }
}

impl Open {
    /// The card is there, may be asked, and nobody has answered it since.
    fn is_current(&self, parts: &Parts, now: Now) -> bool {
        let today = parts.learner.today(now.moment());
        parts.course.card(&self.card).is_some()
            && latest(parts, &self.card) == self.latest
            && parts.learner.card(&self.card).is_none_or(|state| state.is_open(today))
    }
}

impl Revealed {
    fn kept(&self, now: Now) -> Open {
        self.asked.kept(now, Some(self.points.clone()))
    }
}

impl Asked {
    fn kept(&self, now: Now, shown: Option<Vec<bool>>) -> Open {
        Open {
            card: self.card.clone(),
            latest: self.latest.as_ref().map(ToString::to_string),
            attempt: self.attempt.clone(),
            confidence: self.confidence,
            thought_ms: millis(self.thought(now)),
            shown,
        }
    }

    fn restore(&mut self, open: &Open) {
        self.confidence = open.confidence;
        self.thought_before = Duration::from_millis(open.thought_ms);
        if open.attempt.fits(&self.attempt) {
            self.attempt = open.attempt.clone();
        }
    }
}

fn latest(parts: &Parts, card: &str) -> Option<String> {
    parts.learner.history(card).next_back().map(|answer| answer.id.to_string())
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
