//! What a fit of the model needs: every card's counted answers.

use super::Learner;
use super::card::{CardLog, Deed, Mark};
use super::id::order;
use crate::srs::Model;
use crate::srs::optimize::Repetition;

impl Learner {
    /// The counted answers of every card in order of time; a card that was reset begins anew.
    #[must_use]
    pub fn repetitions(&self) -> Vec<Vec<Repetition>> {
        self.cards.iter().flat_map(|(_, log)| self.lives(log)).filter(|life| !life.is_empty()).collect()
    }

    /// The model in force.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn lives(&self, log: &CardLog) -> Vec<Vec<Repetition>> {
        let mut lives = vec![Vec::new()];
        let is_reset = |mark: &&Mark| mark.deed == Deed::Reset && !self.undone.contains(&mark.id);
        let mut resets = log.marks.iter().filter(is_reset).peekable();
        for answer in log.standing(&self.undone).filter(|answer| answer.kind.counts()) {
            while resets.next_if(|mark| order(mark.at, &mark.id, answer.at, &answer.id).is_lt()).is_some() {
                lives.push(Vec::new());
            }
            let rollover = self.timeline.at(answer.at, &answer.id).schedule.rollover_hour;
            let repetition =
                Repetition { ms: answer.at.ms, day: answer.at.day(rollover), grade: answer.grade };
            if let Some(life) = lives.last_mut() {
                life.push(repetition);
            }
        }
        lives
    }
}
