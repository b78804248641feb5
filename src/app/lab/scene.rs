//! All that a picture of the lab is made of: borrowed, plain, and without the simulator.

use super::bet::{Bet, Verdict};
use super::failures::Board;
use super::inspect::Sheet;
use super::rule::view::RuleView;
use crate::app::action::Failure;
use crate::app::manner::Motion;
use crate::mesh_view::{MeshView, Metric, Nanos, PlaceId};

/// What has the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Front {
    /// The mesh, with a strip of numbers.
    #[default]
    Picture,
    /// The numbers alone.
    Numbers,
}

impl Front {
    /// The other one.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Picture => Self::Numbers,
            Self::Numbers => Self::Picture,
        }
    }
}

/// What the lab shows now.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    pub view: &'a MeshView,
    pub playing: bool,
    /// `1×`, `0.25×`.
    pub speed: String,
    /// The mesh could not be worked out as fast as time was to pass.
    pub behind: bool,
    /// The newest moment reached; the one on show may be earlier.
    pub newest: Nanos,
    /// Which region breaks go to: an index into the view's regions.
    pub region: usize,
    /// The row of [`Failure::ALL`] one stands on.
    pub row: usize,
    /// What is broken at the moment on show.
    pub broken: &'a [Failure],
    /// Breaks ask for a prediction first.
    pub asks: bool,
    /// The question that waits for an answer.
    pub bet: Option<&'a Bet>,
    /// How the last prediction came out.
    pub verdict: Option<&'a Verdict>,
    /// One line under an embedded mesh, or in the heading of the reasons; empty for none.
    pub caption: &'a str,
    /// Text instead of a picture, from this row on.
    pub words: Option<usize>,
    /// The place that is looked at.
    pub selected: Option<PlaceId>,
    /// The number that is looked at, where that is no place.
    pub number: Option<Metric>,
    /// What is asked of the mesh, in hundredths of a percent of requests that end well.
    pub slo: u32,
    /// What has the screen.
    pub front: Front,
    /// What is said of what is selected, over the picture.
    pub sheet: Option<&'a Sheet>,
    /// What holds and what is armed, and the list of all failures while it is open.
    pub failures: Board,
    /// The rule panel, if it is open.
    pub rule: Option<RuleView>,
    /// What decides where calls go, in a few words.
    pub policy: String,
    /// The log up to this moment; to its end without one.
    pub log_until: Option<Nanos>,
    /// How much moves.
    pub motion: Motion,
}
