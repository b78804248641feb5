//! How many of how many, and the share of it.

use serde::Serialize;

/// Under so many answers a share says more about luck than about the learner, and calibration does not show it.
pub const LEAST: u32 = 10;

/// Right of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    pub right: u32,
    pub n: u32,
    /// Right by n, 0 to 1; `None` where n is too small to say.
    pub share: Option<f64>,
}

/// Counts up to a [`Tally`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    right: u32,
    n: u32,
}

impl Count {
    pub(super) const fn add(&mut self, is_right: bool) {
        self.right += is_right as u32;
        self.n += 1;
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { right: self.right + other.right, n: self.n + other.n }
    }

    /// With its share from one answer on.
    pub(super) fn tally(self) -> Tally {
        self.from(1)
    }

    /// With its share from [`LEAST`] answers on.
    pub(super) fn calibration(self) -> Tally {
        self.from(LEAST)
    }

    fn from(self, least: u32) -> Tally {
        let share = (self.n >= least).then(|| rounded(f64::from(self.right) / f64::from(self.n), 4));
        Tally { right: self.right, n: self.n, share }
    }
}

/// A number with at most so many decimals: more would claim what nobody knows.
pub(super) fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10.0_f64.powi(decimals);
    (value * scale).round() / scale
}
