//! Where everything stands: for a size, the spot of each place and the way between any two of them.
//!
//! ```text
//!   users ─┬─►●1 110 ⬡─┬─►●1 73 ⬡─┬─►●1 55 ─┐        a column is a service, a row is a pod;
//!          └─►●2 110 ⬡─┼─►●2 73 ⬡─┼─►●2 55 ─┤        ports, then a bus that all its pods share
//!                      ╘══════════╧═════════╪═══     the trunk: what crosses goes this way
//!                                        Aurora
//! ```
//!
//! Lines and dots both follow [`Stage::route`], so a request is never beside its line. All in cells of the
//! screen; east flows to the right, and west beside it is its mirror image.

mod columns;
mod grid;
mod region;

use super::tracks::Point;
use crate::app::geometry::Area;
use crate::mesh_view::{MeshView, Place, PlaceId, PlaceKind};
use columns::Shape;
pub use region::RegionStage;

/// The least columns a region takes when it stands beside another.
const REGION_COLUMNS_MIN: u16 = 25;

/// The least columns between them.
const GAP_COLUMNS_MIN: u16 = 8;

/// How regions are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Side by side, the second one mirrored.
    Beside,
    /// One above the other.
    Stacked,
}

/// Where one place stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub region: usize,
    /// Where what is written of it begins.
    pub label: Point,
    /// Columns for that.
    pub room: u16,
    /// Where requests arrive: the last cell of their way.
    pub port_in: Point,
    /// The line that all ways in share.
    pub bus_in: u16,
    /// Where requests leave.
    pub port_out: Point,
    /// The line that all ways out share.
    pub bus_out: u16,
}

/// The whole picture's plan.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    pub regions: Vec<RegionStage>,
    /// By [`PlaceId`]; `None` for what has no room.
    spots: Vec<Option<Spot>>,
    /// What is between the regions.
    pub gap: Area,
    /// The upright part of the way between stacked regions.
    pub link_column: u16,
}

/// A way on the screen: corners, and which of its lines belong to the trunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Route {
    corners: [Point; 8],
    len: usize,
}

impl Stage {
    /// Plans a picture of the first two regions for an area.
    #[must_use]
    pub fn plan(view: &MeshView, area: Area, form: Form) -> Self {
        let count = view.regions.len().min(2);
        let mut stage = Self { spots: vec![None; view.places.len()], ..Self::default() };
        let (areas, gap) = split(area, count, form);
        stage.gap = gap;
        let shape = Shape::of(view, areas.first().copied().unwrap_or_default());
        for (index, inner) in areas.into_iter().enumerate().take(count) {
            let framed = form == Form::Beside && inner.height >= 12 && area.width >= 100;
            let region = RegionStage {
                area: inner,
                words_wanted: if framed { words_rows(view) } else { 1 },
                mirrored: form == Form::Beside && index == 1,
                trunk_above: form == Form::Stacked && index == 1,
                framed,
                ..RegionStage::default()
            };
            stage.regions.push(region.arrange(&shape, &mut stage.spots, view, index));
        }
        // Stacked, the way between the regions is down their right side, where nothing is written.
        stage.link_column = (area.x + area.width).saturating_sub(1);
        stage
    }

    /// Where a link that is cut is drawn cut.
    #[must_use]
    pub fn cut(&self, form: Form) -> Point {
        match form {
            Form::Beside => {
                let trunk = self.regions.first().map_or(0, |region| region.trunk);
                (self.gap.x + self.gap.width / 2, trunk)
            }
            Form::Stacked => (self.link_column, self.gap.y),
        }
    }

    #[must_use]
    pub fn spot(&self, place: PlaceId) -> Option<&Spot> {
        self.spots.get(usize::from(place))?.as_ref()
    }

    /// Places with where they stand.
    pub fn placed<'a>(&'a self, view: &'a MeshView) -> impl Iterator<Item = (&'a Place, &'a Spot)> {
        view.places.iter().zip(&self.spots).filter_map(|(place, spot)| Some((place, spot.as_ref()?)))
    }

    /// The way from one place to another.
    #[must_use]
    pub fn route(&self, from: PlaceId, to: PlaceId) -> Option<Route> {
        let (from, to) = (self.spot(from)?, self.spot(to)?);
        let mut route = Route::default();
        route.to(from.port_out);
        route.to((from.bus_out, from.port_out.1));
        if from.region != to.region || from.bus_out != to.bus_in {
            let (here, there) = (self.regions.get(from.region)?, self.regions.get(to.region)?);
            route.to((from.bus_out, here.trunk));
            if here.trunk != there.trunk {
                route.to((self.link_column, here.trunk));
                route.to((self.link_column, there.trunk));
            }
            route.to((to.bus_in, there.trunk));
        }
        route.to((to.bus_in, to.port_in.1));
        route.to(to.port_in);
        Some(route)
    }
}

