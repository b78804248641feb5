//! A prediction before a break: what is asked, what was said, how it came out.

use super::failures::Break;
use super::question::Question;
use crate::app::action::Action;
use crate::app::predict::Said;
use crate::learner::Confidence;

/// How much one key moves the answer, in points.
const STEP: u8 = 5;
/// Where a scale begins.
const START: u8 = 50;

/// A question that waits for its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Bet {
    /// What is broken once it is answered.
    pub failure: Break,
    pub question: Question,
    /// The answer so far; a choice begins without one.
    pub said: Option<Said>,
    pub sure: Confidence,
    /// The last key was a digit; the next one is put behind it.
    typed: bool,
}

/// An answer beside what the run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What the log of predictions calls the kind of failure.
    pub name: String,
    pub question: Question,
    pub said: Said,
    pub sure: Confidence,
    /// The number that was asked for; `None` until it is worked out and may be shown.
    pub was: Option<f64>,
    /// The same in words: `70.4 %`, `3.1 times: 84 ms instead of 27 ms`.
    pub came: String,
    /// One sentence: why it is so.
    pub why: String,
    /// A card of the deck that is about this: its id and its question.
    pub card: Option<(String, String)>,
}

impl Bet {
    #[must_use]
    pub fn new(failure: Break, question: Question) -> Self {
        let said = question.choices().is_empty().then_some(Said::Percent(START));
        Self { failure, question, said, sure: Confidence::Fairly, typed: false }
    }

    /// Takes a key that changes the answer; says whether it was one.
    pub fn adjust(&mut self, action: Action) -> bool {
        let typed = std::mem::take(&mut self.typed);
        let last = self.question.choices().len().saturating_sub(1);
        let said = match (action, self.said) {
            (Action::Confidence, said) => {
                self.sure = self.sure.next();
                said
            }
            (Action::Less, Some(Said::Percent(said))) => Some(Said::Percent(said.saturating_sub(STEP))),
            (Action::More, Some(Said::Percent(said))) => Some(Said::Percent((said + STEP).min(100))),
            (Action::Choose(digit), Some(Said::Percent(said))) => {
                Some(self.put_digit(said, digit.min(9), typed))
            }
            (Action::Less, said) => Some(Said::Choice(chosen(said).map_or(0, |at| at.saturating_sub(1)))),
            (Action::More, said) => Some(Said::Choice(chosen(said).map_or(0, |at| (at + 1).min(last)))),
            (Action::Choose(digit), said) => {
                let at = usize::from(digit).checked_sub(1).filter(|at| *at <= last);
                at.map(Said::Choice).or(said)
            }
            _ => return false,
        };
        self.said = said;
        true
    }

    fn put_digit(&mut self, said: u8, digit: u8, behind: bool) -> Said {
        self.typed = true;
        let both = u16::from(said) * 10 + u16::from(digit);
        Said::Percent(if behind && both <= 100 { both as u8 } else { digit })
    }

    /// The answer so far, in words.
    #[must_use]
    pub fn said_words(&self) -> String {
        self.said.map_or_else(|| "none yet".to_owned(), |said| self.question.said_words(said))
    }
}

const fn chosen(said: Option<Said>) -> Option<usize> {
    match said {
        Some(Said::Choice(at)) => Some(at),
        _ => None,
    }
}

impl Verdict {
    /// The answer was as good as its steps allow; nothing is right before it is known.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.was.is_some_and(|was| match self.said {
            Said::Percent(said) => (was - f64::from(said)).abs() <= f64::from(STEP),
            Said::Choice(at) => self.question.choice_of(was) == Some(at),
        })
    }

    /// What was said, in words: a choice as it was put.
    #[must_use]
    pub fn said_words(&self) -> String {
        let words = self.question.said_words(self.said);
        if matches!(self.said, Said::Choice(_)) { format!("\"{words}\"") } else { words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lab::question::Measure;
    use crate::sim::Scenario;

    fn bet(measure: Measure) -> Bet {
        let scenario = Scenario::shipped("two-regions").unwrap();
        let failure = Break::read("us-east-1~us-west-2 cut", &scenario).unwrap();
        Bet::new(failure, Question { measure, ..Question::default() })
    }

    #[test]
    fn the_answer_stays_on_its_scale() {
        let mut bet = bet(Measure::Success);
        for _ in 0..12 {
            assert!(bet.adjust(Action::More));
        }
        assert_eq!(bet.said, Some(Said::Percent(100)));
        assert!(!bet.adjust(Action::Down));
    }

    #[test]
    fn a_number_can_be_typed() {
        let mut bet = bet(Measure::Success);
        for (digit, said) in [(7, 7), (0, 70), (5, 5), (1, 51), (1, 1), (0, 10), (0, 100), (2, 2)] {
            bet.adjust(Action::Choose(digit));
            assert_eq!(bet.said, Some(Said::Percent(said)));
        }
    }

    #[test]
    fn a_choice_begins_without_an_answer_and_has_no_fourth() {
        let mut bet = bet(Measure::Failing);
        assert_eq!(bet.said, None);
        bet.adjust(Action::Choose(4));
        assert_eq!(bet.said, None);
        bet.adjust(Action::Choose(3));
        bet.adjust(Action::More);
        assert_eq!(bet.said, Some(Said::Choice(2)));
        bet.adjust(Action::Less);
        assert_eq!(bet.said, Some(Said::Choice(1)));
    }
}
