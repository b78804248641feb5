//! Every answer once more, with what was known just before it.

use crate::learner::Learner;
use crate::learner::card::{Answer, CardLog, Deed, Rules};
use crate::learner::id::order;
use crate::srs::{Buttons, Day, Due, Memory, fuzz};

/// One answer that was not undone.
pub(super) struct Seen<'a> {
    pub answer: &'a Answer,
    /// The study day, by the offset and the rollover hour of that moment.
    pub day: Day,
    /// What was known of the card; `None` while it was new or on a step, and where the answer does not count.
    pub known: Option<Known>,
}

/// A card with an interval of a day or more, just before an answer.
pub(super) struct Known {
    /// The model's chance of recall, 0 to 1.
    pub recall: f32,
    /// The interval that it was given, in days, as the button showed it where no deadline was ahead.
    pub interval: u32,
    /// No earlier answer of that day was to it as a known card.
    pub is_first_of_day: bool,
}

impl Learner {
    /// Shows every answer, card by card, oldest first.
    pub(super) fn walk<'a>(&'a self, see: &mut impl FnMut(Seen<'a>)) {
        for (card, log) in self.cards.iter() {
            walk(card, log, self.rules(), see);
        }
    }
}

fn walk<'a>(card: &str, log: &'a CardLog, rules: Rules<'a>, see: &mut impl FnMut(Seen<'a>)) {
    let is_reset = |mark: &&_| -> bool {
        let mark: &crate::learner::card::Mark = mark;
        mark.deed == Deed::Reset && !rules.undone.contains(&mark.id)
    };
    let mut resets = log.marks.iter().filter(is_reset).peekable();
    let (mut memory, mut interval, mut previous) = (Memory::New, 0, None);
    let mut known_on = None;
    for answer in log.standing(rules.undone) {
        while resets.next_if(|mark| order(mark.at, &mark.id, answer.at, &answer.id).is_lt()).is_some() {
            (memory, previous) = (Memory::New, None);
        }
        let settings = &rules.timeline.at(answer.at, &answer.id).schedule;
        // As it was reckoned then: parameters that came later foretold none of these answers.
        let model = rules.timeline.model_at(answer.at, &answer.id);
        let day = answer.at.day(settings.rollover_hour);
        if !answer.kind.counts() {
            see(Seen { answer, day, known: None });
            continue;
        }
        let recall = memory.recall(model, day).filter(|_| memory.is_known());
        let known = recall.map(|recall| Known { recall, interval, is_first_of_day: known_on != Some(day) });
        known_on = known.as_ref().map(|_| day).or(known_on);
        see(Seen { answer, day, known });

        let seed = fuzz::seed(card, previous.map(ToString::to_string).as_deref());
        let outcome = Buttons::preview(memory, model, settings, answer.at, seed).of(answer.grade);
        memory = outcome.memory;
        interval = if let Due::On(due) = outcome.due { due.since(day) } else { 0 };
        previous = Some(&answer.id);
    }
}
