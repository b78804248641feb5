//! One region: what each of its rows is for, and the spots of its places.

use super::Spot;
use super::columns::{Columns, Shape, pods_in};
use super::grid::{Grid, Rows};
use crate::app::geometry::Area;
use crate::mesh_view::{MeshView, PlaceKind, PlaceState};

/// With no more rows than this, a region's name is among those of its columns.
const LOW_ROWS: u16 = 3;
/// Rows for pods at most.
const PODS_MAX: u16 = 64;

/// Where the parts of a region stand.
#[derive(Clone, Debug, Default)]
pub struct RegionStage {
    /// All of it.
    pub area: Area,
    /// Flows to the left.
    pub mirrored: bool,
    /// The trunk runs above the pods instead of below.
    pub trunk_above: bool,
    /// It has a border, and its name is in that.
    pub framed: bool,
    /// The row of its name, if there is one.
    pub title: Option<u16>,
    /// The row of the columns' names, if there is one.
    pub heading: Option<u16>,
    /// Names of the columns: where, how wide, what.
    pub headings: Vec<(u16, u16, String)>,
    /// The row of what crosses.
    pub trunk: u16,
    /// The row of the data stores, if there is one.
    pub stores: Option<u16>,
    /// Rows left for words at the bottom.
    pub words: Area,
    /// Rows of words there are to show, where there is a border around them.
    pub words_wanted: u16,
}

impl RegionStage {
    /// Gives every place of the region its spot.
    #[must_use]
    pub fn arrange(
        mut self,
        shape: &Shape,
        spots: &mut [Option<Spot>],
        view: &MeshView,
        region: usize,
    ) -> Self {
        let rows = self.rows(shape);
        let inner = self.inner();
        let grid = Grid {
            region,
            inner,
            mirrored: self.mirrored,
            columns: Columns::fit(shape, inner.width),
            rows,
            stores: self.stores,
            trunk: self.trunk,
        };
        let mut seen = vec![0; shape.services.len()];
        for (place, spot) in view.places.iter().zip(spots.iter_mut()) {
            if usize::from(place.region) != region || place.state == PlaceState::Gone {
                continue;
            }
            *spot = match place.kind {
                PlaceKind::Users => grid.users(),
                PlaceKind::Aurora | PlaceKind::DynamoDb => grid.store(place.kind),
                PlaceKind::Gateway => Some(grid.gateway()),
                PlaceKind::Ingress | PlaceKind::Pod => shape.number_of(&place.service).and_then(|service| {
                    seen[service] += 1;
                    grid.pod(service, seen[service] - 1, pods_in(view, &place.service, region))
                }),
            };
        }
        self.name_columns(view, shape, &grid);
        self
    }

    /// Without the border and a margin beside it.
    fn inner(&self) -> Area {
        if self.framed { self.area.inset(2, 1) } else { self.area }
    }

    /// Sets the rows of everything, from what height there is.
    fn rows(&mut self, shape: &Shape) -> Rows {
        let mut rest = self.inner();
        self.title = match rest.height {
            _ if self.framed => Some(self.area.y),
            ..=LOW_ROWS => None,
            _ => Some(rest.cut_top(1).y),
        };
        let under = u16::from(!self.trunk_above);
        if rest.height > 2 || self.title.is_none() {
            self.heading = Some(rest.cut_top(1).y);
        }
        if self.trunk_above {
            self.trunk = rest.cut_top(1).y;
        }
        // More than these share the last row.
        let pods = if shape.rows { shape.pods_max.clamp(1, PODS_MAX) } else { 1 };
        // Under the pods: the trunk, and if there are any, the way to the stores, their names, and a table.
        let below = under + if shape.stores { 2 } else { 0 } + self.words_wanted.max(1);
        let spacing = rest.height.saturating_sub(below + 1).checked_div(pods - 1).unwrap_or(1).clamp(1, 4);
        let room = ((pods - 1) * spacing + 1).min(rest.height.saturating_sub(under)).max(1);
        let first = rest.cut_top(room).y;
        if !self.trunk_above {
            self.trunk = rest.cut_top(1).y;
        }
        if shape.stores && shape.rows && rest.height >= 2 {
            if rest.height >= 3 {
                rest.cut_top(1);
            }
            self.stores = Some(rest.cut_top(1).y);
        }
        self.words = rest;
        Rows { first, spacing, room, own: shape.rows }
    }

    fn name_columns(&mut self, view: &MeshView, shape: &Shape, grid: &Grid) {
        let services = grid.columns.list.iter().skip(1).zip(&shape.services);
        self.headings = services
            .map(|(column, service)| {
                // A name may run into the gap after its pods, but not into the next name.
                let between = u16::from(Some(service) != shape.services.last());
                let room = column.room + column.proxy + column.gap.saturating_sub(between);
                (grid.text_x(column.start, room), room, service.clone())
            })
            .collect();
        if let Some(users) = grid.columns.list.first().filter(|column| column.room > 0) {
            let room = users.room + users.gap.saturating_sub(1);
            let name = if self.title.is_some() { "users" } else { side(&view.regions[grid.region].name) };
            self.headings.insert(0, (grid.text_x(0, room), room, name.to_owned()));
        }
    }
}

/// What tells a region from its neighbor, `east` of `us-east-1`.
fn side(region: &str) -> &str {
    region.split('-').nth(1).filter(|word| !word.is_empty()).unwrap_or(region)
}
