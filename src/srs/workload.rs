//! What a desired retention costs: answers and minutes over some days, and what is remembered at their end.
//!
//! Our own simulation of each card over this program's own steps and intervals, not the `fsrs` crate's simulator:
//! that one knows other steps and draws from a generator whose values may change between releases. The dice here
//! are hashes of card, run and answer, so that the same deck gives the same table on every machine, and so that two
//! retentions meet the same luck.

use super::day::Day;
use super::fuzz;
use super::memory::{Grade, Interval, Memory};
use super::preview::Settings;
use super::weights::{Model, Retention};

/// Days that a table looks ahead.
pub const HORIZON_DAYS: u32 = 90;
/// The retentions of a table, in thousandths.
pub const CHOICES: [u16; 8] = [700, 750, 800, 850, 900, 930, 950, 970];
/// Cards times runs: a small deck is played more often, so that luck evens out.
const PLAYS: usize = 1_200;
/// Answers on one day after which a card is left for the next; a guard against endless steps.
const ANSWERS_A_DAY_MAX: u32 = 12;

/// How often people press Again, Hard, Good, Easy: the averages of many Anki collections that `fsrs` 6.6.2 has as
/// its defaults (`SimulatorConfig::default`). The first time a card is seen;
pub const FIRST: [f32; 4] = [0.24, 0.094, 0.495, 0.171];
/// when a known card was recalled (Hard, Good, Easy);
pub const RECALLED: [f32; 3] = [0.224, 0.631, 0.145];
/// on a learning step, by the grade before it: Again, Hard, Good;
pub const LEARNING: [[f32; 4]; 3] =
    [[0.3686, 0.0628, 0.5108, 0.0577], [0.0442, 0.4553, 0.4457, 0.0549], [0.0519, 0.047, 0.8462, 0.055]];
/// on a relearning step.
pub const RELEARNING: [[f32; 4]; 3] =
    [[0.2157, 0.0643, 0.6595, 0.0604], [0.05, 0.4638, 0.4475, 0.0387], [0.1057, 0.1434, 0.7266, 0.0244]];

/// A card as it stands today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// Tells its luck from that of others: [`fuzz::seed`] of its id.
    pub seed: u64,
    pub memory: Memory,
    /// Days from today until it is asked; `None` where it is not within the horizon.
    pub due: Option<u32>,
}

/// What one retention costs, on average over the runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    pub retention: Retention,
    /// Answers given in all, steps among them.
    pub answers: f64,
    /// Answers to known cards: what other programs call reviews.
    pub reviews: f64,
    /// Cards that would be recalled on the last day: the sum of their chances.
    pub remembered: f64,
}

/// What the deck costs over [`HORIZON_DAYS`] from `today`, if every card is answered on the day it is due.
#[must_use]
pub fn cost(starts: &[Start], model: &Model, settings: &Settings, retention: Retention, today: Day) -> Cost {
    let settings = Settings { retention, ..settings.clone() };
    let runs = (PLAYS / starts.len().max(1)).max(1);
    let mut sum = Cost { retention, answers: 0.0, reviews: 0.0, remembered: 0.0 };
    for start in starts {
        for run in 0..runs {
            let seed = fuzz::mix(start.seed ^ fuzz::mix(run as u64));
            let mut play = Play { seed, drawn: 0, answers: 0, reviews: 0 };
            let memory = play.through(*start, model, &settings, today);
            sum.answers += f64::from(play.answers);
            sum.reviews += f64::from(play.reviews);
            sum.remembered += f64::from(memory.recall(model, today.plus(HORIZON_DAYS)).unwrap_or(0.0));
        }
    }
    let runs = runs as f64;
    Cost {
        answers: sum.answers / runs,
        reviews: sum.reviews / runs,
        remembered: sum.remembered / runs,
        ..sum
    }
}

/// One card's luck.
struct Play {
    seed: u64,
    drawn: u64,
    answers: u32,
    reviews: u32,
}

impl Play {
    /// Plays a card to the horizon and gives its memory there.
    fn through(&mut self, start: Start, model: &Model, settings: &Settings, today: Day) -> Memory {
        let (mut memory, mut due) = (start.memory, start.due);
        while let Some(after) = due.filter(|after| *after < HORIZON_DAYS) {
            let day = today.plus(after);
            let mut wait = Interval::Wait(0);
            let mut before = Grade::Again;
            for _ in 0..ANSWERS_A_DAY_MAX {
                let grade = self.grade(memory, before, model, day);
                self.answers += 1;
                self.reviews += u32::from(memory.is_known());
                (memory, wait) = memory.review(model, settings, grade, day);
                before = grade;
                if matches!(wait, Interval::Days(_)) {
                    break;
                }
            }
            due = Some(after + if let Interval::Days(days) = wait { days } else { 1 });
        }
        memory
    }

    /// What is pressed, after `before` where the card is on a step.
    fn grade(&mut self, memory: Memory, before: Grade, model: &Model, day: Day) -> Grade {
        let of = |table: &[[f32; 4]; 3]| table[usize::from(before.number() - 1).min(2)];
        match memory {
            Memory::New => self.pick(&FIRST, 0),
            Memory::Learning { .. } => self.pick(&of(&LEARNING), 0),
            Memory::Relearning { .. } => self.pick(&of(&RELEARNING), 0),
            Memory::Review { .. } => {
                let is_recalled = self.share() < memory.recall(model, day).unwrap_or(0.0);
                if is_recalled { self.pick(&RECALLED, 1) } else { Grade::Again }
            }
        }
    }

    /// A grade by weight, the first of them being grade number `first + 1`.
    fn pick(&mut self, weights: &[f32], first: usize) -> Grade {
        let mut left = self.share() * weights.iter().sum::<f32>();
        let at = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        Grade::ALL[first + at.unwrap_or(weights.len() - 1)]
    }

    /// The next number of this card's luck: from 0 on, under 1.
    fn share(&mut self) -> f32 {
        self.drawn += 1;
        (fuzz::mix(self.seed ^ fuzz::mix(self.drawn)) >> 40) as f32 / (1_u32 << 24) as f32
    }
}
