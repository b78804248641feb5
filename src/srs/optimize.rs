//! Whether other parameters would have foretold a learner's answers better: judged on answers that they were not
//! fitted to.
//!
//! With fewer than some thousand answers fitted parameters are worse than the default ones about as often as they are
//! better, and the answers they were fitted to cannot tell which. So the answers are cut into stretches in the order
//! of time; each stretch is foretold by parameters that were fitted to all before it.

use fsrs::{ComputeParametersInput, FSRSError, FSRSItem, FSRSReview, compute_parameters};

use super::day::Day;
use super::memory::Grade;
use super::weights::{Model, Strength, Weights};

/// Fewer counted answers than this are not looked at.
pub const REVIEWS_MIN: usize = 1_000;
/// Stretches that are foretold; one more, the first, is only fitted to.
const STRETCHES: usize = 5;
/// The gain has to be this many times its own standard error: chance alone passes that about once in forty times.
const ERRORS_MIN: f64 = 2.0;
/// No chance is taken to be smaller than this, so that one answer cannot make the loss infinite.
const CHANCE_MIN: f64 = 1e-6;

/// One counted answer to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repetition {
    /// Milliseconds since 1970: which answer came before which.
    pub ms: i64,
    /// Its study day.
    pub day: Day,
    pub grade: Grade,
}

/// How well two sets of parameters foretold the same answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Counted answers in all.
    pub reviews: usize,
    /// Those that both sets foretold: answers on a later day than the one before, without the first stretch.
    pub foretold: usize,
    /// Mean log loss of the parameters in force, in nats an answer: 0 is certain and right every time.
    pub loss_now: f64,
    /// Of parameters fitted to what came before.
    pub loss_fitted: f64,
    /// Standard error of the difference between the two.
    pub error: f64,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// There are not enough answers: this many, of [`REVIEWS_MIN`].
    TooFew(usize),
    /// There are enough, but nothing can be fitted to them: nearly all were given on the day of the one before.
    Unfit(usize),
    /// The fitted parameters did not foretell better than chance makes one believe.
    NoGain(Evidence),
    /// They did. These are fitted to all answers.
    Gain(Weights, Evidence),
}

/// An answer to foretell, by its place in the histories.
#[derive(Clone, Copy)]
struct Item {
    card: usize,
    at: usize,
}

impl Evidence {
    /// How much smaller the loss became.
    #[must_use]
    pub fn gain(&self) -> f64 {
        self.loss_now - self.loss_fitted
    }

    /// It is more than chance.
    #[must_use]
    pub fn is_better(&self) -> bool {
        self.gain() > ERRORS_MIN * self.error
    }
}

/// Judges whether parameters fitted to these histories, one a card and each in order of time, are better than `now`.
/// Takes some 100 ms for 10,000 answers.
#[must_use]
pub fn optimize(cards: &[Vec<Repetition>], now: &Weights) -> Verdict {
    let reviews = cards.iter().map(Vec::len).sum();
    if reviews < REVIEWS_MIN {
        return Verdict::TooFew(reviews);
    }
    let items = items(cards);
    let Ok(losses) = losses(cards, &items, now) else { return Verdict::Unfit(reviews) };
    let Some(evidence) = evidence(reviews, &losses) else { return Verdict::Unfit(reviews) };
    if !evidence.is_better() {
        return Verdict::NoGain(evidence);
    }
    match fit(cards, &items) {
        Ok(weights) => Verdict::Gain(weights, evidence),
        Err(_) => Verdict::Unfit(reviews),
    }
}

/// Answers on a later day than the one before them, in order of time.
fn items(cards: &[Vec<Repetition>]) -> Vec<Item> {
    let mut items = Vec::new();
    for (card, history) in cards.iter().enumerate() {
        let later = (1..history.len()).filter(|&at| history[at].day.since(history[at - 1].day) > 0);
        items.extend(later.map(|at| Item { card, at }));
    }
    items.sort_by_key(|item| (cards[item.card][item.at].ms, item.card, item.at));
    items
}

/// The losses on all stretches but the first: of `now`, and of what was fitted to the stretches before.
fn losses(cards: &[Vec<Repetition>], items: &[Item], now: &Weights) -> Result<Vec<(f64, f64)>, FSRSError> {
    let length = items.len() / (STRETCHES + 1);
    let as_it_is = foretell(cards, &Model::new(now.clone()));
    let mut losses = Vec::new();
    for stretch in 1..=STRETCHES {
        let begin = stretch * length;
        let end = if stretch == STRETCHES { items.len() } else { begin + length };
        let fitted = foretell(cards, &Model::new(fit(cards, &items[..begin])?));
        losses.extend(
            items[begin..end].iter().map(|&Item { card, at }| (as_it_is[card][at], fitted[card][at])),
        );
    }
    Ok(losses)
}

/// `None` where there is nothing to compare.
fn evidence(reviews: usize, losses: &[(f64, f64)]) -> Option<Evidence> {
    if losses.len() < 2 {
        return None;
    }
    let count = losses.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| losses.iter().map(of).sum::<f64>() / count;
    let (loss_now, loss_fitted) = (mean(&|it| it.0), mean(&|it| it.1));
    let gain = loss_now - loss_fitted;
    let variance =
        losses.iter().map(|(now, fitted)| (now - fitted - gain).powi(2)).sum::<f64>() / (count - 1.0);
    let error = (variance / count).sqrt();
    Some(Evidence { reviews, foretold: losses.len(), loss_now, loss_fitted, error })
}

/// The log loss of every answer under a model; of a card's first one, which nothing foretells, it is 0.
fn foretell(cards: &[Vec<Repetition>], model: &Model) -> Vec<Vec<f64>> {
    let of_card = |history: &Vec<Repetition>| {
        let mut strength: Option<Strength> = None;
        let mut last = Day::default();
        let mut losses = Vec::with_capacity(history.len());
        for answer in history {
            let days = strength.map_or(0, |_| answer.day.since(last));
            let chance = strength.map_or(1.0, |strength| f64::from(model.recall(strength, days)));
            let happened = if answer.grade == Grade::Again { 1.0 - chance } else { chance };
            losses.push(if strength.is_some() { -libm::log(happened.clamp(CHANCE_MIN, 1.0)) } else { 0.0 });
            strength = Some(model.step(strength, answer.grade, days));
            last = answer.day;
        }
        losses
    };
    cards.iter().map(of_card).collect()
}

/// Parameters for these answers. The same answers give the same parameters.
fn fit(cards: &[Vec<Repetition>], items: &[Item]) -> Result<Weights, FSRSError> {
    let input = ComputeParametersInput {
        train_set: items.iter().map(|item| history(&cards[item.card][..=item.at])).collect(),
        card_ids: Some(items.iter().map(|item| item.card as i64).collect()),
        ..ComputeParametersInput::default()
    };
    let fitted: Vec<f64> = compute_parameters(input)?.into_iter().map(f64::from).collect();
    Weights::new(&fitted).ok_or(FSRSError::InvalidParameters)
}

/// An answer with all before it, as the crate wants it.
fn history(answers: &[Repetition]) -> FSRSItem {
    let mut last = answers.first().map(|answer| answer.day);
    let review = |answer: &Repetition| FSRSReview {
        rating: answer.grade.number().into(),
        delta_t: last.replace(answer.day).map_or(0, |last| answer.day.since(last)),
    };
    FSRSItem { reviews: answers.iter().map(review).collect() }
}
