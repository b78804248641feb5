//! What an audience raises its hands for. A percentage has ranges instead of a scale: the same for every question of a
//! kind, whatever comes out, so that they give nothing away. Each begins where no usual mesh ends: not at 50 or 70.

use crate::app::lab::question::{Measure, Question};
use crate::course::directive::{Answer, Predict};

/// A range of percentages: its words, and where it begins. It ends where the one before it begins, the first at 100.
type Range = (&'static str, f64);

/// Shares that end between 0 and 100: half of the pods, seven in ten calls.
const SHARES: [Range; 4] =
    [("85 to 100 %", 85.0), ("60 to 85 %", 60.0), ("30 to 60 %", 30.0), ("under 30 %", 0.0)];
/// Requests that end well: the difference between none and one in a hundred matters.
const WELL: [Range; 4] =
    [("99 to 100 %", 99.0), ("90 to 99 %", 90.0), ("60 to 90 %", 60.0), ("under 60 %", 0.0)];

/// What a prediction of the lesson lets one choose between.
#[must_use]
pub fn of_prediction(predict: &Predict) -> Vec<String> {
    match &predict.answer {
        Answer::Percent { .. } => words(&SHARES),
        Answer::Choice(options) => options.iter().map(|option| option.text.clone()).collect(),
    }
}

/// Which of them, from 0, a number is in.
#[must_use]
pub fn right_of_prediction(predict: &Predict, number: f64) -> Option<usize> {
    match &predict.answer {
        Answer::Percent { .. } => range_of(&SHARES, number),
        Answer::Choice(_) => predict.right_option(number),
    }
}

/// What the question before a failure lets one choose between.
#[must_use]
pub fn of_question(question: &Question) -> Vec<String> {
    match ranges(&question.measure) {
        Some(ranges) => words(ranges),
        None => question.choices().iter().map(|choice| choice.words.to_owned()).collect(),
    }
}

/// Which of them, from 0, a number is in.
#[must_use]
pub fn right_of_question(question: &Question, number: f64) -> Option<usize> {
    match ranges(&question.measure) {
        Some(ranges) => range_of(ranges, number),
        None => question.choice_of(number),
    }
}

/// The letter of an option, from 0.
#[must_use]
pub fn letter(option: usize) -> char {
    char::from(b'A'.saturating_add(u8::try_from(option).unwrap_or(u8::MAX)))
}

const fn ranges(measure: &Measure) -> Option<&'static [Range]> {
    match measure {
        Measure::Local { .. } | Measure::Listed { .. } => Some(&SHARES),
        Measure::Success | Measure::Answered => Some(&WELL),
        Measure::Failing | Measure::Slower | Measure::Lost | Measure::Stale | Measure::Waiting => None,
    }
}

fn words(ranges: &[Range]) -> Vec<String> {
    ranges.iter().map(|(words, _)| (*words).to_owned()).collect()
}

fn range_of(ranges: &[Range], number: f64) -> Option<usize> {
    ranges.iter().position(|(_, from)| number >= *from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_percentage_is_in_one_range() {
        for ranges in [SHARES, WELL] {
            assert_eq!(range_of(&ranges, 0.0), Some(3));
            assert_eq!(range_of(&ranges, 100.0), Some(0));
            for (at, (_, from)) in ranges.iter().enumerate() {
                assert_eq!(range_of(&ranges, *from), Some(at), "it begins there");
            }
            for (upper, lower) in ranges.iter().zip(&ranges[1..]) {
                assert!(upper.1 > lower.1);
                assert!(lower.0.contains(&upper.1.to_string()), "{} ends where {} begins", lower.0, upper.0);
            }
        }
    }

    #[test]
    fn what_half_of_the_pods_give_is_told_from_half_of_the_calls() {
        assert_ne!(range_of(&SHARES, 70.0), range_of(&SHARES, 50.0));
        assert_ne!(range_of(&WELL, 99.9), range_of(&WELL, 95.0));
    }
}
