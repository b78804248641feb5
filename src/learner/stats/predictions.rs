//! What the learner said would happen, against what the runs gave.

use serde::Serialize;

use super::sureness::{Degrees, Sureness};
use super::tally::{Count, Tally, rounded};
use crate::learner::Learner;

/// All predictions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Predictions {
    pub all: Tally,
    /// By how sure the learner was.
    pub confidence: Vec<Sureness>,
    /// Those that were said and came out as percentages; `None` where there were none.
    pub points: Option<Points>,
}

/// Percentages said against percentages that came out, in percentage points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Points {
    pub n: u32,
    /// How far off they were on average, whichever way.
    pub mean_off: f64,
    /// What was said less what came out, on average: above 0, the learner says too much.
    pub mean_lean: f64,
    /// The prediction that was furthest off, the latest of such.
    pub biggest: Miss,
}

/// One prediction that was off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Miss {
    /// The question's id, or the lab's name for the break.
    pub of: String,
    /// Percent.
    pub said: f64,
    /// Percent.
    pub was: f64,
}

/// Thousandths of a percentage point: whole numbers add up to the same in any order.
const SCALE: f64 = 1000.0;

pub(super) fn of(learner: &Learner) -> Predictions {
    let (mut all, mut degrees) = (Count::default(), Degrees::default());
    let mut misses: Vec<Miss> = Vec::new();
    for (_, prediction) in learner.predictions() {
        all.add(prediction.right);
        if let Some(said) = prediction.confidence {
            degrees.add(said, prediction.right);
        }
        if let (Some(said), Some(was)) = (percent(&prediction.said), percent(&prediction.was)) {
            misses.push(Miss { of: prediction.of.clone(), said, was });
        }
    }
    Predictions { all: all.tally(), confidence: degrees.done(), points: points(misses) }
}

fn points(misses: Vec<Miss>) -> Option<Points> {
    let n = misses.len() as u32;
    let thousandths = |miss: &Miss| ((miss.said - miss.was) * SCALE).round() as i64;
    let mean = |sum: i64| rounded(sum as f64 / SCALE / f64::from(n), 1);
    let off = mean(misses.iter().map(|miss| thousandths(miss).abs()).sum());
    let lean = mean(misses.iter().map(thousandths).sum());
    let biggest = misses.into_iter().max_by_key(|miss| thousandths(miss).abs())?;
    Some(Points { n, mean_off: off, mean_lean: lean, biggest })
}

/// `30`, `30.4`, `30 %`: a percentage; `None` for anything else.
fn percent(text: &str) -> Option<f64> {
    let number: f64 = text.trim().trim_end_matches('%').trim_end().parse().ok()?;
    (0.0..=100.0).contains(&number).then_some(number)
}
