//! Practice beside the schedule: every card of a choice once until right. Nothing is written to the log, so that the
//! schedule and all estimates stay as they are.

use super::{Answered, Over, Queue, Review, Stage, Why};
use crate::app::home::card_refs;
use crate::app::now::Now;
use crate::app::state::{Go, Parts, Reply};
use crate::course::Course;
use crate::course::quiz::Card;
use crate::learner::CardRef;
use crate::srs::Grade;

/// Which cards are practiced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    All,
    /// Those of the objective with this number.
    Objective(u32),
    /// Those of the section with this number, from 1.
    Section(usize),
}

impl Choice {
    /// Reads `o2` as an objective, and anything else as a section: its number or a part of its title.
    ///
    /// # Errors
    /// One sentence: nothing is called that, or no card is about it.
    pub fn read(text: &str, course: &Course) -> Result<Self, String> {
        let lesson = &course.lesson;
        let objective = text.trim().strip_prefix(['o', 'O']).and_then(|number| number.parse().ok());
        let choice = match objective {
            Some(id) => lesson.objectives.iter().any(|it| it.id == id).then_some(Self::Objective(id)),
            None => lesson.find_section(text).map(|section| Self::Section(section.number)),
        };
        let Some(choice) = choice else {
            return Err(format!(
                "there is no '{text}' to practice; give an objective, o1 to o{}, or a section, 1 to {} or a part of \
                 its title",
                lesson.objectives.len(),
                lesson.sections.len()
            ));
        };
        if course.cards.iter().any(|card| choice.takes(card)) {
            Ok(choice)
        } else {
            Err(choice.without_cards(course))
        }
    }

    /// `all`, `objective 2`, `section 4`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Objective(id) => format!("objective {id}"),
            Self::Section(number) => format!("section {number}"),
        }
    }

    fn takes(self, card: &Card) -> bool {
        match self {
            Self::All => true,
            Self::Objective(id) => card.objective == id,
            Self::Section(number) => card.section == number,
        }
    }

    /// That no card is about it, and what there are cards about.
    fn without_cards(self, course: &Course) -> String {
        let mut sections: Vec<usize> = course.cards.iter().map(|card| card.section).collect();
        sections.sort_unstable();
        sections.dedup();
        let sections: Vec<String> = sections.iter().map(usize::to_string).collect();
        format!("no card is about {}; there are cards about sections {}", self.words(), sections.join(", "))
    }
}

impl Review {
    /// Practice of the cards of `choice`, what is known worst first. Suspended and buried cards are left out.
    #[must_use]
    pub fn cram(parts: &Parts, now: Now, choice: Choice) -> Self {
        let chosen = parts.course.cards.iter().filter(|card| choice.takes(card)).cloned().collect::<Vec<_>>();
        let refs: Vec<CardRef<'_>> = card_refs(&chosen);
        let cards = parts.learner.weakest_first(&refs, now.moment());
        let queue = Queue::new(cards.into_iter().map(str::to_owned).collect());
        let mut review = Self::with(parts, now, queue);
        review.practice = Some(choice);
        review.ask_next(parts, now, Why::Practiced);
        review
    }

    /// What is practiced, if this is practice.
    #[must_use]
    pub const fn practice(&self) -> Option<Choice> {
        self.practice
    }

    /// A grade in practice: the card is done, or comes back after others.
    pub(super) fn practiced(&mut self, parts: &Parts, now: Now, grade: Grade) -> Reply {
        let Stage::Revealed(revealed) = &self.stage else { return Reply::default() };
        let (card, revealed) = (revealed.asked.card.clone(), (**revealed).clone());
        let is_success = grade != Grade::Again && !revealed.is_error(grade);
        self.queue.answered(&card, is_success, now.mono);
        self.answers.push(Answered { id: None, card, grade, revealed: Some(revealed) });
        self.after_grade(parts, now);
        Reply::default()
    }

    /// Takes the latest grade of this practice back.
    pub(super) fn unpractice(&mut self) -> Reply {
        let Some(last) = self.answers.pop() else { return Reply::info("there is nothing to undo") };
        if let Some(open) = self.open_card() {
            self.queue.put_first(&open.card);
        }
        self.queue.take_back(&last.card);
        self.top = 0;
        if let Some(revealed) = last.revealed {
            self.stage = Stage::Revealed(Box::new(revealed));
        }
        Reply::info("took the last grade back; grade it again")
    }

    /// From the end of a session to practice.
    pub(super) fn go_cram(parts: &Parts, choice: Choice) -> Reply {
        if parts.course.cards.iter().any(|card| choice.takes(card)) {
            Reply::go(Go::Cram(choice))
        } else {
            Reply::info(choice.without_cards(&parts.course))
        }
    }

    /// From the end of practice to what is due, or home.
    pub(super) fn after_practice(over: &Over) -> Reply {
        Reply::go(if over.outlook.now > 0 { Go::Review } else { Go::Home })
    }
}
