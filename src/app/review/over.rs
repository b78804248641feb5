//! The end of a session: why it ended, what was answered, what comes next.

use super::shelf::suspended;
use super::{Answered, Queue};
use crate::app::action::Action;
use crate::app::home::card_refs;
use crate::app::now::Now;
use crate::app::state::Parts;
use crate::app::today::outlook;
use crate::learner::{Countdown, Outlook};
use crate::srs::{Due, Grade, Moment, leech};

/// The end of a session, or a rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Over {
    pub why: Why,
    /// Answers of this session: card, grade, and when the card comes back.
    pub answers: Vec<(String, Grade, Option<Due>)>,
    /// Cards that could be asked at once, those among them that this session had no time for.
    pub left: usize,
    /// How many of those were missed a moment ago.
    pub missed: usize,
    /// Cards that were forgotten in this session, and too often before.
    pub leeches: Vec<Leech>,
    /// The leech whose section is read next.
    pub reading: usize,
    /// Cards of the course that are suspended.
    pub suspended: usize,
    pub outlook: Outlook,
    /// The way to the deadline, if there is one.
    pub countdown: Option<Countdown>,
    /// Minutes that what comes tomorrow will take, new cards among it.
    pub minutes_tomorrow: u64,
    /// When this was worked out.
    pub at: Moment,
}

/// A card that does not stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leech {
    pub card: String,
    /// How often it was forgotten once it was known.
    pub lapses: u32,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Every card of today had its success.
    Done,
    /// The time box is over; that is enough for today.
    Enough,
    /// Nothing was due to begin with.
    NothingDue,
    /// It was practice, and every card was right once.
    Practiced,
}

/// For so long, in milliseconds, the end of a session takes no key for a wish to practice.
const FRESH_MS: i64 = 700;

impl Over {
    /// It has only just come up.
    pub(super) fn is_fresh(&self, now: Now) -> bool {
        self.why != Why::NothingDue && (0..FRESH_MS).contains(&(now.wall_ms - self.at.ms))
    }

    /// Marks another of the cards that do not stick.
    pub(super) fn choose(&mut self, action: Action) {
        let last = self.leeches.len().saturating_sub(1);
        self.reading = match action {
            Action::Down => (self.reading + 1).min(last),
            _ => self.reading.saturating_sub(1),
        };
    }

    pub(super) fn new(parts: &Parts, now: Now, answers: &[Answered], queue: &Queue, why: Why) -> Self {
        let outlook = outlook(&parts.course, &parts.learner, now.moment());
        let practiced = why == Why::Practiced;
        let today = parts.learner.today(now.moment());
        let due = |card: &str| parts.learner.due(card, today).filter(|_| !practiced);
        // An answer that a later one has overtaken decides no date.
        let is_last = |at: usize| answers[at + 1..].iter().all(|later| later.card != answers[at].card);
        let row =
            |(at, it): (usize, &Answered)| (it.card.clone(), it.grade, due(&it.card).filter(|_| is_last(at)));
        Self {
            why,
            answers: answers.iter().enumerate().map(row).collect(),
            left: if practiced { queue.left() } else { queue.left().max(outlook.now) },
            missed: queue.missed(),
            leeches: if practiced { Vec::new() } else { leeches(parts, answers) },
            reading: 0,
            suspended: suspended(parts).len(),
            outlook,
            countdown: parts.learner.countdown(&card_refs(&parts.course.cards), now.moment()),
            minutes_tomorrow: parts.learner.minutes(outlook.tomorrow + outlook.tomorrow_new),
            at: now.moment(),
        }
    }
}

/// The leeches among what was forgotten in these answers, each once.
fn leeches(parts: &Parts, answers: &[Answered]) -> Vec<Leech> {
    let mut found: Vec<Leech> = Vec::new();
    for answer in answers.iter().filter(|it| it.grade == Grade::Again) {
        let lapses = parts.learner.card(&answer.card).map_or(0, |state| state.lapses);
        if leech::is_leech(lapses) && found.iter().all(|known| known.card != answer.card) {
            found.push(Leech { card: answer.card.clone(), lapses });
        }
    }
    found
}
