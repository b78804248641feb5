//! Requests on their way, as dots. Where a dot is follows from the view alone; nothing is remembered.

use ratatui::buffer::Buffer;

use super::place::{Form, Route, Stage};
use super::put;
use super::tracks::Point;
use crate::app::geometry::Area;
use crate::mesh_view::{HopOutcome, HopView, MeshView, Nanos, PlaceId};
use crate::ui::theme::{Glyph, Mark, Theme};

/// The view holds hops begun in the last so many seconds; a dot arrives before it is taken away.
const LIFE_MAX_SECONDS: f64 = 2.0;
const LIFE_MIN_SECONDS: f64 = 0.15;
const NANOS: f64 = 1e9;

/// What was drawn; a test compares it with the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub dots: u32,
    /// Calls they stand for.
    pub weight: u32,
    /// Rows that the open sheet can be scrolled.
    pub reach: usize,
}

/// How long a dot is on its way for a hop of so many milliseconds: a logarithm, so that one millisecond and
/// seventy can both be seen.
#[must_use]
pub fn life_seconds(ms: f64) -> f64 {
    (0.25 * (1.0 + libm::log2(ms.max(1.0)))).max(LIFE_MIN_SECONDS)
}

/// How far along its way a hop's dot is, from 0 to 1; nowhere before it starts or after it arrived.
#[must_use]
pub fn progress(hop: &HopView, at: Nanos) -> Option<f64> {
    let age = at.checked_sub(hop.start)? as f64;
    let life = match hop.took {
        Some(took) => life_seconds(took as f64 / 1e6).min(LIFE_MAX_SECONDS),
        // Still out: it is at least as old as this, and must not arrive before its answer.
        None => life_seconds(age / 1e6).max(age / NANOS + 0.1),
    };
    let fraction = age / NANOS / life;
    (fraction < 1.0).then_some(fraction)
}

/// The hops that have a dot now.
pub fn flying(view: &MeshView) -> impl Iterator<Item = (&HopView, f64)> {
    view.hops.iter().filter_map(|hop| Some((hop, progress(hop, view.at)?)))
}

/// Draws the dots, failures last so that no other dot hides one.
pub fn draw(
    view: &MeshView,
    (stage, form): (&Stage, Form),
    theme: Theme,
    area: Area,
    buf: &mut Buffer,
) -> Tally {
    let mut tally = Tally::default();
    for layer in 0..4 {
        for (hop, fraction) in flying(view).filter(|(hop, _)| self::layer(hop) == layer) {
            let Some(route) = stage.route(hop.from, hop.to) else { continue };
            let (glyph, mark) = look(hop);
            let fraction = fraction.min(end_of(view, hop, &route, stage.cut(form)));
            put(buf, area, route.at(fraction), theme.glyph(glyph), theme.mark(mark));
            tally.dots += 1;
            tally.weight += hop.weight;
        }
    }
    tally
}

/// Where a way ends: before a cut in its direction, no packet passes that.
fn end_of(view: &MeshView, hop: &HopView, route: &Route, cut: Point) -> f64 {
    let region = |place: PlaceId| view.places.get(usize::from(place)).map(|place| place.region);
    let (Some(from), Some(to)) = (region(hop.from), region(hop.to)) else { return 1.0 };
    let is_cut = view
        .links
        .iter()
        .any(|link| (link.ends == (from, to) && link.cut.0) || (link.ends == (to, from) && link.cut.1));
    if is_cut && hop.outcome != HopOutcome::Ok { route.fraction_of(cut).unwrap_or(1.0) } else { 1.0 }
}

const fn look(hop: &HopView) -> (Glyph, Mark) {
    match layer(hop) {
        3 => (Glyph::Failure, Mark::Failure),
        2 => (Glyph::Retry, Mark::Retry),
        1 => (Glyph::Crossing, Mark::Crossing),
        _ => (Glyph::Request, Mark::Local),
    }
}

const fn layer(hop: &HopView) -> u8 {
    match hop {
        HopView { outcome: HopOutcome::Failed, .. } => 3,
        HopView { try_number: 1.., .. } => 2,
        HopView { crosses: true, .. } => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hop(took: Option<Nanos>) -> HopView {
        HopView {
            request: 0,
            try_number: 0,
            from: 0,
            to: 1,
            start: 0,
            took,
            outcome: HopOutcome::Open,
            crosses: false,
            weight: 1,
        }
    }

    #[test]
    fn the_life_of_a_dot_is_the_logarithm_of_its_hop() {
        assert_eq!(life_seconds(0.2), 0.25);
        assert_eq!(life_seconds(1.0), 0.25);
        assert_eq!(life_seconds(64.0), 1.75);
        assert_eq!(progress(&hop(Some(64_000_000)), 875_000_000), Some(0.5));
        assert_eq!(progress(&hop(Some(64_000_000)), 1_750_000_000), None);
    }

    #[test]
    fn a_hop_without_an_answer_does_not_arrive_and_never_runs_back() {
        let mut before = 0.0;
        for at in (0..4_000_000_000).step_by(20_000_000) {
            let now = progress(&hop(None), at).unwrap();
            assert!(now >= before && now < 1.0, "{at}: {before} to {now}");
            before = now;
        }
    }
}
