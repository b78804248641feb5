//! All that a picture of the lab is made of: borrowed, plain, and without the simulator.

use super::bet::{Bet, Verdict};
use super::inspect::Sheet;
use crate::app::action::Failure;
use crate::app::manner::Motion;
use crate::mesh_view::{MeshView, Nanos, PlaceId};

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
    /// One line under an embedded mesh; empty for none.
    pub caption: &'a str,
    /// Text instead of a picture, from this row on.
    pub words: Option<usize>,
    /// The place that is looked at.
    pub selected: Option<PlaceId>,
    /// What is said of it, over the picture.
    pub sheet: Option<&'a Sheet>,
    /// How much moves.
    pub motion: Motion,
}