/// One area a region, and what is between them.
fn split(area: Area, count: usize, form: Form) -> (Vec<Area>, Area) {
    let mut rest = area;
    match (count, form) {
        (0, _) => (Vec::new(), Area::default()),
        (1, _) => (vec![area], Area::default()),
        (_, Form::Beside) => {
            let between = (area.width / 7).clamp(GAP_COLUMNS_MIN, 22).min(area.width.saturating_sub(2));
            let side = (area.width - between) / 2;
            let first = rest.cut_left(side);
            let last = rest.cut_right(side);
            (vec![first, last], rest)
        }
        (_, Form::Stacked) => {
            let between = if area.height >= 18 { 2 } else { 1 };
            let side = area.height.saturating_sub(between) / 2;
            let first = rest.cut_top(side);
            let gap = rest.cut_top(between);
            (vec![first, rest.cut_top(side)], gap)
        }
    }
}

/// Whether two regions fit side by side.
#[must_use]
pub fn form_for(area: Area) -> Form {
    if area.width >= 2 * REGION_COLUMNS_MIN + GAP_COLUMNS_MIN { Form::Beside } else { Form::Stacked }
}

impl Route {
    fn to(&mut self, corner: Point) {
        if (self.len == 0 || self.corners[self.len - 1] != corner) && self.len < self.corners.len() {
            self.corners[self.len] = corner;
            self.len += 1;
        }
    }

    /// Its straight lines.
    pub fn lines(&self) -> impl Iterator<Item = (Point, Point)> {
        self.corners[..self.len].windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// How far it is; a row counts as two columns, for cells are twice as high as wide.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.lines().map(|(a, b)| u32::from(a.0.abs_diff(b.0)) + 2 * u32::from(a.1.abs_diff(b.1))).sum()
    }

    /// The fraction of the way at which it comes to a cell, if it does.
    #[must_use]
    pub fn fraction_of(&self, cell: Point) -> Option<f64> {
        let mut passed = 0;
        for (a, b) in self.lines() {
            let within = |from: u16, to: u16, at: u16| (from.min(to)..=from.max(to)).contains(&at);
            if within(a.0, b.0, cell.0) && within(a.1, b.1, cell.1) {
                let here = u32::from(a.0.abs_diff(cell.0)) + 2 * u32::from(a.1.abs_diff(cell.1));
                return Some(f64::from(passed + here) / f64::from(self.length().max(1)));
            }
            passed += u32::from(a.0.abs_diff(b.0)) + 2 * u32::from(a.1.abs_diff(b.1));
        }
        None
    }

    /// The cell at this fraction of the way.
    #[must_use]
    pub fn at(&self, fraction: f64) -> Point {
        let mut left = (f64::from(self.length()) * fraction.clamp(0.0, 1.0) + 0.5) as u32;
        for (a, b) in self.lines() {
            let (across, down) = (u32::from(a.0.abs_diff(b.0)), 2 * u32::from(a.1.abs_diff(b.1)));
            if left > across + down {
                left -= across + down;
                continue;
            }
            let step =
                |from: u16, to: u16, by: u32| if to > from { from + by as u16 } else { from - by as u16 };
            return if down == 0 { (step(a.0, b.0, left), a.1) } else { (a.0, step(a.1, b.1, left / 2)) };
        }
        self.corners[self.len.saturating_sub(1)]
    }
}

/// The services in the order in which requests come to them.
#[must_use]
pub fn service_order(view: &MeshView) -> Vec<String> {
    Shape::of(view, Area::default()).services
}

/// Rows of a framed picture with so many rows from one pod to the next.
#[must_use]
pub fn framed_rows(view: &MeshView, spacing: u16) -> u16 {
    let shape = Shape::of(view, Area::default());
    let pods = shape.pods_max.clamp(1, 8);
    // Border, names, pods, trunk, the way to the stores, words, border.
    4 + (pods - 1) * spacing + 1 + if shape.stores { 2 } else { 0 } + words_rows(view)
}

/// Lines of words under a region: where its users are sent, control parts, data, at most two tables.
#[must_use]
pub fn words_rows(view: &MeshView) -> u16 {
    let tables = view.regions.iter().map(|region| region.tables.len()).max().unwrap_or(0).min(2);
    let users = view.regions.iter().any(|region| !region.users_to.is_empty());
    let stores = view.places.iter().any(|place| is_store(place.kind));
    1 + tables as u16 + u16::from(users) + u16::from(stores)
}

/// Data stores hang under a region; everything else is in a column.
#[must_use]
pub const fn is_store(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Aurora | PlaceKind::DynamoDb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_on_the_way_is_found_again() {
        let mut route = Route::default();
        for corner in [(3, 3), (5, 3), (5, 6), (12, 6)] {
            route.to(corner);
        }
        for cell in [(4, 3), (5, 5), (9, 6), (12, 6)] {
            assert_eq!(route.at(route.fraction_of(cell).unwrap()), cell);
        }
        assert_eq!(route.fraction_of((9, 9)), None);
    }

    #[test]
    fn a_dot_starts_at_one_end_and_arrives_at_the_other() {
        let mut route = Route::default();
        for corner in [(3, 3), (5, 3), (5, 3), (5, 6), (12, 6)] {
            route.to(corner);
        }
        assert_eq!(route.length(), 2 + 6 + 7);
        assert_eq!(route.at(0.0), (3, 3));
        assert_eq!(route.at(1.0), (12, 6));
        assert_eq!(route.at(5.0 / 15.0), (5, 4));
        assert_eq!(Route::default().at(0.5), (0, 0));
    }
}
