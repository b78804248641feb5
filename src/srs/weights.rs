//! The model of forgetting and its parameters: FSRS-6, from the `fsrs` crate, behind types of our own.
//!
//! Nothing else in the program names that crate, so that the next version of the model (FSRS-7 counts in
//! fractions of days and can only be reached by replaying reviews) is a change of this file.

use std::ops::RangeInclusive;

use fsrs::{FSRS, FSRSItem, FSRSReview, MemoryState};

use super::memory::Grade;

/// The default parameters of FSRS-6: `fsrs` 6.6.2, `DEFAULT_PARAMETERS`; the same numbers as py-fsrs 6.3.2.
pub const FSRS_6: [f32; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, // days of stability after a first Again, Hard, Good, Easy
    6.4133, 0.8334, 3.0194, 0.001, // difficulty
    1.8722, 0.1666, 0.796, // stability after a success
    1.4835, 0.0614, 0.2629, 1.6483, // stability after a lapse
    0.6014, 1.8729, // factors of Hard and Easy
    0.5425, 0.0912, 0.0658, // reviews on the same day
    0.1542, // how fast the curve falls
];

/// How well one card sits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// Days until recall has fallen to 90 %: 0.001 to 36,500.
    pub stability: f32,
    /// How hard the card is for this learner: 1 to 10.
    pub difficulty: f32,
}

/// The share of due cards that the learner wants to recall, in thousandths: 700 to 970.
///
/// Outside of that range FSRS asks for absurd numbers of reviews or for hardly any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retention(u16);

/// One set of parameters of FSRS-6, each in ten-thousandths, so that they print, compare and read back exactly.
///
/// Boxed: every entry of a log has room for one, and hardly any holds one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weights(Box<[i32; 21]>);

/// Units of one in [`Weights`].
const WEIGHT_UNITS: f64 = 10_000.0;
/// No parameter of FSRS-6 lies beyond this; the longest stability after a first answer does reach it.
const WEIGHT_MAX: f64 = 100.0;
/// Where the last parameter, how fast the curve falls, has to lie: the crate clips it to this.
const DECAY: RangeInclusive<f64> = 0.1..=0.8;

/// FSRS-6 under one set of parameters.
#[derive(Clone, Debug)]
pub struct Model {
    fsrs: FSRS,
    decay: f32,
    weights: Weights,
}

impl Retention {
    /// The nearest value that is allowed; the default where `share` is no number.
    #[must_use]
    pub fn clamped(share: f64) -> Self {
        if share.is_nan() {
            return Self::default();
        }
        Self((share.clamp(0.70, 0.97) * 1000.0).round() as u16)
    }

    /// As a share of 1.
    #[must_use]
    pub fn share(self) -> f32 {
        f32::from(self.0) / 1000.0
    }

    /// As a share of 1, in the precision it is written with.
    #[must_use]
    pub fn as_share(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Default for Retention {
    /// 0.90.
    fn default() -> Self {
        Self(900)
    }
}

impl Weights {
    /// The parameters, rounded to ten-thousandths; `None` unless they are 21 that make sense.
    #[must_use]
    pub fn new(values: &[f64]) -> Option<Self> {
        let mut weights = [0; 21];
        let is_sane = values.len() == weights.len()
            && values.iter().all(|value| (0.0..=WEIGHT_MAX).contains(value))
            && DECAY.contains(&values[20]);
        for (weight, value) in weights.iter_mut().zip(values) {
            *weight = (value * WEIGHT_UNITS).round() as i32;
        }
        is_sane.then(|| Self(Box::new(weights)))
    }

    /// As they are written.
    #[must_use]
    pub fn values(&self) -> [f64; 21] {
        self.0.map(|weight| f64::from(weight) / WEIGHT_UNITS)
    }

    /// In the precision that the model reckons in.
    fn singles(&self) -> [f32; 21] {
        self.0.map(|weight| weight as f32 / WEIGHT_UNITS as f32)
    }
}

impl Default for Weights {
    /// [`FSRS_6`].
    fn default() -> Self {
        Self(Box::new(FSRS_6.map(|weight| (f64::from(weight) * WEIGHT_UNITS).round() as i32)))
    }
}

impl Default for Model {
    /// With [`FSRS_6`].
    fn default() -> Self {
        Self::new(Weights::default())
    }
}

impl PartialEq for Model {
    /// The same parameters.
    fn eq(&self, other: &Self) -> bool {
        self.weights == other.weights
    }
}

impl Model {
    /// The model with these parameters.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it cannot")]
    pub fn new(weights: Weights) -> Self {
        let singles = weights.singles();
        let fsrs = FSRS::new(&singles).expect("21 finite parameters are what the crate asks for");
        Self { fsrs, decay: singles[20], weights }
    }

    /// Its parameters.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The strength after a review graded `grade`, `days` whole days after the one before; `None` before the first.
    ///
    /// With 0 days the formula for reviews on the same day is used.
    #[must_use]
    pub fn step(&self, before: Option<Strength>, grade: Grade, days: u32) -> Strength {
        let review = FSRSReview { rating: grade.number().into(), delta_t: days };
        let item = FSRSItem { reviews: vec![review] };
        let state = self.fsrs.memory_state(item, before.map(Strength::state));
        // Finite in, finite out; should that fail for some future parameters, the memory stays as it was.
        state.map_or_else(|_| before.unwrap_or(Strength { stability: 0.001, difficulty: 10.0 }), Strength::of)
    }

    /// The strengths after each of the four grades, Again first.
    #[must_use]
    pub fn steps(&self, before: Option<Strength>, days: u32) -> [Strength; 4] {
        match self.fsrs.next_states(before.map(Strength::state), Retention::default().share(), days) {
            Ok(next) => [next.again, next.hard, next.good, next.easy].map(|item| Strength::of(item.memory)),
            Err(_) => Grade::ALL.map(|grade| self.step(before, grade, days)),
        }
    }

    /// Days until recall falls to `retention`, not rounded.
    #[must_use]
    pub fn interval(&self, strength: Strength, retention: Retention) -> f32 {
        // The grade only matters to the crate where there is no stability yet.
        self.fsrs.next_interval(Some(strength.stability), retention.share(), 3)
    }

    /// The chance of recalling the card `days` after its last review: 0 to 1.
    #[must_use]
    pub fn recall(&self, strength: Strength, days: u32) -> f32 {
        fsrs::current_retrievability(strength.state(), days as f32, self.decay)
    }
}

impl Strength {
    fn of(state: MemoryState) -> Self {
        Self { stability: state.stability, difficulty: state.difficulty }
    }

    fn state(self) -> MemoryState {
        MemoryState { stability: self.stability, difficulty: self.difficulty }
    }
}
