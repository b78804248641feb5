//! What is written down: where one is, what was read to its end, what was predicted.

use super::Reader;
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::learner::Event;
use crate::srs::Moment;

/// Scrolling so many rows is worth remembering.
const SAVE_ROWS: usize = 20;

impl Reader {
    /// Notes a section read to its end, and the place when it moved far.
    pub(super) fn noted(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        let number = self.number as u8;
        if parts.course.section(self.number).is_none() || self.door.is_some() {
            return effects;
        }
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

    pub(super) fn save(&mut self, parts: &mut Parts) -> Effect {
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
    pub(super) fn decide(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
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

/// Writes an event down: in memory at once, and on disk with the effect.
pub(in crate::app) fn append(parts: &mut Parts, now: Now, event: Event) -> Effect {
    let moment = Moment { ms: now.wall_ms, offset: now.offset_minutes };
    let entry = parts.ids.entry(moment, event);
    parts.learner.apply(entry.clone());
    Effect::Append(entry)
}
