//! Fitting parameters to a learner: refused where it does not help, accepted where it does.

use eastwest::srs::Weights;
use eastwest::srs::optimize::{REVIEWS_MIN, Verdict, optimize};

use super::simulated::{forgetter, histories};

#[test]
fn with_few_answers_nothing_is_fitted() {
    let mut cards = histories(&forgetter(), 30, 1);
    let count = |cards: &[Vec<_>]| cards.iter().map(Vec::len).sum::<usize>();
    while count(&cards) >= REVIEWS_MIN {
        cards.pop();
    }
    assert!(count(&cards) > REVIEWS_MIN - 50);
    assert_eq!(optimize(&cards, &Weights::default()), Verdict::TooFew(count(&cards)));
}

#[test]
fn answers_of_one_day_each_fit_nothing() {
    let mut cards = histories(&forgetter(), 90, 1);
    for card in &mut cards {
        card.truncate(1);
    }
    assert_eq!(optimize(&cards, &Weights::default()), Verdict::Unfit(cards.len()));
}

#[test]
fn who_forgets_as_most_do_keeps_what_is_in_force() {
    for seed in 1..=6 {
        match optimize(&histories(&Weights::default(), 60, seed), &Weights::default()) {
            Verdict::NoGain(evidence) => {
                assert!(evidence.reviews > 2_000 && evidence.foretold > 1_000, "{evidence:?}");
            }
            other => panic!("seed {seed}: {other:?}"),
        }
    }
}

#[test]
fn who_forgets_sooner_gets_parameters_that_foretell_it() {
    let cards = histories(&forgetter(), 90, 3);
    let Verdict::Gain(fitted, evidence) = optimize(&cards, &Weights::default()) else {
        panic!("{:?}", optimize(&cards, &Weights::default()));
    };
    assert!(evidence.gain() > 2.0 * evidence.error && evidence.gain() > 0.01, "{evidence:?}");
    // A first Good lasts 0.7 days with this learner, and 2.3 with most.
    assert!(fitted.values()[2] < 1.5, "{fitted:?}");
    // Once they are in force nothing is to be gained any more.
    assert!(matches!(optimize(&cards, &fitted), Verdict::NoGain(_)), "{:?}", optimize(&cards, &fitted));
    // The same answers give the same verdict.
    assert_eq!(optimize(&cards, &Weights::default()), Verdict::Gain(fitted, evidence));
}
