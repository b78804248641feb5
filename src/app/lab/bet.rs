//! A prediction before a break: what is asked, what was said, how it came out.

use crate::app::action::{Action, Failure};
use crate::learner::Confidence;

/// How much one key moves the answer, in points.
const STEP: u8 = 5;

/// A question that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bet {
    /// What is broken once it is answered.
    pub failure: Failure,
    /// What will be done, one sentence.
    pub deed: String,
    /// What is asked, one sentence.
    pub ask: String,
    /// The answer so far, in percent.
    pub said: u8,
    pub sure: Confidence,
    /// The last key was a digit; the next one is put behind it.
    typed: bool,
}

/// An answer beside what the run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub failure: Failure,
    /// In percent.
    pub said: u8,
    pub sure: Confidence,
    /// In percent; `None` until it is worked out and may be shown.
    pub was: Option<f64>,
    /// One sentence: why it is so.
    pub why: String,
}

impl Bet {
    #[must_use]
    pub const fn new(failure: Failure, deed: String, ask: String) -> Self {
        Self { failure, deed, ask, said: 50, sure: Confidence::Fairly, typed: false }
    }

    /// Takes a key that changes the answer; says whether it was one.
    pub fn adjust(&mut self, action: Action) -> bool {
        let typed = std::mem::take(&mut self.typed);
        match action {
            Action::Less => self.said = self.said.saturating_sub(STEP),
            Action::More => self.said = (self.said + STEP).min(100),
            Action::Choose(digit) => self.put_digit(digit.min(9), typed),
            Action::Confidence => self.sure = self.sure.next(),
            _ => return false,
        }
        true
    }

    fn put_digit(&mut self, digit: u8, behind: bool) {
        let both = u16::from(self.said) * 10 + u16::from(digit);
        self.said = if behind && both <= 100 { both as u8 } else { digit };
        self.typed = true;
    }
}

impl Verdict {
    /// The answer was as good as its steps allow.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.was.is_some_and(|was| (was - f64::from(self.said)).abs() <= f64::from(STEP))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_stays_on_its_scale() {
        let mut bet = Bet::new(Failure::Cut, String::new(), String::new());
        for _ in 0..12 {
            assert!(bet.adjust(Action::More));
        }
        assert_eq!(bet.said, 100);
        assert!(!bet.adjust(Action::Down));
    }

    #[test]
    fn a_number_can_be_typed() {
        let mut bet = Bet::new(Failure::Cut, String::new(), String::new());
        for (digit, said) in [(7, 7), (0, 70), (5, 5), (1, 51), (1, 1), (0, 10), (0, 100), (2, 2)] {
            bet.adjust(Action::Choose(digit));
            assert_eq!(bet.said, said);
        }
    }
}
