//! A prediction before a break: what is asked, what was said, how it came out.

use crate::app::action::{Action, Failure};

/// How much one key moves the answer, in points.
const STEP: u8 = 5;

/// How sure somebody is of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sureness {
    Guess,
    #[default]
    Fairly,
    Certain,
}

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
    pub sureness: Sureness,
}

/// An answer beside what the run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub failure: Failure,
    /// In percent.
    pub said: u8,
    /// In percent; `None` until it is worked out.
    pub was: Option<f64>,
    /// One sentence: why it is so.
    pub why: String,
}

impl Sureness {
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Guess => "a guess",
            Self::Fairly => "fairly sure",
            Self::Certain => "certain",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Guess => Self::Fairly,
            Self::Fairly => Self::Certain,
            Self::Certain => Self::Guess,
        }
    }
}

impl Bet {
    /// Takes a key that changes the answer; says whether it was one.
    pub fn adjust(&mut self, action: Action) -> bool {
        match action {
            Action::Less => self.said = self.said.saturating_sub(STEP),
            Action::More => self.said = (self.said + STEP).min(100),
            // The digits 1 to 5 are the quarters of the scale.
            Action::Choose(quarter) => self.said = quarter.saturating_sub(1).saturating_mul(25).min(100),
            Action::Confidence => self.sureness = self.sureness.next(),
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_stays_on_its_scale() {
        let mut bet = Bet {
            failure: Failure::Cut,
            deed: String::new(),
            ask: String::new(),
            said: 95,
            sureness: Sureness::default(),
        };
        for _ in 0..3 {
            assert!(bet.adjust(Action::More));
        }
        assert_eq!(bet.said, 100);
        assert!(bet.adjust(Action::Choose(3)) && bet.said == 50);
        assert!(!bet.adjust(Action::Down));
    }
}
