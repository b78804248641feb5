//! What a key less or more leads to.

use super::fields::Field;
use crate::sim::cost::Question;

/// The steps of a figure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Steps {
    /// One of these, in rising order.
    Of(&'static [&'static str]),
    /// Whole numbers up to this one, a few to a power of ten.
    Ladder(u64),
    /// 0 and the same from the second number up to the third, with so many decimals below one.
    Dollars,
}

/// Mantissas of a ladder: each step is a fifth to a half more.
const RUNGS: [u64; 9] = [10, 12, 15, 20, 25, 30, 40, 60, 80];

impl Field {
    /// Its value is one of two names.
    pub(super) const fn is_switch(&self) -> bool {
        matches!(self.steps, Steps::Of(names) if names.len() == 2)
    }

    /// The nearest step above or below what is asked now; `None` at an end.
    pub(super) fn step(&self, name: &str, up: bool, question: &Question) -> Option<String> {
        // Where nothing is asked for, everything is more.
        let now = question.amount(name).unwrap_or(0);
        let mut scratch = question.clone();
        let mut steps = self.texts().into_iter().filter(|text| {
            let there = scratch.put(name, text).is_ok().then(|| scratch.amount(name)).flatten();
            there.is_some_and(|there| if up { there > now } else { there < now })
        });
        if up { steps.next() } else { steps.last() }
    }

    /// Every step, in rising order.
    fn texts(&self) -> Vec<String> {
        match self.steps {
            Steps::Of(texts) => texts.iter().map(|&text| text.to_owned()).collect(),
            Steps::Ladder(most) => rungs(most).iter().map(u64::to_string).collect(),
            // Thousandths of a dollar up to ten dollars.
            Steps::Dollars => rungs(10_000)
                .iter()
                .map(|thousandths| format!("{}.{:03}", thousandths / 1000, thousandths % 1000))
                .collect(),
        }
    }
}

/// 0 to 10 one by one, then the rungs of each power of ten, up to a number.
fn rungs(most: u64) -> Vec<u64> {
    let tens = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let above = tens
        .take_while(|&power| power <= most)
        .flat_map(|power| RUNGS.map(|rung| rung.saturating_mul(power)));
    (0..10).chain(above).filter(|&rung| rung <= most).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fields::{FIELDS, Row};
    use super::*;
    use crate::sim::Scenario;

    fn question() -> Question {
        Question::new(Scenario::shipped("two-regions").unwrap())
    }

    #[test]
    fn every_step_of_every_figure_is_taken_and_they_rise() {
        for field in &FIELDS {
            let mut question = question();
            let mut last = None;
            for text in field.texts() {
                if question.put(field.name, &text).is_err() {
                    assert!(field.name == "pods" && text == "0", "{} {text}", field.name);
                    continue;
                }
                let amount = question.amount(field.name);
                assert!(amount.is_some() && amount > last || last.is_none(), "{} {text}", field.name);
                last = amount;
            }
        }
    }

    #[test]
    fn a_step_is_the_next_one_from_wherever_one_is() {
        let field = FIELDS.iter().find(|field| field.name == "rps").unwrap();
        let mut question = question();
        assert_eq!(field.step("rps", true, &question).as_deref(), Some("400"));
        assert_eq!(field.step("rps", false, &question).as_deref(), Some("300"));
        question.put("rps", "0").unwrap();
        assert_eq!(field.step("rps", false, &question), None);
        assert_eq!(field.step("rps", true, &question).as_deref(), Some("1"));
        let price = Row::Price("pod.usd_per_hour").field().unwrap().step("pod.usd_per_hour", true, &question);
        assert_eq!(price.as_deref(), Some("0.060"));
    }
}
